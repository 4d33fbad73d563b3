package web

import (
	"time"

	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// seeAhead reads what is known of work to come of which the coach may read: facts
// and signals without a live grant are not among what is given.
func (r *request) seeAhead(of []members.MemberID, starts []time.Time) (err error) {
	r.ahead, err = r.web.Jobs.AheadOf(r.Request.Context(), r.actor.Cooperative, of, starts)
	return err
}

// aheadOfCases is of each first shift at a client on the list.
func (r *request) aheadOfCases(list []coaching.Case) error {
	var of []members.MemberID
	var starts []time.Time
	for _, one := range list {
		for _, s := range one.Signals {
			if s.Kind == coaching.FirstPlace {
				of, starts = append(of, one.Member), append(starts, s.At)
			}
		}
	}
	return r.seeAhead(of, starts)
}

// aheadOfFacts is of the work to come on a member's page.
func (r *request) aheadOfFacts(facts []coaching.Fact) error {
	var starts []time.Time
	for _, f := range facts {
		if f.Kind == coaching.Shift {
			starts = append(starts, f.At)
		}
	}
	return r.seeAhead([]members.MemberID{r.member.Member}, starts)
}

// aheadWords say it in sentences, none where there is nothing to say.
func (r *request) aheadWords(of members.MemberID, starts time.Time) (list []string) {
	for _, a := range r.ahead {
		if a.Member != of || !a.Starts.Equal(starts) {
			continue
		}
		if a.Company {
			list = append(list, r.t("ahead.company"))
		}
		if word := r.readWord(a); word != "" {
			list = append(list, word)
		}
	}
	return list
}

func (r *request) readWord(a jobs.WorkAhead) string {
	switch {
	case !a.ToRead:
		return ""
	case a.Read:
		return r.t("ahead.read")
	default:
		return r.t("ahead.not_read")
	}
}

// firstAhead is about the first shift among somebody's signals.
func (r *request) firstAhead(one coaching.Case) []string {
	for _, s := range one.Signals {
		if s.Kind == coaching.FirstPlace {
			return r.aheadWords(one.Member, s.At)
		}
	}
	return nil
}
