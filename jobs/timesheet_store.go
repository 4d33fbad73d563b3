package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// works are engagements with their hours.
const works = `
	SELECT e.id, g.id, g.title, g.language, c.name, p.name, e.rate_cents, s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, e.state,
		m.id, who.id, who.name, c.id, CASE WHEN ` + HoldsSeat + ` THEN g.address ELSE '' END, coalesce(t.state, ''), coalesce(t.minutes, 0), t.reason, t.helper_id, coalesce(helper.name, '')` +
	offColumns + formColumn + termsColumns + hoursColumns + `
	FROM jobs.engagement e
	JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	JOIN members.place p ON p.code = g.place_code
	JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
	JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
	JOIN members.person who ON who.id = r.person_id
	LEFT JOIN jobs.timesheet t ON t.cooperative_id = e.cooperative_id AND t.engagement_id = e.id
	LEFT JOIN members.role hr ON hr.cooperative_id = t.cooperative_id AND hr.id = t.helper_id
	LEFT JOIN members.person helper ON helper.id = hr.person_id
	WHERE e.cooperative_id = $1`

// theirs holds for the member, or for the client of the gig, and for nobody else.
const theirs = ` AND (e.member_id = $2 OR g.client_id = $3)`

func scanWork(row pgx.CollectableRow) (w Work, err error) {
	var breakMinutes, minutes int
	hours, terms := w.hoursInto(), w.termsInto()
	err = row.Scan(append([]any{&w.ID, &w.Gig, &w.Title, &w.Language, &w.ClientName, &w.PlaceName, &w.Rate, &w.Shift.ID, &w.Shift.Starts, &w.Shift.Ends,
		&breakMinutes, &w.Shift.Seats, &w.State, &w.Member, &w.person, &w.MemberName, &w.Client, &w.Address, &w.Sheet.State, &minutes, &w.Sheet.sealed, &w.Sheet.helper, &w.Sheet.Helper},
		slices.Concat(w.Off.scan(), w.intoForm(), terms.into(), hours.into())...)...)
	hours.done()
	terms.done()
	w.Shift.Break, w.Sheet.Worked = time.Duration(breakMinutes)*time.Minute, time.Duration(minutes)*time.Minute
	return w, err
}

// mostWorks is how many are listed at once.
const mostWorks = 100

func listWorks(ctx context.Context, db *pgxpool.Pool, by members.Actor, now time.Time) ([]Work, error) {
	const unsettled = `
		AND ` + hoursOpen + `
		ORDER BY s.ends_at <= $4 AND coalesce(t.state, 'client_proposed') = $3 DESC, s.starts_at, who.name, e.id LIMIT $5`
	query, whose, turn := works+` AND e.member_id = $2`+unsettled, any(by.Member), ClientProposed // waits for the member
	if by.Kind == members.RoleClient {
		query, whose, turn = works+` AND g.client_id = $2`+unsettled, by.Client, MemberProposed
	}
	rows, err := db.Query(ctx, query, by.Cooperative, whose, string(turn), now, mostWorks)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}

// querier is a pool or a transaction.
type querier interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

func findWork(ctx context.Context, db querier, by members.Actor, engagement EngagementID) (Work, error) {
	rows, err := db.Query(ctx, works+theirs+` AND e.id = $4`, by.Cooperative, by.Member, by.Client, engagement)
	if err != nil {
		return Work{}, err
	}
	return oneWork(rows)
}

func oneWork(rows pgx.Rows) (Work, error) {
	w, err := pgx.CollectExactlyOneRow(rows, scanWork)
	if errors.Is(err, pgx.ErrNoRows) {
		return w, members.ErrNotFound
	}
	return w, err
}

// findAnyWork is for who acts for the cooperative itself.
func findAnyWork(ctx context.Context, db querier, c id.Cooperative, engagement EngagementID) (Work, error) {
	rows, err := db.Query(ctx, works+` AND e.id = $2`, c, engagement)
	if err != nil {
		return Work{}, err
	}
	return oneWork(rows)
}

func lockEngagement(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID) error {
	const query = `SELECT id FROM jobs.engagement WHERE cooperative_id = $1 AND id = $2 FOR UPDATE`
	var found EngagementID
	err := tx.QueryRow(ctx, query, c, engagement).Scan(&found)
	if errors.Is(err, pgx.ErrNoRows) {
		return members.ErrNotFound
	}
	return err
}

func updateEngagement(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID, state EngagementState) error {
	const query = `UPDATE jobs.engagement SET state = $3 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, engagement, string(state))
	return err
}

// moveEngagement moves between billed and paid, and leaves every other state.
func moveEngagement(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID, to EngagementState) error {
	const query = `UPDATE jobs.engagement SET state = $3 WHERE cooperative_id = $1 AND id = $2 AND state IN ('billed', 'paid')`
	_, err := tx.Exec(ctx, query, c, engagement, string(to))
	return err
}

func upsertTimesheet(ctx context.Context, tx pgx.Tx, c id.Cooperative, sheet TimesheetID, w Work, now time.Time) error {
	const query = `
		INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, reason, proposed_at, agreed_at, helper_id)
		VALUES ($1, $2, $3, $4, $5, $6, $7, CASE WHEN $4 = 'agreed' THEN $7::timestamptz END, $8)
		ON CONFLICT (cooperative_id, engagement_id) DO UPDATE
		SET state = excluded.state, minutes = excluded.minutes, reason = excluded.reason, agreed_at = excluded.agreed_at, helper_id = excluded.helper_id,
			proposed_at = CASE WHEN excluded.state IN ('agreed', 'disputed') THEN jobs.timesheet.proposed_at ELSE excluded.proposed_at END`
	_, err := tx.Exec(ctx, query, sheet, c, w.ID, string(w.Sheet.State), int(w.Sheet.Worked/time.Minute), w.Sheet.sealed, now, w.Sheet.helper)
	return err
}
