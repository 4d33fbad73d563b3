package web

import (
	"errors"
	"net/http"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// moneyBack handles GET /money/disputes: what clients' banks ask back, and all
// else about money that goes back which waits for somebody.
func moneyBack(r *request) error { return r.moneyBackPage(http.StatusOK, r.emptyForm()) }

func (r *request) moneyBackPage(status int, f *form) error {
	waits, err := r.web.Payments.BackWaits(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("back.title"), moneyBackBody(r, waits, f))
}

// seesBankDispute finds the dispute of the path for the office, or nothing.
func (r *request) seesBankDispute() error {
	dispute, err := id.Parse[payments.Dispute](r.Param("dispute"))
	if err != nil {
		return err
	}
	r.bank, err = r.web.Payments.Dispute(r.Request.Context(), r.actor, dispute)
	return err
}

// showBankDispute handles GET /money/disputes/:dispute.
func showBankDispute(r *request) error {
	f := r.emptyForm()
	text, err := r.proposedAnswer()
	if err != nil {
		return err
	}
	f.set("text", text)
	return r.bankPage(http.StatusOK, f)
}

func (r *request) bankPage(status int, f *form) error {
	return r.page(status, r.t("back.bank_title"), bankBody(r, r.bank, f))
}

// answerBank handles POST /money/disputes/:dispute/answer.
func answerBank(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Payments.AnswerDispute(r.Request.Context(), r.actor, r.bank.ID, f.text("text"))); err != nil {
		return err
	}
	if f.bad() {
		return r.bankPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("back.answer_goes")
	return r.to(r.bankPath())
}

// acceptBank handles POST /money/disputes/:dispute/accept: the bank may have it;
// or, with do=keep, it may not after all.
func acceptBank(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.text("do") == "keep" {
		err = r.web.Payments.KeepDispute(r.Request.Context(), r.actor, r.bank.ID)
	} else {
		err = r.web.Payments.AcceptDispute(r.Request.Context(), r.actor, r.bank.ID)
	}
	if err != nil {
		return err
	}
	return r.to(r.bankPath())
}

func (r *request) bankPath() string { return "/money/disputes/" + r.bank.ID.String() }

// decideRefund handles POST /money/refunds/:refund.
func decideRefund(r *request) error {
	refund, err := id.Parse[payments.Refund](r.Param("refund"))
	if err != nil {
		return err
	}
	s, ctx := r.web.Payments, r.Request.Context()
	return r.decideBack(map[string]func() error{
		"approve": func() error { return s.ApproveRefund(ctx, r.actor, refund) },
		"refuse":  func() error { return s.RefuseRefund(ctx, r.actor, refund) },
		"back":    func() error { return s.TakeRefundBack(ctx, r.actor, refund) },
	})
}

// decideWageBack handles POST /money/clawbacks/:clawback.
func decideWageBack(r *request) error {
	clawback, err := id.Parse[payments.WageBack](r.Param("clawback"))
	if err != nil {
		return err
	}
	s, ctx := r.web.Payments, r.Request.Context()
	return r.decideBack(map[string]func() error{
		"approve": func() error { return s.DecideClawback(ctx, r.actor, clawback) },
		"refuse":  func() error { return s.RefuseClawback(ctx, r.actor, clawback) },
		"back":    func() error { return s.TakeClawbackBack(ctx, r.actor, clawback) },
	})
}

func (r *request) decideBack(ways map[string]func() error) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	do := ways[f.text("do")]
	if do == nil {
		return errForm
	}
	if err := do(); err != nil {
		return err
	}
	r.flash("back.decided_" + f.text("do"))
	return r.to("/money/disputes")
}

// proposedAnswer is what we know of the work, for the bank: the hours that both
// sides agreed, and no member's name.
func (r *request) proposedAnswer() (string, error) {
	b, _, err := r.web.Payments.Bill(r.Request.Context(), r.actor, r.bank.Bill)
	if errors.Is(err, members.ErrNotFound) {
		return "", nil
	}
	if err != nil {
		return "", err
	}
	return r.t("back.proposed", "Title", r.billTitle(b), "Day", r.words.DayOf(b.Day), "Worked", r.words.Duration(b.Worked), "Rate", r.words.Money(b.Rate),
		"Total", r.words.Money(b.Total), "Billed", r.words.LongDate(b.BilledAt), "Paid", r.words.LongDate(b.PaidAt)), nil
}

// bankReason is why the bank asks it back, in words; a word that we do not know
// stands as the bank wrote it.
func (r *request) bankReason(reason string) string {
	switch reason {
	case "fraudulent", "product_not_received", "product_unacceptable", "duplicate", "credit_not_processed", "debit_not_authorized", "unrecognized", "general":
		return r.words.With("back.bank_reason."+reason, nil)
	}
	return r.t("back.bank_other", "Word", reason)
}

func (r *request) disputeWord(d payments.Dispute) string {
	return r.words.With("back.bank."+string(d.State), nil)
}

func disputeTone(d payments.Dispute) ui.Tone {
	switch d.State {
	case payments.DisputeWon, payments.DisputeClosed:
		return ui.Good
	case payments.DisputeLost:
		return ui.Bad
	}
	return ui.Waits
}

func (r *request) bankFacts(d payments.Dispute) []ui.Fact {
	facts := []ui.Fact{{Icon: ui.IconClient, Text: d.ClientName}, {Icon: ui.IconEuro, Text: r.words.Money(d.Amount)}, {Icon: ui.IconInfo, Text: r.bankReason(d.Reason)}}
	if !d.State.Ended() && !d.Until.IsZero() && !d.Answered {
		facts = append(facts, ui.Fact{Icon: ui.IconCalendar, Text: r.t("back.until", "Date", r.words.LongDate(d.Until))})
	}
	return facts
}

// bankSum is what moved because of it.
func (r *request) bankSum(d payments.Dispute) []ui.Line {
	list := []ui.Line{{Text: r.t("back.withdrawn"), Amount: r.words.Money(d.Withdrawn)}}
	for _, l := range []struct {
		key    string
		amount payments.Cents
	}{{"back.from_contribution", d.Carried.Contribution}, {"back.from_fund", d.Carried.Fund}, {"back.from_loss", d.Carried.Loss}, {"back.reinstated", d.Reinstated}, {"back.bank_fee", d.Fee}} {
		if l.amount > 0 {
			list = append(list, ui.Line{Text: r.t(l.key), Amount: r.words.Money(l.amount)})
		}
	}
	return list
}

// refundWhen is when it was asked or failed.
func refundWhen(f payments.Refund) time.Time {
	if f.State == payments.RefundHasFailed {
		return f.FailedAt
	}
	return f.AskedAt
}

func sentTone(s payments.SentState) ui.Tone {
	switch s {
	case payments.SentSent:
		return ui.Good
	case payments.SentRefused:
		return ui.Bad
	}
	return ui.Waits
}

// titleOr is what the work was called; of old bills that was taken out.
func (r *request) titleOr(title string) string {
	if title == "" {
		return r.t("bill.long_ago")
	}
	return title
}
