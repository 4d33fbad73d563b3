package main

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"strconv"
	"strings"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Running the verbs through three years would take hours; so the years are
// written, as the verbs leave them.
//
//go:embed crowd/*.sql
var crowdFiles embed.FS

// fill makes the biggest cooperative of the demo as big as this, with so many
// weeks of history, in one transaction.
func fill(ctx context.Context, db *pgxpool.Pool, members, weeks int) error {
	names, err := fs.Glob(crowdFiles, "crowd/*.sql")
	if err != nil {
		return err
	}
	err = pgx.BeginFunc(ctx, db, func(tx pgx.Tx) error {
		if err := prepare(ctx, tx, members, weeks); err != nil {
			return err
		}
		for _, name := range names {
			text, err := crowdFiles.ReadFile(name)
			if err != nil {
				return err
			}
			if _, err := tx.Exec(ctx, string(text)); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	})
	if err == nil {
		_, err = db.Exec(ctx, `SET statement_timeout = 0; ANALYZE; RESET statement_timeout`)
	}
	return errors.Join(err, ctx.Err())
}

// prepare lets the transaction go without triggers, those that look after foreign
// keys too; what they would have refused is looked for by eachKeyPoints and the doctor.
func prepare(ctx context.Context, tx pgx.Tx, members, weeks int) error {
	for name, value := range map[string]string{
		"session_replication_role": "replica", "statement_timeout": "0", "synchronous_commit": "off",
		"bench.members": strconv.Itoa(members), "bench.weeks": strconv.Itoa(weeks),
	} {
		if _, err := tx.Exec(ctx, `SELECT set_config($1, $2, true)`, name, value); err != nil {
			return err
		}
	}
	_, err := tx.Exec(ctx, `SELECT setseed(0.5)`)
	return err
}

// eachKeyPoints looks at every foreign key of the database.
func eachKeyPoints(ctx context.Context, db *pgxpool.Pool) error {
	const query = `
		SELECT format('SELECT count(*) FROM %s c WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)', f.conrelid::regclass,
			string_agg(format('c.%I IS NOT NULL', mine.attname), ' AND '), f.confrelid::regclass,
			string_agg(format('c.%I = p.%I', mine.attname, theirs.attname), ' AND '))
		FROM pg_constraint f
		CROSS JOIN LATERAL unnest(f.conkey, f.confkey) AS k (mine, theirs)
		JOIN pg_attribute mine ON mine.attrelid = f.conrelid AND mine.attnum = k.mine
		JOIN pg_attribute theirs ON theirs.attrelid = f.confrelid AND theirs.attnum = k.theirs
		WHERE f.contype = 'f' GROUP BY f.oid, f.conrelid, f.confrelid`
	rows, err := db.Query(ctx, query)
	if err != nil {
		return err
	}
	looks, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		return err
	}
	for _, look := range looks {
		var lost int
		if err := db.QueryRow(ctx, look, pgx.QueryExecModeExec).Scan(&lost); err != nil || lost > 0 {
			return errors.Join(fmt.Errorf("%d rows point nowhere: %s", lost, look), err)
		}
	}
	return nil
}

// filled says how much there is.
func filled(ctx context.Context, db *pgxpool.Pool) (string, error) {
	const query = `
		SELECT concat_ws(', ', (SELECT count(*) FROM members.member) || ' members', (SELECT count(*) FROM jobs.gig) || ' gigs',
			(SELECT count(*) FROM jobs.shift) || ' shifts', (SELECT count(*) FROM matching.offer) || ' offers',
			(SELECT count(*) FROM jobs.engagement) || ' engagements', (SELECT count(*) FROM payments.bill) || ' bills',
			(SELECT count(*) FROM payments.posting) || ' postings', (SELECT count(*) FROM coaching.fact) || ' facts')`
	var text string
	err := db.QueryRow(ctx, query).Scan(&text)
	return strings.TrimSpace(text), err
}
