package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

const forUpdate = ` FOR UPDATE OF s`

func findSettings(ctx context.Context, db querier, c id.Cooperative, lock string) (s Settings, err error) {
	const query = `
		SELECT c.name, s.contribution_bp, s.lowest_rate_cents, s.notice_hours, s.late_share_bp, s.trial_days, s.work_forms, s.public_since IS NOT NULL, s.version
		FROM members.settings s JOIN members.cooperative c ON c.id = s.cooperative_id
		WHERE s.cooperative_id = $1`
	err = db.QueryRow(ctx, query+lock, c).Scan(&s.Name, &s.Contribution, &s.LowestRate, &s.NoticeHours, &s.LateShare, &s.TrialDays, &s.WorkForms, &s.PublicWork, &s.Version)
	return s, notFound(err)
}

func insertSettings(ctx context.Context, tx pgx.Tx, c id.Cooperative, s Settings, now time.Time) error {
	const query = `
		INSERT INTO members.settings (cooperative_id, contribution_bp, notice_hours, trial_days, work_forms, version, lowest_rate_cents, late_share_bp, public_since)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, CASE WHEN $9::boolean THEN $10::timestamptz END)`
	_, err := tx.Exec(ctx, query, c, s.Contribution, s.NoticeHours, s.TrialDays, s.WorkForms, s.Version, s.LowestRate, s.LateShare, s.PublicWork, now)
	return err
}

func updateSettings(ctx context.Context, tx pgx.Tx, c id.Cooperative, s Settings, now time.Time) error {
	const query = `
		UPDATE members.settings
		SET contribution_bp = $2, notice_hours = $3, trial_days = $4, work_forms = $5, lowest_rate_cents = $6, late_share_bp = $7,
			public_since = CASE WHEN $8::boolean THEN coalesce(public_since, $9::timestamptz) END, version = version + 1
		WHERE cooperative_id = $1`
	_, err := tx.Exec(ctx, query, c, s.Contribution, s.NoticeHours, s.TrialDays, s.WorkForms, s.LowestRate, s.LateShare, s.PublicWork, now)
	return err
}

func renameCooperative(ctx context.Context, tx pgx.Tx, c id.Cooperative, name string) error {
	_, err := tx.Exec(ctx, `UPDATE members.cooperative SET name = $2 WHERE id = $1`, c, name)
	if broke(err, "cooperative_name_unique") {
		return nameTaken()
	}
	return err
}
