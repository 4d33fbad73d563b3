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
)

// exitStatus is how the program ends at its point.
const exitStatus = 86

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
	t.door.environ = dropPoint(t.door.environ)
	if err := t.calmDown(ctx); err != nil {
		return v, err
	}
	r.say(&v, len(names) >= fewestPoints, "%d points", len(names))
	r.say(&v, len(missed) == 0, "%d points never came again %s", len(missed), some(missed))
	return v, t.judge(ctx, &v)
}

func readPoints(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	names := strings.Split(strings.TrimSpace(string(text)), "\n")
	slices.Sort(names)
	return slices.Compact(names), err
}

// sequence is all points once; or so long that each follows on each.
func (r *rig) sequence(names []string) (all []string) {
	names = slices.Clone(names)
	r.random.Shuffle(len(names), func(i, j int) { names[i], names[j] = names[j], names[i] })
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
			err = t.rig.rest(ctx, 100*time.Millisecond)
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
	if err := t.door.programCopy.kill(); err != nil {
		return false, err
	}
	t.door.environ, t.door.dead = append(dropPoint(t.door.environ), "MEENT_DRILL_EXIT="+name), true
	if err := t.door.start(); err != nil {
		return false, err
	}
	select {
	case err := <-t.door.ended:
		t.door.cmd = nil
		var status *exec.ExitError
		if !errors.As(err, &status) || status.ExitCode() != exitStatus {
			return false, fmt.Errorf("the program ended by itself, with %w:\n%s", err, t.door.lastWords())
		}
		t.rig.count("ends")
		return true, nil
	case <-time.After(15 * time.Second):
		return false, nil
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

func dropPoint(environ []string) []string {
	return slices.DeleteFunc(slices.Clone(environ), func(s string) bool { return strings.HasPrefix(s, "MEENT_DRILL_EXIT=") })
}
