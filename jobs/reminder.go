package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// Ahead is how long before a shift its member is reminded.
type Ahead string

// The reminders of a shift.
const (
	DayAhead   Ahead = "day"   // at 18.00 in the Netherlands, on the day before
	HoursAhead Ahead = "hours" // two hours before
)

// ShiftComing is the task that reminds a member of a shift.
type ShiftComing struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
	Ahead       Ahead
}

// Kind names the task.
func (ShiftComing) Kind() string { return "jobs.shift_coming" }

// reminder is when a member is reminded.
type reminder struct {
	ahead Ahead
	at    time.Time
}

// evening is when the member hears on the day before.
const evening = 18

// reminders are those of the shift that are still ahead.
func (s Shift) reminders(now time.Time) (list []reminder) {
	day := s.Starts.In(members.Amsterdam())
	before := time.Date(day.Year(), day.Month(), day.Day()-1, evening, 0, 0, 0, day.Location()).UTC()
	for _, r := range []reminder{{DayAhead, before}, {HoursAhead, s.Starts.Add(-2 * time.Hour)}} {
		if r.at.After(now) {
			list = append(list, r)
		}
	}
	return list
}

// remindTx sets the timers, each once for an engagement. Two hours before it is
// too late to let anybody sleep.
func (s *Service) remindTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, engagement EngagementID, m members.MemberID, shift Shift) error {
	var list []members.Notice
	for _, r := range shift.reminders(s.now()) {
		list = append(list, members.Notice{Member: m, AtOnce: r.ahead == HoursAhead,
			Task: ShiftComing{Engagement: engagement, Cooperative: c, Ahead: r.ahead},
			Opts: tasks.Opts{Due: r.at, Key: fmt.Sprint(engagement, " ", r.ahead)}})
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, list...)
}

// Reminder is what a member is reminded of.
type Reminder struct {
	Work
	Contact string // of the client; may be empty
	Day     Day
}

// Remind reads afresh what a member is to be reminded of, and who that is. It
// returns members.ErrNotFound when there is nothing to come any more.
func (s *Service) Remind(ctx context.Context, t ShiftComing) (r Reminder, who members.Person, err error) {
	if r.Work, err = findAnyWork(ctx, s.db, t.Cooperative, t.Engagement); err != nil {
		return r, who, err
	}
	if r.State != Confirmed || !r.Shift.Starts.After(s.now()) {
		return r, who, members.ErrNotFound
	}
	if who, r.Contact, err = findReminded(ctx, s.db, t.Cooperative, t.Engagement); err != nil {
		return r, who, err
	}
	r.Day, err = findDay(ctx, s.db, members.Actor{Cooperative: t.Cooperative, Kind: members.RoleMember, Member: r.Member}, t.Engagement)
	return r, who, err
}
