package web

import (
	"errors"
	"net/http"
	"time"

	"meent/members"
	"meent/members/coaching"
	"meent/payments"
	"meent/web/ui"
	"meent/web/words"
)

const bankPath = "/pay/bank"

// payBank handles GET /pay/bank: on which account the member is paid, what is
// missing for it, and until when money rests. The page is for two at one table.
func payBank(r *request) error {
	p, err := r.web.Payments.SeePayee(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("paybank.title"), payBankBody(r, p))
}

// startBank handles POST /pay/bank/start: leads to the pages of the payment
// service, on which the member themselves says where their money goes.
func startBank(r *request) error {
	back, again := r.web.URL.JoinPath(bankPath), r.web.URL.JoinPath(bankPath)
	again.RawQuery = "again=yes"
	address, err := r.web.Payments.StartOnboarding(r.Request.Context(), r.actor, back.String(), again.String())
	if err != nil {
		return err
	}
	return r.to(address)
}

// bankState is the name of how it is, for words.
func bankState(p payments.Payee) string {
	switch {
	case p.State == "":
		return "none"
	case p.State == payments.PayeeReady && !p.Rests.IsZero():
		return "rests"
	default:
		return string(p.State)
	}
}

func bankTone(p payments.Payee) ui.Tone {
	switch {
	case p.Ready():
		return ui.Good
	case p.State == payments.PayeeGone, p.State == payments.PayeeRestricted:
		return ui.Bad
	default:
		return ui.Waits
	}
}

func (r *request) bankWord(p payments.Payee) string {
	return r.words.With("paybank.state."+bankState(p), nil)
}

func (r *request) bankLead(p payments.Payee) string {
	return r.words.With("paybank.lead."+bankState(p), map[string]any{"Until": restEnds(r.words, p.Rests)})
}

func (r *request) bankButton(p payments.Payee) ui.Button {
	switch {
	case p.State == payments.PayeeReady:
		return ui.Button{Text: r.t("paybank.another"), Icon: ui.IconSwap, Kind: ui.Quiet}
	case p.State == "", p.State == payments.PayeeGone:
		return ui.Button{Text: r.t("paybank.begin"), Icon: ui.IconRight, Main: true}
	default:
		return ui.Button{Text: r.t("paybank.go_on"), Icon: ui.IconRight, Main: true}
	}
}

func (r *request) needWord(n payments.Need) string {
	return r.words.With("paybank.need."+string(n), nil)
}

// restEnds is the day and the time at which a rest is over.
func restEnds(say *words.Speaker, at time.Time) string {
	if at.IsZero() {
		return ""
	}
	return say.LongDate(at) + ", " + say.Time(at)
}

// bankMissing is what pages say of it in one sentence; empty: nothing waits for it.
func (r *request) bankMissing(p payments.Payee) string {
	switch {
	case !p.Rests.IsZero() && p.Waits.Count > 0:
		return r.t("paybank.line_rests", "Until", restEnds(r.words, p.Rests))
	case p.State == payments.PayeeReady, p.State == "" && p.Waits.Count == 0:
		return ""
	case p.Waits.Count > 0:
		return r.t("paybank.line_money", "Amount", r.words.Money(p.Waits.Amount))
	default:
		return r.t("paybank.line")
	}
}

// coachBank is what a coach with the key reads of it; empty: nothing is missing, or
// the key is. The reading stands in the member's log.
func (r *request) coachBank(t coaching.Timeline) (string, error) {
	for _, part := range t.Parts {
		if part.Scope != members.PayScope || !part.Granted() {
			continue
		}
		p, err := r.web.Payments.PayeeOf(r.Request.Context(), r.actor, r.member.Member)
		var ended *members.NotGranted
		switch {
		case errors.As(err, &ended):
			return "", nil
		case err != nil, p.State == payments.PayeeReady, p.State == "" && p.Waits.Count == 0:
			return "", err
		}
		return r.t("paybank.coach", "Name", firstName(r.member.Name)), nil
	}
	return "", nil
}

// detailsLine says for how many members money waits because of their details.
func (r *request) detailsLine(n int) string {
	if n == 0 {
		return ""
	}
	return r.words.N("payouts.details", n)
}
