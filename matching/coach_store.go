package matching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func insertWaiting(ctx context.Context, tx pgx.Tx, w Work, offer OfferID, to Ranked, now, until, coachUntil time.Time) error {
	const query = `
		INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, coach_until)
		VALUES ($1, $2, $3, $4, 'waiting_coach', $5, $6, $7, $8, $9, $10)`
	e := to.Explanation
	_, err := tx.Exec(ctx, query, offer, w.Cooperative, w.Shift, to.Member, e.Total, e.Version, e, now, until, coachUntil)
	return err
}

func listWithCoach(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, now time.Time) ([]Offer, error) {
	const query = `
		SELECT ` + offerColumns + `, o.coach_until` + offerTables + `
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.state = 'waiting_coach' AND o.until > $3
		ORDER BY o.coach_until, s.starts_at, o.id LIMIT 50`
	rows, err := tx.Query(ctx, query, c, m, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (Offer, error) {
		var until time.Time
		o, err := scanOfferAnd(row, &until)
		o.CoachUntil = until
		return o, err
	})
}

// findHeld gives what a coach has to do with the member's own offer.
func findHeld(ctx context.Context, db *pgxpool.Pool, by members.Actor, offer OfferID) (h Held, err error) {
	const query = `
		SELECT o.coach_until, o.held_back_at, coalesce(p.name, ''), o.held_why
		FROM matching.offer o
		LEFT JOIN members.role r ON r.cooperative_id = o.cooperative_id AND r.id = o.coach_id
		LEFT JOIN members.person p ON p.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.id = $3`
	var until, held *time.Time
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member, offer).Scan(&until, &held, &h.HeldBy, &h.heldSealed)
	if until != nil {
		h.CoachUntil = *until
	}
	if held != nil {
		h.HeldBack = *held
	}
	return h, err
}

func findShiftOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID) (shift jobs.ShiftID, m members.MemberID, err error) {
	const query = `SELECT shift_id, member_id FROM matching.offer WHERE cooperative_id = $1 AND id = $2`
	err = tx.QueryRow(ctx, query, c, offer).Scan(&shift, &m)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return shift, m, err
}

func lockWaiting(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID) (o waiting, err error) {
	const query = `
		SELECT id, member_id, shift_id, state, until, coalesce(coach_until, until),
			(SELECT s.starts_at FROM jobs.shift s WHERE s.cooperative_id = offer.cooperative_id AND s.id = offer.shift_id)
		FROM matching.offer WHERE cooperative_id = $1 AND id = $2 FOR UPDATE`
	err = tx.QueryRow(ctx, query, c, offer).Scan(&o.ID, &o.Member, &o.Shift, &o.State, &o.Until, &o.CoachUntil, &o.Starts)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return o, err
}

// markSentOn notes who passed it on; a zero role is nobody.
func markSentOn(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID, by members.RoleID, now time.Time) error {
	const query = `
		UPDATE matching.offer SET state = 'sent', sent_at = $3, coach_id = $4, passed_on_at = CASE WHEN $4::uuid IS NOT NULL THEN $3::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	var role *members.RoleID
	if !by.IsZero() {
		role = &by
	}
	_, err := tx.Exec(ctx, query, c, offer, now, role)
	return err
}

func markHeldBack(ctx context.Context, tx pgx.Tx, by members.Actor, offer OfferID, why []byte, now time.Time) error {
	const query = `
		UPDATE matching.offer SET state = 'withdrawn', decided_at = $3, coach_id = $4, held_back_at = $3, held_why = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, offer, now, by.Role, why)
	return err
}

// hurryWaiting ends a coach's time with all that waits of a member.
func hurryWaiting(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, now time.Time) ([]OfferID, error) {
	const query = `
		UPDATE matching.offer SET coach_until = least(coach_until, $3) WHERE cooperative_id = $1 AND member_id = $2 AND state = 'waiting_coach'
		RETURNING id`
	rows, err := tx.Query(ctx, query, c, m, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[OfferID])
}

func findCoachWaited(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, offer OfferID) (p members.Person, m members.MemberID, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, o.member_id
		FROM matching.offer o
		JOIN coaching.caseload l ON l.cooperative_id = o.cooperative_id AND l.member_id = o.member_id
		JOIN members.role r ON r.cooperative_id = l.cooperative_id AND r.id = l.coach_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.id = $2 AND o.state = 'waiting_coach'`
	err = db.QueryRow(ctx, query, c, offer).Scan(&p.ID, &p.Email, &p.Name, &p.Locale, &m)
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return p, m, err
}
