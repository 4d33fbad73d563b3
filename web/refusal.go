package web

import (
	"net/http"
	"strings"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// cutField gives what stands behind the beginning of a field's name.
func cutField(name, begins string) (rest string, is bool) { return strings.CutPrefix(name, begins) }

// showRefuse handles GET /engagements/:engagement/refuse: what it means, and its
// form.
func showRefuse(r *request) error {
	f := r.emptyForm()
	f.setDay("until", members.DayOf(r.web.Now()).AddMonths(members.RefusalMonths/2))
	return r.page(http.StatusOK, r.t("refusal.title"), refuseBody(r, f))
}

// refuseMember handles POST /engagements/:engagement/refuse.
func refuseMember(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	until, _ := f.day("until")
	n := members.NewClientRefusal{Code: members.RefusalCode(f.text("code")), Why: f.lines("why"), Until: until}
	if !f.bad() {
		if err := f.wrong(r.web.Jobs.RefuseMember(r.Request.Context(), r.actor, r.work.ID, n)); err != nil {
			return err
		}
	}
	if f.bad() {
		return r.page(http.StatusUnprocessableEntity, r.t("refusal.title"), refuseBody(r, f))
	}
	r.flash("refusal.done")
	return r.to("/refusals")
}

// refusals handles GET /refusals: to a member which clients would rather have
// somebody else and why, to a client and the office what holds.
func refusals(r *request) error {
	list, err := r.web.Members.ClientRefusals(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.refusalsTitle(), refusalsBody(r, list))
}

func (r *request) refusalsTitle() string {
	return r.words.With("refusal.list."+string(r.actor.Kind), nil)
}

// takeBackRefusal handles POST /refusals/:refusal/back.
func takeBackRefusal(r *request) error {
	refusal, err := id.Parse[members.ClientRefusal](r.Param("refusal"))
	if err != nil {
		return err
	}
	if err := r.web.Members.TakeBackRefusal(r.Request.Context(), r.actor, refusal); err != nil {
		return err
	}
	r.flash("refusal.back")
	return r.to("/refusals")
}

// caseloadRefusals handles GET /caseload/:member/refusals.
func caseloadRefusals(r *request) error {
	list, err := r.web.Members.ClientRefusalsOf(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("refusal.of", "Name", r.member.Name), caseloadRefusalsBody(r, list))
}

func (r *request) refusalCodes() (choices []ui.Choice) {
	for _, code := range members.RefusalCodes() {
		choices = append(choices, ui.Choice{Value: string(code), Text: r.refusalCode(code)})
	}
	return choices
}

func (r *request) refusalCode(code members.RefusalCode) string {
	return r.words.With("refusal.code."+string(code), nil)
}

// refusalState is how it stands, in a few words.
func (r *request) refusalState(one members.ClientRefusal) string {
	switch {
	case !one.Ended.IsZero():
		return r.words.With("refusal.ended."+string(one.How), map[string]any{"Day": r.words.LongDate(one.Ended)})
	case !one.Holds(members.DayOf(r.web.Now())):
		return r.t("refusal.over", "Day", r.words.DayOf(one.Until))
	default:
		return r.t("refusal.until", "Day", r.words.DayOf(one.Until))
	}
}
