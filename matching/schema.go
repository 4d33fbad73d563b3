package matching

import (
	"embed"
	"io/fs"

	"meent/internal/pg"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Schema is what this package owns in the database.
func Schema() pg.Schema {
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return pg.Schema{Name: "matching", Files: files}
}
