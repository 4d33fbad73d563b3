package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// listScores gives a member's self-scores, the newest week first; most of them at
// the most.
func listScores(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, most int) ([]SelfScore, error) {
	const query = `
		SELECT to_char(week, 'YYYY-MM-DD'), given_at, feel, work, next FROM coaching.self_score
		WHERE cooperative_id = $1 AND member_id = $2 ORDER BY week DESC LIMIT $3`
	rows, err := tx.Query(ctx, query, c, m, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[SelfScore])
}
