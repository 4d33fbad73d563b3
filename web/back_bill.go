package web

import (
	"net/http"
	"slices"
	"strings"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// billPage is the bill with what went back of it; f is the form that was refused.
func (r *request) billPage(status int, f *form) error {
	back, err := r.web.Payments.BillBack(r.Request.Context(), r.actor, r.bill.ID)
	if err != nil {
		return err
	}
	if f.typed("refund") == "" {
		f.set("refund", id.New[payments.Refund](nil).String()) // so that sending it twice asks for one
	}
	return r.page(status, r.t("bill.title"), billBody(r, r.bill, r.billLines, back, f))
}

// objectToBill handles POST /bills/:bill/object: a client says what is not right.
func objectToBill(r *request) error {
	return r.billForm("back.objected", func(f *form) error {
		return r.web.Payments.Object(r.Request.Context(), r.actor, r.bill.ID, f.text("words"))
	})
}

// answerObjection handles POST /bills/:bill/answer: the office says what it makes
// of that.
func answerObjection(r *request) error {
	return r.billForm("back.answered", func(f *form) error {
		objection, err := id.Parse[payments.Objection](f.text("objection"))
		if err != nil {
			return errForm
		}
		return r.web.Payments.AnswerObjection(r.Request.Context(), r.actor, objection, f.text("words"))
	})
}

// refundBill handles POST /bills/:bill/refund: money of it goes back.
func refundBill(r *request) error {
	return r.billForm("back.refund_asked", func(f *form) error {
		refund, err := id.Parse[payments.Refund](f.text("refund"))
		if err != nil {
			return errForm
		}
		n := payments.NewRefund{ID: refund, Bill: r.bill.ID, Amount: f.cents("amount"), Reason: f.text("reason")}
		_, err = r.web.Payments.AskRefund(r.Request.Context(), r.actor, n)
		return err
	})
}

// billForm does what a form on the bill's page asks, or shows it again.
func (r *request) billForm(done string, do func(*form) error) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(do(f)); err != nil {
		return err
	}
	if f.bad() {
		return r.billPage(http.StatusUnprocessableEntity, f)
	}
	r.flash(done)
	return r.to(r.billPath())
}

// askWageBack handles GET /bills/:bill/clawback.
func askWageBack(r *request) error { return r.clawbackPage(http.StatusOK, r.emptyForm()) }

// proposeWageBack handles POST /bills/:bill/clawback.
func proposeWageBack(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	clawback, err := id.Parse[payments.WageBack](f.text("clawback"))
	if err != nil {
		return errForm
	}
	n := payments.NewClawback{ID: clawback, Bill: r.bill.ID, Amount: f.cents("amount"), Reason: f.text("reason")}
	_, err = r.web.Payments.AskClawback(r.Request.Context(), r.actor, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.clawbackPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("back.clawback_asked")
	return r.to(r.billPath())
}

func (r *request) clawbackPage(status int, f *form) error {
	back, err := r.web.Payments.BillBack(r.Request.Context(), r.actor, r.bill.ID)
	if err != nil {
		return err
	}
	if f.typed("clawback") == "" {
		f.set("clawback", id.New[payments.WageBack](nil).String()) // so that sending it twice asks once
	}
	return r.page(status, r.t("back.clawback_title"), clawbackBody(r, back, f))
}

// billStep is one thing that happened to a bill.
type billStep struct {
	at   time.Time
	term ui.Term
}

// billSteps tell what happened to the bill, the oldest first, each figure with
// its reason.
func (r *request) billSteps(b payments.Bill, back payments.BillBack) (terms []ui.Term) {
	steps := []billStep{r.billStep(b.BilledAt, "billed", b.Total, "")}
	if !b.PaidAt.IsZero() {
		steps = append(steps, r.billStep(b.PaidAt, "paid", b.Total, ""))
	}
	for _, f := range back.Refunds {
		steps = append(steps, r.refundStep(f))
	}
	for _, d := range back.Disputes {
		at := d.OpenedAt
		if !d.ClosedAt.IsZero() {
			at = d.ClosedAt
		}
		steps = append(steps, r.billStep(at, "dispute_"+string(d.State), d.Amount, ""))
	}
	slices.SortStableFunc(steps, func(a, b billStep) int { return a.at.Compare(b.at) })
	for _, s := range steps {
		terms = append(terms, s.term)
	}
	return terms
}

func (r *request) refundStep(f payments.Refund) billStep {
	at, reason := f.AskedAt, f.Reason
	switch {
	case f.State == payments.RefundIsDone:
		at = f.DoneAt
	case f.State == payments.RefundHasFailed:
		at = f.FailedAt
	}
	if f.Outside {
		reason = r.t("back.outside")
	}
	s := r.billStep(at, "refund_"+string(f.State), f.Amount, reason)
	if text := r.carried(f.Carried); text != "" && r.actor.Kind != members.RoleClient {
		s.term.Meaning += " " + text
	}
	return s
}

// billStep says what, when, how much and why; reason are somebody's own words.
func (r *request) billStep(at time.Time, what string, amount payments.Cents, reason string) billStep {
	if reason == "" {
		reason = r.words.With("back.why_"+r.billSide()+what, nil)
	}
	return billStep{at, ui.Term{
		Word:    r.t("back.step", "Date", r.words.Date(at), "What", r.words.With("back.what."+what, nil)),
		Meaning: r.t("back.amount_why", "Amount", r.words.Money(amount), "Why", reason),
	}}
}

// carried says who bears it, for the office.
func (r *request) carried(c payments.Carried) string {
	var parts []string
	for _, part := range []struct {
		key    string
		amount payments.Cents
	}{{"back.part_contribution", c.Contribution}, {"back.part_fund", c.Fund}, {"back.part_loss", c.Loss}} {
		if part.amount > 0 {
			parts = append(parts, r.t(part.key, "Amount", r.words.Money(part.amount)))
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return r.t("back.carried", "Parts", strings.Join(parts, ", "))
}

// openObjection is what the office has to answer, or nil.
func openObjection(back payments.BillBack) *payments.Objection {
	for i := range back.Objections {
		if back.Objections[i].Open {
			return &back.Objections[i]
		}
	}
	return nil
}

// waitsForSecond reports whether somebody still has to decide about this bill.
func waitsForSecond(back payments.BillBack) bool {
	return slices.ContainsFunc(back.Refunds, func(f payments.Refund) bool { return f.State == payments.RefundAsked }) ||
		slices.ContainsFunc(back.Clawbacks, func(k payments.WageBack) bool { return k.State == payments.ClawbackAsked })
}

// askedBack reports whether a wage was asked back, and nobody refused it.
func askedBack(back payments.BillBack) bool {
	return slices.ContainsFunc(back.Clawbacks, func(k payments.WageBack) bool {
		return k.State == payments.ClawbackAsked || k.State == payments.ClawbackDecided || k.State == payments.ClawbackSettled
	})
}
