package main

import (
	"context"
	"errors"
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/payments"
)

// exitStatus is how the program ends at its point.
const exitStatus = 86

// pointComes is how long is waited for one; on a machine that does nothing else it takes
// a second or two. With a planted bug some cannot come, and it is found without them.
const (
	pointComes = 40 * time.Second
	plantComes = 4 * time.Second
)

// endAtAll lets the program end at each point in turn, while clients go on to
// pay, as it takes to come there. It names the points that did not come.
func (t *till) endAtAll(ctx context.Context, sequence []string) (missed []string, err error) {
	over, pumped := make(chan struct{}), make(chan error, 1)
	p := &pump{till: t}
	p.askFor(sequence)
	go func() { pumped <- p.run(ctx, over) }()
	for i, name := range sequence {
		p.askFor(sequence[i:])
		reached, stepped := t.endAt(ctx, name, i%3 == 0 || courseOf(name).name == byTheClock)
		if err = stepped; err != nil {
			break
		}
		if !reached {
			missed = append(missed, name)
		}
	}
	close(over)
	return missed, errors.Join(err, <-pumped)
}

// endAt starts the program anew, where it is asked an hour later, and waits until it ends
// at this point.
func (t *till) endAt(ctx context.Context, name string, hour bool) (bool, error) {
	t.door.mu.Lock()
	defer t.door.mu.Unlock()
	_, stuck := t.reviveVanished(ctx)
	if hour {
		stuck = errors.Join(stuck, t.letTimePass(ctx))
	}
	if err := errors.Join(stuck, t.door.programCopy.kill()); err != nil {
		return false, err
	}
	t.door.environ, t.door.dead = append(dropPoint(t.door.environ), "MEENT_DRILL_EXIT="+name), true
	if err := t.door.start(); err != nil {
		return false, err
	}
	patience := pointComes
	if t.rig.plant != "" {
		patience = plantComes
	}
	select {
	case err := <-t.door.ended:
		t.door.spent()
		var status *exec.ExitError
		if !errors.As(err, &status) || status.ExitCode() != exitStatus {
			return false, fmt.Errorf("the program ended by itself, with %w:\n%s", err, t.door.lastWords())
		}
		t.rig.count("ends")
		return true, nil
	case <-time.After(patience):
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// letTimePass brings what else comes by the clock alone, once an hour or at the first
// start of all: the books are compared, missing events asked for, the home of the
// database is noted, and a difference that is over is closed.
func (t *till) letTimePass(ctx context.Context) error {
	return pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		const again = `
			WITH forgotten AS (DELETE FROM payments.home)
			INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at)
			SELECT gen_random_uuid(), $1, 'account', 'account:of nobody', 'member', '', 1, 0, $2, $2
			ON CONFLICT (cooperative_id, thing) WHERE closed_at IS NULL DO NOTHING`
		if _, err := tx.Exec(ctx, again, t.office[0].Cooperative, t.now()); err != nil {
			return err
		}
		for _, task := range []tasks.Task{payments.FillGaps{}, payments.Reconcile{}} {
			if err := t.againTx(ctx, tx, task); err != nil {
				return err
			}
		}
		return nil
	})
}

// againTx lets a task come once more, unless two of its kind are still to be done: many at
// once would only wait for each other. One is not enough: its last words may be on their
// way to the database from a copy that is dead.
func (t *till) againTx(ctx context.Context, tx pgx.Tx, task tasks.Task) error {
	var open int
	const query = `SELECT count(*) FROM tasks.task WHERE kind = $1 AND state IN ('waiting', 'sent', 'running') AND due_at <= $2`
	if err := tx.QueryRow(ctx, query, task.Kind(), t.now()).Scan(&open); err != nil || open > 1 {
		return err
	}
	_, err := t.queue.EnqueueTx(ctx, tx, task, tasks.Opts{})
	return err
}

func dropPoint(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(s string) bool { return strings.HasPrefix(s, "MEENT_DRILL_EXIT=") })
}
