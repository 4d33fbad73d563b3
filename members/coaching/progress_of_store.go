package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func lockSubject(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (who subject, err error) {
	const query = `
		SELECT m.id, r.id, r.person_id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		WHERE m.cooperative_id = $1 AND m.id = $2 FOR NO KEY UPDATE OF m`
	return who, gone(tx.QueryRow(ctx, query, c, m).Scan(&who.Member, &who.Role, &who.Person))
}
