package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// GigChanged is the task that brings the browse index in step with a gig of which
// something changed that the index knows, or whose first shift has begun.
type GigChanged struct {
	ID          GigID
	Cooperative id.Cooperative
}

// IndexAsked is the task that fills the browse index anew.
type IndexAsked struct {
	Anyway bool // also one that is filled
}

// The kinds of the tasks.
func (GigChanged) Kind() string { return "jobs.gig_changed" }
func (IndexAsked) Kind() string { return "jobs.index_asked" }

// changedTx lets the index look at the gig after the commit. Whoever changes what
// Document says calls it. Somebody may be looking for the gig, so that it does
// not wait behind what nobody misses.
func (s *Service) changedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, GigChanged{ID: gig, Cooperative: c}, tasks.Opts{Cooperative: c})
	return err
}

// afterStart is how long after a shift has begun the index looks again. It
// covers clocks that differ; until then pages, which read Postgres, leave the
// gig out.
const afterStart = time.Minute

// beginsTx lets the index look again when the shift that it knows as the first
// has begun.
func (s *Service) beginsTx(ctx context.Context, tx pgx.Tx, d Document) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, GigChanged{ID: d.Gig, Cooperative: d.Cooperative}, tasks.Opts{
		Cooperative: d.Cooperative, Lane: tasks.Low, Due: d.First.Add(afterStart), Key: fmt.Sprint(d.Gig, " ", d.First.Unix())})
	return err
}

// FollowGigs gives the handler of GigChanged for this index; nil means that
// there is none. Doing a task twice does no harm.
func (s *Service) FollowGigs(index Index) func(context.Context, string, GigChanged) (func(context.Context, pgx.Tx) error, error) {
	return func(ctx context.Context, _ string, t GigChanged) (func(context.Context, pgx.Tx) error, error) {
		docs, err := s.follow(ctx, index, t.Cooperative, t.ID)
		return func(ctx context.Context, tx pgx.Tx) error {
			for _, d := range docs {
				if err := s.beginsTx(ctx, tx, d); err != nil {
					return err
				}
			}
			return nil
		}, err
	}
}

// AskIndexFilled asks for the index to be filled anew, by whoever does the
// background work; one that is filled already only when anyway is said.
func (s *Service) AskIndexFilled(ctx context.Context, anyway bool) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		_, err := s.tasks.EnqueueTx(ctx, tx, IndexAsked{Anyway: anyway}, tasks.Opts{})
		return err
	})
}

// FillsIndex gives the handler of IndexAsked for this index; nil means that
// there is none.
func (s *Service) FillsIndex(index Index) func(context.Context, string, IndexAsked) (func(context.Context, pgx.Tx) error, error) {
	return func(ctx context.Context, _ string, t IndexAsked) (func(context.Context, pgx.Tx) error, error) {
		if index == nil {
			return nil, nil
		}
		if filled, err := index.Filled(ctx); err != nil || filled && !t.Anyway {
			return nil, err
		}
		return nil, s.RebuildIndex(ctx, index)
	}
}
