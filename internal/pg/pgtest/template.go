package pgtest

import (
	"context"
	"crypto/sha256"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"

	"meent/internal/pg"
)

// templateLock is the key of the lock under which templates are made.
const templateLock = 0x746d706c

// ensureTemplate makes the template of these schemas unless it is there. It starts
// from that of the schemas without the last, which other packages need as well: so
// each schema is migrated once a run. A template gets its name last, so that one
// which was cut off is made anew.
func (a *admin) ensureTemplate(ctx context.Context, schemas []pg.Schema) (string, error) {
	if len(schemas) == 0 {
		return "template1", nil
	}
	name, err := templateName(schemas)
	if _, made := a.made.Load(name); err != nil || made {
		return name, err
	}
	from, err := a.ensureTemplate(ctx, schemas[:len(schemas)-1])
	if err != nil {
		return "", err
	}
	if err := a.makeTemplate(ctx, name, from, schemas); err != nil {
		return "", err
	}
	a.made.Store(name, true)
	return name, nil
}

func (a *admin) makeTemplate(ctx context.Context, name, from string, schemas []pg.Schema) error {
	conn, err := pgx.Connect(ctx, a.address)
	if err != nil {
		return err
	}
	defer conn.Close(ctx) // and with it the lock
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, templateLock); err != nil {
		return err
	}
	var there bool
	const query = `SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)`
	if err := conn.QueryRow(ctx, query, name).Scan(&there); err != nil || there {
		return err
	}
	return a.fillTemplate(ctx, name, from, schemas)
}

func (a *admin) fillTemplate(ctx context.Context, name, from string, schemas []pg.Schema) error {
	half := name + "_new"
	if _, err := a.db.Exec(ctx, `DROP DATABASE IF EXISTS `+quote(half)+` WITH (FORCE)`); err != nil {
		return err
	}
	if err := a.clone(ctx, half, from); err != nil {
		return err
	}
	if err := migrate(ctx, withDatabase(a.address, half), schemas); err != nil {
		return err
	}
	_, err := a.db.Exec(ctx, `ALTER DATABASE `+quote(half)+` RENAME TO `+quote(name))
	return err
}

func migrate(ctx context.Context, address string, schemas []pg.Schema) error {
	pool, err := openSmall(ctx, address)
	if err != nil {
		return err
	}
	defer pool.Close()
	return pg.Migrate(ctx, pool, schemas...)
}

// templateName tells schemas apart by their names and every byte of their files.
func templateName(schemas []pg.Schema) (string, error) {
	sum := sha256.New()
	for _, schema := range schemas {
		fmt.Fprintf(sum, "schema %q\n", schema.Name)
		names, err := fs.Glob(schema.Files, "*.sql")
		if err != nil {
			return "", err
		}
		for _, name := range names {
			text, err := fs.ReadFile(schema.Files, name)
			if err != nil {
				return "", err
			}
			fmt.Fprintf(sum, "file %q %q\n", name, text)
		}
	}
	return fmt.Sprintf("tmpl_%x", sum.Sum(nil)[:8]), nil
}
