package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// chosen is feedback that the member shows, as its row has it.
type chosen struct {
	Feedback
	sentence []byte
	client   members.ClientKind
	day      members.Day
}

// listChosen gives what clients said of the work of these days, as far as the
// acting member chose it.
func listChosen(ctx context.Context, db *pgxpool.Pool, by members.Actor, w RecordWish) ([]chosen, error) {
	const query = `
		SELECT f.id, f.sentence, c.kind, to_char(e.starts_at AT TIME ZONE 'Europe/Amsterdam', 'YYYY-MM-DD')
		FROM jobs.engagement e
		JOIN jobs.feedback f ON f.cooperative_id = e.cooperative_id AND f.engagement_id = e.id AND f.side = 'client' AND f.chosen
		JOIN jobs.shift s ON s.cooperative_id = e.cooperative_id AND s.id = e.shift_id
		JOIN jobs.gig g ON g.cooperative_id = s.cooperative_id AND g.id = s.gig_id
		JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		WHERE e.cooperative_id = $1 AND e.member_id = $2 AND e.starts_at >= $3 AND e.starts_at < $4
		ORDER BY e.starts_at, f.id`
	from, until := spanOf(w.From, w.Until)
	rows, err := db.Query(ctx, query, by.Cooperative, by.Member, from, until)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (k chosen, err error) {
		err = row.Scan(&k.ID, &k.sentence, &k.client, &k.day)
		return k, err
	})
}
