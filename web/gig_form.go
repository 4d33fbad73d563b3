package web

import (
	"errors"
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// fillForm shows the work form of the gig.
func (g *gigForm) fillForm() { g.set("form", string(g.gig.Form)) }

// workFormChoices are those that the cooperative uses, and the one that the gig
// has, which may be off by now.
func (r *request) workFormChoices(s members.Settings) (choices []ui.Choice) {
	for _, form := range members.WorkForms() {
		if s.Uses(form) {
			choices = append(choices, ui.Choice{Value: string(form), Text: r.workForm(string(form)), Hint: r.words.With("gigform.hint_"+string(form), nil)})
		}
	}
	return choices
}

// unlawful is a sentence on why work cannot be agreed, for who runs the gig; empty
// where the error is none of these.
func (r *request) unlawful(err error) string {
	var floor *jobs.BelowFloor
	var admission *jobs.NoAdmission
	var rule *jobs.NoFormRule
	switch {
	case errors.As(err, &floor) && floor.Floor == 0:
		return r.t("gigform.no_figure", "Day", r.words.DayOf(floor.Day))
	case errors.As(err, &floor):
		return r.t("gigform.below_floor", "Day", r.words.DayOf(floor.Day), "Amount", r.words.Money(floor.Floor))
	case errors.As(err, &admission) && admission.Ended != "":
		return r.t("gigform.admission_ended", "Day", r.words.DayOf(admission.Ended))
	case errors.As(err, &admission):
		return r.t("gigform.no_admission", "Day", r.words.DayOf(admission.Day))
	case errors.As(err, &rule):
		return r.t("gigform.no_rule", "Day", r.words.DayOf(rule.Day))
	default:
		return ""
	}
}

// paysNothing reports work without a wage: a benefit goes on.
func paysNothing(form members.WorkForm) bool { return jobs.PayerOf(form) == jobs.NobodyPays }

// stopped says to who runs the open gig of the page why nobody can be agreed on its
// shifts to come; empty where nothing is wrong.
func (r *request) stopped() (string, error) {
	err := r.web.Jobs.Lawful(r.Request.Context(), r.actor, r.gig.ID)
	if why := r.unlawful(err); why != "" || errors.Is(err, members.ErrNotFound) {
		return why, nil
	}
	return "", err
}

// askStopped says to who decides why nobody can be agreed, on the page of the gig.
func (r *request) askStopped(why string) (err error) {
	if r.gig, err = r.web.Jobs.Gig(r.Request.Context(), r.actor, r.ask.Gig); err != nil {
		return err
	}
	return r.gigPage(http.StatusConflict, why)
}
