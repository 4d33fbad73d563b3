package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// mostUntimed is how many get a timer at once.
const mostUntimed = 300

// untimedTx sets a timer for hours that wait without one, some at a time: of work
// that was agreed before there were timers, or whose timer was lost. They get every
// reminder first, as others do.
func (s *Service) untimedTx(ctx context.Context, tx pgx.Tx) (more bool, err error) {
	list, err := listUntimed(ctx, tx, s.now().Add(-day))
	if err != nil {
		return false, err
	}
	for _, t := range list {
		if err := s.timerTx(ctx, tx, t, s.now()); err != nil {
			return false, err
		}
	}
	return len(list) == mostUntimed, nil
}

// listUntimed reads work that is not settled and was over before this moment. Its
// timers are found by the kind, which their index begins with.
func listUntimed(ctx context.Context, tx pgx.Tx, before time.Time) ([]SheetSilent, error) {
	const query = `
		SELECT e.id, e.cooperative_id, coalesce(t.round, 0) FROM jobs.engagement e
		LEFT JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
		WHERE ` + hoursOpen + ` AND e.ends_at < $1 AND coalesce(t.state, '') NOT IN ('agreed', 'disputed')
			AND NOT EXISTS (SELECT FROM tasks.task k WHERE k.kind = $2 AND k.key IS NOT NULL
				AND k.state IN ('waiting', 'sent', 'running') AND split_part(k.key, ' ', 1) = e.id::text)
		ORDER BY e.ends_at, e.id LIMIT $3`
	rows, err := tx.Query(ctx, query, before, SheetSilent{}.Kind(), mostUntimed)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (t SheetSilent, err error) {
		err = row.Scan(&t.Engagement, &t.Cooperative, &t.Round)
		t.Late = true
		return t, err
	})
}
