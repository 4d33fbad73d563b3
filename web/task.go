package web

import (
	"strconv"
	"strings"
	"time"

	"meent/internal/tasks"
	"meent/members"
	"meent/web/ui"
)

// laneTable shows how much work waits, lane by lane.
func (r *request) laneTable(counts []tasks.Count) ui.Table {
	t := ui.Table{Caption: r.t("tasks.counts"), Heads: []ui.Head{
		{Text: r.t("tasks.hurry")}, {Text: r.t("tasks.waiting"), Number: true}, {Text: r.t("tasks.later"), Number: true},
		{Text: r.t("tasks.running"), Number: true}, {Text: r.t("tasks.dead"), Number: true}, {Text: r.t("tasks.oldest"), Number: true},
	}}
	for _, c := range counts {
		t.Rows = append(t.Rows, []string{
			r.words.With("tasks.lane."+c.Lane.String(), nil), strconv.Itoa(c.Waiting), strconv.Itoa(c.Later),
			strconv.Itoa(c.Running), strconv.Itoa(c.Dead), r.waitText(c),
		})
	}
	return t
}

// waitText is how long the oldest task of the lane has been waiting.
func (r *request) waitText(c tasks.Count) string {
	if c.Waiting == 0 {
		return r.t("tasks.nothing")
	}
	return r.age(c.Oldest)
}

// age says about how long: the largest whole unit is enough.
func (r *request) age(d time.Duration) string {
	switch {
	case d >= 24*time.Hour:
		return r.words.N("tasks.days", int(d/(24*time.Hour)))
	case d >= time.Hour:
		return r.words.N("tasks.hours", int(d/time.Hour))
	case d >= time.Minute:
		return r.words.N("tasks.minutes", int(d/time.Minute))
	default:
		return r.t("tasks.moment")
	}
}

// actTable shows what people did.
func (r *request) actTable(w background) ui.Table {
	t := ui.Table{Caption: r.t("tasks.acts_order"), Heads: []ui.Head{
		{Text: r.t("tasks.what")}, {Text: r.t("tasks.done")}, {Text: r.t("tasks.who")}, {Text: r.t("tasks.when")}, {Text: r.t("tasks.why")},
	}}
	for _, act := range w.acts {
		t.Rows = append(t.Rows, []string{
			r.taskName(act.Kind), r.words.With("tasks.act."+string(act.Act), nil), r.actName(w, act), r.moment(act.At), r.reasonText(act),
		})
	}
	return t
}

// actName is who acted. A zero person is the operator; a person who left has no
// name here any more.
func (r *request) actName(w background, act tasks.Intervention) string {
	if act.Person.IsZero() {
		return r.t("tasks.operator")
	}
	if name := w.names[members.PersonID(act.Person)]; name != "" {
		return name
	}
	return r.t("tasks.left")
}

func (r *request) reasonText(act tasks.Intervention) string {
	if act.Reason == "" {
		return r.t("tasks.no_reason")
	}
	return act.Reason
}

// taskName is what a task does, in words. Rows outlive the program that wrote
// them, so there may be kinds that no text knows.
func (r *request) taskName(kind string) string {
	key := "tasks.kind." + strings.ReplaceAll(kind, ".", "_")
	if name := r.words.With(key, nil); name != key {
		return name
	}
	return r.t("tasks.unknown", "Kind", kind)
}

// moment is a day and a time.
func (r *request) moment(at time.Time) string { return r.words.Date(at) + ", " + r.words.Time(at) }

// deadFacts is when a task stopped, and after how many tries.
func (r *request) deadFacts(d tasks.Dead) []ui.Fact {
	return []ui.Fact{
		{Icon: ui.IconClock, Text: r.t("tasks.stopped", "Moment", r.moment(d.Died))},
		{Icon: ui.IconInfo, Text: r.words.N("tasks.tries", d.Failures+d.Lost)},
	}
}
