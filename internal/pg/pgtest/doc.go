// Package pgtest gives each test a real Postgres database of its own.
//
// All packages of one `go test` run share a private server, which is started
// by whoever comes first and ends with the run. A database is a clone of a
// template that holds the migrated schemas, and what all tests of a package start
// from, so it costs a fraction of a second.
// The server forgets everything in a power cut, and is made for that.
package pgtest
