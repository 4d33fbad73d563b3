package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// standIns is what a coach sees of who stands in for whom.
type standIns struct {
	list       []coaching.StandIn // not over
	own        []coaching.Follow  // of the coach's own caseload
	colleagues []coaching.Coach
}

// showStandIns handles GET /stand-ins: who helps my members while I am away, and
// for whom I stand in.
func showStandIns(r *request) error {
	f := r.emptyForm()
	f.set("whom", "all")
	return r.standInPage(http.StatusOK, f)
}

// nameStandIn handles POST /stand-ins.
func nameStandIn(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := coaching.NewStandIn{All: f.text("whom") == "all"}
	n.Colleague, _ = id.Parse[members.Role](f.text("colleague")) // nobody is refused by the domain
	n.From, _ = f.day("from")
	n.Until, _ = f.day("until")
	for _, text := range f.values["members"] {
		member, err := id.Parse[members.Member](text)
		if err != nil {
			return err
		}
		n.Members = append(n.Members, member)
	}
	if err := f.wrong(r.web.Coaching.NameStandIn(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if f.bad() {
		return r.standInPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("standin.named")
	return r.to("/stand-ins")
}

// endStandIn handles POST /stand-ins/:standin/end.
func endStandIn(r *request) error {
	stand, err := id.Parse[coaching.StandIn](r.Param("standin"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.EndStandIn(r.Request.Context(), r.actor, stand); err != nil {
		return err
	}
	r.flash("standin.ended")
	if r.actor.Kind == members.RoleCoordinator {
		return r.to("/caseloads")
	}
	return r.to("/stand-ins")
}

func (r *request) standInPage(status int, f *form) (err error) {
	ctx := r.Request.Context()
	var s standIns
	if s.list, err = r.web.Coaching.StandIns(ctx, r.actor); err != nil {
		return err
	}
	if s.own, err = r.web.Coaching.Follows(ctx, r.actor); err != nil {
		return err
	}
	s.own = slices.DeleteFunc(s.own, coaching.Follow.StandsIn)
	if s.colleagues, err = r.web.Coaching.Colleagues(ctx, r.actor); err != nil {
		return err
	}
	return r.page(status, r.t("standin.title"), standInBody(r, s, f))
}

// standInWhen says from which day until which.
func (r *request) standInWhen(from, until members.Day) string {
	return r.t("standin.when", "From", r.words.DayOf(from), "Until", r.words.DayOf(until))
}

func (r *request) ownChoices(s standIns, f *form) (choices []ui.Choice) {
	for _, m := range s.own {
		choices = append(choices, ui.Choice{Value: m.Member.String(), Text: m.Name, Chosen: slices.Contains(f.values["members"], m.Member.String())})
	}
	return choices
}

func (r *request) whomChoices() []ui.Choice {
	return []ui.Choice{{Value: "all", Text: r.t("standin.all")}, {Value: "some", Text: r.t("standin.some")}}
}
