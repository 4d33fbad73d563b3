package jobs

import (
	"context"
	"errors"
	"sync"
	"time"
)

// An index that failed so often in a row is left in peace for a while, so that
// one that is slow does not cost every page its time. After that one page tries.
const (
	mostFailures = 3
	restTime     = 10 * time.Second
)

// IndexUse is how often pages asked the index since the program began.
type IndexUse struct {
	Answered int64
	Slow     int64 // no answer within the time that a page has
	Failed   int64
	Rested   int64 // not asked, for it had failed several times
}

// breaker decides whether the index is asked.
type breaker struct {
	mu       sync.Mutex
	use      IndexUse
	failures int       // in a row
	rests    time.Time // not asked before
}

// mayAsk reports whether to ask; whoever tries after a rest tries alone.
func (b *breaker) mayAsk(now time.Time) bool {
	b.mu.Lock()
	defer b.mu.Unlock()
	if now.Before(b.rests) {
		b.use.Rested++
		return false
	}
	if b.failures >= mostFailures {
		b.rests = now.Add(restTime)
	}
	return true
}

// note remembers how asking went.
func (b *breaker) note(now time.Time, err error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if err == nil {
		b.use.Answered++
		b.failures, b.rests = 0, time.Time{}
		return
	}
	if errors.Is(err, context.DeadlineExceeded) {
		b.use.Slow++
	} else {
		b.use.Failed++
	}
	if b.failures++; b.failures >= mostFailures {
		b.rests = now.Add(restTime)
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
	if !a.breaker.mayAsk(a.now()) {
		return Hits{}, unansweredError{errRests}
	}
	hits, err := a.index.Search(a.ctx, q)
	if gone := a.caller.Err(); gone != nil {
		return Hits{}, gone
	}
	if err == nil {
		err = a.ctx.Err() // an answer that came too late is as good as none
	}
	a.breaker.note(a.now(), err)
	if err != nil {
		return Hits{}, unansweredError{err}
	}
	return hits, nil
}
