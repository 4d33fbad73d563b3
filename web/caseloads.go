package web

import (
	"net/http"
	"slices"
	"strconv"

	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// showCaseloads handles GET /caseloads: the coaches in figures, with who has no
// coach and who stands in for whom; ?sort= says by what.
func showCaseloads(r *request) error {
	ctx := r.Request.Context()
	order := coaching.TeamOrder(r.Query("sort"))
	if !slices.Contains(coaching.TeamOrders(), order) {
		order = coaching.TeamByName
	}
	team, err := r.web.Coaching.Team(ctx, r.actor, order)
	if err != nil {
		return err
	}
	stands, err := r.web.Coaching.StandIns(ctx, r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("caseloads.title"), caseloadsBody(r, team, stands, r.teamTable(team), r.teamOrders(order)))
}

func (r *request) teamTable(team coaching.Team) ui.Table {
	t := ui.Table{Caption: r.words.N("caseloads.count", len(team.Coaches)), Heads: []ui.Head{
		{Text: r.t("members.coach")}, {Text: r.t("caseloads.members")}, {Text: r.t("caseloads.stands_in"), Number: true},
		{Text: r.t("caseloads.silent"), Number: true}, {Text: r.t("caseloads.longest"), Number: true}, {Text: r.t("caseloads.client"), Number: true},
		{Text: r.t("caseloads.paid"), Number: true},
	}}
	for _, c := range team.Coaches {
		t.Rows = append(t.Rows, append([]string{c.Name, r.caseloadSize(c), strconv.Itoa(c.StandsIn)}, r.teamFigures(c)...))
		t.Paths = append(t.Paths, "/members?coach="+c.Role.String())
	}
	return t
}

func (r *request) caseloadSize(c coaching.TeamCoach) string {
	if c.Large() {
		return r.t("caseloads.large", "Count", c.Members, "Most", coaching.MostCaseload)
	}
	return strconv.Itoa(c.Members)
}

// teamFigures are those about members, or that there are too few of them.
func (r *request) teamFigures(c coaching.TeamCoach) []string {
	few := r.t("caseloads.too_few")
	if !c.Shown {
		return []string{few, few, few, few}
	}
	client := r.t("caseloads.unknown")
	if c.ClientKnown {
		client = strconv.Itoa(c.ClientDays)
	}
	return []string{strconv.Itoa(c.Silent), strconv.Itoa(c.Longest), client, r.words.Percent(members.BasisPoints(100 * c.PaidPercent()))}
}

func (r *request) teamOrders(now coaching.TeamOrder) (links []ui.Link) {
	for _, order := range coaching.TeamOrders() {
		links = append(links, ui.Link{Text: r.words.With("caseloads.by."+string(order), nil), Path: "/caseloads?sort=" + string(order), Current: order == now})
	}
	return links
}
