package members

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
)

func listMunicipalities(ctx context.Context, db *pgxpool.Pool, c id.Cooperative) ([]Municipality, error) {
	const query = `
		SELECT g.id, g.name, g.consent_first, g.contact, (SELECT count(*) FROM members.member m
			WHERE m.cooperative_id = g.cooperative_id AND m.municipality_id = g.id AND m.state <> 'alumni')
		FROM members.municipality g WHERE g.cooperative_id = $1 AND g.ended_at IS NULL ORDER BY g.name`
	rows, err := db.Query(ctx, query, c)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, pgx.RowToStructByPos[Municipality])
}

// findMunicipalityName gives the name as it is written, or a problem.
func findMunicipalityName(ctx context.Context, tx pgx.Tx, typed string) (name string, err error) {
	err = tx.QueryRow(ctx, `SELECT municipality FROM members.place WHERE lower(municipality) = lower($1) LIMIT 1`, typed).Scan(&name)
	if errors.Is(err, pgx.ErrNoRows) {
		err = check.Problems{{Field: "name", Rule: "unknown_municipality"}}
	}
	return name, err
}

func insertMunicipality(ctx context.Context, tx pgx.Tx, c id.Cooperative, m Municipality, now time.Time) error {
	const query = `
		INSERT INTO members.municipality (id, cooperative_id, name, consent_first, contact, added_at) VALUES ($1, $2, $3, $4, $5, $6)`
	_, err := tx.Exec(ctx, query, m.ID, c, m.Name, m.ConsentFirst, m.Contact, now)
	if broke(err, "municipality_once") {
		return check.Problems{{Field: "name", Rule: "there_already"}}
	}
	return err
}

func endMunicipality(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MunicipalityID, now time.Time) (name string, err error) {
	const query = `
		UPDATE members.municipality SET ended_at = greatest(added_at, $3)
		WHERE cooperative_id = $1 AND id = $2 AND ended_at IS NULL RETURNING name`
	err = tx.QueryRow(ctx, query, c, m, now).Scan(&name)
	return name, notFound(err)
}

// lockMunicipality gives one that may refer, which does not end meanwhile.
func lockMunicipality(ctx context.Context, tx pgx.Tx, c id.Cooperative, m MunicipalityID) (found Municipality, err error) {
	const query = `
		SELECT id, name, consent_first FROM members.municipality
		WHERE cooperative_id = $1 AND id = $2 AND ended_at IS NULL FOR SHARE`
	err = tx.QueryRow(ctx, query, c, m).Scan(&found.ID, &found.Name, &found.ConsentFirst)
	return found, notFound(err)
}
