package main

import (
	"context"
	"errors"
	"time"
)

// wishes are a refund, and the rest of a deposit: people ask for both in the last moment
// before the copy is made, so that all that the gateway does about them is forgotten.
type wishes struct{ refund, rest *job }

// wishFor takes two of the jobs for it; of one the client pays beforehand.
func wishFor(jobs []*job) wishes {
	w := wishes{refund: jobs[0], rest: jobs[1]}
	w.rest.payBeforehand(w.rest.total * 3 / 2)
	w.rest.owed = true // until its work is over
	return w
}

// ask is for when no copy of the program is there to send anything.
func (w wishes) ask(ctx context.Context, t *till) error {
	w.refund.refund, w.rest.owed = w.refund.total/3, false
	return t.bringSurely(ctx, []*job{w.refund, w.rest})
}

// bringSurely does not go on before all that clients and the office do is done.
func (t *till) bringSurely(ctx context.Context, jobs []*job) error {
	for late := time.Now().Add(15 * time.Second); time.Now().Before(late); {
		if err := t.bringAll(ctx, jobs); err != nil {
			return err
		}
		left := 0
		for _, j := range jobs {
			if !j.done() {
				left++
			}
		}
		if left == 0 {
			return nil
		}
	}
	return errors.New("clients cannot pay, or the office cannot give back")
}

// untilBack waits until so many refunds left since then.
func (t *till) untilBack(ctx context.Context, many int, since time.Time) error {
	for late := time.Now().Add(15 * time.Second); time.Now().Before(late); {
		var left int
		err := t.there.QueryRow(ctx, `SELECT count(*) FROM stripesim.refund WHERE created_at >= $1`, since).Scan(&left)
		if err != nil || left >= many {
			return err
		}
		if err := t.rig.rest(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	return errors.New("nothing goes back to clients")
}
