package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// lockedShift is a shift whose seats nobody else gives away meanwhile.
type lockedShift struct {
	Shift
	gig     GigID
	open    bool // the gig is, or paused, and the shift is not called off; a removed one has no seat
	off     bool // the shift is called off
	freed   bool // somebody left so late, or is missing, that others are asked also after its beginning
	client  members.ClientID
	taken   int // seats
	buddies int // of them, for who learns
}

func lockShift(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) (l lockedShift, err error) {
	const lock = `
		SELECT s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, g.id,
			g.state IN ('open', 'paused') AND s.called_off_at IS NULL, ` + FreedLate + `, g.client_id, s.buddy_seats, s.called_off_at IS NOT NULL
		FROM jobs.shift s JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE s.cooperative_id = $1 AND s.id = $2
		FOR UPDATE OF s FOR SHARE OF g`
	var minutes int
	err = tx.QueryRow(ctx, lock, c, shift).Scan(&l.ID, &l.Starts, &l.Ends, &minutes, &l.Seats, &l.gig, &l.open, &l.freed, &l.client, &l.BuddySeats, &l.off)
	if errors.Is(err, pgx.ErrNoRows) {
		return l, members.ErrNotFound
	}
	if err != nil {
		return l, err
	}
	l.Break = time.Duration(minutes) * time.Minute
	const count = `
		SELECT count(*), count(*) FILTER (WHERE e.seat = 'buddy') FROM jobs.engagement e
		WHERE e.cooperative_id = $1 AND e.shift_id = $2 AND ` + HoldsSeat
	return l, tx.QueryRow(ctx, count, c, shift).Scan(&l.taken, &l.buddies)
}

// lockMember lets one transaction at a time engage the member: two that insert
// at once would each wait for the other's row. It returns members.ErrNotFound for
// whose membership ended meanwhile, as it does with erasing.
func lockMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, member members.MemberID) error {
	const query = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 AND state <> 'alumni' FOR NO KEY UPDATE`
	tag, err := tx.Exec(ctx, query, c, member)
	if err == nil && tag.RowsAffected() == 0 {
		return members.ErrNotFound
	}
	return err
}

// lockWorker is lockMember for work that there was already, also of who left since.
func lockWorker(ctx context.Context, tx pgx.Tx, c id.Cooperative, member members.MemberID) error {
	_, err := tx.Exec(ctx, `SELECT FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`, c, member)
	return err
}

func insertEngagement(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, s Shift, member members.MemberID, now time.Time) error {
	const query = `
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		VALUES ($1, $2, $3, $4, $5, $6, 'confirmed', $7)`
	_, err := tx.Exec(ctx, query, e, c, s.ID, member, s.Starts, s.Ends, now)
	return seatProblem(err)
}

// seatProblem says why the database does not let a member have a seat.
func seatProblem(err error) error {
	var broken *pgconn.PgError
	if !errors.As(err, &broken) {
		return err
	}
	switch broken.ConstraintName {
	case "engagement_one_at_a_time", "engagement_once":
		return ErrBusy
	case "shift_seats_range":
		return ErrNoSeat
	case "engagement_member":
		return members.ErrNotFound
	}
	return err
}

// worksEarlier reports whether the member has work for the client that begins
// before this moment and took or takes place.
func worksEarlier(ctx context.Context, tx pgx.Tx, c id.Cooperative, member members.MemberID, client members.ClientID, before time.Time) (known bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM jobs.engagement e
			JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id AND g.client_id = $3
			WHERE e.cooperative_id = $1 AND e.member_id = $2 AND e.starts_at < $4 AND ` + HoldsSeat + `)`
	return known, tx.QueryRow(ctx, query, c, member, client, before).Scan(&known)
}

// EndsAt is when an engagement e is over: at the end of the shift, or when it was
// stopped.
const EndsAt = `coalesce(e.stopped_at, e.ends_at)`

func listEngagements(ctx context.Context, db *pgxpool.Pool, by members.Actor, from time.Time, most int) ([]Engagement, error) {
	const query = `
		SELECT e.id, g.id, g.title, g.language, c.name, p.name, e.rate_cents, s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, e.state, e.work_form
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = e.cooperative_id AND g.id = s.gig_id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		JOIN members.place p ON p.code = g.place_code
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND ` + EndsAt + ` > $3
		ORDER BY e.starts_at, e.id LIMIT $4`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, from, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (e Engagement, err error) {
		var minutes int
		err = row.Scan(&e.ID, &e.Gig, &e.Title, &e.Language, &e.ClientName, &e.PlaceName, &e.Rate, &e.Shift.ID, &e.Shift.Starts, &e.Shift.Ends,
			&minutes, &e.Shift.Seats, &e.State, &e.Form)
		e.Shift.Break = time.Duration(minutes) * time.Minute
		return e, err
	})
}
