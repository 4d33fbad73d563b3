package jobs

import (
	"context"
	"time"

	"meent/members"
	"meent/payments"
)

// PlannedShift is a shift as the planning board shows it.
type PlannedShift struct {
	Shift
	Gig        GigID
	Title      string
	Language   members.Locale // of the title
	ClientName string
	PlaceName  string
	State      State // of the gig
	People     []Planned
}

// Planned is somebody who works on a shift.
type Planned struct {
	Engagement EngagementID
	Member     members.MemberID
	Name       string
	State      EngagementState
	Company    Company
}

// Taken is how many seats are.
func (p PlannedShift) Taken() int { return len(p.People) }

// Free is how many seats are, and 0 where there never were so many.
func (p PlannedShift) Free() int { return max(0, p.Seats-len(p.People)) }

// PlanningWeek is a week of a cooperative, from Monday to Sunday in the
// Netherlands.
type PlanningWeek struct {
	Monday members.Day
	Shifts []PlannedShift // in the order of their start
}

// Days are the seven dates of the week.
func (w PlanningWeek) Days() (days [7]members.Day) {
	for i := range days {
		days[i] = w.Monday.AddDays(i)
	}
	return days
}

// Seats counts the seats of the week, and those that are still free.
func (w PlanningWeek) Seats() (all, free int) {
	for _, s := range w.Shifts {
		all, free = all+s.Seats, free+s.Free()
	}
	return all, free
}

// On are the shifts that begin on the date.
func (w PlanningWeek) On(day members.Day) (list []PlannedShift) {
	for _, s := range w.Shifts {
		if payments.DayOf(s.Starts) == day {
			list = append(list, s)
		}
	}
	return list
}

// mostPlanned is how many shifts a week of the board holds.
const mostPlanned = 1000

// Planning gives the week of this day: every shift of a gig that is open or
// paused, and every other on which somebody works. It returns
// members.ErrNotFound to everybody but a coordinator.
func (s *Service) Planning(ctx context.Context, by members.Actor, day members.Day) (w PlanningWeek, err error) {
	if by.Kind != members.RoleCoordinator || !day.Real() {
		return w, members.ErrNotFound
	}
	noon, err := Moment(day, 12*time.Hour)
	if err != nil {
		return w, err
	}
	from, until := weekOf(noon)
	w.Monday = payments.DayOf(from)
	w.Shifts, err = listPlanned(ctx, s.db, by.Cooperative, planned{from: from, until: until, most: mostPlanned})
	return w, err
}

// PlannedShift gives one shift. It returns members.ErrNotFound to everybody but
// a coordinator of its cooperative.
func (s *Service) PlannedShift(ctx context.Context, by members.Actor, shift ShiftID) (p PlannedShift, err error) {
	if by.Kind != members.RoleCoordinator {
		return p, members.ErrNotFound
	}
	list, err := listPlanned(ctx, s.db, by.Cooperative, planned{shift: shift, most: 1})
	if err == nil && len(list) == 0 {
		err = members.ErrNotFound
	}
	if err != nil {
		return p, err
	}
	return list[0], nil
}

// Load is how long each member works in a week, by what is agreed.
func (w PlanningWeek) Load() map[members.MemberID]time.Duration {
	load := map[members.MemberID]time.Duration{}
	for _, s := range w.Shifts {
		for _, p := range s.People {
			load[p.Member] += s.Worked()
		}
	}
	return load
}
