package web

import (
	"net/http"
	"slices"
	"strconv"

	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// membersList handles GET /members; ?state= shows those in one state.
func membersList(r *request) error {
	in := members.Membership(r.Query("state"))
	if !slices.Contains(members.Memberships(), in) {
		in = ""
	}
	list, err := r.web.Members.Members(r.Request.Context(), r.actor, in)
	if err != nil {
		return err
	}
	coaches, err := r.web.Coaching.Coaches(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	list = r.ofCoach(list, coaches)
	return r.page(http.StatusOK, r.t("nav.members"), membersBody(r, r.memberTable(list, coaches), r.memberFilters(in)))
}

// ofCoach keeps those of the coach in ?coach=, or those without one.
func (r *request) ofCoach(list []members.Member, coaches map[members.MemberID]coaching.Coach) []members.Member {
	of := r.Query("coach")
	if of == "" {
		return list
	}
	return slices.DeleteFunc(list, func(m members.Member) bool {
		role := coaches[m.ID].Role.String()
		return role != of && (role != "" || of != "none")
	})
}

func (r *request) memberTable(list []members.Member, coaches map[members.MemberID]coaching.Coach) ui.Table {
	t := ui.Table{Caption: r.words.N("members.count", len(list)), Heads: []ui.Head{
		{Text: r.t("members.name")}, {Text: r.t("members.state")}, {Text: r.t("members.coach")}, {Text: r.t("gig.place")},
		{Text: r.t("members.skills"), Number: true},
	}}
	for _, m := range list {
		coach := coaches[m.ID].Name
		if coach == "" {
			coach = r.t("members.no_coach")
		}
		t.Rows = append(t.Rows, []string{m.Name, r.memberState(m), coach, m.PlaceName, strconv.Itoa(m.Skills)})
		t.Paths = append(t.Paths, "/members/"+m.ID.String())
	}
	return t
}

// memberState is the state of a membership, and of a trial how long it lasts.
func (r *request) memberState(m members.Member) string {
	word := r.membershipWord(m.Membership)
	if m.Membership != members.OnTrial {
		return word
	}
	return r.t("members.trial_until", "State", word, "Day", r.words.DayOf(m.TrialUntil))
}

func (r *request) membershipWord(m members.Membership) string {
	return r.words.With("membership.state."+string(m), nil)
}

func (r *request) memberFilters(in members.Membership) []ui.Link {
	links := []ui.Link{{Text: r.t("members.all"), Path: "/members", Current: in == ""}}
	for _, state := range members.Memberships() {
		links = append(links, ui.Link{Text: r.membershipWord(state), Path: "/members?state=" + string(state), Current: in == state})
	}
	return links
}
