package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// rower is a pool or a transaction.
type rower interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

// findDecided finds a decision about the person. A deed that stands for a
// restriction or a refusal becomes that: so it has one review, whichever way it
// was asked.
func findDecided(ctx context.Context, db rower, person PersonID, d Decision) (keptDecided, error) {
	switch {
	case !d.Restriction.IsZero():
		return findRestricted(ctx, db, person, d)
	case !d.Client.IsZero():
		return findRefused(ctx, db, person, d)
	case !d.Refusal.IsZero():
		return findRefusedMember(ctx, db, person, d)
	}
	found, ref, err := findDeed(ctx, db, person, d)
	if err != nil {
		return found, err
	}
	if found.What == "person_restricted" || found.What == "client_refused" || found.What == "member_refused" {
		if d, err = ParseDecision(ref); err != nil {
			return keptDecided{}, ErrNotFound
		}
		return findDecided(ctx, db, person, d)
	}
	return found, nil
}

func findRestricted(ctx context.Context, db rower, person PersonID, d Decision) (keptDecided, error) {
	const query = `
		SELECT x.cooperative_id, c.name, 'person_restricted', x.by_id, b.name, x.why, x.person_id, x.at, x.lifted_at IS NULL, v.id
		FROM members.restriction x
		JOIN members.cooperative c ON c.id = x.cooperative_id
		JOIN members.person b ON b.id = x.by_id
		LEFT JOIN members.review v ON v.restriction_id = x.id
		WHERE x.id = $1 AND x.person_id = $2`
	found, err := scanDecided(db.QueryRow(ctx, query, d.Restriction, person), d)
	found.column = Restriction{ID: d.Restriction}.whyColumn()
	return found, err
}

// findRefused is for the contacts of a client that was refused, also after a
// review let it in.
func findRefused(ctx context.Context, db rower, person PersonID, d Decision) (keptDecided, error) {
	const query = `
		SELECT cl.cooperative_id, c.name, 'client_refused', b.id, b.name, cl.refused_why, cl.refused_to, coalesce(v.decided_at, cl.decided_at), cl.state = 'refused', v.id
		FROM members.client cl
		JOIN members.cooperative c ON c.id = cl.cooperative_id
		LEFT JOIN members.review v ON v.cooperative_id = cl.cooperative_id AND v.client_id = cl.id
		JOIN members.person b ON b.id = coalesce(v.decided_by, cl.decided_by)
		WHERE cl.id = $1 AND cl.refused_why IS NOT NULL AND EXISTS (SELECT FROM members.role r
			WHERE r.cooperative_id = cl.cooperative_id AND r.client_id = cl.id AND r.person_id = $2 AND r.ended_at IS NULL)`
	found, err := scanDecided(db.QueryRow(ctx, query, d.Client, person), d)
	found.column = refusedColumn(d.Client)
	return found, err
}

// findDeed finds what somebody else did to the person; what was done in a review
// is not reviewed once more.
func findDeed(ctx context.Context, db rower, person PersonID, d Decision) (found keptDecided, ref string, err error) {
	const query = `
		SELECT a.cooperative_id, c.name, a.what, a.by_id, b.name, w.sealed, a.for_id, a.at, true, v.id, a.ref, w.seq IS NULL AND octet_length(a.why_digest) > 0
		FROM members.audit a
		JOIN members.cooperative c ON c.id = a.cooperative_id
		JOIN members.person b ON b.id = a.by_id
		LEFT JOIN members.audit_why w ON w.cooperative_id = a.cooperative_id AND w.seq = a.seq
		LEFT JOIN members.review v ON v.cooperative_id = a.cooperative_id AND v.deed_seq = a.seq
		WHERE a.cooperative_id = $1 AND a.seq = $2 AND a.for_id = $3 AND a.by_id <> a.for_id`
	var erased bool
	found, err = scanDecided(db.QueryRow(ctx, query, d.Deed.Cooperative, d.Deed.Seq, person), d, &ref, &erased)
	found.column, found.salted, found.Gone = whyColumn(d.Deed.Cooperative, d.Deed.Seq), true, erased
	if err == nil && strings.HasPrefix(found.What, "review_") {
		err = ErrNotFound
	}
	return found, ref, err
}

func scanDecided(row pgx.Row, d Decision, more ...any) (keptDecided, error) {
	found := keptDecided{Decided: Decided{Decision: d}}
	into := []any{&found.Cooperative, &found.CooperativeName, &found.What, &found.By, &found.ByName, &found.why, &found.about, &found.At, &found.Stands, &found.Review}
	err := row.Scan(append(into, more...)...)
	return found, notFound(err)
}

// columns gives the four columns that name a decision.
func (d Decision) columns() (restriction RestrictionID, client ClientID, refusal ClientRefusalID, seq *int64) {
	if d.Deed.Seq > 0 {
		seq = &d.Deed.Seq
	}
	return d.Restriction, d.Client, d.Refusal, seq
}

// decisionOf is the other way.
func decisionOf(c id.Cooperative, restriction RestrictionID, client ClientID, refusal ClientRefusalID, seq *int64) Decision {
	d := Decision{Restriction: restriction, Client: client, Refusal: refusal}
	if seq != nil {
		d.Deed = DeedID{Cooperative: c, Seq: *seq}
	}
	return d
}
