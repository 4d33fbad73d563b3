package feed

import (
	"embed"

	"meent/internal/pg"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Schema is what this package owns in the database.
func Schema() pg.Schema { return pg.Embedded("feed", migrations) }
