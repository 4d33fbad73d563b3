package jobs

import (
	"time"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

// Side is who called work off.
type Side string

// The sides. The office does it for the client.
const (
	ByMember Side = "member"
	ByClient Side = "client"
	ByOffice Side = "office"
)

func sideOf(by members.Actor) Side {
	switch by.Kind {
	case members.RoleMember:
		return ByMember
	case members.RoleClient:
		return ByClient
	default:
		return ByOffice
	}
}

// OffWhy is why a member calls off, where they say it. No rule or point reads it,
// and no client.
type OffWhy string

// OffIll is the only reason that has a word of its own; none is "".
const OffIll OffWhy = "ill"

// OffWhys lists them.
func OffWhys() []OffWhy { return []OffWhy{OffIll} }

// OffReason is what a member says when they call off: they need not say anything.
type OffReason struct {
	Why  OffWhy
	Text string // at most MostOffText characters
	Gone bool   // a text was given, and cannot be read any more
}

// MostOffText is how long the text of a member who calls off may be.
const MostOffText = 300

func (r OffReason) problems() check.Problems {
	var p check.Problems
	check.OneOf(&p, "why", r.Why, append(OffWhys(), "")...)
	p.Text("text", r.Text, 0, MostOffText)
	return p
}

// offColumn is what the text is bound to, beside the member's person.
func offColumn(e EngagementID) string { return "engagement.called_off_text@" + e.String() }

// Off is how work does not come, as both sides may know it: never why.
type Off struct {
	By      Side       // who called it off; empty: nobody
	At      *time.Time // since when
	PartPay bool       // late, by the client: part of the wage is paid
	Moved   *Moved     // the client gave the shift another time; nil: they did not
	Missed  *time.Time // when somebody said that the member did not come
	Denied  *time.Time // when the member said that they were there
	Upheld  *time.Time // when a coordinator looked at that, and left it as it was
	There   *time.Time // when a coordinator found that they were there
}

// Moved is when a shift is that took the place of this one.
type Moved struct{ Starts, Ends time.Time }

// Asks reports whether the member waits for a coordinator to look.
func (o Off) Asks() bool { return o.Missed != nil && o.Denied != nil && o.Upheld == nil }

// Called reports whether the work was called off, also where part of it is paid.
func (o Off) Called() bool { return o.At != nil }

// RefillLeft is how much of a shift must be left for somebody else to come.
const RefillLeft = time.Hour

// Refills reports whether there is time for somebody else to come.
func (s Shift) Refills(now time.Time) bool { return s.Ends.Sub(now) > RefillLeft }

// Late reports whether calling the shift off now is within the notice time, or
// after its beginning.
func (s Shift) Late(now time.Time, notice time.Duration) bool {
	return s.Starts.Sub(now) < notice || !s.Starts.After(now)
}

// Part is this share of the planned time, whole minutes: part of one counts as a
// whole one.
func (s Shift) Part(share members.BasisPoints) time.Duration {
	return time.Duration((int64(s.Worked()/time.Minute)*int64(share)+9999)/10_000) * time.Minute
}

// part is for how long the member is paid when the client calls the work off now.
// Work that has begun is stopped: then it is at least this, and what they worked is
// still to be said. Work that the cooperative does not pay has no part.
func (w Work) part(now time.Time) time.Duration {
	if PayerOf(w.Form) != CooperativePays || !w.Shift.Late(now, w.Terms.Notice) {
		return 0
	}
	part := w.Shift.Part(w.Terms.LateShare)
	if w.Begun(now) {
		part = max(part, w.Shift.until(now))
	}
	return part
}

// Cost is what calling one member's work off costs now.
type Cost struct {
	Work
	Part  time.Duration // that is paid; 0: nothing
	Price Price
}

// Costs is what calling off costs now, for each member who would have come.
type Costs []Cost

// Price is all of it together.
func (c Costs) Price() (sum Price) {
	for _, one := range c {
		sum = sum.Plus(one.Price)
	}
	return sum
}

func costsOf(list []Work, now time.Time) (costs Costs) {
	for _, w := range list {
		part := w.part(now)
		costs = append(costs, Cost{Work: w, Part: part, Price: w.Terms.price(w.Rate.ForTime(part))})
	}
	return costs
}

// noMoreThan refuses what costs more than what was shown.
func (c Costs) noMoreThan(seen payments.Cents) error {
	if c.Price().Total() > seen {
		return ErrCostMoved
	}
	return nil
}
