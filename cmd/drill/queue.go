package main

import (
	"context"
	"time"
)

// wrongClocks are how far the copies' clocks may be off.
func wrongClocks() []time.Duration {
	return []time.Duration{0, 0, 0, 3 * time.Second, -3 * time.Second, time.Hour, -time.Hour}
}

// hurtWorkers kills one of the copies every second and starts it again with
// another clock; now and then it asks one politely to stop.
func (r *rig) hurtWorkers(ctx context.Context) error {
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	for over := time.After(r.last); ; {
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over:
			return nil
		case <-ticker.C:
			if err := r.hurtWorker(r.copies[r.random.IntN(len(r.copies))]); err != nil {
				return err
			}
		}
	}
}

func (r *rig) hurtWorker(c *programCopy) error {
	if r.random.IntN(5) == 0 {
		if err := c.stop(); err != nil {
			return err
		}
		r.count("polite stops")
	} else {
		if err := c.kill(); err != nil {
			return err
		}
		r.count("kills")
	}
	clocks := wrongClocks()
	if c.clock = clocks[r.random.IntN(len(clocks))]; c.clock != 0 {
		r.count("wrong clocks")
	}
	return c.start()
}
