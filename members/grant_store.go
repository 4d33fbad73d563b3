package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// live holds for grants that nobody ended and whose last day is not over.
const live = `g.revoked_at IS NULL AND g.until >= `

// ofMember leaves out what a former member gave: nobody reads it any more.
const ofMember = `
		JOIN members.member m ON m.cooperative_id = g.cooperative_id AND m.id = g.member_id AND m.state <> 'alumni'`

func listGrants(ctx context.Context, db *pgxpool.Pool, by Actor, today Day) ([]Grant, error) {
	const query = `
		SELECT g.id, g.grantee_id, p.name, g.scope, g.granted_at, to_char(g.until, 'YYYY-MM-DD')
		FROM members.access_grant g` + ofMember + `
		JOIN members.role r ON r.cooperative_id = g.cooperative_id AND r.id = g.grantee_id
		JOIN members.person p ON p.id = r.person_id
		WHERE g.cooperative_id = $1 AND g.member_id = $2 AND ` + live + `$3::date
		ORDER BY p.name, g.grantee_id, array_position($4::text[], g.scope)`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, string(today), Scopes())
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (g Grant, err error) {
		err = row.Scan(&g.ID, &g.Grantee, &g.Name, &g.Scope, &g.GrantedAt, &g.Until)
		return g, err
	})
}

func lockMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, member MemberID) error {
	const query = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	var found MemberID
	return notFound(tx.QueryRow(ctx, query, c, member).Scan(&found))
}

// lockGiver locks the member who gives a grant.
func lockGiver(ctx context.Context, tx pgx.Tx, by Actor) (state Membership, err error) {
	const query = `SELECT state FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	return state, notFound(tx.QueryRow(ctx, query, by.Cooperative, by.Member).Scan(&state))
}

func insertGrant(ctx context.Context, tx pgx.Tx, by Actor, grant GrantID, n NewGrant, scope Scope, now time.Time) error {
	const query = `
		INSERT INTO members.access_grant (id, cooperative_id, member_id, grantee_id, scope, granted_at, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7::date)`
	_, err := tx.Exec(ctx, query, grant, by.Cooperative, by.Member, n.Grantee, string(scope), now, string(n.Until))
	if broke(err, "grant_grantee") {
		return ErrNotFound
	}
	return err
}

func endGrants(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, grantee RoleID, scopes []Scope, now time.Time) error {
	const query = `
		UPDATE members.access_grant g SET revoked_at = greatest(g.granted_at, $5)
		WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.grantee_id = $3 AND g.scope = ANY ($4) AND ` + live + `$6::date`
	_, err := tx.Exec(ctx, query, c, m, grantee, scopes, now, string(DayOf(now)))
	return err
}

// endGrantsOf ends all that the member gave.
func endGrantsOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID, now time.Time) error {
	const query = `
		UPDATE members.access_grant g SET revoked_at = greatest(g.granted_at, $3)
		WHERE g.cooperative_id = $1 AND g.member_id = $2 AND ` + live + `$4::date`
	_, err := tx.Exec(ctx, query, c, m, now, string(DayOf(now)))
	return err
}

// findAnyGrant says whether the member ever let the role do something.
func findAnyGrant(ctx context.Context, tx pgx.Tx, by Actor, grantee RoleID) error {
	const query = `
		SELECT grantee_id FROM members.access_grant
		WHERE cooperative_id = $1 AND member_id = $2 AND grantee_id = $3 LIMIT 1`
	var found RoleID
	return notFound(tx.QueryRow(ctx, query, by.Cooperative, by.Member, grantee).Scan(&found))
}

func findPersonOfRole(ctx context.Context, tx pgx.Tx, c id.Cooperative, role RoleID) (who PersonID, err error) {
	const query = `SELECT person_id FROM members.role WHERE cooperative_id = $1 AND id = $2`
	return who, notFound(tx.QueryRow(ctx, query, c, role).Scan(&who))
}

func revokeGrant(ctx context.Context, tx pgx.Tx, by Actor, grant GrantID, now time.Time) error {
	const query = `
		UPDATE members.access_grant g SET revoked_at = CASE WHEN ` + live + `$5::date THEN greatest(g.granted_at, $4) ELSE g.revoked_at END
		WHERE g.cooperative_id = $1 AND g.member_id = $2 AND g.id = $3`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Member, grant, now, string(DayOf(now)))
	if err == nil && tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	return err
}
