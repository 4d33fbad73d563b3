package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// selectCandidates reads every member of the cooperative, or only some, as they
// stand to the work.
func selectCandidates(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, now time.Time) ([]Candidate, error) {
	seekers, err := readSeekers(ctx, tx, scopeOf([]Work{w}, only), now)
	if err != nil {
		return nil, err
	}
	found := make([]Candidate, len(seekers))
	for i, s := range seekers {
		found[i] = s.at(w)
	}
	return found, readShare(ctx, tx, w, only, found)
}

// readShare fills in what is only for points, and whether they were asked before. Of
// work that its client stopped counts what was worked: that it ended is not of the
// member's doing.
func readShare(ctx context.Context, tx pgx.Tx, w Work, only []members.MemberID, found []Candidate) error {
	query := `
		SELECT m.id,
			EXISTS (SELECT FROM matching.offer o WHERE o.cooperative_id = m.cooperative_id AND o.shift_id = $2 AND o.member_id = m.id),
			coalesce((SELECT sum(extract(epoch FROM ` + jobs.EndsAt + ` - e.starts_at))::bigint FROM jobs.engagement e
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id AND e.starts_at BETWEEN $3 AND $4
				AND ` + jobs.HoldsSeat + `), 0),
			(SELECT count(*) FROM jobs.engagement e
				JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
				JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
				WHERE e.cooperative_id = m.cooperative_id AND e.member_id = m.id AND ` + jobs.WasWorked + ` AND g.client_id = $6)
		FROM members.member m WHERE m.cooperative_id = $1 AND ` + pg.Only(`m.id`, `$5`, only != nil)
	rows, err := tx.Query(ctx, query, w.Cooperative, w.Shift, w.Starts.Add(-engine.ShareSide), w.Starts.Add(engine.ShareSide), only, w.Client)
	if err != nil {
		return err
	}
	at := make(map[members.MemberID]*Candidate, len(found))
	for i := range found {
		at[found[i].Member] = &found[i]
	}
	var m members.MemberID
	var asked bool
	var seconds int64
	var known int
	_, err = pgx.ForEachRow(rows, []any{&m, &asked, &seconds, &known}, func() error {
		if c := at[m]; c != nil {
			c.Asked, c.Received, c.Known = asked, time.Duration(seconds)*time.Second, known
		}
		return nil
	})
	return err
}
