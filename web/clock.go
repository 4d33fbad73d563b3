package web

import (
	"net/http"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// pressClock handles POST /engagements/:engagement/clock: "I am here" and "I am
// done", from the page, and from a phone that kept it, which wants no page
// (offline.js).
func pressClock(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if by := f.text("by"); by != "" && by != r.owner() {
		return members.ErrNotFound // somebody else's phone kept it
	}
	p, err := f.press()
	if err != nil {
		return err
	}
	if !f.bad() {
		err = f.wrong(r.web.Jobs.Press(r.Request.Context(), r.actor, r.work.ID, p))
	}
	switch {
	case err != nil:
		return err
	case f.bad():
		return r.engagementPage(http.StatusUnprocessableEntity, f)
	case r.GetHeader("Accept") == "application/json":
		r.Status(http.StatusCreated)
		return nil
	}
	r.flash("clock.noted_" + f.text("what"))
	return r.to(r.engagementPath())
}

// press reads what was pressed. What nobody types and is wrong is not found; how
// long ago it was, is now.
func (f *form) press() (p jobs.Press, err error) {
	if p.ID, err = id.Parse[jobs.Press](f.text("id")); err != nil {
		return p, err
	}
	switch f.text("what") {
	case "in":
	case "out":
		p.Done, p.Break = true, f.pause("break")
	default:
		return p, members.ErrNotFound
	}
	if ago, err := strconv.ParseUint(f.text("ago"), 10, 31); err == nil {
		p.Ago = time.Duration(ago) * time.Second
	}
	return p, nil
}

// pause reads minutes of break; none is none.
func (f *form) pause(field string) time.Duration {
	if f.text(field) == "" {
		return 0
	}
	n := f.number(field)
	if n < 0 || n > int(jobs.LongestShift/time.Minute) {
		f.problems.Add(field, "wrong_break", nil)
		return 0
	}
	return time.Duration(n) * time.Minute
}

// clocked is the work for which the member can press now: the one on whose day
// they look at their first page.
func (r *request) clocked(list []jobs.Work) (w jobs.Work, found bool) {
	now := r.web.Now()
	for _, w := range list {
		if w.MayCheckOut(now) || w.MayCheckIn(now) {
			return w, true
		}
	}
	return w, false
}

// soonWork is what a phone knows the work of the coming days by, for when there
// is no internet; nothing on the phone of who acts for a member.
func (r *request) soonWork(list []jobs.Work) (soon []jobs.Work) {
	now := r.web.Now()
	for _, w := range list {
		if !r.actor.Helped() && w.Shift.Starts.Before(now.Add(72*time.Hour)) && (w.State == jobs.Confirmed && now.Before(w.Shift.Ends) || w.MayCheckOut(now)) {
			soon = append(soon, w)
		}
	}
	return soon
}

// clockForm is the form for one press, as it begins.
func (r *request) clockForm() *form {
	f := r.emptyForm()
	f.set("id", id.New[jobs.Press](nil).String())
	f.set("by", r.owner())
	return f
}

// clockTimes says when somebody pressed, to both sides.
func (r *request) clockTimes(w jobs.Work) (lines []string) {
	say := func(key string, at time.Time, later bool) {
		line := r.words.With("clock.said_"+key+r.side2(), map[string]any{"Time": r.words.Time(at), "Name": firstName(w.MemberName)})
		if later {
			line += " " + r.t("clock.later")
		}
		lines = append(lines, line)
	}
	if !w.Clock.In.IsZero() {
		say("in", w.Clock.In, w.Clock.InLater())
	}
	if !w.Clock.Out.IsZero() {
		say("out", w.Clock.Out, w.Clock.OutLater())
		lines = append(lines, r.t("clock.said_break", "Minutes", int(w.Clock.Break/time.Minute)))
	}
	return lines
}

// side2 ends a key by whose voice it has.
func (r *request) side2() string {
	if r.hoursSide() == members.RoleClient {
		return "_client"
	}
	return "_member"
}
