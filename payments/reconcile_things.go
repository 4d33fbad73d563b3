package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

const (
	// someThings are compared in one transaction. What it costs to begin one is little
	// beside them, and they are done before a program is likely to end.
	someThings = 100
	// manyThings are kept in memory at once.
	manyThings = 50_000
	// unseen is how long something may not be seen yet that has its time already: what
	// posted it goes on, or the gateway's clock is behind.
	unseen = time.Minute
)

// touched is a thing of ours that the gateway or the ledger touched.
type touched struct {
	cooperative id.Cooperative
	subject     Reference
}

// compareThings notes which things of ours differ, some at a time, in the order of their
// numbers, and notes in t which was the last when its stint is over: one of its own, since
// to list them takes a while. It only adds to what was noted: whether that is still so is
// compareTx's to say.
func (s *Service) compareThings(ctx context.Context, t *Reconcile) error {
	for {
		list, err := s.listThings(ctx, *t)
		if err != nil {
			return err
		}
		if err := s.noteNew(ctx, t, list, stintOf(ctx)); err != nil || t.Thing != "" {
			return err
		}
		if len(list) < manyThings {
			return nil
		}
		t.Thing = list[len(list)-1].subject
	}
}

func (s *Service) listThings(ctx context.Context, t Reconcile) (list []touched, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := takeTime(ctx, tx); err != nil {
			return err
		}
		list, err = listTouched(ctx, tx, t.from(), t.Thing, manyThings)
		return err
	})
	return list, err
}

// noteNew notes those of a list that differ. In t stands the last that was compared; "":
// all were.
func (s *Service) noteNew(ctx context.Context, t *Reconcile, list []touched, st stint) error {
	for left := list; len(left) > 0; {
		some := left[:min(someThings, len(left))]
		if err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.noteNewTx(ctx, tx, some) }); err != nil {
			return err
		}
		if left = left[len(some):]; len(left) > 0 && st.over() {
			t.Thing = some[len(some)-1].subject
			return nil
		}
	}
	t.Thing = ""
	return nil
}

// from is the time since which what was touched is compared.
func (t Reconcile) from() time.Time {
	if t.Whole {
		return t.Began.Add(-wholeBooks)
	}
	return t.Since
}

// noteNewTx notes those of these things that differ, and were not noted before.
func (s *Service) noteNewTx(ctx context.Context, tx pgx.Tx, some []touched) error {
	if err := beginComparing(ctx, tx); err != nil {
		return err
	}
	found, err := listItems(ctx, tx, some)
	for _, o := range found {
		if err == nil {
			err = insertDifference(ctx, tx, id.New[Difference](s.random), o, s.now())
		}
	}
	return err
}
