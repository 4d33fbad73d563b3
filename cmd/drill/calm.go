package main

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/cmd/drill/errand"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/payments"
)

// isCut reports a connection that ended in the middle of an answer.
func isCut(err error) bool { return errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, io.EOF) }

// later ends everything without warning and starts it again when it is so much
// later, for the program, the simulator and the driver.
func (t *till) later(ctx context.Context, by time.Duration) error {
	t.door.mu.Lock()
	t.door.dead = true // and this is no kill that counts
	t.door.mu.Unlock()
	for _, c := range t.rig.copies[1:] { // the simulator goes first
		if err := c.kill(); err != nil {
			return err
		}
	}
	if err := t.stripe.kill(); err != nil {
		return err
	}
	t.clock.Add(int64(by))
	for _, c := range t.rig.copies {
		c.clock = time.Duration(t.clock.Load())
	}
	return t.goOn(ctx)
}

// goOn starts what is dead.
func (t *till) goOn(ctx context.Context) error {
	for _, c := range t.workers() {
		if c.cmd == nil {
			if err := c.start(); err != nil {
				return err
			}
		}
	}
	if err := t.door.goOn(ctx); err != nil || t.stripe.cmd != nil {
		return err
	}
	return t.wakeStripe(ctx) // last, or it would find the door closed
}

// mostJumps is how often two hours pass until everything must have come about.
const mostJumps = 6

// calmDown ends all trouble and lets hours pass until everything is done, or the
// patience is over.
func (t *till) calmDown(ctx context.Context) error {
	late := time.Now().Add(t.rig.calm)
	for jumps := 0; jumps < mostJumps && time.Now().Before(late); jumps++ {
		if err := t.later(ctx, hoursLater); err != nil {
			return err
		}
		if err := t.bringAll(ctx, t.all()); err != nil {
			return err
		}
		done, err := t.comeToRest(ctx, late)
		if err != nil {
			return err
		}
		lifted, err := t.goOnAfterStop(ctx, late)
		if err != nil || done && lifted == 0 {
			return err
		}
		t.rig.count("more hours")
	}
	return nil
}

// calmAfterEnds calms down; and once more when a task was found that had so many copies
// end under it: a calm ends fewer than such a task may take with it.
func (t *till) calmAfterEnds(ctx context.Context) error {
	if err := t.calmDown(ctx); err != nil {
		return err
	}
	revived, err := t.reviveVanished(ctx)
	if err != nil || revived == 0 {
		return err
	}
	return t.calmDown(ctx)
}

// reviveVanished gives a task its tries anew that took so many copies down with it, as a
// coordinator does on the page of dead tasks: here each of them was ended on purpose, and
// one that ends by itself ends the drill. What died of anything else stays dead, and so does
// what vanishes while nobody ends the program.
func (t *till) reviveVanished(ctx context.Context) (revived int, err error) {
	dead, err := t.queue.Dead(ctx, id.Cooperative{})
	for _, d := range dead {
		if err == nil && d.Problem == tasks.Vanished {
			revived++
			t.rig.count("given its tries anew by hand")
			err = t.queue.Retry(ctx, tasks.By{}, d.ID)
		}
	}
	return revived, err
}

// compare holds the books against the simulator's, as the program does each hour: some of
// them here, the rest the copies, which is waited for until late at the most.
func (t *till) compare(ctx context.Context, late time.Time) error {
	finish, err := t.payments.Reconcile(ctx, "", payments.Reconcile{Whole: true})
	if err != nil {
		return err
	}
	if err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error { return finish(ctx, tx) }); err != nil {
		return err
	}
	_, err = t.comeToRest(ctx, late)
	return err
}

// goOnAfterStop is what an operator does about payouts that were stopped: trouble
// leaves differences, and hours make them old. It lifts nothing while they are there.
func (t *till) goOnAfterStop(ctx context.Context, late time.Time) (lifted int, err error) {
	if err := t.compare(ctx, late); err != nil {
		return 0, err
	}
	for _, office := range t.office {
		n, err := t.payments.ResumeAll(ctx, office.Cooperative)
		if err != nil && !errors.Is(err, payments.ErrDiffers) && !errors.Is(err, payments.ErrNotLooked) {
			return lifted, err
		}
		if err == nil {
			lifted += n
		}
	}
	return lifted, nil
}

func (t *till) all() []*job {
	t.mu.Lock()
	defer t.mu.Unlock()
	return append([]*job(nil), t.jobs...)
}

// comeToRest waits until nothing is due any more. It is done when all wages are
// at a bank too.
func (t *till) comeToRest(ctx context.Context, late time.Time) (done bool, err error) {
	for quiet := 0; time.Now().Before(late); {
		busy, err := t.busy(ctx)
		if err != nil {
			return false, err
		}
		if busy {
			quiet = 0
		} else if quiet++; quiet > 4 {
			return t.settled(ctx)
		}
		if err := t.rig.rest(ctx, 50*time.Millisecond); err != nil {
			return false, err
		}
	}
	return false, nil
}

// busy reports whether anything is due on either side. It counts nothing, since what is
// over leaves dead entries in the index that a count passes each time. Of the simulator it
// asks what comes first: for one that is due the planner would read all events.
func (t *till) busy(ctx context.Context) (bool, error) {
	const ours = `SELECT EXISTS (SELECT FROM tasks.task WHERE kind <> $1 AND state IN ('sent', 'running'))
		OR EXISTS (SELECT FROM tasks.task WHERE kind <> $1 AND state = 'waiting' AND due_at < $2)`
	const theirs = `SELECT coalesce(least((SELECT min(due_at) FROM stripesim.event), (SELECT min(due_at) FROM stripesim.payout), (SELECT min(due_at) FROM stripesim.charge),
		(SELECT min(due_at) FROM stripesim.refund), (SELECT min(due_at) FROM stripesim.dispute)) < $1, false)`
	var here, there bool
	soon := t.now().Add(time.Second)
	err := errors.Join(
		t.rig.db.QueryRow(ctx, ours, errand.Tick{}.Kind(), soon).Scan(&here),
		t.there.QueryRow(ctx, theirs, soon).Scan(&there))
	return here || there, err
}

// settled reports whether every job is paid, and its wage has left.
func (t *till) settled(ctx context.Context) (bool, error) {
	var left int
	const query = `
		SELECT (SELECT count(*) FROM payments.bill WHERE state <> 'paid' AND checkouts > 0) + (SELECT count(*) FROM payments.payout WHERE state NOT IN ('paid', 'reversed'))
			+ (SELECT count(*) FROM payments.refund WHERE state IN ('asked', 'approved', 'moving'))
			+ (SELECT count(*) FROM payments.deposit WHERE state IN ('paying', 'held') OR state = 'returned' AND back_at IS NULL)
			+ (SELECT count(*) FROM payments.event WHERE done_at IS NULL) + (SELECT count(*) FROM payments.stop WHERE lifted_at IS NULL)
			+ (SELECT count(*) FROM tasks.task WHERE state IN ('waiting', 'sent', 'running') AND failures > 0)`
	err := t.rig.db.QueryRow(ctx, query).Scan(&left)
	if err == nil && left == 0 {
		err = t.there.QueryRow(ctx, `SELECT count(*) FROM stripesim.event WHERE delivered_at IS NULL`).Scan(&left)
	}
	for _, j := range t.all() {
		if !j.done() {
			left++
		}
	}
	return left == 0, err
}
