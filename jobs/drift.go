package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
)

// IndexCheck is the task that compares the browse index with what it should hold.
// What differs is looked at again after a while, for it may be on its way; what
// differs then is counted and put right.
type IndexCheck struct {
	Again []GigID // those that differed at the first look; none is the first look
}

// Kind names the task.
func (IndexCheck) Kind() string { return "jobs.index_check" }

const (
	lookAgain    = afterStart + 2*time.Minute // the index follows in seconds, and after the beginning of a shift in a minute
	mostSuspects = 200                        // where more differ, the index is filled anew at once
)

// IndexChecked is how the last check went, over all cooperatives. The zero one:
// there was none.
type IndexChecked struct {
	At                      time.Time
	Held                    int // documents in the index
	Missing, Surplus, Stale int // what was wrong, and was put right
	Repaired                int64
}

// LastIndexCheck tells how the last one went.
func (s *Service) LastIndexCheck(ctx context.Context) (IndexChecked, error) {
	return findIndexCheck(ctx, s.db)
}

// ChecksIndex gives the handler of IndexCheck for this index; nil means that there
// is none. One that is new, or that somebody emptied, is filled by IndexAsked, which
// any copy of the program does. Doing a task twice does no harm.
func (s *Service) ChecksIndex(index Index) func(context.Context, string, IndexCheck) (func(context.Context, pgx.Tx) error, error) {
	return func(ctx context.Context, _ string, t IndexCheck) (func(context.Context, pgx.Tx) error, error) {
		tells, ok := index.(Digester)
		if !ok {
			return nil, nil
		}
		if filled, err := index.Filled(ctx); err != nil || !filled {
			return s.emptyTx, err
		}
		d, err := s.drift(ctx, tells)
		if err != nil {
			return nil, err
		}
		if n := len(d.All()); t.Again == nil && n > 0 && n <= mostSuspects {
			return s.laterTx(d.All()), nil
		}
		if t.Again != nil {
			d = d.among(t.Again)
		}
		return s.notesTx(d), s.repair(ctx, index, d)
	}
}

func (s *Service) drift(ctx context.Context, index Digester) (Drift, error) {
	held, err := index.Digests(ctx)
	if err != nil {
		return Drift{}, err
	}
	docs, err := s.AllDocuments(ctx)
	return compare(held, docs), err
}

// repair follows each as after a change of it: it may have changed since they were
// compared, and may meanwhile.
func (s *Service) repair(ctx context.Context, index Index, d Drift) error {
	wrong := d.All()
	if len(wrong) > mostSuspects {
		return s.RebuildIndex(ctx, index)
	}
	houses, err := listHousesOf(ctx, s.db, wrong)
	if err != nil {
		return err
	}
	for _, gig := range wrong {
		if _, err := s.follow(ctx, index, houses[gig], gig); err != nil { // of none: a gig that is not there any more
			return err
		}
	}
	return nil
}

// emptyTx lets the index be filled, unless somebody has done so by then.
func (s *Service) emptyTx(ctx context.Context, tx pgx.Tx) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, IndexAsked{}, tasks.Opts{})
	return err
}

func (s *Service) laterTx(suspects []GigID) func(context.Context, pgx.Tx) error {
	return func(ctx context.Context, tx pgx.Tx) error {
		_, err := s.tasks.EnqueueTx(ctx, tx, IndexCheck{Again: suspects}, tasks.Opts{Lane: tasks.Low, Due: s.now().Add(lookAgain)})
		return err
	}
}

func (s *Service) notesTx(d Drift) func(context.Context, pgx.Tx) error {
	return func(ctx context.Context, tx pgx.Tx) error { return noteIndexCheck(ctx, tx, d, s.now()) }
}
