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

func insertOffer(ctx context.Context, tx pgx.Tx, w Work, offer OfferID, to Ranked, now, until time.Time) error {
	const query = `
		INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until)
		VALUES ($1, $2, $3, $4, 'sent', $5, $6, $7, $8, $9)`
	e := to.Explanation
	_, err := tx.Exec(ctx, query, offer, w.Cooperative, w.Shift, to.Member, e.Total, e.Version, e, now, until)
	return err
}

const offerColumns = `
	o.id, g.id, g.title, g.language, c.name, p.name, g.rate_cents,
	s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, o.state, o.explanation, o.until,
	o.asked, o.decided_at, coalesce(o.refused_why, ''), o.refused_text, o.held_back_at, coalesce(helper.name, ''), s.called_off_at IS NOT NULL, s.moved_to IS NOT NULL`

const offerTables = `
	FROM matching.offer o
	JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	JOIN members.place p ON p.code = g.place_code
	LEFT JOIN members.role hr ON hr.cooperative_id = o.cooperative_id AND hr.id = o.helper_id
	LEFT JOIN members.person helper ON helper.id = hr.person_id`

func scanOffer(row pgx.CollectableRow) (Offer, error) { return scanOfferAnd(row) }

// scanOfferAnd reads more columns behind those of the offer.
func scanOfferAnd(row pgx.CollectableRow, more ...any) (o Offer, err error) {
	var minutes int
	var decided, held *time.Time
	err = row.Scan(append([]any{&o.ID, &o.Gig, &o.Title, &o.Language, &o.ClientName, &o.PlaceName, &o.Rate,
		&o.Shift.ID, &o.Shift.Starts, &o.Shift.Ends, &minutes, &o.Shift.Seats, &o.State, &o.Explanation, &o.Until,
		&o.ByMember, &decided, &o.Why, &o.sealed, &held, &o.Helper, &o.ShiftOff, &o.Moved}, more...)...)
	if held != nil {
		o.HeldBack = *held
	}
	if decided != nil {
		o.Decided = *decided
	}
	o.Shift.Break = time.Duration(minutes) * time.Minute
	return o, err
}

func findAddressed(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, offer OfferID) (o Offer, who members.Person, err error) {
	const query = `
		SELECT ` + offerColumns + `, who.id, who.email, who.name, who.locale` + offerTables + `
		JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE o.cooperative_id = $1 AND o.id = $2`
	rows, err := db.Query(ctx, query, c, offer)
	if err != nil {
		return o, who, err
	}
	o, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (Offer, error) {
		return scanOfferAnd(row, &who.ID, &who.Email, &who.Name, &who.Locale)
	})
	if errors.Is(err, pgx.ErrNoRows) {
		return o, who, members.ErrNotFound
	}
	return o, who, err
}

func listOffers(ctx context.Context, db *pgxpool.Pool, by members.Actor, now time.Time) ([]Offer, error) {
	const query = `
		SELECT ` + offerColumns + offerTables + `
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND s.ends_at > $3
		ORDER BY o.state = 'sent' AND o.until > $3 DESC, s.starts_at, o.id LIMIT 50`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, now)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanOffer)
}

func findOffer(ctx context.Context, db *pgxpool.Pool, by members.Actor, offer OfferID) (Offer, error) {
	const query = `SELECT ` + offerColumns + offerTables + ` WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.id = $3`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, offer)
	if err != nil {
		return Offer{}, err
	}
	o, err := pgx.CollectExactlyOneRow(rows, scanOffer)
	if errors.Is(err, pgx.ErrNoRows) {
		return o, members.ErrNotFound
	}
	return o, err
}

func lockOffer(ctx context.Context, tx pgx.Tx, by members.Actor, offer OfferID) (o Offer, err error) {
	const query = `
		SELECT id, state, until FROM matching.offer
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3 FOR UPDATE`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Member, offer).Scan(&o.ID, &o.State, &o.Until)
	if errors.Is(err, pgx.ErrNoRows) {
		return o, members.ErrNotFound
	}
	return o, err
}

func markAnswered(ctx context.Context, tx pgx.Tx, by members.Actor, offer OfferID, answer State, why Reason, now time.Time) error {
	const query = `
		UPDATE matching.offer SET state = $3, reason = nullif($4, ''), answered_at = $5, helper_id = $6
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, offer, string(answer), string(why), now, by.Helper.Role)
	return err
}

func markDecided(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID, to State, now time.Time) error {
	const query = `UPDATE matching.offer SET state = $3, decided_at = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, offer, string(to), now)
	return err
}

// lockedOffer is an offer whose answer nobody changes meanwhile.
type lockedOffer struct {
	ID     OfferID
	Member members.MemberID
	State  State
	Until  time.Time
	Starts time.Time // of the shift
}

// lockOffers gives the shift's offers in these states, the highest points first;
// ties are broken as the matcher does.
func lockOffers(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID, states ...State) ([]lockedOffer, error) {
	const query = `
		SELECT id, member_id, state, until, (SELECT s.starts_at FROM jobs.shift s WHERE s.cooperative_id = offer.cooperative_id AND s.id = offer.shift_id)
		FROM matching.offer
		WHERE cooperative_id = $1 AND shift_id = $2 AND state = ANY ($3)
		ORDER BY points DESC, sha256(uuid_send(shift_id) || uuid_send(member_id))
		FOR UPDATE`
	names := make([]string, len(states))
	for i, state := range states {
		names[i] = string(state)
	}
	rows, err := tx.Query(ctx, query, c, shift, names)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[lockedOffer])
}

// lockShift lets one task at a time work on the shift's offers.
func lockShift(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift jobs.ShiftID) error {
	const query = `SELECT id FROM jobs.shift WHERE cooperative_id = $1 AND id = $2 FOR UPDATE`
	var found jobs.ShiftID
	err := tx.QueryRow(ctx, query, c, shift).Scan(&found)
	if errors.Is(err, pgx.ErrNoRows) {
		return members.ErrNotFound
	}
	return err
}

func selectShifts(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig jobs.GigID) ([]jobs.ShiftID, error) {
	const query = `SELECT s.id FROM jobs.shift s WHERE s.cooperative_id = $1 AND s.gig_id = $2 AND ` + jobs.TakesPlace + ` ORDER BY s.starts_at, s.id`
	rows, err := tx.Query(ctx, query, c, gig)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[jobs.ShiftID])
}

// lockMembers lets one wave at a time decide whether to ask these members. It
// locks them in the order of their ids.
func lockMembers(ctx context.Context, tx pgx.Tx, c id.Cooperative, who []members.MemberID) error {
	const query = `SELECT FROM members.member WHERE cooperative_id = $1 AND id = ANY ($2) ORDER BY id FOR NO KEY UPDATE`
	_, err := tx.Exec(ctx, query, c, who)
	return err
}

func lockMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, member members.MemberID) error {
	const query = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	var found members.MemberID
	err := tx.QueryRow(ctx, query, c, member).Scan(&found)
	if errors.Is(err, pgx.ErrNoRows) {
		return members.ErrNotFound
	}
	return err
}
