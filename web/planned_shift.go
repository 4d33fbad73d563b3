package web

import (
	"net/http"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// How many members the page of a shift proposes, and how many at the most.
const (
	mostFitting = 12
	allFitting  = 300
)

// plannedView is a shift with whom one can ask for it.
type plannedView struct {
	jobs.PlannedShift
	offers  matching.OfferCounts
	fitting []matching.Fitting
	warned  map[members.MemberID][]jobs.WorktimeCode // of who works
	all     bool                                     // all who fit are listed
}

func (v plannedView) most() int {
	if v.all {
		return allFitting
	}
	return mostFitting
}

// proposed are those whom the page shows; more reports that there are others.
func (v plannedView) proposed() (list []matching.Fitting, more bool) {
	return v.fitting[:min(v.most(), len(v.fitting))], len(v.fitting) > v.most()
}

func (v plannedView) members() (list []members.MemberID) {
	for _, p := range v.People {
		list = append(list, p.Member)
	}
	return list
}

// showPlannedShift handles GET /planning/:shift: who works, and who could.
func showPlannedShift(r *request) error {
	shift, err := r.pathShift()
	if err != nil {
		return err
	}
	return r.plannedPage(http.StatusOK, shift, r.emptyForm())
}

func (r *request) plannedPage(status int, shift jobs.ShiftID, f *form) (err error) {
	ctx := r.Request.Context()
	var v plannedView
	if v.PlannedShift, err = r.web.Jobs.PlannedShift(ctx, r.actor, shift); err != nil {
		return err
	}
	offers, err := r.web.Matching.OffersOf(ctx, r.actor, []jobs.ShiftID{shift})
	if err != nil {
		return err
	}
	v.offers = offers[shift]
	if v.warned, err = r.web.Matching.Warned(ctx, r.actor, v.Shift, v.members()...); err != nil {
		return err
	}
	if v.Free() > 0 {
		v.all = r.Query("all") == "yes"
		if v.fitting, err = r.web.Matching.Fitting(ctx, r.actor, shift, v.most()+1); err != nil {
			return err
		}
	}
	return r.page(status, v.Title, plannedBody(r, v, f))
}

func (r *request) plannedFacts(s jobs.PlannedShift) []ui.Fact {
	return []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.LongDate(s.Starts)}, {Icon: ui.IconClock, Text: r.words.Span(s.Starts, s.Ends)},
		{Icon: ui.IconPlace, Text: s.PlaceName}, {Icon: ui.IconClient, Text: s.ClientName},
	}
}

// warned says which rules of working time the shift would break for somebody.
func (r *request) warned(codes []jobs.WorktimeCode) (sentences []string) {
	for _, code := range codes {
		sentences = append(sentences, r.words.With("worktime.warned."+string(code), nil))
	}
	return sentences
}

// offerWords are the counts of a shift's offers, one line a state that has any.
func (r *request) offerWords(counts matching.OfferCounts) (lines []string) {
	for _, state := range matching.States() {
		if n := counts[state]; n > 0 {
			lines = append(lines, r.words.N("planning.offers."+string(state), n))
		}
	}
	return lines
}

// whyFits lists to the office why somebody fits.
func (r *request) whyFits(e matching.Explanation) []string {
	return r.says(e.Says(matching.ToOffice), r.saidToOffice)
}
