package web

import (
	"github.com/a-h/templ"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// How much of each kind stands on a client's first page; the rest is on a page of
// its own, or folded.
const (
	homeBills = 3
	homeGigs  = 4
	homeWorks = 4
)

// clientDay is what a client's first page shows: what waits for them comes first.
type clientDay struct {
	asked   []matching.AskedSeat
	approve approval
	owed    []payments.Bill
	forms   []coaching.Satisfaction
	drafts  []jobs.Unfinished
	coming  []jobs.Work // who comes to work
	rest    []jobs.Work // work that is over and waits for somebody else
	gigs    []standing
	people  int // who let themselves be seen
	after   afterWork
}

func (r *request) clientHome() (templ.Component, error) {
	if r.actor.ClientState != members.ClientApproved {
		err := r.clientWaits()
		return waitingHome(r, r.client), err
	}
	day, err := r.clientDay()
	return clientHomeBody(r, day), err
}

// clientGigs is the page of all gigs of a client.
func (r *request) clientGigs() (templ.Component, error) {
	if r.actor.ClientState != members.ClientApproved {
		return r.clientHome()
	}
	drafts, err := r.web.Jobs.Drafts(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	all, err := r.ownGigs()
	return clientGigsBody(r, drafts, all), err
}

func (r *request) ownGigs() ([]standing, error) {
	list, err := r.web.Jobs.ClientGigs(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	return r.standings(list)
}

func (r *request) clientDay() (d clientDay, err error) {
	ctx := r.Request.Context()
	if d.asked, err = r.web.Matching.AskedSeats(ctx, r.actor); err != nil {
		return d, err
	}
	if err = r.clientWork(&d); err != nil {
		return d, err
	}
	owed, err := r.web.Payments.Bills(ctx, r.actor)
	if err != nil {
		return d, err
	}
	d.owed = openBills(owed, homeBills)
	if d.forms, err = r.web.Coaching.OpenForms(ctx, r.actor); err != nil {
		return d, err
	}
	if d.drafts, err = r.web.Jobs.Drafts(ctx, r.actor); err != nil {
		return d, err
	}
	people, err := r.web.Coaching.People(ctx, r.actor)
	if err != nil {
		return d, err
	}
	d.people = len(people)
	if d.after, err = r.afterWork(); err != nil {
		return d, err
	}
	d.gigs, err = r.ownGigs()
	return d, err
}

// clientWork parts the work in what waits for the client, who comes, and the rest.
func (r *request) clientWork(d *clientDay) error {
	works, err := r.web.Jobs.Works(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	approve, rest := r.approvals(works)
	d.approve = approve
	for _, w := range rest {
		if r.workState(w) == "coming" && len(d.coming) < homeWorks {
			d.coming = append(d.coming, w)
		} else {
			d.rest = append(d.rest, w)
		}
	}
	return nil
}

// worksHeading is above who comes; or, where nobody does, above what is not done.
func (r *request) worksHeading(d clientDay) string {
	if len(d.coming) > 0 {
		return r.t("home.who")
	}
	return r.t("home.under_way")
}

// payHeading is above what a gig costs who runs it, and pays whom works.
func (r *request) payHeading() string {
	if r.runs() {
		return r.t("gig.costs")
	}
	return r.t("gig.pay")
}
