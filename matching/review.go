package matching

import (
	"slices"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// ReviewID identifies a review.
type ReviewID = id.Of[Review]

// Outcome is what a second look found.
type Outcome string

// The outcomes. What is not Stands is a correction.
const (
	Stands  Outcome = "stands"
	Offered Outcome = "offered" // a person chose the member for the shift
	Mended  Outcome = "mended"  // what was known of the member was wrong, and is not any more
)

// Outcomes lists them.
func Outcomes() []Outcome { return []Outcome{Stands, Offered, Mended} }

// MostReviewWords is how many characters a member's own words may have.
const MostReviewWords = 1000

// Review is a person's second look at why a member was asked for a shift, or not.
type Review struct {
	ID          ReviewID
	Cooperative id.Cooperative
	Member      members.MemberID
	Person      members.PersonID // of the member
	Name        string           // of the member
	jobs.Seat
	Offer  OfferID // that it is about; zero: there was none
	Rules  []Rule  // that kept them from it when they asked; for others only as many as they may read
	Hidden int     // how many of the rules the actor may not read
	Shows  bool    // the member lets who looks read all but whom they keep away
	Words  string
	members.ReviewTime
	Looker  members.RoleID
	Looks   string // their name
	Left    bool   // they left since
	Alone   bool   // they decided themselves: there was nobody else
	Outcome Outcome
	Answer  string
	Gone    bool // of the words and the answer, what is empty cannot be read any more

	words, answer []byte
}

// Free reports whether a coordinator may take the review over from who looks.
func (r Review) Free(now time.Time) bool { return r.Open() && (r.Left || r.Late(now)) }

// officeReads are the rules that tell nothing but what the office knows already.
func officeReads() []Rule {
	return slices.Concat([]Rule{WorksRule, SeatRule, FreeRule, CalmRule, MayRule, RefusedRule, TrialRule}, worktimeRules())
}

// hide takes out the rules that who looks may not read: without the member's leave
// all but those of the office, and whom the member keeps away in any case.
func (r *Review) hide() {
	all := len(r.Rules)
	r.Rules = slices.DeleteFunc(slices.Clone(r.Rules), func(rule Rule) bool {
		return rule == BlockRule || !r.Shows && !slices.Contains(officeReads(), rule)
	})
	r.Hidden = all - len(r.Rules)
}

// mended reports whether a rule that kept the member away does not any more.
func mended(was, is []Rule) bool {
	return slices.ContainsFunc(was, func(rule Rule) bool { return rule != SeatRule && !slices.Contains(is, rule) })
}
