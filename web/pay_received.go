package web

import (
	"time"

	"meent/payments"
	"meent/web/ui"
)

// receivedSum is what the client pays for the work, and for what: it sums to what the
// cooperative keeps.
func (r *request) receivedSum(got payments.Received) []ui.Line {
	first := "payof.received_pays"
	if got.Bill == payments.BillPaid {
		first = "payof.received_paid"
	}
	list := []ui.Line{
		{Text: r.t(first), Amount: r.words.Money(got.Total())},
		{Text: r.t("payof.received_wage"), Amount: r.words.Money(-got.Wage)},
		{Text: r.t("payof.received_contribution"), Amount: r.words.Money(got.Contribution), Total: true},
	}
	if got.Borne.Contribution > 0 {
		list = append(list, ui.Line{Text: r.t("payof.received_gone"), Amount: r.words.Money(-got.Borne.Contribution)},
			ui.Line{Text: r.t("payof.received_kept"), Amount: r.words.Money(got.Kept()), Total: true})
	}
	return list
}

// receivedBack says what of it went back, and that the wage stays the same, unless people
// asked for some of the wage too.
func (r *request) receivedBack(got payments.Received) (lines []string) {
	for _, part := range []struct {
		key    string
		amount payments.Cents
	}{{"payof.refunded", got.Refunded}, {"payof.disputed", got.Disputed}, {"payof.lost", got.Lost}} {
		if part.amount > 0 {
			line := r.t(part.key, "Amount", r.words.Money(part.amount))
			if got.AskedBack == 0 {
				line += " " + r.t("payof.wage_stays")
			}
			lines = append(lines, line)
		}
	}
	return lines
}

// receivedBorne says who bears that.
func (r *request) receivedBorne(c payments.Carried) (lines []string) {
	for _, part := range []struct {
		key    string
		amount payments.Cents
	}{{"payof.borne_contribution", c.Contribution}, {"payof.borne_fund", c.Fund}, {"payof.borne_loss", c.Loss}} {
		if part.amount > 0 {
			lines = append(lines, r.t(part.key, "Amount", r.words.Money(part.amount)))
		}
	}
	return lines
}

// payStepWord is one place on the way of a wage, and when it came there.
func (r *request) payStepWord(l payLine, step string) string {
	word := r.words.With("payof.step."+step, nil)
	if at := l.cameTo(step); !at.IsZero() {
		return r.t("payof.on", "Step", word, "Date", r.words.Date(at))
	}
	return word
}

// cameTo is when the money came to this place last; zero where nobody noted it.
func (l payLine) cameTo(step string) (at time.Time) {
	for _, m := range l.moves {
		if payStepOf(m.Cause) == step {
			at = m.At
		}
	}
	return at
}

func payStepOf(c payments.Cause) string {
	switch c {
	case payments.CauseBillPaid, payments.CauseDepositApplied:
		return "client"
	case payments.CauseTransfer:
		return "moving"
	case payments.CausePayoutSent:
		return "gateway"
	case payments.CausePayoutPaid:
		return "bank"
	default:
		return ""
	}
}
