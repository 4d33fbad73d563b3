package engine

import "math/bits"

// Rule is a hard rule: its place in Rules. No number is stored anywhere.
type Rule uint8

// The rules, in the order of matching.Rules, which says of each what it asks.
const (
	WorksRule Rule = iota
	SkillRule
	ReachRule
	FreeRule
	WeekRule
	SeatRule
	CalmRule
	MayRule
	BlockRule
	RefusedRule
	CertificateRule
	StepRule
	TrialRule
	RestRule
	HoursDayRule
	HoursWeekRule
	RailDayRule
	RailWeekRule
	RailNightRule
	RailAloneRule
	RailKindRule
	RailReachRule
	RailFirstRule
	PhysicalRule    // the body can bear it
	SensoryRule     // the senses can
	MentalRule      // the head can
	SupportRule     // somebody helps, for who needs that
	AbilityRule     // the work is what the member's work must be like
	DutchRule       // the member speaks as much Dutch as is asked
	RoomRule        // what it pays fits in what the member wants to earn that month
	HoursWantedRule // with what is agreed it is not more, that week, than the member wants
	RestDaysRule    // there are as many days without work around it as the member wants
	rules           // how many there are
)

// Rules is a set of rules: those that do not hold.
type Rules uint64

// With adds one.
func (s Rules) With(r Rule) Rules { return s | 1<<r }

// Len counts them. Exactly one that does not hold is a near miss.
func (s Rules) Len() int { return bits.OnesCount64(uint64(s)) }

// List gives them in their order.
func (s Rules) List() (list []Rule) {
	for left := uint64(s); left != 0; left &= left - 1 {
		list = append(list, Rule(bits.TrailingZeros64(left)))
	}
	return list
}
