package members

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

func findRoleOfMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) (person PersonID, role RoleID, err error) {
	const query = `
		SELECT r.person_id, r.id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		WHERE m.cooperative_id = $1 AND m.id = $2`
	return person, role, notFound(tx.QueryRow(ctx, query, c, m).Scan(&person, &role))
}
