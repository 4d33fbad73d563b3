package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/members"
)

// FreedLate holds for a shift s which somebody left so late, or to which somebody
// did not come, that others are asked also after its beginning.
const FreedLate = `EXISTS (SELECT FROM jobs.engagement f WHERE f.cooperative_id = s.cooperative_id AND f.shift_id = s.id
	AND (f.absent_at IS NOT NULL OR f.called_off_by = 'member' AND f.called_off_at > s.starts_at - interval '2 hours'))`

// offColumns are read into Off.
const offColumns = `, coalesce(e.called_off_by, ''), e.called_off_at, coalesce(t.part_pay, false), e.absent_at, e.absent_denied_at, e.absent_upheld_at, e.there_at,
	(WITH RECURSIVE n AS (
		SELECT x.id, x.cooperative_id, x.starts_at, x.ends_at, x.moved_to, x.called_off_at FROM jobs.shift x WHERE x.cooperative_id = s.cooperative_id AND x.id = s.moved_to
		UNION ALL
		SELECT x.id, x.cooperative_id, x.starts_at, x.ends_at, x.moved_to, x.called_off_at FROM jobs.shift x JOIN n ON x.cooperative_id = n.cooperative_id AND x.id = n.moved_to)
		SELECT jsonb_build_object('Starts', n.starts_at, 'Ends', n.ends_at) FROM n WHERE n.called_off_at IS NULL AND e.called_off_by IN ('client', 'office'))`

func (o *Off) scan() []any {
	return []any{&o.By, &o.At, &o.PartPay, &o.Missed, &o.Denied, &o.Upheld, &o.There, &o.Moved}
}

// runsIt holds for who runs the gig: $2 says whether it is the office.
const runsIt = ` AND ($2 OR g.client_id = $3)`

// inOffice reports whether the actor runs every gig of the cooperative.
func inOffice(by members.Actor) bool { return by.Kind == members.RoleCoordinator }

func findRunWork(ctx context.Context, db querier, by members.Actor, engagement EngagementID) (Work, error) {
	rows, err := db.Query(ctx, works+runsIt+` AND e.id = $4`, by.Cooperative, inOffice(by), by.Client, engagement)
	if err != nil {
		return Work{}, err
	}
	return oneWork(rows)
}

// mostEngaged is how many people of one gig are listed at once.
const mostEngaged = 500

func listEngaged(ctx context.Context, db querier, by members.Actor, gig GigID) ([]Work, error) {
	query := works + runsIt + ` AND g.id = $4 ORDER BY s.starts_at, s.id, who.name, e.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, inOffice(by), by.Client, gig, mostEngaged)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}

// comers holds for work that can still be called off.
const comers = `e.state IN ('confirmed', 'started')`

func listComers(ctx context.Context, tx pgx.Tx, c id.Cooperative, shifts []ShiftID) ([]Work, error) {
	rows, err := tx.Query(ctx, works+` AND s.id = ANY ($2) AND `+comers+` ORDER BY s.starts_at, who.name, e.id`, c, shifts)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, scanWork)
}

func lockComers(ctx context.Context, tx pgx.Tx, c id.Cooperative, shifts []ShiftID) error {
	const query = `SELECT FROM jobs.engagement e WHERE e.cooperative_id = $1 AND e.shift_id = ANY ($2) AND ` + comers + ` ORDER BY e.id FOR UPDATE`
	_, err := tx.Exec(ctx, query, c, shifts)
	return err
}

func markCalledOff(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, by Side, role members.RoleID, why OffWhy, text []byte, now time.Time) error {
	const query = `
		UPDATE jobs.engagement SET state = 'cancelled', called_off_at = $3, called_off_by = $4, called_off_role_id = $5,
			called_off_why = nullif($6, ''), called_off_text = $7
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, c, e, now, string(by), role, string(why), text)
	return err
}

func markStopped(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) error {
	const query = `UPDATE jobs.engagement SET state = $3, stopped_at = $4, stopped_role_id = $5 WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, w.ID, string(w.State), w.StoppedAt, by.Role)
	return err
}

func insertPartPay(ctx context.Context, tx pgx.Tx, c id.Cooperative, sheet TimesheetID, w Work, now time.Time) error {
	const query = `
		INSERT INTO jobs.timesheet (id, cooperative_id, engagement_id, state, minutes, proposed_at, agreed_at, part_pay)
		VALUES ($1, $2, $3, 'agreed', $4, $5, $5, true)`
	_, err := tx.Exec(ctx, query, sheet, c, w.ID, int(w.Sheet.Worked/time.Minute), now)
	return err
}

func findOwnOff(ctx context.Context, db *pgxpool.Pool, by members.Actor, engagement EngagementID) (text []byte, why OffWhy, err error) {
	const query = `
		SELECT called_off_text, coalesce(called_off_why, '') FROM jobs.engagement
		WHERE cooperative_id = $1 AND member_id = $2 AND id = $3 AND called_off_by = 'member'`
	err = db.QueryRow(ctx, query, by.Cooperative, by.Member, engagement).Scan(&text, &why)
	return text, why, notFound(err)
}

func notFound(err error) error {
	if errors.Is(err, pgx.ErrNoRows) {
		return members.ErrNotFound
	}
	return err
}

func markAbsent(ctx context.Context, tx pgx.Tx, by members.Actor, e EngagementID, now time.Time) error {
	const query = `
		UPDATE jobs.engagement SET state = 'absent', absent_at = $3, absent_role_id = $4, there_at = NULL, there_role_id = NULL
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, e, now, by.Role)
	return err
}

func markDenied(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, now time.Time) error {
	_, err := tx.Exec(ctx, `UPDATE jobs.engagement SET absent_denied_at = $3 WHERE cooperative_id = $1 AND id = $2`, c, e, now)
	return err
}

// markThere returns ErrBusy when the member works elsewhere at that time.
func markThere(ctx context.Context, tx pgx.Tx, by members.Actor, e EngagementID, now time.Time) error {
	const query = `
		UPDATE jobs.engagement SET state = 'confirmed', absent_at = NULL, absent_role_id = NULL, absent_denied_at = NULL,
			absent_upheld_at = NULL, absent_upheld_role_id = NULL, absent_upheld_why = NULL, there_at = $3, there_role_id = $4
		WHERE cooperative_id = $1 AND id = $2`
	_, err := tx.Exec(ctx, query, by.Cooperative, e, now, by.Role)
	return seatProblem(err)
}

// findFirstWork is the member's earliest work for the client that goes on; nothing
// when there is none.
func findFirstWork(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, client members.ClientID) (e EngagementID, at time.Time, err error) {
	const query = `
		SELECT e.id, e.starts_at FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id AND g.client_id = $3
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND ` + HoldsSeat + `
		ORDER BY e.starts_at, e.id LIMIT 1`
	err = tx.QueryRow(ctx, query, c, m, client).Scan(&e, &at)
	if errors.Is(err, pgx.ErrNoRows) {
		return e, at, nil
	}
	return e, at, err
}

// isTheClients reports whether the client's own side said that the work does not
// come.
func isTheClients(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, e EngagementID) (is bool, err error) {
	const query = `
		SELECT coalesce(r.kind = 'client', false) FROM jobs.engagement e
		LEFT JOIN members.role r ON r.cooperative_id = e.cooperative_id AND r.id = coalesce(e.absent_role_id, e.called_off_role_id, e.stopped_role_id)
		WHERE e.cooperative_id = $1 AND e.id = $2`
	err = db.QueryRow(ctx, query, c, e).Scan(&is)
	return is, notFound(err)
}
