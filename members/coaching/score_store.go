package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

func upsertScore(ctx context.Context, tx pgx.Tx, by members.Actor, score SelfScore) error {
	const query = `
		INSERT INTO coaching.self_score (cooperative_id, member_id, week, given_at, feel, work, next)
		VALUES ($1, $2, $3::date, $4, $5, $6, $7)
		ON CONFLICT ON CONSTRAINT self_score_pkey DO UPDATE SET given_at = excluded.given_at, feel = excluded.feel, work = excluded.work, next = excluded.next`
	_, err := tx.Exec(ctx, query, by.Cooperative, by.Member, string(score.Week), score.Given, score.Feel, score.Work, score.Next)
	return err
}

func deleteScore(ctx context.Context, tx pgx.Tx, by members.Actor, week members.Day) (int64, error) {
	const query = `DELETE FROM coaching.self_score WHERE cooperative_id = $1 AND member_id = $2 AND week = $3::date`
	tag, err := tx.Exec(ctx, query, by.Cooperative, by.Member, string(week))
	return tag.RowsAffected(), err
}

func deleteScores(ctx context.Context, tx pgx.Tx, by members.Actor) error {
	_, err := tx.Exec(ctx, `DELETE FROM coaching.self_score WHERE cooperative_id = $1 AND member_id = $2`, by.Cooperative, by.Member)
	return err
}
