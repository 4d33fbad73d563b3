package jobs_test

import (
	"errors"
	"testing"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func press(done bool, ago time.Duration) jobs.Press {
	return jobs.Press{ID: id.New[jobs.Press](nil), Done: done, Ago: ago}
}

// TestClock: when one can say "I am here" and "I am done"; the shift is from ten
// to two, and each line has an hour of its own day.
func TestClock(t *testing.T) {
	const here, done = false, true
	for _, tt := range []struct {
		name  string
		steps []struct {
			clock string
			press jobs.Press
			err   error
			state jobs.EngagementState
		}
	}{
		{"on time", steps{
			{"09:29", press(here, 0), jobs.ErrClockEarly, jobs.Confirmed},
			{"09:30", press(done, 0), jobs.ErrNotPresent, jobs.Confirmed},
			{"09:30", press(here, 0), nil, jobs.Started},
			{"09:31", press(here, 0), jobs.ErrClockClosed, jobs.Started},
			{"14:10", press(done, 0), nil, jobs.Finished},
			{"14:11", press(done, 0), jobs.ErrClockClosed, jobs.Finished},
		}},
		{"at the end it is too late", steps{
			{"14:00", press(here, 0), jobs.ErrClockClosed, jobs.Confirmed},
			{"14:00", press(here, time.Second), nil, jobs.Started}, // sent a second later
			{"14:00", press(done, time.Minute), jobs.ErrClockClosed, jobs.Started},
		}},
		{"a phone without internet", steps{
			{"20:00", press(here, 11*time.Hour), jobs.ErrClockEarly, jobs.Confirmed},
			{"20:00", press(here, 10*time.Hour), nil, jobs.Started},
			{"23:59", press(done, 0), nil, jobs.Finished},
		}},
		{"done on the next day", steps{
			{"10:00", press(here, 0), nil, jobs.Started},
			{"24:01", press(done, 0), jobs.ErrClockClosed, jobs.Started},
			{"24:02", press(done, 2*time.Minute), nil, jobs.Finished},
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			h.now = h.now.Add(-time.Hour) // nine in the morning in the Netherlands
			e := h.engaged()
			start := h.work(h.member, e).Shift.Starts
			for i, step := range tt.steps {
				h.now = start.Add(clockOf(step.clock) - 10*time.Hour)
				if err := h.Press(h.ctx(), h.member, e, step.press); !errors.Is(err, step.err) {
					t.Fatalf("step %d: %v, want %v", i+1, err, step.err)
				}
				w := h.work(h.client, e)
				if w.State != step.state {
					t.Fatalf("step %d: the work is %q, want %q", i+1, w.State, step.state)
				}
			}
		})
	}
}

type steps = []struct {
	clock string
	press jobs.Press
	err   error
	state jobs.EngagementState
}

// clockOf is a time of day, as "09:30".
func clockOf(text string) time.Duration {
	return time.Duration(text[0]-'0')*10*time.Hour + time.Duration(text[1]-'0')*time.Hour + time.Duration(text[3]-'0')*10*time.Minute + time.Duration(text[4]-'0')*time.Minute
}

// TestClockKeepsBothTimes: when somebody pressed, and when it came; the client
// sees that it was sent later. Twice the same press is one.
func TestClockKeepsBothTimes(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	start := h.work(h.member, e).Shift.Starts
	h.now = start.Add(5 * time.Hour)
	in, out := press(false, 5*time.Hour), press(true, 5*time.Minute)
	out.Break = 15 * time.Minute
	for range 2 {
		if err := errors.Join(h.Press(h.ctx(), h.member, e, in), h.Press(h.ctx(), h.member, e, out)); err != nil {
			t.Fatal(err)
		}
		h.now = h.now.Add(time.Hour)
	}
	w := h.work(h.client, e)
	c := w.Clock
	if !c.In.Equal(start) || !c.InSent.Equal(start.Add(5*time.Hour)) || !c.InLater() || !c.Out.Equal(start.Add(5*time.Hour-5*time.Minute)) || c.OutLater() || c.Break != 15*time.Minute {
		t.Errorf("the clock says %+v", c)
	}
	if from, until, pause := w.Begin(); !from.Equal(c.In) || !until.Equal(c.Out) || pause != c.Break {
		t.Errorf("hours begin with %s to %s", from, until)
	}
	h.now = h.now.Add(time.Hour)
	hours := jobs.Hours{Worked: 4 * time.Hour, Break: 15 * time.Minute}
	if err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, hours), h.AgreeHours(h.ctx(), h.client, e)); err != nil {
		t.Fatal(err)
	}
	if err := h.Press(h.ctx(), h.member, e, in); err != nil {
		t.Errorf("the same press, after all is agreed: %v", err)
	}
	if err := h.Press(h.ctx(), h.member, e, press(true, 0)); !errors.Is(err, jobs.ErrClockClosed) {
		t.Errorf("another press after all is agreed: %v", err)
	}
}

func TestClockRefuses(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.work(h.member, e).Shift.Starts
	for name, by := range map[string]members.Actor{"its client": h.client, "another client": h.rival, "a coach": h.coach, "the office": h.coordinator,
		"another cooperative": h.otherOffices, "nobody": {}} {
		if err := h.Press(h.ctx(), by, e, press(false, 0)); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.Press(h.ctx(), h.member, e, jobs.Press{}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no id: %v", err)
	}
	if err := h.Press(h.ctx(), h.member, e, press(false, -time.Hour)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a time to come: %v", err)
	}
	if err := h.Press(h.ctx(), h.member, e, press(false, 0)); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Hour)
	for _, pause := range []time.Duration{time.Hour, 25 * time.Hour, -time.Minute, time.Second} {
		p := press(true, 0)
		p.Break = pause
		var problems check.Problems
		if err := h.Press(h.ctx(), h.member, e, p); !errors.As(err, &problems) || !problems.At("break") {
			t.Errorf("a break of %s: %v", pause, err)
		}
	}
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.engagement SET `+setOff); err != nil {
		t.Fatal(err)
	}
	if err := h.Press(h.ctx(), h.member, e, press(true, 0)); !errors.Is(err, jobs.ErrClockClosed) {
		t.Errorf("what is off: %v", err)
	}
}
