package members

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

func findRoleOfMember(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MemberID) (person PersonID, role RoleID, err error) {
	const query = `
		SELECT r.person_id, r.id FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		WHERE m.cooperative_id = $1 AND m.id = $2`
	return person, role, notFound(tx.QueryRow(ctx, query, c, m).Scan(&person, &role))
}

func findHelped(ctx context.Context, db *pgxpool.Pool, t ActedFor) (who Person, helper string, err error) {
	const query = `
		SELECT p.id, p.name, p.email, p.locale, h.name FROM members.member m
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id AND r.ended_at IS NULL
		JOIN members.person p ON p.id = r.person_id
		JOIN members.role hr ON hr.cooperative_id = m.cooperative_id AND hr.id = $3
		JOIN members.person h ON h.id = hr.person_id
		WHERE m.cooperative_id = $1 AND m.id = $2`
	return who, helper, notFound(db.QueryRow(ctx, query, t.Cooperative, t.Member, t.Helper).Scan(&who.ID, &who.Name, &who.Email, &who.Locale, &helper))
}
