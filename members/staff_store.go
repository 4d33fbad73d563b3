package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

const selectStaff = `
	SELECT r.id, p.id, r.kind, p.name, p.email, r.created_at
	FROM members.role r JOIN members.person p ON p.id = r.person_id
	WHERE r.cooperative_id = $1 AND r.kind IN ('coach', 'coordinator') AND r.ended_at IS NULL`

func listStaff(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Staff, error) {
	rows, err := db.Query(ctx, selectStaff+` ORDER BY p.name, r.kind, r.id`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Staff])
}

func findStaff(ctx context.Context, db querier, c id.Cooperative, role RoleID) (one Staff, err error) {
	err = db.QueryRow(ctx, selectStaff+` AND r.id = $2`, c, role).Scan(&one.Role, &one.Person, &one.Kind, &one.Name, &one.Email, &one.Since)
	return one, notFound(err)
}

func hasStaffRole(ctx context.Context, tx pgx.Tx, c id.Cooperative, person PersonID, kind RoleKind) (there bool, err error) {
	const query = `
		SELECT EXISTS (SELECT FROM members.role
			WHERE cooperative_id = $1 AND person_id = $2 AND kind = $3 AND ended_at IS NULL)`
	return there, tx.QueryRow(ctx, query, c, person, string(kind)).Scan(&there)
}

// countCoordinators counts those who may act, so that one of them always can.
func countCoordinators(ctx context.Context, tx pgx.Tx, c id.Cooperative) (n int, err error) {
	const query = `SELECT count(*) FROM members.role r WHERE r.cooperative_id = $1 AND r.kind = 'coordinator' AND ` + unrestricted
	return n, tx.QueryRow(ctx, query, c).Scan(&n)
}

// endGrantsTo ends everything that anybody lets this role do.
func endGrantsTo(ctx context.Context, tx pgx.Tx, c id.Cooperative, grantee RoleID, now time.Time) error {
	const query = `
		UPDATE members.access_grant g SET revoked_at = greatest(g.granted_at, $3)
		WHERE g.cooperative_id = $1 AND g.grantee_id = $2 AND ` + live + `$4::date`
	_, err := tx.Exec(ctx, query, c, grantee, now, string(DayOf(now)))
	return err
}

// revokeInvitationsOf takes back those that the role made and nobody used.
func revokeInvitationsOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, role RoleID, now time.Time) error {
	const query = `
		UPDATE members.invitation SET revoked_at = greatest(made_at, $3), email = NULL, secret_hash = NULL
		WHERE cooperative_id = $1 AND invited_by = $2 AND used_at IS NULL AND revoked_at IS NULL`
	_, err := tx.Exec(ctx, query, c, role, now)
	return err
}

func findStaffNews(ctx context.Context, db *pgxpool.Pool, t StaffAdded) (who Person, kind RoleKind, cooperative string, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, r.kind, c.name
		FROM members.role r
		JOIN members.person p ON p.id = r.person_id
		JOIN members.cooperative c ON c.id = r.cooperative_id
		WHERE r.cooperative_id = $1 AND r.id = $2 AND r.ended_at IS NULL`
	err = db.QueryRow(ctx, query, t.Cooperative, t.Role).Scan(&who.ID, &who.Email, &who.Name, &who.Locale, &kind, &cooperative)
	return who, kind, cooperative, notFound(err)
}
