package demo

import (
	"sync"
	"time"
)

// clock is the time of the demo. It stands still until it is moved, but for a
// microsecond at each look: so no two things happen at the same moment, and
// tasks have one order.
type clock struct {
	mu sync.Mutex
	at time.Time
}

func (c *clock) now() time.Time {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.at.Add(time.Microsecond)
	return c.at
}

// move never goes back.
func (c *clock) move(to time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if to.After(c.at) {
		c.at = to
	}
}
