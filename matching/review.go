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
	Offer OfferID // that it is about; zero: there was none
	Rules []Rule  // that kept them from it when they asked; for others only those that they may read
	Shows bool    // the member lets who looks read all but whom they keep away
	Words string  // for the member and who looks
	members.ReviewTime
	Looker  members.RoleID
	Looks   string // their name
	Able    bool   // they can look now: they did not leave, nor decide themselves since, and a coach may read
	Alone   bool   // they decided themselves: there was nobody else
	Takes   bool   // who reads it may take it over from them; only in Service.Review
	Answers bool   // who reads it may answer; only in Service.Review
	Outcome Outcome
	Answer  string
	Gone    bool // of the words and the answer, what is empty cannot be read any more

	words, answer []byte
}

// Free reports whether a coordinator may take the review over from who looks.
func (r Review) Free(now time.Time) bool { return r.Open() && (!r.Able || r.Late(now)) }

// mayTake is nil where the acting coordinator may take the review over: who decided what
// it is about only while no other can look.
func (r Review) mayTake(by members.Actor, decided bool, others int, now time.Time) error {
	switch {
	case r.Person == by.Person:
		return members.ErrOneself
	case !r.Free(now) || r.Looker == by.Role:
		return ErrDecided
	case decided && others > 0:
		return members.ErrOwnDecision
	}
	return nil
}

// mayAnswer is nil where the actor, who may read the review, may answer it: who looks. Who
// decided since what it is about does so only while no other can look.
func (r *Review) mayAnswer(by members.Actor, decided bool, others int) error {
	switch {
	case !r.Open() || r.Looker != by.Role:
		return ErrDecided
	case decided && !r.Alone && others > 0:
		return members.ErrOwnDecision
	}
	return nil
}

// officeReads are the rules that tell nothing but what the office knows already.
func officeReads() []Rule {
	return slices.Concat([]Rule{WorksRule, SeatRule, FreeRule, CalmRule, MayRule, RefusedRule, TrialRule}, worktimeRules())
}

// hide takes out what the reader, who is not the member, may not read. The rules that are
// not of the office are for who looks, with the member's leave; whom the member keeps
// away is for nobody. How many there were is not told: it would say which.
func (r *Review) hide(from members.RoleID) {
	looks := from == r.Looker
	r.Rules = slices.DeleteFunc(slices.Clone(r.Rules), func(rule Rule) bool {
		return rule == BlockRule || !(looks && r.Shows) && !slices.Contains(officeReads(), rule)
	})
	if !looks {
		r.words = nil
	}
}

// mended reports whether a rule that kept the member away does not any more.
func mended(was, is []Rule) bool {
	return slices.ContainsFunc(was, func(rule Rule) bool { return rule != SeatRule && !slices.Contains(is, rule) })
}
