package web

import (
	"net/http"

	"github.com/a-h/templ"

	"meent/members"
)

// home handles GET /home: the first page of each of the four people.
func home(r *request) error {
	body, err := r.homeBody()
	if err != nil {
		return err
	}
	if r.actor.Restricted() {
		body = restrictedHome(r, body)
	}
	return r.page(http.StatusOK, r.t("nav.home"), body)
}

func (r *request) homeBody() (templ.Component, error) {
	switch r.actor.Kind {
	case members.RoleMember:
		return r.memberHome()
	case members.RoleClient:
		return r.clientHome()
	case members.RoleCoach:
		return r.coachHome()
	case members.RoleCoordinator:
		return r.coordinatorHome()
	default:
		return noRoleHome(r), nil
	}
}

func (r *request) memberHome() (templ.Component, error) {
	day, err := r.memberDay()
	return memberHomeBody(r, day), err
}

// homeCases is how many members stand on a coach's first page, the strongest
// signal on top.
const homeCases = 8

func (r *request) coachHome() (templ.Component, error) {
	waiting, err := r.web.Coaching.Waiting(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	unsafe, err := r.web.Coaching.OpenReports(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	whys, err := r.web.Matching.WaitingReviews(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	list, err := r.web.Coaching.Caseload(r.Request.Context(), r.actor)
	if err != nil {
		return nil, err
	}
	err = r.aheadOfCases(list)
	return coachHomeBody(r, unsafe, waiting, whys, list), err
}

// mostAsked is how many questions a coordinator sees at once, what ends first on
// top; the page of a gig shows all of its own.
const mostAsked = 6

// homeSeats is how many gigs with free seats the first page shows.
const homeSeats = 8

func (r *request) coordinatorHome() (templ.Component, error) {
	ctx := r.Request.Context()
	counts, err := r.web.Jobs.Counts(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	people, err := r.web.Members.Counts(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	whys, err := r.web.Matching.WaitingReviews(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	dead, err := r.web.Tasks.CountDead(ctx, r.actor.Cooperative)
	if err != nil {
		return nil, err
	}
	asked, err := r.web.Matching.AskedSeats(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	money, err := r.web.Payments.Waiting(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	questions, err := r.web.Coaching.Waiting(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	unsafe, err := r.web.Coaching.OpenReports(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	drafts, err := r.web.Jobs.Drafts(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	seats, free, err := r.web.Jobs.OpenSeats(ctx, r.actor, homeSeats)
	if err != nil {
		return nil, err
	}
	company, err := r.web.Jobs.CompanyToFind(ctx, r.actor)
	if err != nil {
		return nil, err
	}
	absences, err := r.waitingAbsences()
	if err != nil {
		return nil, err
	}
	needs, err := r.moneyNeeds()
	if err != nil {
		return nil, err
	}
	disputed, err := r.waitingDisputes()
	return coordinatorHomeBody(r, counts, needs, free, people, whys, dead, money, unsafe, questions, asked[:min(mostAsked, len(asked))], seats, drafts, disputed, absences, company), err
}
