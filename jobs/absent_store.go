package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func markUpheld(ctx context.Context, tx pgx.Tx, by members.Actor, e EngagementID, why []byte, now time.Time) error {
	const query = `
		UPDATE jobs.engagement SET absent_upheld_at = $3, absent_upheld_role_id = $4, absent_upheld_why = $5
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, e, now, by.Role, why)
	return err
}

// deniedOpen holds for work (e) whose member waits for the office to look.
const deniedOpen = `e.absent_denied_at IS NOT NULL AND e.absent_upheld_at IS NULL`

func listDenied(ctx context.Context, db querier, c id.Cooperative) ([]Work, error) {
	rows, err := db.Query(ctx, works+` AND `+deniedOpen+` ORDER BY e.absent_denied_at, e.id LIMIT 200`, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}

func countDenied(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (count int, oldest time.Time, err error) {
	const query = `SELECT count(*), ` + noTime + `min(e.absent_denied_at)) FROM jobs.engagement e WHERE e.cooperative_id = $1 AND ` + deniedOpen
	return count, oldest, db.QueryRow(ctx, query, c).Scan(&count, &oldest)
}

// findUpheld reads what a coordinator answered the member.
func findUpheld(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, e EngagementID) (a Answered, why []byte, err error) {
	const query = `
		SELECT e.absent_upheld_at, p.name, e.absent_upheld_why FROM jobs.engagement e
		JOIN members.role r ON r.cooperative_id = e.cooperative_id AND r.id = e.absent_upheld_role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE e.cooperative_id = $1 AND e.id = $2`
	err = db.QueryRow(ctx, query, c, e).Scan(&a.At, &a.By, &why)
	return a, why, notFound(err)
}

// findStop is when the shift was called off after its beginning; zero: it was not.
func findStop(ctx context.Context, tx pgx.Tx, c id.Cooperative, shift ShiftID) (at time.Time, err error) {
	const query = `SELECT ` + noTime + `CASE WHEN called_off_at >= starts_at AND called_off_at < ends_at THEN called_off_at END) FROM jobs.shift WHERE cooperative_id = $1 AND id = $2`
	return at, notFound(tx.QueryRow(ctx, query, c, shift).Scan(&at))
}
