package tasks

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/jackc/pgx/v5"
)

// Mux maps kinds to handlers. It is filled before a worker is made from it.
type Mux struct {
	handlers map[string]handler
	periodic []periodic
	problems []error
}

type handler struct {
	limits
	do func(ctx context.Context, q *Queue, try attempt) error
}

// NewMux makes an empty map.
func NewMux() *Mux { return &Mux{handlers: map[string]handler{}} }

// HandleTx lets h do the tasks of T's kind. What h writes in tx and the mark
// "done" are committed together, so the effect comes exactly once. h makes no
// network call.
func HandleTx[T Task](m *Mux, h func(ctx context.Context, tx pgx.Tx, t T) error, l ...Limit) {
	add[T](m, l, func(ctx context.Context, q *Queue, try attempt, t T) error {
		return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
			if err := markDone(ctx, tx, try); err != nil {
				return err
			}
			return h(ctx, tx, t)
		})
	})
}

// Handle lets do work on the tasks of T's kind outside the database: no
// transaction is open meanwhile. A crash or a lost answer repeats the call with
// the same key, so do hands the key to whoever it talks to. finish, which may
// be nil, records the result together with the mark "done".
func Handle[T Task](m *Mux, do func(ctx context.Context, key string, t T) (finish func(ctx context.Context, tx pgx.Tx) error, err error), l ...Limit) {
	add[T](m, l, func(ctx context.Context, q *Queue, try attempt, t T) error {
		finish, err := do(ctx, try.task.String(), t)
		if err != nil {
			return err
		}
		return q.finish(ctx, try, finish)
	})
}

func add[T Task](m *Mux, l []Limit, do func(context.Context, *Queue, attempt, T) error) {
	var zero T
	kind, bounds := zero.Kind(), newLimits(l)
	if _, twice := m.handlers[kind]; twice || kind == "" {
		m.problems = append(m.problems, fmt.Errorf("tasks: the kind %q is handled twice, or has no name", kind))
	}
	if bounds.deadline <= 0 || bounds.attempts < 1 || bounds.base < 0 || bounds.longest < 0 {
		m.problems = append(m.problems, fmt.Errorf("tasks: %s: limits below zero", kind))
	}
	m.handlers[kind] = handler{limits: bounds, do: func(ctx context.Context, q *Queue, try attempt) error {
		var t T
		if err := json.Unmarshal(try.payload, &t); err != nil {
			return errUnreadable
		}
		return do(ctx, q, try, t)
	}}
}

// finish has time of its own: the call outside is over and must be recorded.
func (q *Queue) finish(ctx context.Context, try attempt, record func(context.Context, pgx.Tx) error) error {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), grace/2)
	defer cancel()
	return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
		if err := markDone(ctx, tx, try); err != nil || record == nil {
			return err
		}
		return record(ctx, tx)
	})
}

func (m *Mux) err() error { return errors.Join(m.problems...) }

// kinds lists what the map handles.
func (m *Mux) kinds() []string { return slices.Sorted(maps.Keys(m.handlers)) }
