package tasks

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"
	_ "time/tzdata" // days begin in Amsterdam, also on a machine without time zones

	"github.com/jackc/pgx/v5"
)

// periodic is a task that is queued once in each period.
type periodic struct {
	name   string // part of the key
	task   Task
	starts schedule
}

// schedule gives the start of the period in which a moment lies.
type schedule func(time.Time) time.Time

// Every queues the task once in each period, whatever the number of workers.
// Periods are counted from midnight UTC; one is a second to a day long and
// divides a day. A period in which no worker ran is left out, and so may be some
// that are shorter than Config.Upkeep.
func Every(m *Mux, period time.Duration, t Task) {
	if period < time.Second || period > 24*time.Hour || 24*time.Hour%period != 0 {
		m.problems = append(m.problems, fmt.Errorf("tasks: %s: a period of %v", t.Kind(), period))
		return
	}
	m.repeat(period.String(), t, func(now time.Time) time.Time { return now.Truncate(period) })
}

// Daily queues the task once a day at this time in Amsterdam, summer and
// winter. When no worker runs then, the next one to run queues it; whole days
// without any are left out.
func Daily(m *Mux, hour, minute int, t Task) {
	m.checkTime(t, hour, minute)
	zone := amsterdam()
	m.repeat(fmt.Sprintf("daily %02d:%02d", hour, minute), t, func(now time.Time) time.Time { return lastDay(now.In(zone), hour, minute, 0) })
}

// Weekly is Daily on one day of the week.
func Weekly(m *Mux, day time.Weekday, hour, minute int, t Task) {
	m.checkTime(t, hour, minute)
	zone := amsterdam()
	m.repeat(fmt.Sprintf("%s %02d:%02d", day, hour, minute), t, func(now time.Time) time.Time {
		start := lastDay(now.In(zone), hour, minute, 0)
		return lastDay(now.In(zone), hour, minute, (int(start.Weekday())-int(day)+7)%7)
	})
}

// repeat refuses a second schedule of the same kind and name: their keys would
// be the same, and only one would come.
func (m *Mux) repeat(name string, t Task, s schedule) {
	for _, p := range m.periodic {
		if p.name == name && p.task.Kind() == t.Kind() {
			m.problems = append(m.problems, fmt.Errorf("tasks: %s: %s is asked for twice", t.Kind(), name))
		}
	}
	m.periodic = append(m.periodic, periodic{name: name, task: t, starts: s})
}

func (m *Mux) checkTime(t Task, hour, minute int) {
	if hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		m.problems = append(m.problems, fmt.Errorf("tasks: %s: a day has no %d:%02d", t.Kind(), hour, minute))
	}
}

func amsterdam() *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		return time.UTC // cannot be: the zones are part of the program
	}
	return zone
}

// lastDay is the newest time of this name, in now's zone, that is not after
// now, and so many days before.
func lastDay(now time.Time, hour, minute, before int) time.Time {
	start := time.Date(now.Year(), now.Month(), now.Day(), hour, minute, 0, 0, now.Location())
	if start.After(now) {
		before++
	}
	return time.Date(now.Year(), now.Month(), now.Day()-before, hour, minute, 0, 0, now.Location())
}

// queue relies on the unique key: whoever comes first queues the task of the
// period.
func (p periodic) queue(ctx context.Context, q *Queue, start time.Time) error {
	return pgx.BeginFunc(ctx, q.db, func(tx pgx.Tx) error {
		_, err := q.EnqueueTx(ctx, tx, p.task, Opts{Lane: Low, Key: p.name + " " + strconv.FormatInt(start.Unix(), 10)})
		return err
	})
}

// enqueuePeriodic queues what begins a new period. One that fails stops none of
// the others.
func (w *Worker) enqueuePeriodic(ctx context.Context) error {
	var errs []error
	for i, p := range w.mux.periodic {
		start := p.starts(w.queue.now())
		if start.Equal(w.queued[i]) {
			continue
		}
		if err := p.queue(ctx, w.queue, start); err != nil {
			errs = append(errs, err)
			continue
		}
		w.queued[i] = start
	}
	return errors.Join(errs...)
}
