package jobs

import (
	"context"
	"fmt"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// begunColumns are of gig g and its place p, for Begun.
const begunColumns = `, g.support_on_site, g.with_others, coalesce(g.touched_at, g.posted_at), ` + fullName

func (b *Begun) scan() []any { return []any{&b.Support, &b.Others, &b.Touched, &b.FullPlace} }

func listDrafts(ctx context.Context, db *pgxpool.Pool, by members.Actor, most int) ([]Unfinished, error) {
	const query = `
		SELECT g.id, g.title, g.language, c.name, g.touched_at,
			g.title <> '' AND g.description <> '' AND g.load <> '' AND g.support_on_site IS NOT NULL AND g.with_others IS NOT NULL,
			EXISTS (SELECT FROM jobs.shift s WHERE s.cooperative_id = g.cooperative_id AND s.gig_id = g.id)
		FROM jobs.gig g JOIN members.client c ON c.cooperative_id = g.cooperative_id AND c.id = g.client_id
		WHERE g.cooperative_id = $1 AND g.state = 'draft' AND (g.client_id = $2 OR $3 = 'coordinator' AND g.posted_by = $4)
		ORDER BY g.touched_at DESC, g.id LIMIT $5`
	rows, err := db.Query(ctx, query, by.Cooperative, by.Client, string(by.Kind), by.Role, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Unfinished])
}

// ofGig are the tables whose rows belong to a gig, and go with a draft.
func ofGig() []string {
	return []string{"jobs.shift", "jobs.series", "jobs.gig_meeting", "jobs.gig_skill", "jobs.gig_photo"}
}

// deleteDrafts takes all that belongs to the drafts g with them.
func deleteDrafts(ctx context.Context, tx pgx.Tx, those string, args ...any) (pgconn.CommandTag, error) {
	query := `WITH old AS MATERIALIZED (SELECT g.cooperative_id, g.id FROM jobs.gig g WHERE g.state = 'draft' AND ` + those + `)`
	for i, table := range ofGig() {
		query += fmt.Sprintf(`, x%d AS (DELETE FROM %s x USING old WHERE x.cooperative_id = old.cooperative_id AND x.gig_id = old.id)`, i, table)
	}
	query += ` DELETE FROM jobs.gig x USING old WHERE x.cooperative_id = old.cooperative_id AND x.id = old.id`
	return tx.Exec(ctx, query, args...)
}
