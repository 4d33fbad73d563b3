package matching

import (
	"slices"
	"time"

	"meent/members"
)

// Wishes is what a member told of what they can bear, need and want. What is zero
// they did not tell, and does not limit. Nothing of it is ever for a client.
type Wishes struct {
	Bears    members.Load
	Support  members.Support
	Musts    []string // codes of what the work must be like
	Goals    []string // codes of skills that they want to learn
	Dutch    members.LanguageLevel
	Most     time.Duration // of work in a week, without breaks
	Wanted   time.Duration // of work in a week
	RestDays int           // between two days of work
	Room     int           // cents a month that they want to earn at the most
	HasRoom  bool          // they told that

	MonthPay int           // cents, of other work that begins in the month of the shift
	WeekLong time.Duration // work that begins in the week of the shift, with it, without breaks
	NoRest   bool          // other work is on a day too near
}

// wishRules are those that come of it.
func wishRules() []Rule {
	return []Rule{PhysicalRule, SensoryRule, MentalRule, SupportRule, AbilityRule, DutchRule, RoomRule, HoursWantedRule, RestDaysRule}
}

// askable reports a rule about what a member told of themselves that they can set
// aside for one piece of work: who asks for it, or says yes to it, says by that that
// they can do it. Who needs help at work, or may not earn more, cannot wish that away.
func (r Rule) askable() bool {
	return r == WeekRule || r != SupportRule && r != RoomRule && slices.Contains(wishRules(), r)
}

func (r Rule) wishHolds(c Candidate, w Work) bool {
	switch r {
	case PhysicalRule:
		return bears(c.Bears.Physical, w.Loads.Physical)
	case SensoryRule:
		return bears(c.Bears.Sensory, w.Loads.Sensory)
	case MentalRule:
		return bears(c.Bears.Mental, w.Loads.Mental)
	case SupportRule:
		return c.supported(w)
	case AbilityRule:
		return !slices.ContainsFunc(c.Musts, func(code string) bool { return !slices.Contains(w.Abilities, code) })
	case DutchRule:
		return c.Dutch == "" || w.Dutch == "" || spoken(c.Dutch) >= spoken(w.Dutch)
	case RoomRule: // work that pays nothing always fits
		return !c.HasRoom || w.Pay == 0 || c.MonthPay+w.Pay <= c.Room
	case HoursWantedRule:
		return c.Most == 0 || c.WeekLong <= c.Most
	case RestDaysRule:
		return !c.NoRest
	default:
		return false
	}
}

// bears: who told nothing, and work that asks nothing, are no limit.
func bears(most, load int) bool { return most == 0 || load == 0 || most >= load }

// supported reports whether the member has the help that they need: always, or only
// until they know the place.
func (c Candidate) supported(w Work) bool {
	switch c.Support {
	case members.AlwaysSupport:
		return w.Support
	case members.StartSupport:
		return w.Support || c.Rails.Been || c.Rails.PassedOn
	default:
		return true
	}
}

func spoken(l members.LanguageLevel) int { return slices.Index(members.LanguageLevels(), l) }

// weigh holds the work against what the member wants of a month, a week and the days
// between, beside all that is agreed.
func (c *Candidate) weigh(w Work, booked []booking) {
	day := dayOf(w.Starts)
	c.WeekLong = w.Ends.Sub(w.Starts) - w.Break
	for _, b := range booked {
		if b.shift == w.Shift {
			continue
		}
		at := dayOf(b.starts)
		if at.month == day.month {
			c.MonthPay += b.pay
		}
		if at.week == day.week {
			c.WeekLong += b.ends.Sub(b.starts) - b.pause
		}
		if away := max(at.number-day.number, day.number-at.number); away > 0 && away <= c.RestDays {
			c.NoRest = true
		}
	}
}

// calendarDay is a day in Amsterdam, in numbers that can be compared.
type calendarDay struct{ number, week, month int }

func dayOf(at time.Time) calendarDay {
	year, month, day := at.In(members.Amsterdam()).Date()
	number := int(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / (24 * 60 * 60))
	const monday = 4 // the fifth day since 1970-01-01, a Thursday
	return calendarDay{number: number, week: (number - monday + 7) / 7, month: 12*year + int(month)}
}
