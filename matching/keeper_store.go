package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// pickMembers gives so many, from this id on and then from the first: ids are drawn
// by lot, so that each comes as often.
func pickMembers(ctx context.Context, tx pgx.Tx, c id.Cooperative, from members.MemberID, most int) ([]members.MemberID, error) {
	const query = `
		(SELECT id FROM members.member WHERE cooperative_id = $1 AND id >= $2 ORDER BY id LIMIT $3)
		UNION ALL
		(SELECT id FROM members.member WHERE cooperative_id = $1 AND id < $2 ORDER BY id LIMIT $3)
		LIMIT $3`
	rows, err := tx.Query(ctx, query, c, from, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[members.MemberID])
}
