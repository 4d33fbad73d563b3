package web

import (
	"errors"
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/payments"
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

// unpaidLead says what follows from hours that the cooperative does not pay; empty
// for other work.
func (r *request) unpaidLead(w jobs.Work) string {
	payer, state := jobs.PayerOf(w.Form), r.workState(w)
	if payer == jobs.CooperativePays || state != "yours" && state != "agreed" {
		return ""
	}
	return r.words.With("unpaid_"+string(payer)+"."+r.side()+state, nil)
}

// earns says what a shift pays. Only a trial placement has no rate: there a benefit
// goes on.
func (r *request) earns(rate, pay payments.Cents) string {
	switch {
	case rate > 0:
		return r.t("offer.earn", "Amount", r.words.Money(pay))
	case r.actor.Kind == members.RoleMember:
		return r.t("gigform.trial_short")
	default:
		return r.t("gigform.trial_short_client")
	}
}

// rateOf is the rate of a list, where there is one.
func (r *request) rateOf(l jobs.Listing) string {
	if l.Rate == 0 && l.State != jobs.Draft {
		return r.earns(0, 0)
	}
	return r.t("gig.rate", "Rate", r.words.Money(l.Rate))
}
