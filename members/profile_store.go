package members

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

func findProfile(ctx context.Context, db *pgxpool.Pool, by Actor) (Profile, error) {
	const query = `
		SELECT p.name, p.email, m.place_code, pl.name, m.reach_m, m.travel
		FROM members.member m
		JOIN members.place pl ON pl.code = m.place_code
		JOIN members.person p ON p.id = $3
		WHERE m.cooperative_id = $1 AND m.id = $2`
	var f Profile
	err := db.QueryRow(ctx, query, by.Cooperative, by.Member, by.Person).
		Scan(&f.Name, &f.Email, &f.PlaceCode, &f.PlaceName, &f.ReachMetres, &f.Travel)
	return f, notFound(err)
}

func updateProfile(ctx context.Context, tx pgx.Tx, by Actor, place string, c ProfileChange) error {
	const member = `
		UPDATE members.member SET place_code = $3, reach_m = $4, travel = $5
		WHERE cooperative_id = $1 AND id = $2`
	tag, err := tx.Exec(ctx, member, by.Cooperative, by.Member, place, c.ReachMetres, c.Travel)
	if err != nil {
		return err
	}
	if tag.RowsAffected() == 0 {
		return ErrNotFound
	}
	_, err = tx.Exec(ctx, `UPDATE members.person SET name = $2 WHERE id = $1`, by.Person, c.Name)
	return err
}

// findPlaceTx gives the code of the place with this name or code, or nothing.
// Of places that share a name the first by code wins; pages offer names with
// the municipality where that matters.
func findPlaceTx(ctx context.Context, tx pgx.Tx, text string) (string, error) {
	const query = `
		SELECT code FROM members.place
		WHERE code = $1 OR lower(name) = lower($1) ORDER BY code <> $1, code LIMIT 1`
	var code string
	err := tx.QueryRow(ctx, query, text).Scan(&code)
	if errors.Is(err, pgx.ErrNoRows) {
		return "", nil
	}
	return code, err
}
