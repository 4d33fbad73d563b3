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

// insertAsk gives the offer that was there already when the coach held it back:
// that the member asks goes on from there.
func insertAsk(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, offer OfferID, of Ranked, now, until time.Time) (OfferID, error) {
	const query = `
		INSERT INTO matching.offer AS o (id, cooperative_id, shift_id, member_id, state, asked, points, weights_version, explanation, sent_at, until, helper_id)
		VALUES ($1, $2, $3, $4, 'asked', true, $5, $6, $7, $8, $9, $10)
		ON CONFLICT ON CONSTRAINT offer_once DO UPDATE SET state = 'asked', asked = true, points = excluded.points, weights_version = excluded.weights_version,
			explanation = excluded.explanation, sent_at = excluded.sent_at, until = excluded.until, helper_id = excluded.helper_id, decided_at = NULL
		WHERE ` + heldBack + `
		RETURNING o.id`
	e := of.Explanation
	return offer, tx.QueryRow(ctx, query, offer, w.Cooperative, w.Shift, of.Member, e.Total, e.Version, e, now, until, by.Helper.Role).Scan(&offer)
}

// heldBack holds for what a coach held back, and the member has not asked since.
const heldBack = `o.held_back_at IS NOT NULL AND o.state = 'withdrawn' AND NOT o.asked`

// findOfferOf is the offer of the shift to the acting member, zero for none. What
// the coach held back is none: the member can still ask.
func findOfferOf(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID) (offer OfferID, err error) {
	const query = `SELECT o.id FROM matching.offer o WHERE o.cooperative_id = $1 AND o.member_id = $2 AND o.shift_id = $3 AND NOT (` + heldBack + `)`
	err = tx.QueryRow(ctx, query, by.Cooperative, by.Member, shift).Scan(&offer)
	if errors.Is(err, pgx.ErrNoRows) {
		err = nil
	}
	return offer, err
}

func selectOffersOf(ctx context.Context, tx pgx.Tx, by members.Actor, gig jobs.GigID) (map[jobs.ShiftID]offerOf, error) {
	const query = `
		SELECT o.shift_id, o.id, o.state, o.asked
		FROM matching.offer o JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
		WHERE o.cooperative_id = $1 AND o.member_id = $2 AND s.gig_id = $3 AND NOT (` + heldBack + `)`
	rows, err := tx.Query(ctx, query, by.Cooperative, by.Member, gig)
	if err != nil {
		return nil, err
	}
	had := map[jobs.ShiftID]offerOf{}
	var shift jobs.ShiftID
	var o offerOf
	_, err = pgx.ForEachRow(rows, []any{&shift, &o.ID, &o.State, &o.ByMember}, func() error {
		had[shift] = o
		return nil
	})
	return had, err
}

func hasOffer(ctx context.Context, db *pgxpool.Pool, by members.Actor, gig jobs.GigID) (has bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM matching.offer o JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
			WHERE o.cooperative_id = $1 AND o.member_id = $2 AND s.gig_id = $3)`
	return has, db.QueryRow(ctx, query, by.Cooperative, by.Member, gig).Scan(&has)
}

// countAsked counts what the member asked and nobody decided yet.
func countAsked(ctx context.Context, tx pgx.Tx, by members.Actor) (n int, err error) {
	const query = `SELECT count(*) FROM matching.offer WHERE cooperative_id = $1 AND member_id = $2 AND state = 'asked'`
	return n, tx.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&n)
}

// mayDecide holds for what was asked of the acting client's gigs, and for all of
// a coordinator's cooperative.
const mayDecide = ` o.cooperative_id = $1 AND o.asked AND ($2 = 'coordinator' OR $2 = 'client' AND g.client_id = $3)`

// asksOf adds to an offer the name of its member, which a client reads only of
// those who come, and the card.
const asksOf = `
	SELECT ` + offerColumns + `, ` + comes + `, CASE WHEN $2 = 'coordinator' OR ` + comes + ` THEN who.name ELSE '' END,
		CASE WHEN ` + shows + ` THEN home.name ELSE '' END,
		coalesce((SELECT jsonb_agg(jsonb_build_object('Code', q.code, 'GroupCode', q.group_code, 'NL', q.nl, 'EN', q.en) ORDER BY q.nl, q.code)
			FROM jobs.gig_skill k JOIN members.skill q ON q.code = k.skill_code
			JOIN members.member_skill has ON has.cooperative_id = k.cooperative_id AND has.skill_code = k.skill_code AND has.member_id = o.member_id AND has.level <> 'learning'
			WHERE ` + shows + ` AND k.cooperative_id = g.cooperative_id AND k.gig_id = g.id), '[]'),
		` + shows + ` AND EXISTS (SELECT FROM jobs.engagement e
			JOIN jobs.shift t ON t.cooperative_id = e.cooperative_id AND t.id = e.shift_id
			JOIN jobs.gig h ON h.cooperative_id = t.cooperative_id AND h.id = t.gig_id
			WHERE e.cooperative_id = o.cooperative_id AND e.member_id = o.member_id AND h.client_id = g.client_id AND ` + worked + `)` + offerTables + `
	JOIN members.member m ON m.cooperative_id = o.cooperative_id AND m.id = o.member_id
	JOIN members.place home ON home.code = m.place_code
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	WHERE` + mayDecide

// comes holds for an ask that was agreed, and whose work is not off.
const comes = `(o.state = 'confirmed' AND EXISTS (SELECT FROM jobs.engagement e
			WHERE e.cooperative_id = o.cooperative_id AND e.shift_id = o.shift_id AND e.member_id = o.member_id AND ` + jobs.HoldsSeat + `))`

// shows holds for an ask whose card is for reading: one that waits or is agreed.
const shows = `(o.state = 'asked' OR ` + comes + `)`

func scanAskedSeat(row pgx.CollectableRow) (a AskedSeat, err error) {
	var come bool
	o, err := scanOfferAnd(row, &come, &a.Member, &a.Card.PlaceName, &a.Card.Can, &a.Card.Been)
	if come || o.State == Asked {
		a.Says = o.Explanation.Says(ToClient)
	}
	a.ID, a.Seat, a.State, a.Until = o.ID, o.Seat, o.State, o.Until
	if a.State == Confirmed && !come {
		a.State = Withdrawn
	}
	if a.Member != "" {
		a.Helper = o.Helper
	}
	return a, err
}

// mostAskedSeats is how many are listed at once.
const mostAskedSeats = 100

func listAskedSeats(ctx context.Context, db *pgxpool.Pool, by members.Actor, now time.Time) ([]AskedSeat, error) {
	const query = asksOf + ` AND o.state = 'asked' AND o.until > $4 ORDER BY o.until, s.starts_at, o.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, string(by.Kind), by.Client, now, mostAskedSeats)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanAskedSeat)
}

func findAskedSeat(ctx context.Context, db *pgxpool.Pool, by members.Actor, offer OfferID) (AskedSeat, error) {
	rows, err := db.Query(ctx, asksOf+` AND o.id = $4`, by.Cooperative, string(by.Kind), by.Client, offer)
	if err != nil {
		return AskedSeat{}, err
	}
	a, err := pgx.CollectExactlyOneRow(rows, scanAskedSeat)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, members.ErrNotFound
	}
	return a, err
}

func listDeciders(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, offer OfferID) ([]members.Person, error) {
	const query = `
		WITH client AS (
			SELECT g.client_id FROM matching.offer o
			JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
			JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
			WHERE o.cooperative_id = $1 AND o.id = $2),
		contact AS (
			SELECT r.person_id FROM members.role r JOIN client ON client.client_id = r.client_id
			WHERE r.cooperative_id = $1 AND r.kind = 'client' AND r.ended_at IS NULL AND NOT EXISTS (
				SELECT FROM members.restriction x WHERE x.cooperative_id = $1 AND x.person_id = r.person_id AND x.lifted_at IS NULL))
		SELECT p.id, p.email, p.name, p.locale FROM members.person p
		WHERE p.id IN (SELECT person_id FROM contact)
			OR NOT EXISTS (SELECT FROM contact) AND p.id IN (
				SELECT person_id FROM members.role WHERE cooperative_id = $1 AND kind = 'coordinator' AND ended_at IS NULL)
		ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, offer)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p members.Person, err error) {
		err = row.Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
		return p, err
	})
}

func findShiftToDecide(ctx context.Context, tx pgx.Tx, by members.Actor, offer OfferID) (shift jobs.ShiftID, err error) {
	const query = `SELECT o.shift_id` + offerTables + ` WHERE` + mayDecide + ` AND o.id = $4`
	err = tx.QueryRow(ctx, query, by.Cooperative, string(by.Kind), by.Client, offer).Scan(&shift)
	if errors.Is(err, pgx.ErrNoRows) {
		return shift, members.ErrNotFound
	}
	return shift, err
}

// lockedAsk is what was asked, and nobody else decides meanwhile.
type lockedAsk struct {
	ID     OfferID
	Member members.MemberID
	Shift  jobs.ShiftID
	State  State
	Until  time.Time
	Starts time.Time // of the shift
}

func lockAsk(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID) (a lockedAsk, err error) {
	const query = `
		SELECT id, member_id, shift_id, state, until, (SELECT s.starts_at FROM jobs.shift s WHERE s.cooperative_id = offer.cooperative_id AND s.id = offer.shift_id)
		FROM matching.offer
		WHERE cooperative_id = $1 AND id = $2 AND asked FOR UPDATE`
	err = tx.QueryRow(ctx, query, c, offer).Scan(&a.ID, &a.Member, &a.Shift, &a.State, &a.Until, &a.Starts)
	if errors.Is(err, pgx.ErrNoRows) {
		return a, members.ErrNotFound
	}
	return a, err
}

// findClientOf says whose gig the offer is about.
func findClientOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID) (client members.ClientID, err error) {
	const query = `
		SELECT g.client_id FROM matching.offer o
		JOIN jobs.shift s ON s.cooperative_id = o.cooperative_id AND s.id = o.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		WHERE o.cooperative_id = $1 AND o.id = $2`
	err = tx.QueryRow(ctx, query, c, offer).Scan(&client)
	return client, err
}

// findPersonOf says who a member is.
func findPersonOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (person members.PersonID, err error) {
	const query = `
		SELECT r.person_id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	return person, tx.QueryRow(ctx, query, c, m).Scan(&person)
}

func markAskDecided(ctx context.Context, tx pgx.Tx, c id.Cooperative, offer OfferID, d decision, now time.Time) error {
	const query = `
		UPDATE matching.offer SET state = $3, decided_at = $4, decided_by = $5, refused_why = nullif($6, ''), refused_text = $7,
			answered_at = CASE WHEN $3 IN ('confirmed', 'withdrawn') THEN $4::timestamptz END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, offer, string(d.to), now, d.by, string(d.why), d.text)
	return err
}
