package tasks

import (
	"crypto/rand"
	"encoding/binary"
	"io"
	"math"
	"time"
)

// Limit changes one limit of a kind.
type Limit func(*limits)

// limits bound what one kind of task may cost.
type limits struct {
	deadline time.Duration
	attempts int
	base     time.Duration
	longest  time.Duration
}

func newLimits(changes []Limit) limits {
	l := limits{deadline: 30 * time.Second, attempts: 12, base: 2 * time.Second, longest: time.Hour}
	for _, change := range changes {
		change(&l)
	}
	return l
}

// Deadline is how long one try may take; 30 seconds unless said.
func Deadline(d time.Duration) Limit { return func(l *limits) { l.deadline = d } }

// Attempts is how many failures make a task dead; 12 unless said, which is
// some hours after the first.
func Attempts(n int) Limit { return func(l *limits) { l.attempts = n } }

// Backoff bounds the wait after the first failure by base, doubles the bound
// with each further one, and stops at longest; 2 seconds and an hour unless said.
func Backoff(base, longest time.Duration) Limit {
	return func(l *limits) { l.base, l.longest = base, longest }
}

// grace is how long beyond its deadline a handler is still waited for, so that
// it can record how it ended.
const grace = 30 * time.Second

// bound is the longest wait after so many failures.
func (l limits) bound(failures int) time.Duration {
	wait := l.base
	for i := 1; i < failures && wait < l.longest; i++ {
		wait *= 2
	}
	return min(wait, l.longest)
}

// wait draws evenly from nothing to the bound (full jitter), so that tasks that
// failed together do not return together.
func (l limits) wait(failures int, random io.Reader) (time.Duration, error) {
	share, err := draw(random)
	return time.Duration(share * float64(l.bound(failures))), err
}

// draw gives a number from 0 up to, not including, 1.
func draw(random io.Reader) (float64, error) {
	if random == nil {
		random = rand.Reader
	}
	var raw [8]byte
	_, err := io.ReadFull(random, raw[:])
	return math.Ldexp(float64(binary.BigEndian.Uint64(raw[:])>>11), -53), err
}
