package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// stands is what a move goes by.
type stands struct {
	person     PersonID
	membership Membership
	consent    Consent
}

func lockStands(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) (s stands, err error) {
	const query = `
		SELECT r.person_id, m.state, m.consent FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2 AND p.erased_at IS NULL FOR NO KEY UPDATE OF m`
	err = tx.QueryRow(ctx, query, c, m).Scan(&s.person, &s.membership, &s.consent)
	return s, notFound(err)
}

func updateMembership(ctx context.Context, tx pgx.Tx, by Actor, m MemberID, to Membership, from beginning) error {
	const query = `
		UPDATE members.member SET state = $3, moved_by = $4,
			trial_at = CASE WHEN $3 = 'trial' THEN $5 ELSE trial_at END,
			trial_until = CASE WHEN $3 = 'trial' THEN $6::date ELSE trial_until END,
			member_at = CASE WHEN $3 = 'member' THEN $5 ELSE member_at END,
			alumni_at = CASE WHEN $3 = 'alumni' THEN $5 ELSE alumni_at END
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, m, string(to), by.Role, from.at, string(from.trialUntil))
	return err
}

func updateConsent(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, is Consent, day Day) error {
	const query = `UPDATE members.member SET consent = $3, consent_day = nullif($4, '')::date WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, m, string(is), string(day))
	return err
}

func findStanding(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m MemberID) (s Standing, err error) {
	const query = `
		SELECT m.id, p.id, p.name, p.email, pl.name, m.state, coalesce(m.trial_until::text, ''),
			m.referred_at, m.trial_at, m.member_at, m.alumni_at, coalesce(b.name, ''), m.consent, coalesce(m.consent_day::text, ''), coalesce(g.name, '')
		FROM members.member m
		JOIN members.place pl ON pl.code = m.place_code
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		LEFT JOIN members.role br ON br.cooperative_id = m.cooperative_id AND br.id = m.moved_by
		LEFT JOIN members.person b ON b.id = br.person_id
		LEFT JOIN members.municipality g ON g.cooperative_id = m.cooperative_id AND g.id = m.municipality_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	var at [4]*time.Time
	err = db.QueryRow(ctx, query, c, m).Scan(&s.Member, &s.Person, &s.Name, &s.Email, &s.PlaceName, &s.Membership, &s.TrialUntil,
		&at[0], &at[1], &at[2], &at[3], &s.MovedBy, &s.Consent, &s.ConsentDay, &s.ReferredBy)
	s.Since = map[Membership]time.Time{}
	for i, state := range Memberships() {
		if at[i] != nil {
			s.Since[state] = *at[i]
		}
	}
	return s, notFound(err)
}

func findNews(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, m MemberID) (n News, err error) {
	const query = `
		SELECT c.name, m.state, coalesce(m.trial_until::text, ''), p.id, p.email, p.name, p.locale
		FROM members.member m
		JOIN members.cooperative c ON c.id = m.cooperative_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	err = db.QueryRow(ctx, query, c, m).Scan(&n.CooperativeName, &n.Membership, &n.TrialUntil,
		&n.Member.ID, &n.Member.Email, &n.Member.Name, &n.Member.Locale)
	return n, notFound(err)
}

func listPeopleOf(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, kind RoleKind) ([]Person, error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale FROM members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.kind = $2 AND r.ended_at IS NULL ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, string(kind))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (p Person, err error) {
		err = row.Scan(&p.ID, &p.Email, &p.Name, &p.Locale)
		return p, err
	})
}
