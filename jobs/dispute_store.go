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

func insertDispute(ctx context.Context, tx pgx.Tx, by members.Actor, d DisputeID, w Work, most time.Duration, reason []byte, now time.Time) error {
	const query = `
		INSERT INTO jobs.dispute (id, cooperative_id, engagement_id, state, by_kind, by_role, helper_id, undisputed_minutes, most_minutes, reason, disputed_at)
		VALUES ($1, $2, $3, 'open', $4, $5, $6, $7, $8, $9, $10)`
	_, err := tx.Exec(ctx, query, d, by.Cooperative, w.ID, string(sideOfHours(by.Kind)), by.Role, by.Helper.Role,
		int(w.Sheet.Worked/time.Minute), int(most/time.Minute), reason, now)
	return err
}

func updateDispute(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, decision []byte, now time.Time) error {
	const query = `
		UPDATE jobs.dispute SET state = 'decided', decided_minutes = $3, decided_by = $4, decision = $5, decided_at = $6
		WHERE cooperative_id = $1 AND engagement_id = $2 AND state = 'open'`
	_, err := tx.Exec(ctx, query, by.Cooperative, w.ID, int(w.Sheet.Worked/time.Minute), by.Role, decision, now)
	return err
}

const disputeColumns = `d.id, d.engagement_id, d.state, d.by_kind, d.undisputed_minutes, d.most_minutes, d.disputed_at, d.reason,
	coalesce(d.decided_minutes, 0), coalesce((SELECT dp.name FROM members.role dr JOIN members.person dp ON dp.id = dr.person_id
		WHERE dr.cooperative_id = d.cooperative_id AND dr.id = d.decided_by), ''), ` + noTime + `d.decided_at), d.decision`

// disputeRow reads them.
type disputeRow struct{ undisputed, most, decided int }

func (r *disputeRow) into(d *Disagreement) []any {
	return []any{&d.ID, &d.Engagement, &d.State, &d.By, &r.undisputed, &r.most, &d.At, &d.reason, &r.decided, &d.DecidedBy, &d.DecidedAt, &d.decision}
}

func (r *disputeRow) done(d *Disagreement) {
	d.Undisputed, d.Most, d.Decided = time.Duration(r.undisputed)*time.Minute, time.Duration(r.most)*time.Minute, time.Duration(r.decided)*time.Minute
}

func findDispute(ctx context.Context, db querier, c id.Cooperative, e EngagementID) (d Disagreement, err error) {
	rows, err := db.Query(ctx, `SELECT `+disputeColumns+` FROM jobs.dispute d WHERE d.cooperative_id = $1 AND d.engagement_id = $2`, c, e)
	if err != nil {
		return d, err
	}
	d, err = pgx.CollectExactlyOneRow(rows, func(row pgx.CollectableRow) (d Disagreement, err error) {
		var r disputeRow
		err = row.Scan(r.into(&d)...)
		r.done(&d)
		return d, err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = members.ErrNotFound
	}
	return d, err
}

// findUndisputed is what was billed before, of work of which a part was in
// dispute.
func findUndisputed(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID) (time.Duration, error) {
	var minutes int
	err := tx.QueryRow(ctx, `SELECT coalesce(sum(undisputed_minutes), 0) FROM jobs.dispute WHERE cooperative_id = $1 AND engagement_id = $2`, c, e).Scan(&minutes)
	return time.Duration(minutes) * time.Minute, err
}

// isSide reports whether the acting person is the member, or acts for the client,
// also as the coordinator who disputed for them, where there is another.
func isSide(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) (is bool, err error) {
	const query = `
		SELECT $2::uuid = $3::uuid OR EXISTS (SELECT FROM members.role WHERE cooperative_id = $1 AND person_id = $2 AND client_id = $4 AND ended_at IS NULL)
			OR EXISTS (SELECT FROM jobs.dispute WHERE cooperative_id = $1 AND engagement_id = $5 AND by_role = $6)
			AND EXISTS (SELECT FROM members.role WHERE cooperative_id = $1 AND kind = 'coordinator' AND id <> $6 AND ended_at IS NULL)`
	return is, tx.QueryRow(ctx, query, by.Cooperative, by.Person, w.person, w.Client, w.ID, by.Role).Scan(&is)
}

func listDisputes(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]DisputedWork, error) {
	const query = works + `
		AND e.id IN (SELECT engagement_id FROM jobs.dispute WHERE cooperative_id = $1 AND state = 'open' ORDER BY disputed_at, id LIMIT 200)`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	found, err := pgx.CollectRows(rows, scanWork)
	if err != nil {
		return nil, err
	}
	byWork := make(map[EngagementID]Work, len(found))
	for _, w := range found {
		byWork[w.ID] = w
	}
	rows, err = db.Query(ctx, `SELECT `+disputeColumns+` FROM jobs.dispute d WHERE d.cooperative_id = $1 AND d.state = 'open' ORDER BY d.disputed_at, d.id LIMIT 200`, c)
	if err != nil {
		return nil, err
	}
	var list []DisputedWork
	var d Disagreement
	var r disputeRow
	_, err = pgx.ForEachRow(rows, r.into(&d), func() error {
		r.done(&d)
		if w, ok := byWork[d.Engagement]; ok { // decided meanwhile, else
			list = append(list, DisputedWork{Work: w, Disagreement: d})
		}
		return nil
	})
	return list, err
}

func countDisputes(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) (count int, oldest time.Time, err error) {
	const query = `SELECT count(*), ` + noTime + `min(disputed_at)) FROM jobs.dispute WHERE cooperative_id = $1 AND state = 'open'`
	return count, oldest, db.QueryRow(ctx, query, c).Scan(&count, &oldest)
}
