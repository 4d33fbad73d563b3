package coaching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

func insertReport(ctx context.Context, tx pgx.Tx, by members.Actor, report ReportID, n NewReport, text []byte, now, look time.Time) error {
	const query = `
		INSERT INTO coaching.report (id, cooperative_id, member_id, ref, kind, text, state, reported_at, look_before)
		VALUES ($1, $2, $3, $4, $5, $6, 'reported', $7, $8)`
	_, err := tx.Exec(ctx, query, report, by.Cooperative, by.Member, n.Ref, string(n.Kind), text, now, look)
	return err
}

// lockOpenReports counts the member's, one transaction at a time. It returns
// members.ErrNotFound.
func lockOpenReports(ctx context.Context, tx pgx.Tx, by members.Actor) (n int, err error) {
	const lock = `SELECT id FROM members.member WHERE cooperative_id = $1 AND id = $2 FOR NO KEY UPDATE`
	var found members.MemberID
	if err := gone(tx.QueryRow(ctx, lock, by.Cooperative, by.Member).Scan(&found)); err != nil {
		return 0, err
	}
	const count = `SELECT count(*) FROM coaching.report WHERE cooperative_id = $1 AND member_id = $2 AND state <> 'closed'`
	return n, tx.QueryRow(ctx, count, by.Cooperative, by.Member).Scan(&n)
}

const reports = `
	SELECT t.id, t.ref::text, who.id, who.name, t.kind, t.text, t.state, t.reported_at, t.look_before, t.waited_at IS NOT NULL,
		coalesce(taker.name, ''), t.taken_by IS NOT DISTINCT FROM $2, t.done, t.closed_at
	FROM coaching.report t
	JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	LEFT JOIN members.role a ON a.cooperative_id = t.cooperative_id AND a.id = t.taken_by
	LEFT JOIN members.person taker ON taker.id = a.person_id
	WHERE t.cooperative_id = $1`

func scanReport(row pgx.CollectableRow) (r keptReport, err error) {
	var closed *time.Time
	err = row.Scan(&r.ID, &r.Ref, &r.reporter, &r.MemberName, &r.Kind, &r.text, &r.State, &r.At, &r.LookBefore, &r.Waited, &r.TakenBy, &r.Mine, &r.done, &closed)
	if closed != nil {
		r.ClosedAt = *closed
	}
	return r, err
}

// seesReport holds for who follows the member on that day ($4) and for every
// coordinator.
const seesReport = ` AND (
	$3 = 'coordinator' OR $3 = 'coach' AND EXISTS (SELECT FROM coaching.follower f
		WHERE f.cooperative_id = t.cooperative_id AND f.member_id = t.member_id AND f.role_id = $2 AND $4::date BETWEEN f.begins AND f.until))`

// mostListed is how many reports are listed at once.
const mostListed = 100

func listReports(ctx context.Context, db *pgxpool.Pool, by members.Actor, open bool, today members.Day) ([]keptReport, error) {
	query := reports + seesReport + ` ORDER BY t.state = 'closed', t.state <> 'reported', CASE WHEN t.state <> 'closed' THEN t.reported_at END, t.reported_at DESC, t.id LIMIT $5`
	if open {
		query = reports + seesReport + ` AND t.state <> 'closed' ORDER BY t.state <> 'reported', t.reported_at, t.id LIMIT $5`
	}
	rows, err := db.Query(ctx, query, by.Cooperative, by.Role, string(by.Kind), string(today), mostListed)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanReport)
}

func listOwnReports(ctx context.Context, db *pgxpool.Pool, by members.Actor, ref string) ([]keptReport, error) {
	const query = reports + ` AND t.member_id = $3 AND t.ref = $4 ORDER BY t.reported_at DESC, t.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Role, by.Member, ref, mostListed)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanReport)
}

const lockedReports = `
	SELECT t.id, t.member_id, r.person_id, t.state, t.look_before, t.waited_at IS NOT NULL, t.taken_by
	FROM coaching.report t
	JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	WHERE t.cooperative_id = $1`

func scanLockedReport(row pgx.Row) (r lockedReport, err error) {
	return r, gone(row.Scan(&r.ID, &r.Member, &r.Person, &r.State, &r.LookBefore, &r.Waited, &r.TakenBy))
}

func lockReport(ctx context.Context, tx pgx.Tx, c id.Cooperative, report ReportID) (lockedReport, error) {
	return scanLockedReport(tx.QueryRow(ctx, lockedReports+` AND t.id = $2 FOR UPDATE OF t`, c, report))
}

// lockSeenReport is lockReport for those who can see it.
func lockSeenReport(ctx context.Context, tx pgx.Tx, by members.Actor, report ReportID, today members.Day) (lockedReport, error) {
	return scanLockedReport(tx.QueryRow(ctx, lockedReports+seesReport+` AND t.id = $5 FOR UPDATE OF t`, by.Cooperative, by.Role, string(by.Kind), string(today), report))
}

func markWaited(ctx context.Context, tx pgx.Tx, c id.Cooperative, report ReportID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE coaching.report SET waited_at = $3 WHERE cooperative_id = $1 AND id = $2`, c, report, now)
	return err
}

func markTaken(ctx context.Context, tx pgx.Tx, by members.Actor, report ReportID, now time.Time) error {
	const query = `UPDATE coaching.report SET state = 'taken', taken_at = $3, taken_by = $4 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, report, now, by.Role)
	return err
}

func markClosed(ctx context.Context, tx pgx.Tx, by members.Actor, report ReportID, done []byte, now time.Time) error {
	const query = `UPDATE coaching.report SET state = 'closed', closed_at = $3, closed_by = $4, done = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, report, now, by.Role, done)
	return err
}

func listReportReaders(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, report ReportID, coach bool, today members.Day) ([]members.Person, error) {
	const query = `
		WITH told AS (
			SELECT t.member_id FROM coaching.report t
			WHERE t.cooperative_id = $1 AND t.id = $2 AND t.state = 'reported')
		SELECT DISTINCT p.id, p.email, p.name, p.locale
		FROM told, members.role r JOIN members.person p ON p.id = r.person_id
		WHERE r.cooperative_id = $1 AND r.ended_at IS NULL AND (r.kind = 'coordinator' OR $3 AND r.kind = 'coach' AND EXISTS (SELECT FROM coaching.follower f
			WHERE f.cooperative_id = $1 AND f.member_id = told.member_id AND f.role_id = r.id AND $4::date BETWEEN f.begins AND f.until))
		ORDER BY p.id`
	rows, err := db.Query(ctx, query, c, report, coach, string(today))
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (members.Person, error) { return scanPerson(row) })
}

func findReporter(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, report ReportID) (p members.Person, ref string, err error) {
	const query = `
		SELECT p.id, p.email, p.name, p.locale, t.ref::text
		FROM coaching.report t
		JOIN members.member m ON m.cooperative_id = t.cooperative_id AND m.id = t.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person p ON p.id = r.person_id
		WHERE t.cooperative_id = $1 AND t.id = $2 AND t.state = 'closed'`
	err = db.QueryRow(ctx, query, c, report).Scan(&p.ID, &p.Email, &p.Name, &p.Locale, &ref)
	return p, ref, gone(err)
}
