package members

import (
	"context"

	"github.com/jackc/pgx/v5"
)

// lockDuties locks the clients for whom the person acts and the coordinators of
// where they coordinate: so of the last two only one is erased. Then the person's
// roles and memberships.
func lockDuties(ctx context.Context, tx pgx.Tx, person PersonID) error {
	for _, query := range []string{
		`SELECT FROM members.client cl WHERE (cl.cooperative_id, cl.id) IN (
			SELECT cooperative_id, client_id FROM members.role WHERE person_id = $1 AND client_id IS NOT NULL AND ended_at IS NULL)
			ORDER BY cl.id FOR NO KEY UPDATE`,
		`SELECT FROM members.role r WHERE r.person_id = $1 OR r.kind = 'coordinator' AND r.cooperative_id IN (
			SELECT cooperative_id FROM members.role WHERE person_id = $1 AND kind = 'coordinator') ORDER BY r.id FOR NO KEY UPDATE`,
		`SELECT FROM members.member m WHERE (m.cooperative_id, m.role_id) IN (
			SELECT cooperative_id, id FROM members.role WHERE person_id = $1) ORDER BY m.id FOR NO KEY UPDATE`,
	} {
		if _, err := tx.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}

func lockPerson(ctx context.Context, tx pgx.Tx, person PersonID) (p Person, err error) {
	const query = `SELECT id, email, name, locale FROM members.person WHERE id = $1 AND erased_at IS NULL FOR NO KEY UPDATE`
	return p, notFound(tx.QueryRow(ctx, query, person).Scan(&p.ID, &p.Email, &p.Name, &p.Locale))
}

// listStood lists what the person was, the same cooperative together.
func listStood(ctx context.Context, tx pgx.Tx, person PersonID) ([]stood, error) {
	const query = `
		SELECT r.cooperative_id, r.kind, m.id FROM members.role r
		LEFT JOIN members.member m ON m.cooperative_id = r.cooperative_id AND m.role_id = r.id
		WHERE r.person_id = $1 ORDER BY r.cooperative_id, r.created_at, r.id`
	rows, err := tx.Query(ctx, query, person)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[stood])
}

// all runs statements that need nothing but the person.
func all(ctx context.Context, tx pgx.Tx, person PersonID, queries ...string) error {
	for _, query := range queries {
		if _, err := tx.Exec(ctx, query, person); err != nil {
			return err
		}
	}
	return nil
}

// Rows of the person: by their membership, and by a role of theirs.
const (
	ofTheirs = `(cooperative_id, member_id) IN (SELECT m.cooperative_id, m.id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id WHERE r.person_id = $1)`
	theirRoles = ` IN (SELECT cooperative_id, id FROM members.role WHERE person_id = $1)`
)

func eraseWaysIn(ctx context.Context, tx pgx.Tx, e Erasing) error {
	if err := deleteSessionsOf(ctx, tx, e.Person, e.at); err != nil {
		return err
	}
	if err := deleteFactors(ctx, tx, e.Person); err != nil {
		return err
	}
	if _, err := tx.Exec(ctx, `DELETE FROM members.sign_in WHERE email = $1`, e.was.Email); err != nil {
		return err
	}
	return all(ctx, tx, e.Person,
		`DELETE FROM members.email_change WHERE person_id = $1`,
		`DELETE FROM members.sign_in_card WHERE `+ofTheirs,
		`DELETE FROM members.sign_in_card WHERE (cooperative_id, printer_id)`+theirRoles,
		`DELETE FROM members.calendar WHERE `+ofTheirs)
}

// eraseInvitations takes back those that the person made and nobody used, and
// forgets those that they got.
func eraseInvitations(ctx context.Context, tx pgx.Tx, e Erasing) error {
	for _, query := range []string{
		`DELETE FROM members.invitation WHERE email = $1`,
		`DELETE FROM members.client_invitation WHERE email = $1`,
	} {
		if _, err := tx.Exec(ctx, query, e.was.Email); err != nil {
			return err
		}
	}
	const (
		takeBack = `UPDATE members.invitation SET revoked_at = greatest(made_at, $2), email = NULL, secret_hash = NULL
			WHERE (cooperative_id, invited_by)` + theirRoles + ` AND used_at IS NULL AND revoked_at IS NULL`
		withdraw = `UPDATE members.client_invitation SET withdrawn_at = greatest(invited_at, $2)
			WHERE (cooperative_id, invited_by)` + theirRoles + ` AND used_at IS NULL AND withdrawn_at IS NULL`
	)
	for _, query := range []string{takeBack, withdraw} {
		if _, err := tx.Exec(ctx, query, e.Person, e.at); err != nil {
			return err
		}
	}
	return all(ctx, tx, e.Person,
		`DELETE FROM members.invitation WHERE `+ofTheirs,
		`DELETE FROM members.import WHERE (cooperative_id, made_by)`+theirRoles)
}

// eraseSharing ends what the person lets others do, and what others let them. Who
// read the person is nobody's business any more.
func eraseSharing(ctx context.Context, tx pgx.Tx, e Erasing) error {
	const end = `UPDATE members.access_grant SET revoked_at = greatest(granted_at, $2)
		WHERE revoked_at IS NULL AND (` + ofTheirs + ` OR (cooperative_id, grantee_id)` + theirRoles + `)`
	if _, err := tx.Exec(ctx, end, e.Person, e.at); err != nil {
		return err
	}
	return all(ctx, tx, e.Person,
		`DELETE FROM members.access_read WHERE `+ofTheirs,
		`DELETE FROM members.client_block WHERE `+ofTheirs)
}

// eraseDecisions forgets what was written about the person. The deeds stay, since
// each holds the one before it: without words. What the person took upon them
// and did not end waits for somebody else.
func eraseDecisions(ctx context.Context, tx pgx.Tx, e Erasing) error {
	return all(ctx, tx, e.Person,
		`DELETE FROM members.review WHERE asked_by = $1`,
		`DELETE FROM members.restriction WHERE person_id = $1`,
		`DELETE FROM members.client_refusal WHERE `+ofTheirs,
		`DELETE FROM members.audit_why w USING members.audit a WHERE a.cooperative_id = w.cooperative_id AND a.seq = w.seq AND a.for_id = $1`,
		`UPDATE members.review SET state = 'asked', taken_by = NULL, taken_at = NULL, alone = false WHERE taken_by = $1 AND state = 'taken'`)
}
