package web

import (
	"errors"
	"net/http"
	"strconv"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
)

// payouts handles GET /payouts: money that waits, and what came back.
func payouts(r *request) error {
	waiting, err := r.web.Payments.Waiting(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	back, err := r.web.Payments.Back(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	stranded, err := r.web.Payments.Stranded(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	held, err := r.web.Payments.HeldPayouts(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	details, err := r.web.Payments.WithoutDetails(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("payouts.title"), payoutsBody(r, waiting, held, back, stranded, details))
}

// payAgain handles POST /payouts/:payout/again.
func payAgain(r *request) error {
	payout, err := id.Parse[payments.Payout](r.Param("payout"))
	if err != nil {
		return err
	}
	err = r.web.Payments.PayAgain(r.Request.Context(), r.actor, payout)
	var wrong *payments.WrongMove
	switch {
	case err == nil:
		r.flash("payouts.sent_again")
	case !errors.As(err, &wrong): // else it was pressed twice: the page says where the money is
		return err
	}
	return r.to("/payouts")
}

// waitingFigures count what waits, with what it comes to.
func (r *request) waitingFigures(w payments.Waiting) []ui.Figure {
	return []ui.Figure{
		{Number: r.words.Money(w.Bills.Amount), Text: r.words.N("payouts.bills", w.Bills.Count), Path: "/bills"},
		{Number: r.words.Money(w.Moving.Amount), Text: r.words.N("payouts.moving", w.Moving.Count)},
		{Number: strconv.Itoa(w.Failed.Count), Text: r.t("payouts.failed"), Path: "/payouts"},
	}
}
