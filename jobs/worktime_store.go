package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// listWorktime gives what the cooperative chose.
func listWorktime(ctx context.Context, tx pgx.Tx, c id.Cooperative) (map[WorktimeCode]WorktimeRule, error) {
	rows, err := tx.Query(ctx, `SELECT code, minutes, effect FROM jobs.worktime_rule WHERE cooperative_id = $1`, c)
	if err != nil {
		return nil, err
	}
	chosen, r, minutes := map[WorktimeCode]WorktimeRule{}, WorktimeRule{}, 0
	_, err = pgx.ForEachRow(rows, []any{&r.Code, &minutes, &r.Effect}, func() error {
		r.Limit = time.Duration(minutes) * time.Minute
		chosen[r.Code] = r
		return nil
	})
	return chosen, err
}

func upsertWorktime(ctx context.Context, tx pgx.Tx, c id.Cooperative, r WorktimeRule) error {
	const query = `
		INSERT INTO jobs.worktime_rule (cooperative_id, code, minutes, effect) VALUES ($1, $2, $3, $4)
		ON CONFLICT (cooperative_id, code) DO UPDATE SET minutes = excluded.minutes, effect = excluded.effect`
	_, err := tx.Exec(ctx, query, c, r.Code, int(r.Limit/time.Minute), r.Effect)
	return err
}
