package pg

import "io/fs"

// Schema is what one domain owns in the database: a Postgres schema of that
// name, built by the numbered goose migrations in Files (one folder, *.sql,
// no sub-folders) and recorded in its own version table, <Name>.goose_version.
type Schema struct {
	Name  string
	Files fs.FS
}
