package demo

import (
	"context"
	"slices"
	"time"
)

// agenda is what is going to happen, the earliest first; of two at the same
// moment the one that was noted first.
type agenda []appointment

type appointment struct {
	at time.Time
	do func(context.Context) error
}

func (a *agenda) note(at time.Time, do func(context.Context) error) {
	i, _ := slices.BinarySearchFunc(*a, at, func(one appointment, at time.Time) int {
		if one.at.After(at) {
			return 1
		}
		return -1
	})
	*a = slices.Insert(*a, i, appointment{at, do})
}

// keep does everything up to the end, by the clock, also what is noted
// meanwhile. What comes later stays undone.
func (a *agenda) keep(ctx context.Context, c *clock, end time.Time) error {
	for len(*a) > 0 && !(*a)[0].at.After(end) {
		next := (*a)[0]
		*a = (*a)[1:]
		c.move(next.at)
		if err := next.do(ctx); err != nil {
			return err
		}
	}
	return nil
}
