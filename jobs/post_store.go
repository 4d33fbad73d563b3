package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// lockClient keeps the client in place until the transaction ends. One that is
// approved stays so.
func lockClient(ctx context.Context, tx pgx.Tx, c id.Cooperative, client members.ClientID) error {
	const query = `SELECT state FROM members.client WHERE cooperative_id = $1 AND id = $2 FOR KEY SHARE`
	var state members.ClientState
	err := tx.QueryRow(ctx, query, c, client).Scan(&state)
	switch {
	case errors.Is(err, pgx.ErrNoRows):
		return members.ErrNotFound
	case err == nil && state != members.ClientApproved:
		return members.ErrNotApproved
	}
	return err
}

// insertGig reports false when the client has posted a gig with this id before.
// Somebody else's is members.ErrNotFound.
func insertGig(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, n NewGig, now time.Time) (bool, error) {
	const query = `
		INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address,
			rate_cents, load, support_on_site, with_others, state, posted_by, posted_at, work_form)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 'open', $13, $14, $15)
		ON CONFLICT DO NOTHING`
	tag, err := tx.Exec(ctx, query, gig, by.Cooperative, n.Client, n.Title, n.Description, n.Language, n.PlaceCode, n.Address,
		n.Rate, n.Load, n.SupportOnSite, n.WithOthers, by.Role, now, string(n.Form))
	if err != nil || tag.RowsAffected() == 1 {
		return err == nil, fieldProblem(err)
	}
	var own bool
	const before = `SELECT EXISTS (SELECT FROM jobs.gig WHERE id = $1 AND cooperative_id = $2 AND client_id = $3)`
	if err := tx.QueryRow(ctx, before, gig, by.Cooperative, n.Client).Scan(&own); err != nil || own {
		return false, err
	}
	return false, members.ErrNotFound
}

func insertShift(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, shift ShiftID, n NewShift) error {
	const query = `
		INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats, buddy_seats, pieces)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, nullif($9, 0))`
	_, err := tx.Exec(ctx, query, shift, by.Cooperative, gig, n.Starts, n.Ends, int(n.Break/time.Minute), n.Seats, n.BuddySeats, n.Pieces)
	return err
}

// fieldProblem turns a reference to nothing into a problem at its field.
func fieldProblem(err error) error {
	var broken *pgconn.PgError
	if !errors.As(err, &broken) {
		return err
	}
	switch broken.ConstraintName {
	case "gig_place":
		return check.Problems{{Field: "place", Rule: "unknown_place"}}
	case "gig_skill_known":
		return check.Problems{{Field: "skills", Rule: "not_a_choice"}}
	}
	return err
}
