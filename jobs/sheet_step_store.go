package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// insertStep adds a step, and what upsertTimesheet leaves to it.
func insertStep(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, said saying, sealed []byte, now time.Time) error {
	const query = `
		WITH sheet AS (UPDATE jobs.timesheet SET break_minutes = $8, round = $3, automatic = $11 WHERE cooperative_id = $1 AND engagement_id = $2)
		INSERT INTO jobs.sheet_step (cooperative_id, engagement_id, n, what, kind, role_id, helper_id, minutes, break_minutes, reason, at)
		VALUES ($1, $2, $3, $4, coalesce(nullif($5, ''), 'program'), $6, $12, $7, $8, $9, $10)`
	_, err := tx.Exec(ctx, query, c, w.ID, w.Sheet.Round, string(said.what), string(said.by.Kind), said.by.Role,
		int(w.Sheet.Worked/time.Minute), int(w.Sheet.Break/time.Minute), sealed, now, w.Sheet.Auto, said.by.Helper.Role)
	return err
}

func listSteps(ctx context.Context, db querier, c id.Cooperative, e EngagementID) ([]Step, error) {
	const query = `
		SELECT x.n, x.what, CASE WHEN x.kind <> 'program' THEN x.kind ELSE '' END, coalesce(p.name, ''), coalesce(hp.name, ''),
			x.minutes, x.break_minutes, x.reason, x.at
		FROM jobs.sheet_step x
		LEFT JOIN members.role r ON r.cooperative_id = x.cooperative_id AND r.id = x.role_id
		LEFT JOIN members.person p ON p.id = r.person_id
		LEFT JOIN members.role hr ON hr.cooperative_id = x.cooperative_id AND hr.id = x.helper_id
		LEFT JOIN members.person hp ON hp.id = hr.person_id
		WHERE x.cooperative_id = $1 AND x.engagement_id = $2 ORDER BY x.n`
	rows, err := db.Query(ctx, query, c, e)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (s Step, err error) {
		var minutes, pause int
		err = row.Scan(&s.N, &s.What, &s.By, &s.Name, &s.Helper, &minutes, &pause, &s.sealed, &s.At)
		s.Worked, s.Break = time.Duration(minutes)*time.Minute, time.Duration(pause)*time.Minute
		return s, err
	})
}

// findClaims gives what each side said last, of hours; zero where it said nothing.
func findClaims(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID) (member, client time.Duration, err error) {
	const query = `
		SELECT DISTINCT ON (kind) kind, minutes FROM jobs.sheet_step
		WHERE cooperative_id = $1 AND engagement_id = $2 AND what = 'proposed' ORDER BY kind, n DESC`
	rows, err := tx.Query(ctx, query, c, e)
	if err != nil {
		return 0, 0, err
	}
	var kind members.RoleKind
	var minutes int
	_, err = pgx.ForEachRow(rows, []any{&kind, &minutes}, func() error {
		if kind == members.RoleMember {
			member = time.Duration(minutes) * time.Minute
		} else {
			client = time.Duration(minutes) * time.Minute
		}
		return nil
	})
	return member, client, err
}
