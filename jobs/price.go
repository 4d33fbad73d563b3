package jobs

import (
	"meent/members"
	"meent/payments"
)

// Price is what work costs the client, in its two parts.
type Price struct {
	Wage         payments.Cents // to those who work, before tax
	Contribution payments.Cents // to the cooperative, on top
}

// Total is what the client pays.
func (p Price) Total() payments.Cents { return p.Wage + p.Contribution }

// Plus is both together.
func (p Price) Plus(q Price) Price {
	return Price{Wage: p.Wage + q.Wage, Contribution: p.Contribution + q.Contribution}
}

// Price is what one seat of the shift costs at this hourly rate, with the
// cooperative's contribution. Part of a cent of the contribution counts as a
// whole one.
func (s Shift) Price(rate payments.Cents, contribution members.BasisPoints) Price {
	return priceOf(s.Pay(rate), contribution)
}

func priceOf(wage payments.Cents, contribution members.BasisPoints) Price {
	return Price{Wage: wage, Contribution: (wage*payments.Cents(contribution) + 9999) / 10_000}
}

// FullPrice is what the shift costs when every seat is taken; each is counted
// by itself, as it will be billed.
func (s Shift) FullPrice(rate payments.Cents, contribution members.BasisPoints) Price {
	one := s.Price(rate, contribution)
	return Price{Wage: one.Wage * payments.Cents(s.Seats), Contribution: one.Contribution * payments.Cents(s.Seats)}
}
