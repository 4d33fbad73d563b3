package jobs

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"meent/internal/id"
)

// TestIndexRests: after three failures in a row it is left in peace, then one asks
// alone.
func TestIndexRests(t *testing.T) {
	var b breaker
	ours := id.Cooperative{1}
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for range mostFailures {
		if !b.mayAsk(ours, now) {
			t.Fatal("not asked before it failed so often")
		}
		b.note(ours, now, errRests)
	}
	if b.mayAsk(ours, now.Add(restTime-1)) {
		t.Error("asked while it rests")
	}
	now = now.Add(restTime)
	if !b.mayAsk(ours, now) || b.mayAsk(ours, now) {
		t.Error("after the rest one asks, alone")
	}
	b.note(ours, now, errRests)
	if b.mayAsk(ours, now.Add(2*restTime-1)) {
		t.Error("asked after it failed again, and not twice as long after")
	}
	now = now.Add(2 * restTime)
	if b.mayAsk(ours, now); !b.mayAsk(ours, now.Add(4*restTime)) {
		t.Error("one who never told how it went stops all others for ever")
	}
	b.note(ours, now, nil)
	if one, two := b.mayAsk(ours, now), b.mayAsk(ours, now); !one || !two || b.use != (IndexUse{Answered: 1, Failed: 4, Rested: 3}) {
		t.Errorf("after an answer: %+v", b.use)
	}
}

// TestIndexRestsForOneCooperative: what fails in one leaves the others as they are,
// and a query that the index does not take is no failure.
func TestIndexRestsForOneCooperative(t *testing.T) {
	var b breaker
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	ours, theirs := id.Cooperative{1}, id.Cooperative{2}
	for range 2 * mostFailures {
		b.note(ours, now, fmt.Errorf("it says: %w", ErrUnfitQuery))
		b.note(theirs, now, context.DeadlineExceeded)
	}
	if !b.mayAsk(ours, now) || b.mayAsk(theirs, now) {
		t.Error("the wrong one rests")
	}
	if b.note(theirs, now, nil); !b.mayAsk(theirs, now) || len(b.of) != 0 {
		t.Errorf("after an answer: %+v", b.of)
	}
	if b.use != (IndexUse{Answered: 7, Slow: 6, Rested: 1}) {
		t.Errorf("counted are %+v", b.use)
	}
}

// TestPagesTogetherMakeOneRest: many that waited at the same time are no reason to
// rest for longer.
func TestPagesTogetherMakeOneRest(t *testing.T) {
	var b breaker
	ours, now := id.Cooperative{1}, time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	for range 20 {
		b.mayAsk(ours, now)
	}
	for range 20 {
		b.note(ours, now, errRests)
	}
	if b.mayAsk(ours, now.Add(restTime-1)) || !b.mayAsk(ours, now.Add(restTime)) {
		t.Errorf("after the first rest: %+v", b.of[ours])
	}
}

// TestWhoLeavesGivesTheTryBack: the page after tries, the rest is no longer for it, and
// who asked before the rest and leaves during it ends nothing.
func TestWhoLeavesGivesTheTryBack(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, ours := &Service{now: func() time.Time { return now }}, id.Cooperative{1}
	ask := func(ctx context.Context, index Index) error {
		a := s.asking(ctx, index)
		defer a.done()
		_, err := a.search(Query{Cooperative: ours})
		return err
	}
	index := &leaving{}
	index.do = func(leave func()) { // a page of before the rest leaves in the middle of it
		now = now.Add(time.Millisecond)
		for range mostFailures {
			s.asked.note(ours, now, errRests)
		}
		leave()
	}
	if err := index.ask(t, ask); !errors.Is(err, context.Canceled) || s.asked.mayAsk(ours, now.Add(restTime-1)) {
		t.Errorf("%v ended the rest: %+v", err, s.asked.of[ours])
	}
	now = now.Add(restTime)
	for n := range 5 {
		index.do = func(leave func()) {
			if s.asked.mayAsk(ours, now) {
				t.Error("another tries too")
			}
			leave()
		}
		if err := index.ask(t, ask); !errors.Is(err, context.Canceled) {
			t.Fatalf("page %d does not try: %v", n, err)
		}
		now = now.Add(time.Millisecond)
	}
	if err := ask(t.Context(), &slowly{t: t}); !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("nobody tries after who left: %v", err)
	}
	if s.asked.mayAsk(ours, now.Add(2*restTime-1)) || !s.asked.mayAsk(ours, now.Add(2*restTime)) {
		t.Errorf("who left made the rest another one: %+v", s.asked.of[ours])
	}
	if use := s.IndexUse(); use.Answered != 0 || use.Slow != 1 || use.Failed != mostFailures {
		t.Errorf("who left is counted: %+v", use)
	}
}

// leaving is an index that is slow while something is done.
type leaving struct {
	Index
	do    func(leave func())
	leave func()
}

func (l *leaving) Search(ctx context.Context, _ Query) (Hits, error) {
	l.do(l.leave)
	return Hits{}, ctx.Err()
}

func (l *leaving) ask(t *testing.T, ask func(context.Context, Index) error) error {
	ctx, leave := context.WithCancel(t.Context())
	defer leave()
	l.leave = leave
	return ask(ctx, l)
}

// slowly gives no answer, and counts who waited for one.
type slowly struct {
	Index
	t     *testing.T
	waits int
}

func (s *slowly) Search(ctx context.Context, _ Query) (Hits, error) {
	s.waits++
	if until, ok := ctx.Deadline(); !ok || time.Until(until) > 150*time.Millisecond {
		s.t.Errorf("the page waits until %v: nothing of its 300 ms is left for Postgres", until)
	}
	return Hits{}, context.DeadlineExceeded
}

// TestFewPagesWaitForASlowIndex: in an hour with a page every five seconds the p95
// is of pages that wait for Postgres alone.
func TestFewPagesWaitForASlowIndex(t *testing.T) {
	now := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	s, index := &Service{now: func() time.Time { return now }}, &slowly{t: t}
	pages := 0
	for ; pages < 60*60/5; pages++ {
		ask := s.asking(t.Context(), index)
		if _, err := ask.search(Query{Cooperative: id.Cooperative{1}}); !unanswered(err) {
			t.Fatalf("page %d: %v", pages, err)
		}
		ask.done()
		now = now.Add(5 * time.Second)
	}
	if index.waits*20 > pages || index.waits <= mostFailures {
		t.Errorf("%d of %d pages waited for the index, want at most one in twenty, and some", index.waits, pages)
	}
	if use := s.IndexUse(); use != (IndexUse{Slow: int64(index.waits), Rested: int64(pages - index.waits)}) {
		t.Errorf("counted are %+v", use)
	}
}
