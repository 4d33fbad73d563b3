package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

func selectMemberOf(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID) (member members.MemberID, err error) {
	const query = `SELECT member_id FROM jobs.engagement WHERE cooperative_id = $1 AND id = $2`
	err = tx.QueryRow(ctx, query, c, engagement).Scan(&member)
	return member, err
}
