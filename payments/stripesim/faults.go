package stripesim

import (
	"context"
	"errors"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
)

// Fault is one thing that goes wrong with a request on purpose.
type Fault string

// The faults. What is said to be "before" has no effect on the book.
const (
	LoseBefore   Fault = "lose_before"    // the connection ends before anything is done
	LoseAfter    Fault = "lose_after"     // it is done, and the connection ends without an answer
	ResetBefore  Fault = "reset_before"   // the same with a reset of the connection
	ResetAfter   Fault = "reset_after"    //
	HangBefore   Fault = "hang_before"    // no answer for a long time, and nothing is done
	HangAfter    Fault = "hang_after"     // it is done, and there is no answer for a long time
	Saved500     Fault = "saved_500"      // nothing is done, and 500 is the answer to this key for a day
	Saved500Done Fault = "saved_500_done" // it is done, and 500 is the answer to this key for a day
	LockTimeout  Fault = "lock_timeout"   // 429, and the header says: again
	RateLimit    Fault = "rate_limit"     // 429 without such a header
	Unavailable  Fault = "unavailable"    // 503
	Slow         Fault = "slow"           // it takes a while, and the key is in use meanwhile
)

// AllFaults are all of them.
func AllFaults() []Fault {
	return []Fault{LoseBefore, LoseAfter, ResetBefore, ResetAfter, HangBefore, HangAfter, Saved500, Saved500Done, LockTimeout, RateLimit, Unavailable, Slow}
}

// Faults says how often which fault falls on a request of the API. The same seed
// and the same order of requests give the same faults.
type Faults struct {
	Seed  uint64
	Rates map[Fault]float64 // from 0 to 1; together at most 1

	// Next fall on the next requests first, one each.
	Next []Fault

	Path  string        // only requests whose path begins so
	Reads bool          // also requests that only read
	Hang  time.Duration // how long a hanging request hangs, at most; a minute unless set
	Slow  time.Duration // how long a slow one takes; a second unless set
}

// ErrFaults is returned for faults that are not known, or too many.
var ErrFaults = errors.New("stripesim: these faults cannot be")

// check names what is wrong.
func (f Faults) check() error {
	known, sum := AllFaults(), 0.0
	for _, fault := range slices.Concat(slices.Collect(maps.Keys(f.Rates)), f.Next) {
		if !slices.Contains(known, fault) {
			return fmt.Errorf("%w: %q is none", ErrFaults, fault)
		}
	}
	for fault, rate := range f.Rates {
		if rate < 0 || rate > 1 || rate != rate {
			return fmt.Errorf("%w: the rate of %s is %v", ErrFaults, fault, rate)
		}
		sum += rate
	}
	if sum > 1 {
		return fmt.Errorf("%w: the rates sum up to %v", ErrFaults, sum)
	}
	return nil
}

// Check returns ErrFaults.
func (f Faults) Check() error { return f.check() }

// trouble draws faults, also for several requests at once.
type trouble struct {
	mu     sync.Mutex
	faults Faults
	random *rand.Rand
	fell   map[Fault]int64
}

func newTrouble(f Faults) *trouble {
	t := &trouble{fell: map[Fault]int64{}}
	t.set(f)
	return t
}

func (t *trouble) set(f Faults) {
	t.mu.Lock()
	defer t.mu.Unlock()
	f.Next, f.Rates = slices.Clone(f.Next), maps.Clone(f.Rates)
	if f.Hang <= 0 {
		f.Hang = time.Minute
	}
	if f.Slow <= 0 {
		f.Slow = time.Second
	}
	t.faults, t.random = f, rand.New(rand.NewPCG(f.Seed, 20231016))
}

// draw gives the fault that falls on this request; "" is none. Only a POST with
// a key can have its answer kept.
func (t *trouble) draw(q *request) Fault {
	t.mu.Lock()
	defer t.mu.Unlock()
	if !strings.HasPrefix(q.path, t.faults.Path) || q.method != http.MethodPost && !t.faults.Reads {
		return ""
	}
	fault := t.pick()
	if (fault == Saved500 || fault == Saved500Done) && (q.method != http.MethodPost || q.key == "") {
		return ""
	}
	if fault != "" {
		t.fell[fault]++
	}
	return fault
}

// pick is by chance, in an order that does not change.
func (t *trouble) pick() Fault {
	if next := t.faults.Next; len(next) > 0 {
		t.faults.Next = next[1:]
		return next[0]
	}
	if len(t.faults.Rates) == 0 {
		return ""
	}
	drawn := t.random.Float64()
	for _, fault := range AllFaults() {
		if drawn -= t.faults.Rates[fault]; drawn < 0 {
			return fault
		}
	}
	return ""
}

func (t *trouble) waits() (hang, slow time.Duration) {
	t.mu.Lock()
	defer t.mu.Unlock()
	return t.faults.Hang, t.faults.Slow
}

// SetFaults changes what goes wrong from now on. It returns ErrFaults.
func (s *Simulator) SetFaults(f Faults) error {
	if err := f.check(); err != nil {
		return err
	}
	s.trouble.set(f)
	return nil
}

// Fell counts the faults that fell.
func (s *Simulator) Fell() map[Fault]int64 {
	s.trouble.mu.Lock()
	defer s.trouble.mu.Unlock()
	return maps.Clone(s.trouble.fell)
}

var (
	errCut   = errors.New("stripesim: the connection ends here, on purpose")
	errReset = errors.New("stripesim: the connection is reset, on purpose")
)

// before is what goes wrong before anything is done.
func (s *Simulator) before(ctx context.Context, q *request) error {
	switch q.fault {
	case LoseBefore:
		return errCut
	case ResetBefore:
		return errReset
	case HangBefore:
		return s.hang(ctx)
	case LockTimeout:
		return tooMany("lock_timeout", "true", "This object cannot be accessed right now because another API request or Stripe process is currently accessing it.")
	case RateLimit:
		return tooMany("rate_limit", "", "Request rate limit exceeded.")
	case Unavailable:
		return &apiError{status: http.StatusServiceUnavailable, kind: "api_error", message: "The service is not available, on purpose."}
	case Slow:
		if q.key == "" {
			return s.dawdle(ctx, q)
		}
	}
	return nil
}

// after is what goes wrong once all is done.
func (s *Simulator) after(ctx context.Context, q *request) error {
	switch q.fault {
	case LoseAfter:
		return errCut
	case ResetAfter:
		return errReset
	case HangAfter:
		return s.hang(ctx)
	}
	return nil
}

// hang answers nothing until the client has had enough.
func (s *Simulator) hang(ctx context.Context) error {
	hang, _ := s.trouble.waits()
	_ = wait(ctx, hang)
	return errCut
}

// dawdle takes a while where that was drawn.
func (s *Simulator) dawdle(ctx context.Context, q *request) error {
	if q.fault != Slow {
		return nil
	}
	_, slow := s.trouble.waits()
	return wait(ctx, slow)
}

func wait(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

func tooMany(code, retry, message string) *apiError {
	e := invalid(code, "", "%s", message)
	e.status, e.retry = http.StatusTooManyRequests, retry
	return e
}

func brokenAnswer() *apiError {
	return &apiError{status: http.StatusInternalServerError, kind: "api_error", message: "An unknown error occurred, on purpose."}
}

// cut ends the connection within the first line of the answer: had nothing come
// at all, Go's client would quietly send the request again. hard lets the other
// side hear of a reset, without any answer.
func cut(w http.ResponseWriter, hard bool) {
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		panic(http.ErrAbortHandler) // ends the connection as well, and is not logged
	}
	if tcp, ok := conn.(*net.TCPConn); ok && hard {
		_ = tcp.SetLinger(0)
	} else {
		_, _ = io.WriteString(conn, "HTTP/1.1 ")
	}
	_ = conn.Close()
}
