package matching

import "slices"

// Rule is something that must hold before a member is asked.
type Rule string

// The rules.
const (
	WorksRule Rule = "works"   // the member is on trial or a member, not expected or gone
	SkillRule Rule = "skill"   // the member can do all that is required, or some of what is asked
	ReachRule Rule = "reach"   // it is not further than the member wants to go
	FreeRule  Rule = "free"    // the member does not work at that time
	WeekRule  Rule = "week"    // it is when the member says they can work; who says nothing is not limited
	SeatRule  Rule = "seat"    // there is a seat for who can do the work, or who learns it, and the shift has not begun
	CalmRule  Rule = "calm"    // not too many offers wait for the member's answer
	MayRule   Rule = "may"     // no coordinator restricted the member
	BlockRule Rule = "blocked" // the member wants to work for this client; only the member ever reads this rule

	// Of working time, where the cooperative lets these rules block.
	RestRule      Rule = "rest"       // there is rest enough before and after
	HoursDayRule  Rule = "hours_day"  // between two rests it is not too much work, with what is agreed already
	HoursWeekRule Rule = "hours_week" // nor in that week
	// Of what a gig asks. What of it a member lacks is never shown to a client.
	CertificateRule Rule = "certificate" // the member has a VOG, where one is needed
	StepRule        Rule = "step"        // the work is not above the member's step of the ladder of work
	TrialRule       Rule = "trial"       // the member was not on trial at this client before
	// RefusedRule: the client wants to work with the member; for a while they may
	// not, with a reason that the member reads and can have looked at again.
	RefusedRule Rule = "refused_by_client"

	// Of guard rails that member and coach agreed: only these two ever read them.
	RailDayRule   Rule = "rail_day"   // the work of the day is not longer, with what is agreed already
	RailWeekRule  Rule = "rail_week"  // nor that of the week
	RailNightRule Rule = "rail_night" // it is not between 23.00 and 6.00
	RailAloneRule Rule = "rail_alone" // others work there too
	RailKindRule  Rule = "rail_kind"  // it is a kind of work that was agreed
	RailReachRule Rule = "rail_reach" // it is not further than was agreed
	RailFirstRule Rule = "rail_first" // somebody helps, or the member knows the place

	// Of what a member told of themselves; who told nothing is not limited. These are
	// about health, help and money: no client ever reads one of them.
	PhysicalRule    Rule = "physical"     // their body can bear it
	SensoryRule     Rule = "sensory"      // their senses can
	MentalRule      Rule = "mental"       // their head can
	SupportRule     Rule = "support"      // somebody helps, for who needs that always, or at the start
	AbilityRule     Rule = "ability"      // the work is what it must be like for them
	DutchRule       Rule = "dutch"        // they speak as much Dutch as is asked
	RoomRule        Rule = "room"         // it pays no more than they want to earn that month, with what is agreed
	HoursWantedRule Rule = "hours_wanted" // it is no more work in that week than they want, with what is agreed
	RestDaysRule    Rule = "rest_days"    // as many days without work lie around it as they want
)

// RuleGroup is rules that are about the same.
type RuleGroup struct {
	Name  string
	Rules []Rule
}

// RuleGroups is the one table of the rules: what is judged, and what is published.
func RuleGroups() []RuleGroup {
	own := []Rule{WorksRule, SkillRule, ReachRule, FreeRule, WeekRule, SeatRule, CalmRule, MayRule, BlockRule, RefusedRule}
	return []RuleGroup{{"own", own}, {"demand", demandRules()}, {"worktime", worktimeRules()}, {"rail", railRules()}, {"wish", wishRules()}}
}

// Rules lists them.
func Rules() (rules []Rule) {
	for _, group := range RuleGroups() {
		rules = append(rules, group.Rules...)
	}
	return rules
}

// mostWaiting is how many offers may wait for one member's answer, unless they
// want fewer. Only open ones count: an answer, whatever it is, makes room.
const mostWaiting = 3

// personal lists the rules that a member must still meet when a seat is given.
// When they can work is not among them: whoever asked or said yes has told that
// about this very time. Every guard rail is: other work may have been agreed
// meanwhile, or another rail, and what was agreed holds until somebody ends it. Of
// what they told of themselves only what they cannot wish away is: that somebody
// helps, and how much they want to earn in a month, of which other work may have
// taken its part meanwhile.
func personal() []Rule {
	own := []Rule{WorksRule, SkillRule, ReachRule, FreeRule, MayRule, BlockRule, RefusedRule, SupportRule, RoomRule}
	return slices.Concat(own, demandRules(), worktimeRules(), railRules())
}

// failed lists the rules that do not hold.
func failed(c Candidate, w Work) (rules []Rule) {
	for _, rule := range Rules() {
		if !rule.holds(c, w) {
			rules = append(rules, rule)
		}
	}
	return rules
}

func (r Rule) holds(c Candidate, w Work) bool {
	switch r {
	case WorksRule:
		return c.Works
	case SkillRule:
		return c.canDo(w)
	case ReachRule:
		return c.metres(w) <= c.Reach
	case FreeRule:
		return !c.Busy
	case WeekRule:
		return !c.Away
	case SeatRule:
		return w.Open && w.hasSeatFor(c)
	case CalmRule:
		return c.Waiting < mostWaiting && (c.Pace == 0 || c.Waiting < c.Pace)
	case MayRule:
		return !c.Restricted
	case BlockRule:
		return !c.Blocked
	case RestRule, HoursDayRule, HoursWeekRule:
		return r.worktimeHolds(c)
	case RefusedRule:
		return !c.Refused
	default:
		return r.demandHolds(c, w)
	}
}
