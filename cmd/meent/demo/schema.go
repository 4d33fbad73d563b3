package demo

import (
	"embed"

	"meent/internal/pg"
)

//go:embed migrations
var migrations embed.FS

// Schema is what this package owns in the database.
func Schema() pg.Schema { return pg.Embedded("demo", migrations) }
