//go:build !drill

package main

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/payments"
)

// What only cmd/drill changes: see drill.go.

func addDrill(*tasks.Mux, *backends) {}

func clock() func() time.Time { return time.Now }

func unruly() bool { return false }

func impatient(c tasks.Config) tasks.Config { return c }

func drilled(g payments.Gateway) payments.Gateway { return g }

func watchers() []pgx.QueryTracer { return nil }

func onboards() bool { return true }

func keeps() bool { return true }

func fewer(_ context.Context, db *pgxpool.Pool) (*pgxpool.Pool, error) { return db, nil }
