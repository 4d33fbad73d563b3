// Package pg is the door to Postgres: the pool, the migrations of all domains
// under one advisory lock, and the private server that the program starts for
// itself when no DATABASE_URL is set.
package pg
