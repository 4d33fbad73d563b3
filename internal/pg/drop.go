package pg

import (
	"context"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// Drop undoes Migrate: the schemas go with everything in them, all or none.
func Drop(ctx context.Context, pool *pgxpool.Pool, schemas ...Schema) error {
	err := pgx.BeginFunc(ctx, pool, func(tx pgx.Tx) error {
		for _, schema := range schemas {
			if _, err := tx.Exec(ctx, `DROP SCHEMA IF EXISTS `+pgx.Identifier{schema.Name}.Sanitize()+` CASCADE`); err != nil {
				return err
			}
		}
		return nil
	})
	pool.Reset() // connections remember statements about what is gone
	return err
}
