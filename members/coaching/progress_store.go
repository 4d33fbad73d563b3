package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// listPastFacts gives the facts of one kind from one moment until another: of
// work that is agreed, that which is over.
func listPastFacts(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, kind Kind, from, until time.Time) ([]Fact, error) {
	const query = `
		SELECT f.id, f.cooperative_id, f.member_id, f.kind, f.at, f.minutes, f.ref FROM coaching.fact f
		WHERE f.cooperative_id = $1 AND f.member_id = $2 AND f.at >= $4 AND f.at <= $5 AND f.kind = $3
			AND (f.kind <> 'shift' OR f.at + f.minutes * interval '1 minute' <= $5)
		ORDER BY f.at, f.seq`
	rows, err := tx.Query(ctx, query, c, m, string(kind), from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Fact])
}

// listSkillsSeen gives when each of a member's skills was first seen by others.
func listSkillsSeen(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) ([]time.Time, error) {
	const query = `
		SELECT min(at) FROM members.skill_evidence
		WHERE cooperative_id = $1 AND member_id = $2 GROUP BY skill_code ORDER BY 1`
	rows, err := tx.Query(ctx, query, c, m)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowTo[time.Time])
}

func hasCoach(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) (has bool, err error) {
	const query = `SELECT EXISTS (SELECT FROM coaching.caseload WHERE cooperative_id = $1 AND member_id = $2)`
	return has, tx.QueryRow(ctx, query, c, m).Scan(&has)
}
