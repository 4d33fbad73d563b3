package main

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/payments"
)

// exitStatus is how the program ends at its point.
const exitStatus = 86

const (
	betweenPayments = 200 * time.Millisecond
	pointComes      = 40 * time.Second       // at most; on a machine that does nothing else a second or two
	calmEach        = 200 * time.Millisecond // that a payment may take in the calm
)

// fewestPoints keeps a drill from being good because nothing was found to try.
const fewestPoints = 20

// playSteps lets a few payments go well while the program writes down the points
// that it passes, and then lets it end at each of them.
func (r *rig) playSteps(ctx context.Context) (v verdict, err error) {
	file := filepath.Join(r.folder, "points")
	t, err := r.openTill(ctx, tillSize{coops: 1, members: 4, environ: []string{"MEENT_DRILL_POINTS=" + file}})
	if err != nil {
		return v, err
	}
	r.phase("open")
	r.payments = 3
	if err := t.bringAll(ctx, t.jobsFor(r.payments)); err != nil {
		return v, err
	}
	if _, err := t.comeToRest(ctx, time.Now().Add(r.calm)); err != nil {
		return v, err
	}
	names, err := readPoints(file)
	if err != nil {
		return v, err
	}
	r.phase("points known")
	missed, err := t.endAtAll(ctx, r.sequence(names))
	if err != nil {
		return v, err
	}
	r.phase("calm")
	r.calm += time.Duration(len(t.all())) * calmEach
	t.door.environ = dropPoint(t.door.environ)
	if err := t.calmAfterEnds(ctx); err != nil {
		return v, err
	}
	r.say(&v, len(names) >= fewestPoints, "%d points", len(names))
	r.say(&v, len(missed) == 0, "%d points never came again%s", len(missed), some(missed))
	return v, t.judge(ctx, &v)
}

func readPoints(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	names := strings.Split(strings.TrimSpace(string(text)), "\n")
	slices.Sort(names)
	return slices.Compact(names), err
}

// sequence is all points once, or some of them; or so long that each follows on each.
func (r *rig) sequence(names []string) (all []string) {
	names = slices.Clone(names)
	r.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
	if r.kills > 0 {
		names = names[:min(r.kills, len(names))]
	}
	if !r.pairs {
		return names
	}
	for i, a := range names {
		all = append(all, a)
		for _, b := range names[i+1:] {
			all = append(all, a, b)
		}
		all = append(all, a)
	}
	return all
}

// endAtAll lets the program end at each point in turn, while clients go on to
// pay members who were never paid before. It names the points that did not come.
func (t *till) endAtAll(ctx context.Context, sequence []string) (missed []string, err error) {
	paying, stop := context.WithCancel(ctx)
	pumped := make(chan error, 1)
	go func() { pumped <- t.pump(paying) }()
	for _, name := range sequence {
		reached, stepped := t.endAt(ctx, name)
		if err = stepped; err != nil {
			break
		}
		if !reached {
			missed = append(missed, name)
		}
	}
	stop()
	return missed, errors.Join(err, <-pumped)
}

// pump makes a new payment again and again.
func (t *till) pump(ctx context.Context) error {
	random := rand.New(rand.NewPCG(t.rig.seed, 3))
	for {
		member, err := t.newMember(ctx, t.office[0].Cooperative)
		if err == nil {
			err = t.bring(ctx, t.newJob(random, member))
		}
		if err == nil {
			err = t.rig.rest(ctx, betweenPayments)
		}
		if ctx.Err() != nil {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// endAt starts the program anew, and waits until it ends at this point.
func (t *till) endAt(ctx context.Context, name string) (bool, error) {
	t.door.mu.Lock()
	defer t.door.mu.Unlock()
	_, stuck := t.reviveVanished(ctx)
	if err := errors.Join(stuck, t.door.programCopy.kill(), t.letTimePass(ctx)); err != nil {
		return false, err
	}
	t.door.environ, t.door.dead = append(dropPoint(t.door.environ), "MEENT_DRILL_EXIT="+name), true
	if err := t.door.start(); err != nil {
		return false, err
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
	case <-time.After(pointComes):
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
