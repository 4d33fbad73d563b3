package payments

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

const (
	// someThings are compared in one transaction. What it costs to begin one is little
	// beside them, and they are done before a program is likely to end.
	someThings = 100
	// manyThings are listed at once: finding what was touched reads all of it each time.
	manyThings = 50_000
	// unseen is how long something may not be seen yet that has its time already: what
	// posted it goes on.
	unseen = time.Minute
)

// touched is a thing of ours that the gateway or the ledger touched.
type touched struct {
	cooperative id.Cooperative
	subject     Reference
}

// compareThings notes which things of ours differ, some at a time, in the order of their
// numbers, and notes in t which was the last when its stint is over. It only adds to what
// was noted: whether that is still so is compareTx's to say.
func (s *Service) compareThings(ctx context.Context, t *Reconcile, st stint) error {
	for {
		list, err := listTouched(ctx, s.db, t.from(), t.Thing, manyThings)
		if err != nil {
			return err
		}
		for some := range slices.Chunk(list, someThings) {
			if err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.noteNewTx(ctx, tx, some) }); err != nil {
				return err
			}
			if t.Thing = some[len(some)-1].subject; st.over() {
				return nil
			}
		}
		if len(list) < manyThings {
			t.Thing = ""
			return nil
		}
	}
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
	if err != nil || len(found) == 0 {
		return err
	}
	known, err := listNoted(ctx, tx)
	if err != nil {
		return err
	}
	for _, o := range found {
		if slices.ContainsFunc(known, func(n noted) bool { return n.cooperative == o.cooperative && n.thing == o.thing }) {
			continue
		}
		if err := insertDifference(ctx, tx, id.New[Difference](s.random), o, s.now()); err != nil {
			return err
		}
	}
	return nil
}
