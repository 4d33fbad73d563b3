package web

import (
	"net/http"

	"meent/payments"
	"meent/web/ui"
)

// chooseDeposits handles POST /money/deposits: who pays before the work.
func chooseDeposits(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Payments.ChooseDeposits(r.Request.Context(), r.actor, payments.Deposits(f.text("deposits")))); err != nil {
		return err
	}
	if f.bad() {
		return r.limitsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("prepay.chosen")
	return r.to("/money/limits")
}

func (r *request) depositChoices() (choices []ui.Choice) {
	for _, d := range payments.DepositChoices() {
		choices = append(choices, ui.Choice{Value: string(d), Text: r.words.With("prepay.who."+string(d), nil)})
	}
	return choices
}
