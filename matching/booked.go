package matching

import (
	"cmp"
	"slices"
	"time"

	"meent/jobs"
)

// booking is work of a member that is agreed.
type booking struct {
	shift jobs.ShiftID
	span
	pause time.Duration
	pay   int // cents
}

// around are those of the bookings, which are in order, that begin near the work.
// None that touches it, its day or its week is further: no work takes longer than
// twelve hours.
func around(booked []booking, w Work) []booking {
	from, until := w.Starts.Add(-jobs.WorktimeReach), w.Starts.Add(jobs.WorktimeReach)
	first, _ := slices.BinarySearchFunc(booked, from, func(b booking, at time.Time) int { return b.starts.Compare(at) })
	near := booked[first:]
	if end := slices.IndexFunc(near, func(b booking) bool { return b.starts.After(until) }); end >= 0 {
		near = near[:end]
	}
	return near
}

// touches reports whether the two are at the same time.
func (b booking) touches(w Work) bool { return b.starts.Before(w.Ends) && w.Starts.Before(b.ends) }

// book holds the work against what is agreed already.
func (c *Candidate) book(w Work, near []booking, rules []jobs.WorktimeRule) {
	stints, others := make([]jobs.Stint, 0, len(near)), make([]span, 0, len(near))
	for _, b := range near {
		c.Busy = c.Busy || b.touches(w)
		if b.shift == w.Shift {
			continue
		}
		others = append(others, b.span)
		if !b.touches(w) {
			stints = append(stints, jobs.Stint{Starts: b.starts, Ends: b.ends, Break: b.pause})
		}
	}
	c.TooMuch, c.Warned = tooMuch(w, stints, rules)
	if c.Rails.DayMinutes > 0 || c.Rails.WeekMinutes > 0 {
		c.Rails.DayWork = fullest(daysOf(w.Starts, w.Ends), span{w.Starts, w.Ends}, others)
		c.Rails.WeekWork = fullest(weeksOf(w.Starts, w.Ends), span{w.Starts, w.Ends}, others)
	}
}

// tooMuch lists the rules of working time that the work breaks, beside other work:
// those that block, and those that warn.
func tooMuch(w Work, others []jobs.Stint, rules []jobs.WorktimeRule) (blocks, warns []jobs.WorktimeCode) {
	one := jobs.Stint{Starts: w.Starts, Ends: w.Ends, Break: w.Break}
	for _, rule := range rules {
		if !rule.Breaks(one, others) {
			continue
		}
		if rule.Effect == jobs.WorktimeBlocks {
			blocks = append(blocks, rule.Code)
		} else {
			warns = append(warns, rule.Code)
		}
	}
	return blocks, warns
}

func inOrder(booked []booking) {
	slices.SortFunc(booked, func(a, b booking) int {
		return cmp.Or(a.starts.Compare(b.starts), slices.Compare(a.shift[:], b.shift[:]))
	})
}
