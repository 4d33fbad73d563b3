package pg

import (
	"embed"
	"io/fs"
)

// Schema is what one domain owns in the database: a Postgres schema of that
// name, built by the numbered goose migrations in Files (one folder, *.sql,
// no sub-folders) and recorded in its own version table, <Name>.goose_version.
type Schema struct {
	Name  string
	Files fs.FS
}

// Embedded is the schema of a domain that embeds its folder "migrations".
func Embedded(name string, folder embed.FS) Schema {
	files, err := fs.Sub(folder, "migrations")
	if err != nil {
		panic(err) // the name is valid, so there is no error
	}
	return Schema{Name: name, Files: files}
}
