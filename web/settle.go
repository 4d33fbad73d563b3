package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
)

// owedWage handles GET /money/clawbacks/:clawback: a wage that was asked back, and how it
// comes to an end.
func owedWage(r *request) error { return r.owedPage(http.StatusOK, r.emptyForm()) }

func (r *request) owedPage(status int, f *form) error {
	clawback, err := id.Parse[payments.WageBack](r.Param("clawback"))
	if err != nil {
		return err
	}
	k, err := r.web.Payments.ClawbackOf(r.Request.Context(), r.actor, clawback)
	if err != nil {
		return err
	}
	if f.typed("settlement") == "" {
		f.set("settlement", id.New[payments.Settlement](nil).String()) // so that sending it twice asks once
	}
	return r.page(status, r.t("settle.title"), owedBody(r, k, f))
}

// settleWage handles POST /money/clawbacks/:clawback/settle.
func settleWage(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	clawback, err := id.Parse[payments.WageBack](r.Param("clawback"))
	if err != nil {
		return err
	}
	settlement, err := id.Parse[payments.Settlement](f.text("settlement"))
	if err != nil {
		return errForm
	}
	n := payments.NewSettlement{ID: settlement, Clawback: clawback, Way: payments.SettleWay(f.text("way")), Amount: f.cents("amount"), Reason: f.text("reason")}
	done, err := r.web.Payments.Settle(r.Request.Context(), r.actor, n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.owedPage(http.StatusUnprocessableEntity, f)
	}
	if done {
		r.flash("settle.done_" + string(n.Way))
	} else {
		r.flash("settle.asked")
	}
	return r.to(owedPath(clawback))
}

// decideSettlement handles POST /money/settlements/:settlement.
func decideSettlement(r *request) error {
	settlement, err := id.Parse[payments.Settlement](r.Param("settlement"))
	if err != nil {
		return err
	}
	s, ctx := r.web.Payments, r.Request.Context()
	return r.decideBack(map[string]func() error{
		"approve": func() error { return s.AgreeSettlement(ctx, r.actor, settlement) },
		"refuse":  func() error { return s.RefuseSettlement(ctx, r.actor, settlement) },
		"back":    func() error { return s.TakeSettlementBack(ctx, r.actor, settlement) },
	})
}

func owedPath(k payments.ClawbackID) string { return "/money/clawbacks/" + k.String() }

// settleWays are the ways out, each with what it means.
func (r *request) settleWays() (list []ui.Choice) {
	for _, way := range payments.SettleWays() {
		list = append(list, ui.Choice{Value: string(way), Text: r.words.With("settle.way."+string(way), nil), Hint: r.words.With("settle.way_hint."+string(way), nil)})
	}
	return list
}

// settledLine says how a part of it came to an end, or how far that is; the member is
// told in other words.
func (r *request) settledLine(t payments.Settlement, member bool) string {
	key := "settle.line."
	if member {
		key = "settle.member."
	}
	return r.words.With(key+string(t.Way), map[string]any{"Amount": r.words.Money(t.Amount), "Date": r.words.Date(t.AskedAt)})
}

func settleTone(t payments.Settlement) ui.Tone {
	switch t.State {
	case payments.SettlementDone:
		return ui.Good
	case payments.SettlementFailed:
		return ui.Bad
	case payments.SettlementAsked, payments.SettlementApproved:
		return ui.Waits
	}
	return ui.Neutral
}

// settledBy names who said so: two, where two did. What is not done yet, or came to
// nothing, was only asked.
func (r *request) settledBy(t payments.Settlement) string {
	switch {
	case t.State != payments.SettlementDone:
		return r.t("settle.asked_by", "Name", t.AskedName)
	case t.DecidedName != "":
		return r.t("back.by_two", "First", t.AskedName, "Second", t.DecidedName)
	default:
		return r.t("settle.by", "Name", t.AskedName)
	}
}

// notReversed says why the payment service took nothing back, and what now: nearly
// always the money is gone. Any other reason is shown as the service says it.
func (r *request) notReversed(t payments.Settlement) string {
	switch {
	case slices.Contains(payments.ReversalWhys(), t.Why):
		return r.words.With("settle.why."+t.Why, nil)
	case t.Why == "balance_insufficient":
		return r.t("settle.failed_empty")
	}
	return r.t("settle.failed", "Word", t.Why)
}

func (r *request) owedFacts(k payments.WageBack) []ui.Fact {
	facts := []ui.Fact{{Icon: ui.IconEuro, Text: r.t("settle.asked_back", "Amount", r.words.Money(k.Amount))}}
	if left := k.Amount - k.Settled(); k.State == payments.ClawbackDecided {
		facts = append(facts, ui.Fact{Icon: ui.IconClock, Text: r.t("settle.open", "Amount", r.words.Money(left))})
	}
	return facts
}
