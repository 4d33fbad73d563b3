package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
)

// planned says which shifts: those that begin in a time, or one.
type planned struct {
	from, until time.Time
	shift       ShiftID
	most        int
}

const plannedColumns = `
	SELECT s.id, s.starts_at, s.ends_at, s.break_minutes, s.seats, g.id, g.title, g.language, c.name, p.name, g.state
	FROM jobs.shift s
	JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
	JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
	JOIN members.place p ON p.code = g.place_code
	WHERE s.cooperative_id = $1`

// onBoard holds for what a coordinator still plans, and for agreed work.
const onBoard = ` AND ` + TakesPlace + ` AND (g.state IN ('open', 'paused') OR g.state <> 'draft' AND EXISTS (SELECT FROM jobs.engagement e
	WHERE e.cooperative_id = s.cooperative_id AND e.shift_id = s.id AND ` + HoldsSeat + `))`

func listPlanned(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, which planned) ([]PlannedShift, error) {
	query, args := plannedColumns+onBoard+` AND s.id = $2 LIMIT $3`, []any{c, which.shift, which.most}
	if which.shift.IsZero() {
		query = plannedColumns + onBoard + ` AND s.starts_at >= $2 AND s.starts_at < $3 ORDER BY s.starts_at, g.title, s.id LIMIT $4`
		args = []any{c, which.from, which.until, which.most}
	}
	rows, err := db.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (p PlannedShift, err error) {
		var minutes int
		err = row.Scan(&p.ID, &p.Starts, &p.Ends, &minutes, &p.Seats, &p.Gig, &p.Title, &p.Language, &p.ClientName, &p.PlaceName, &p.State)
		p.Break = time.Duration(minutes) * time.Minute
		return p, err
	})
	if err != nil {
		return nil, err
	}
	return list, peoplePlanned(ctx, db, c, list)
}

// peoplePlanned fills in who works.
func peoplePlanned(ctx context.Context, db *pgxpool.Pool, c id.Cooperative, list []PlannedShift) error {
	shifts, at := make([]ShiftID, len(list)), map[ShiftID]int{}
	for i, s := range list {
		shifts[i], at[s.ID] = s.ID, i
	}
	const query = `
		SELECT e.shift_id, e.id, m.id, who.name, e.state, ` + withCompany + `, coalesce(e.company_name, '')
		FROM jobs.engagement e
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.member m ON m.cooperative_id = e.cooperative_id AND m.id = e.member_id
		JOIN members.role r ON r.cooperative_id = m.cooperative_id AND r.id = m.role_id
		JOIN members.person who ON who.id = r.person_id
		WHERE e.cooperative_id = $1 AND e.shift_id = ANY ($2) AND ` + HoldsSeat + `
		ORDER BY who.name, e.id`
	rows, err := db.Query(ctx, query, c, shifts)
	if err != nil {
		return err
	}
	var shift ShiftID
	var p Planned
	_, err = pgx.ForEachRow(rows, []any{&shift, &p.Engagement, &p.Member, &p.Name, &p.State, &p.Company.Wanted, &p.Company.Name}, func() error {
		list[at[shift]].People = append(list[at[shift]].People, p)
		return nil
	})
	return err
}
