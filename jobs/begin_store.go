package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/members"
)

// hasGig reports whether the client has a gig of this id. Somebody else's is
// members.ErrNotFound.
func hasGig(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, client members.ClientID) (there bool, err error) {
	const query = `SELECT cooperative_id = $2 AND client_id = $3 FROM jobs.gig WHERE id = $1`
	err = tx.QueryRow(ctx, query, gig, by.Cooperative, client).Scan(&there)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return false, nil
	case err == nil && !there:
		return false, members.ErrNotFound
	}
	return there, err
}

// hasDrafts reports whether the client has so many. Two who begin one at the same
// moment may have one more.
func hasDrafts(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID, most int) (full bool, err error) {
	const query = `SELECT count(*) >= $3 FROM jobs.gig WHERE cooperative_id = $1 AND client_id = $2 AND state = 'draft'`
	return full, tx.QueryRow(ctx, query, by.Cooperative, client, most).Scan(&full)
}

// findOwnPlace is where the client is.
func findOwnPlace(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID) (d draft, err error) {
	const query = `SELECT place_code, address FROM members.client WHERE cooperative_id = $1 AND id = $2`
	return d, tx.QueryRow(ctx, query, by.Cooperative, client).Scan(&d.place, &d.address)
}

// findEarlier reads a gig of the same client, without its dates.
func findEarlier(ctx context.Context, tx pgx.Tx, by members.Actor, b Beginning) (d draft, err error) {
	const query = `
		SELECT g.title, g.description, g.language, g.place_code, g.address, g.rate_cents, g.load, g.support_on_site, g.with_others,
			ARRAY(SELECT k.skill_code FROM jobs.gig_skill k WHERE k.cooperative_id = g.cooperative_id AND k.gig_id = g.id ORDER BY 1)
		FROM jobs.gig g WHERE g.cooperative_id = $1 AND g.client_id = $2 AND g.id = $3 AND g.emptied_at IS NULL`
	err = tx.QueryRow(ctx, query, by.Cooperative, b.Client, b.From).Scan(&d.title, &d.description, &d.language, &d.place, &d.address,
		&d.rate, &d.load, &d.support, &d.others, &d.skills)
	if errors.Is(err, pgx.ErrNoRows) {
		return d, members.ErrNotFound
	}
	return d, err
}

func insertDraft(ctx context.Context, tx pgx.Tx, by members.Actor, b Beginning, d draft, now time.Time) error {
	const query = `
		INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address,
			rate_cents, load, support_on_site, with_others, state, posted_by, posted_at, touched_at)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'draft', $13, $14, $14)
		ON CONFLICT (id) DO NOTHING`
	_, err := tx.Exec(ctx, query, b.ID, by.Cooperative, b.Client, d.title, d.description, d.language, d.place, d.address,
		d.rate, d.load, d.support, d.others, by.Role, now)
	return err
}

func listEarlier(ctx context.Context, db *pgxpool.Pool, by members.Actor, client members.ClientID, most int) ([]Earlier, error) {
	const query = `
		SELECT * FROM (
			SELECT DISTINCT ON (lower(g.title)) g.id, g.title, g.language, g.posted_at, ` + groupColumn + ` FROM jobs.gig g
			WHERE g.cooperative_id = $1 AND g.client_id = $2 AND g.state <> 'draft' AND g.emptied_at IS NULL
			ORDER BY lower(g.title), g.posted_at DESC, g.id) one
		ORDER BY posted_at DESC, id LIMIT $3`
	rows, err := db.Query(ctx, query, by.Cooperative, client, most)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Earlier])
}
