package enginetest

import (
	"time"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Limit is a rule to whose limit somebody was brought.
type Limit struct {
	Rule engine.Rule
	Over bool // just beyond it: then it does not hold, else it does
}

// limiting brings a member to a limit of the work, or just over it; false where that
// work has no such limit.
type limiting func(w World, m *engine.Member, k *engine.Work, over bool) bool

func limits() map[engine.Rule]limiting {
	return map[engine.Rule]limiting{
		engine.ReachRule: reach, engine.RailReachRule: railReach, engine.FreeRule: free, engine.WeekRule: week, engine.CalmRule: calm,
		engine.RefusedRule: refused, engine.TrialRule: trial, engine.RestRule: rest, engine.HoursDayRule: hoursDay, engine.HoursWeekRule: hoursWeek,
		engine.RailDayRule: railDay, engine.RailWeekRule: railWeek, engine.RailNightRule: night,
		engine.RoomRule: room, engine.HoursWantedRule: hoursWanted, engine.RestDaysRule: restDays,
	}
}

// Limited are the rules of AtLimit.
func Limited() (list []engine.Rule) {
	for rule := range engine.Rule(64) {
		if limits()[rule] != nil {
			list = append(list, rule)
		}
	}
	return list
}

// AtLimit brings the member to a limit of the work, by lot, or just over it. It reports
// false where the work has none such.
func (w World) AtLimit(m *engine.Member, k *engine.Work) (Limit, bool) {
	list := Limited()
	one := Limit{list[w.IntN(len(list))], w.Some(2)}
	if usual := k.Starts.Before(k.Ends) && k.Ends.Sub(k.Starts) <= 13*time.Hour; !usual {
		return one, false
	}
	was := *m
	is := limits()[one.Rule](w, m, k, one.Over)
	if !is {
		*m = was
	}
	return one, is
}

// bit is the least that there is: a microsecond, a metre, a cent.
func bit(over bool) int {
	if over {
		return 1
	}
	return 0
}

func micro(over bool) time.Duration { return time.Duration(bit(over)) * time.Microsecond }

// books gives the member this work and no other.
func (w World) books(m *engine.Member, pay int, times ...time.Time) bool {
	m.Booked = nil
	for i := 0; i+1 < len(times); i += 2 {
		m.Booked = append(m.Booked, engine.Booking{Shift: w.ID(), Starts: times[i], Ends: times[i+1], Pay: pay})
	}
	inOrder(m)
	return true
}

// midnight of the day that begins so much later, by the clocks of Amsterdam.
func midnight(at time.Time, months, days int) time.Time {
	at = at.In(members.Amsterdam())
	return time.Date(at.Year(), at.Month()+time.Month(months), at.Day()+days, 0, 0, 0, 0, at.Location())
}

func monday(at time.Time) time.Time {
	return midnight(at, 0, -(int(at.In(members.Amsterdam()).Weekday())+6)%7)
}

func first(at time.Time) time.Time { return midnight(at, 0, 1-at.In(members.Amsterdam()).Day()) }

func metres(m *engine.Member, k *engine.Work) (int, bool) {
	n := m.Home.Metres(k.Place)
	return n, !k.Remote && n > 1 && n < 1_000_000
}

func reach(_ World, m *engine.Member, k *engine.Work, over bool) bool {
	n, some := metres(m, k)
	m.Reach = n - bit(over)
	return some
}

func railReach(_ World, m *engine.Member, k *engine.Work, over bool) bool {
	n, some := metres(m, k)
	m.Rails.Metres = n - bit(over)
	return some
}

// free: other work ends as this begins, or begins as this ends.
func free(w World, m *engine.Member, k *engine.Work, over bool) bool {
	if w.Some(2) {
		return w.books(m, 0, k.Starts.Add(-3*time.Hour), k.Starts.Add(micro(over)))
	}
	return w.books(m, 0, k.Ends.Add(-micro(over)), k.Ends.Add(3*time.Hour))
}

// week: the member can only work in the quarters that the work touches.
func week(_ World, m *engine.Member, k *engine.Work, over bool) bool {
	m.Week, m.Exceptions = new(members.Week), nil
	quarter := func(at time.Time) int {
		local := at.In(members.Amsterdam())
		return (int(local.Weekday())+6)%7*members.DayQuarters + local.Hour()*4 + local.Minute()/15
	}
	last := quarter(k.Ends.Add(-time.Microsecond))
	for at := k.Starts.Truncate(15 * time.Minute); at.Before(k.Ends); at = at.Add(15 * time.Minute) {
		if q := quarter(at); !over || q != last {
			m.Week.Set(q, q+1)
		}
	}
	return true
}

// calm: the third offer waits until now.
func calm(w World, m *engine.Member, _ *engine.Work, over bool) bool {
	m.Pace, m.Waiting = 0, []time.Time{w.Now.Add(time.Hour), w.Now.Add(time.Microsecond), w.Now.Add(micro(over)), w.Now}
	return true
}

func refused(w World, m *engine.Member, k *engine.Work, over bool) bool {
	m.Ties = []engine.Tie{{Client: k.Client, Refused: members.DayOf(w.Now).Add(bit(over) - 1)}}
	return true
}

// trial: the first other work there begins with this.
func trial(w World, m *engine.Member, k *engine.Work, over bool) bool {
	m.Ties = []engine.Tie{{Client: k.Client, Tried: []jobs.GigID{k.Gig}, Gigs: []engine.Earlier{{Gig: w.ID(), First: k.Starts.Add(-micro(over))}}}}
	return k.Trial
}

func blocks(k *engine.Work, code jobs.WorktimeCode) bool {
	for _, rule := range k.Worktime {
		if rule.Code == code {
			return rule.Effect == jobs.WorktimeBlocks
		}
	}
	return false
}

// rest: eleven hours lie between.
func rest(w World, m *engine.Member, k *engine.Work, over bool) bool {
	if w.Some(2) {
		ends := k.Starts.Add(micro(over) - 11*time.Hour)
		w.books(m, 0, ends.Add(-4*time.Hour), ends)
	} else {
		starts := k.Ends.Add(11*time.Hour - micro(over))
		w.books(m, 0, starts, starts.Add(4*time.Hour))
	}
	return blocks(k, jobs.RestBetween) && k.Ends.Sub(k.Starts) < 8*time.Hour
}

// hoursDay: with other work in one go it is ten hours.
func hoursDay(w World, m *engine.Member, k *engine.Work, over bool) bool {
	left := 10*time.Hour - (k.Ends.Sub(k.Starts) - k.Break)
	w.books(m, 0, k.Starts.Add(-left-micro(over)), k.Starts)
	return left > 0 && blocks(k, jobs.HoursADay)
}

// hoursWeek: it is thirty hours with other work, which begins as the last of the week,
// while more begins with the next.
func hoursWeek(w World, m *engine.Member, k *engine.Work, over bool) bool {
	next := midnight(monday(k.Starts), 0, 7)
	last := next.Add(-time.Microsecond)
	left := 30*time.Hour - (k.Ends.Sub(k.Starts) - k.Break) + micro(over)
	w.books(m, 0, last, last.Add(left), next.Add(40*time.Hour), next.Add(44*time.Hour))
	return k.Ends.Before(last) && blocks(k, jobs.HoursAWeek)
}

// railDay: other work goes over the midnight with which the day begins.
func railDay(w World, m *engine.Member, k *engine.Work, over bool) bool {
	from := midnight(k.Starts, 0, 0)
	minutes, ends := filled(k, from, over)
	m.Rails.DayMinutes = minutes
	return w.books(m, 0, from.Add(-time.Hour), ends) && !ends.After(k.Starts) && !k.Ends.After(midnight(from, 0, 1))
}

func railWeek(w World, m *engine.Member, k *engine.Work, over bool) bool {
	from := monday(k.Starts)
	minutes, ends := filled(k, from, over)
	m.Rails.WeekMinutes = minutes
	return w.books(m, 0, from.Add(-time.Hour), ends) && !ends.After(k.Starts) && !k.Ends.After(midnight(from, 0, 7))
}

// filled gives whole minutes, and until when there is other work, from then, that fills
// them.
func filled(k *engine.Work, from time.Time, over bool) (minutes int, ends time.Time) {
	takes := k.Ends.Sub(k.Starts)
	minutes = int(takes/time.Minute) + 61
	return minutes, from.Add(time.Duration(minutes)*time.Minute - takes + micro(over))
}

// night is not at a limit: that is for the work.
func night(_ World, m *engine.Member, k *engine.Work, over bool) bool {
	m.Rails.NoNights = true
	local, last := k.Starts.In(members.Amsterdam()), k.Ends.Add(-time.Microsecond).In(members.Amsterdam())
	in := func(at time.Time) bool { return at.Hour() >= 23 || at.Hour() < 6 }
	return over == (in(local) || in(last) || local.Day() != last.Day())
}

// room: other work begins with the month or at its end, and more just outside.
func room(w World, m *engine.Member, k *engine.Work, over bool) bool {
	at := first(k.Starts)
	if w.Some(2) {
		at = midnight(at, 1, 0)
	}
	before := at.Add(-time.Microsecond)
	w.books(m, 2500, before, before.Add(time.Microsecond), at, at.Add(time.Hour))
	m.HasRoom, m.Room = true, 2500+k.Pay-bit(over)
	return k.Pay > 0
}

// hoursWanted: the same of the week.
func hoursWanted(w World, m *engine.Member, k *engine.Work, over bool) bool {
	at := monday(k.Starts)
	if w.Some(2) {
		at = midnight(at, 0, 7)
	}
	before, takes := at.Add(-time.Microsecond), k.Ends.Sub(k.Starts)-k.Break
	m.Most = takes.Truncate(time.Hour) + 5*time.Hour
	left := m.Most - takes + micro(over)
	return w.books(m, 0, before, before.Add(left), at, at.Add(left))
}

// restDays: other work begins as the day after them does, or ends just before the day
// before.
func restDays(w World, m *engine.Member, k *engine.Work, over bool) bool {
	m.RestDays = 1 + w.IntN(7)
	if w.Some(2) {
		at := midnight(k.Starts, 0, m.RestDays+1).Add(-micro(over))
		return w.books(m, 0, at, at.Add(time.Hour))
	}
	at := midnight(k.Starts, 0, -m.RestDays).Add(micro(over) - time.Microsecond)
	return w.books(m, 0, at, at.Add(time.Hour))
}

// edge lets some work begin or end with the night.
func (w World) edge(k *engine.Work) {
	takes, over := k.Ends.Sub(k.Starts), micro(w.Some(2))
	if w.Some(2) {
		local := k.Starts.In(members.Amsterdam())
		k.Starts = time.Date(local.Year(), local.Month(), local.Day(), 6, 0, 0, 0, local.Location()).Add(-over).UTC()
		k.Ends = k.Starts.Add(takes)
		return
	}
	k.Ends = midnight(k.Starts, 0, 1).Add(over - time.Hour).UTC()
	k.Starts = k.Ends.Add(-takes)
}
