// Package locales carries all texts that people read: one file a language.
// Dutch comes first and is written at level B1; English stands beside it.
package locales

import "embed"

// Files holds nl.toml and en.toml.
//
//go:embed *.toml
var Files embed.FS
