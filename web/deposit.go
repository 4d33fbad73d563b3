package web

import (
	"errors"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// payBefore handles POST /gigs/:gig/deposit: leads to the page where the client
// pays before the work. The gig says what became of it.
func payBefore(r *request) error {
	back := r.web.URL.JoinPath("gigs", r.gig.ID.String()).String()
	address, err := r.web.Jobs.PayBefore(r.Request.Context(), r.actor, r.gig.ID, back)
	switch {
	case errors.Is(err, payments.ErrPaid), errors.Is(err, payments.ErrNothingDue):
		r.flash("deposit.paid_already")
		return r.to(r.gigPath())
	case err != nil:
		return err
	}
	return r.to(address)
}

// beforehand is what is asked and held for a gig, for those who run it.
func (r *request) beforehand(g jobs.Gig) (b jobs.Beforehand, err error) {
	if !r.runs() || g.State == jobs.Draft {
		return b, nil
	}
	return r.web.Jobs.Beforehand(r.Request.Context(), r.actor, g.ID)
}

// depositSide is whose voice a sentence has: to the client, or to the office.
func (r *request) depositSide() string {
	if r.actor.Kind == members.RoleClient {
		return "client"
	}
	return "office"
}

// depositState is how far one deposit is, in a sentence.
func (r *request) depositState(d payments.Deposit) string {
	word := string(d.State)
	if d.State == payments.DepositReturned && !d.BackAt.IsZero() {
		word = "back"
	}
	return r.words.With("deposit.state."+word, map[string]any{"Amount": r.words.Money(d.Amount), "Left": r.words.Money(d.Left()), "Used": r.words.Money(d.Used)})
}

// depositsPaid are those on which a client began to pay: the others are only asked.
func depositsPaid(list []payments.Deposit) (paid []payments.Deposit) {
	for _, d := range list {
		if d.State != payments.DepositAsked {
			paid = append(paid, d)
		}
	}
	return paid
}
