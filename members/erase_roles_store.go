package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// handOver makes the contact who is there longest a manager, where the person was
// the only one: a client needs somebody who invites and removes.
func handOver(ctx context.Context, tx pgx.Tx, e Erasing) error {
	return all(ctx, tx, e.Person, `
		UPDATE members.role SET duty = 'manager' WHERE id IN (
			SELECT DISTINCT ON (o.cooperative_id, o.client_id) o.id
			FROM members.role mine
			JOIN members.role o ON o.cooperative_id = mine.cooperative_id AND o.client_id = mine.client_id AND o.person_id <> $1 AND o.ended_at IS NULL
			WHERE mine.person_id = $1 AND mine.duty = 'manager' AND mine.ended_at IS NULL AND NOT EXISTS (SELECT FROM members.role x
				WHERE x.cooperative_id = mine.cooperative_id AND x.client_id = mine.client_id AND x.person_id <> $1 AND x.duty = 'manager' AND x.ended_at IS NULL)
			ORDER BY o.cooperative_id, o.client_id, o.created_at, o.id)`)
}

// eraseMembership ends it, and keeps of it no more than its dates. Everybody who
// is erased lives at the same place: the first of the country's list.
func eraseMembership(ctx context.Context, tx pgx.Tx, e Erasing) error {
	const query = `
		UPDATE members.member m SET state = 'alumni', alumni_at = coalesce(CASE WHEN m.state = 'alumni' THEN m.alumni_at END, $2),
			referred_at = NULL, trial_at = NULL, trial_until = NULL, moved_by = NULL, consent = 'not_needed', consent_day = NULL,
			place_code = (SELECT min(code) FROM members.place), reach_m = 500, travel = 'walk'
		FROM members.role r
		WHERE r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.person_id = $1`
	_, err := tx.Exec(ctx, query, e.Person, e.at)
	return err
}

func eraseRoles(ctx context.Context, tx pgx.Tx, e Erasing) error {
	const query = `UPDATE members.role SET ended_at = greatest(created_at, $2) WHERE person_id = $1 AND ended_at IS NULL`
	_, err := tx.Exec(ctx, query, e.Person, e.at)
	return err
}

func erasePerson(ctx context.Context, tx pgx.Tx, e Erasing) error {
	const query = `UPDATE members.person SET name = $2, email = $3, locale = 'nl', erased_at = $4 WHERE id = $1`
	_, err := tx.Exec(ctx, query, e.Person, e.Name, e.Email, e.at)
	return err
}

// eraseHouseholds forgets who the clients are that are nobody but the person,
// unless their name must stay. Why one was refused is sealed with a key that goes.
func eraseHouseholds(ctx context.Context, tx pgx.Tx, e Erasing, keep []ClientID) error {
	const query = `
		UPDATE members.client cl SET name = $2, address = '', place_code = (SELECT min(code) FROM members.place)
		WHERE kind = 'household' AND NOT id = ANY ($3) AND ` + SoleContact
	_, err := tx.Exec(ctx, query, e.Person, e.Name, append([]ClientID{}, keep...))
	return err
}
