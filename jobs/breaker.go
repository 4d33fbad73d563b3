package jobs

import (
	"context"
	"errors"
	"sync"
	"time"

	"meent/internal/id"
)

// An index that failed so often in a row is left in peace for a while, so that
// one that is slow does not cost every page its time. After that one page tries,
// and while it goes on failing each rest is twice the one before.
//
// How that keeps the p95 of a list within 300 ms: who waits for the index waits
// answerTime, and has Postgres' time (BenchmarkPlain) on top: under 200 ms together
// in a cooperative of usual size. Where Postgres alone may take all 300 there are
// many pages, and fewer than one in twenty of them waits at all
// (TestFewPagesWaitForASlowIndex), so that the p95 is Postgres' own.
const (
	mostFailures = 3
	restTime     = 10 * time.Second
	longestRest  = 4 * time.Minute // and so long it takes at most until one that is well again is asked
)

// IndexUse is how often pages asked the index since the program began.
type IndexUse struct {
	Answered int64 // or well, and it did not take the query
	Slow     int64 // no answer within the time that a page has
	Failed   int64
	Rested   int64 // not asked, for it had failed several times
}

// ErrUnfitQuery is what an index gives that is well and does not take this query.
var ErrUnfitQuery = errors.New("jobs: the index does not take this query")

// breaker decides whether the index is asked: for each cooperative by what its own
// pages met, so that what is asked in one costs the others nothing.
type breaker struct {
	mu  sync.Mutex
	use IndexUse
	of  map[id.Cooperative]strain
}

type strain struct {
	failures int           // in a row
	rest     time.Duration // the last one; 0 is none
	rests    time.Time     // not asked before
}

// mayAsk reports whether to ask; whoever tries after a rest tries alone.
func (b *breaker) mayAsk(c id.Cooperative, now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.of[c]
	if now.Before(s.rests) {
		b.use.Rested++
		return false
	}
	if s.failures >= mostFailures {
		s.rest = min(2*s.rest, longestRest)
		s.rests = now.Add(s.rest)
		b.of[c] = s
	}
	return true
}

// note remembers how asking went. An index that does not take a query is well.
// Pages that waited together make no rest longer: only who tried after one does.
func (b *breaker) note(c id.Cooperative, now time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.use.count(err)
	if err == nil || errors.Is(err, ErrUnfitQuery) {
		delete(b.of, c)
		return
	}
	s := b.of[c]
	if s.failures++; s.failures >= mostFailures {
		s.rest = max(s.rest, restTime)
		s.rests = now.Add(s.rest)
	}
	if b.of == nil {
		b.of = map[id.Cooperative]strain{}
	}
	b.of[c] = s
}

// giveBack is for who asked and did not wait for the answer. Where they tried after a
// rest the next page tries, and the rest is no longer for it.
func (b *breaker) giveBack(c id.Cooperative, asked time.Time) {
	b.mu.Lock()
	defer b.mu.Unlock()
	s := b.of[c]
	if s.failures >= mostFailures && s.rests.Equal(asked.Add(s.rest)) { // by mayAsk, and not by who waited
		s.rest, s.rests = s.rest/2, asked
		b.of[c] = s
	}
}

func (u *IndexUse) count(err error) {
	switch {
	case err == nil, errors.Is(err, ErrUnfitQuery):
		u.Answered++
	case errors.Is(err, context.DeadlineExceeded):
		u.Slow++
	default:
		u.Failed++
	}
}

// IndexUse tells how the index did in this program.
func (s *Service) IndexUse() IndexUse {
	s.asked.mu.Lock()
	defer s.asked.mu.Unlock()
	return s.asked.use
}

// asking is what one page asks of the index, within the time that it has.
type asking struct {
	index   Index
	caller  context.Context
	ctx     context.Context
	done    context.CancelFunc
	breaker *breaker
	now     func() time.Time
}

func (s *Service) asking(ctx context.Context, index Index) *asking {
	a := &asking{index: index, caller: ctx, breaker: &s.asked, now: s.now}
	a.ctx, a.done = context.WithTimeout(ctx, answerTime)
	return a
}

// unansweredError says why the index gave no answer.
type unansweredError struct{ why error }

func (e unansweredError) Error() string { return "jobs: the index gave no answer: " + e.why.Error() }

func (e unansweredError) Unwrap() error { return e.why }

func unanswered(err error) bool {
	var no unansweredError
	return errors.As(err, &no)
}

var errRests = errors.New("jobs: the index is not asked for a while")

// search returns an unansweredError, or the error of a caller who has gone, which
// says nothing of the index.
func (a *asking) search(q Query) (Hits, error) {
	asked := a.now()
	if !a.breaker.mayAsk(q.Cooperative, asked) {
		return Hits{}, unansweredError{errRests}
	}
	hits, err := a.index.Search(a.ctx, q)
	if gone := a.caller.Err(); gone != nil {
		a.breaker.giveBack(q.Cooperative, asked)
		return Hits{}, gone
	}
	if err == nil {
		err = a.ctx.Err() // an answer that came too late is as good as none
	}
	a.breaker.note(q.Cooperative, a.now(), err)
	if err != nil {
		return Hits{}, unansweredError{err}
	}
	return hits, nil
}
