package main

import (
	"context"
	"errors"
	"time"

	"golang.org/x/sync/errgroup"

	"meent/internal/browse"
)

// story is the life of one gig, played by people without script.
type story struct {
	rig     *rig
	house   *house
	fate    fate
	step    int      // of steps
	request int      // of this step
	broken  []string // pages that the program failed to make

	client, member          someone
	offer, engagement, bill string // paths
	paid                    bool   // the client saw that the payment was made
}

// title is by what the gig is found everywhere.
const title = "Ramen wassen voor de oefening"

// step is something that somebody wants; take tries it once, and says whether a
// page shows that it is so.
type step struct {
	name  string
	later time.Duration // so much later it begins, with a kill
	take  func(*story, context.Context) (done bool, err error)
}

func steps() []step {
	return []step{
		{"the client posts a gig", 0, (*story).post},
		{"a member is asked", 0, (*story).beAsked},
		{"the member says yes", 0, (*story).sayYes},
		{"the work is the member's", 25 * time.Hour, (*story).hearOfIt},
		{"the member proposes hours", 72 * time.Hour, (*story).propose},
		{"the client agrees", 0, (*story).agree},
		{"the client pays", 0, (*story).pay},
		{"the member is paid", 0, (*story).bePaid},
	}
}

// playStory plays it, lets everything come to rest, and judges.
func (r *rig) playStory(ctx context.Context) (v verdict, err error) {
	s := &story{rig: r, fate: drawFate(r.random, r.kills, len(steps()))}
	if s.house, err = r.startHouse(ctx); err != nil {
		return v, err
	}
	if err := s.prepare(ctx); err != nil {
		return v, err
	}
	stopped, err := s.playAll(ctx)
	if err != nil {
		return v, err
	}
	if err := s.comeToRest(ctx); err != nil {
		return v, err
	}
	return s.judge(ctx, stopped)
}

// playAll says at which step the story stopped, if it did, and kills the program
// as often as was promised.
func (s *story) playAll(ctx context.Context) (stopped string, err error) {
	lurking, stop := context.WithCancel(ctx)
	var lurkers errgroup.Group
	for _, table := range outside() {
		after := time.Duration(s.rig.random.IntN(100)) * time.Millisecond
		lurkers.Go(func() error { return s.lieInWait(lurking, table, after) })
	}
	for i, one := range steps() {
		s.step, s.request = i, 0
		if err = s.play(ctx, one); err != nil {
			break
		}
	}
	stop()
	if lurked := lurkers.Wait(); !errors.Is(lurked, context.Canceled) {
		err = errors.Join(err, lurked)
	}
	if stuck := stuckError(""); errors.As(err, &stuck) {
		return stuck.Error(), nil
	}
	for err == nil && s.house.kills < s.rig.kills {
		err = errors.Join(s.house.kill(), s.house.goOn(ctx))
	}
	return "", err
}

func (s *story) play(ctx context.Context, one step) error {
	if one.later > 0 {
		if err := s.killUntil(ctx, one.later); err != nil {
			return err
		}
	}
	if err := s.strikeBetween(ctx, 0); err != nil {
		return err
	}
	if err := s.takeAtLast(ctx, one); err != nil {
		return err
	}
	return s.strikeBetween(ctx, 1<<30)
}

// killUntil kills the program, and starts it again so much later.
func (s *story) killUntil(ctx context.Context, later time.Duration) error {
	if err := errors.Join(s.house.goOn(ctx), s.house.kill()); err != nil {
		return err
	}
	s.house.clock += later
	return s.house.goOn(ctx)
}

// stuckError names the step that never came about.
type stuckError string

func (e stuckError) Error() string { return "but for: " + string(e) }

const (
	lookEvery = 100 * time.Millisecond
	longWait  = 4 * time.Second  // after which people come back another time
	another   = 15 * time.Minute // which is so much later
)

// takeAtLast tries until a page shows that it is so, or the patience is over.
func (s *story) takeAtLast(ctx context.Context, one step) error {
	begin, waits := time.Now(), time.Now()
	for time.Since(begin) < s.rig.calm {
		done, err := one.take(s, ctx)
		switch {
		case done && err == nil:
			return nil
		case err != nil && !errors.Is(err, errLost):
			return err
		case time.Since(waits) > longWait:
			err = s.house.later(ctx, another)
			waits = time.Now()
		default:
			err = s.rig.rest(ctx, lookEvery)
		}
		if err != nil {
			return err
		}
	}
	return stuckError(one.name)
}

// pressOnce presses a button of the page, if it is there; done means that it is
// not there any more.
func (s *story) pressOnce(ctx context.Context, who someone, page *browse.Page, ending string) (done bool, err error) {
	f, offered := page.Form(ending)
	if !offered {
		return true, nil
	}
	_, err = s.press(ctx, who, f, "")
	return false, err
}
