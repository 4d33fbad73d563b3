package payments

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// Carried is who bears money that goes back to a client after hours were agreed. The
// cooperative gives back its part of it, and the solidarity fund what was wage. What the
// fund has not the rest of that bill's contribution bears, and then a loss. The member
// keeps the wage: no rule takes anything from there.
type Carried struct{ Contribution, Fund, Loss Cents }

// carry shares out an amount, of which part is contribution, by what is left of the
// bill's contribution and of the fund.
func carry(amount, part, contribution, fund Cents) Carried {
	contribution, fund = max(contribution, 0), max(fund, 0)
	c := Carried{Fund: min(amount-min(part, contribution), fund)}
	c.Contribution = min(amount-c.Fund, contribution)
	c.Loss = amount - c.Contribution - c.Fund
	return c
}

// Sum is all of it together.
func (c Carried) Sum() Cents { return c.Contribution + c.Fund + c.Loss }

func (c Carried) plus(d Carried) Carried {
	return Carried{c.Contribution + d.Contribution, c.Fund + d.Fund, c.Loss + d.Loss}
}

func (c Carried) minus(d Carried) Carried {
	return Carried{c.Contribution - d.Contribution, c.Fund - d.Fund, c.Loss - d.Loss}
}

// above leaves out what is below zero.
func (c Carried) above() Carried {
	return Carried{max(c.Contribution, 0), max(c.Fund, 0), max(c.Loss, 0)}
}

// returned is who gets an amount of it again: whoever bore the last of it comes first.
func (c Carried) returned(amount Cents) Carried {
	d := Carried{Loss: min(amount, c.Loss)}
	d.Fund = min(amount-d.Loss, c.Fund)
	d.Contribution = min(amount-d.Loss-d.Fund, c.Contribution)
	return d
}

func (c Carried) shares() []Posting {
	var list []Posting
	for _, p := range []Posting{{Source: Contribution, Amount: c.Contribution}, {Source: Fund, Amount: c.Fund}, {Source: Loss, Amount: c.Loss}} {
		if p.Amount > 0 {
			list = append(list, p)
		}
	}
	return list
}

// to takes it from who bears it.
func (c Carried) to(a Account) []Posting {
	list := c.shares()
	for i := range list {
		list[i].Destination = a
	}
	return list
}

// from gives it back to them.
func (c Carried) from(a Account) []Posting {
	list := c.shares()
	for i := range list {
		list[i].Source, list[i].Destination = a, list[i].Source
	}
	return list
}

// carryTx shares out an amount of a bill whose row the caller has locked. Until
// the transaction ends nobody else takes from where this is taken.
func (s *Service) carryTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, amount Cents) (Carried, error) {
	if err := lockAccounts(ctx, tx, c, Contribution, Costs, Fund, Loss); err != nil {
		return Carried{}, err
	}
	there, err := readBalances(ctx, tx, c, []Account{Contribution, Fund})
	if err != nil {
		return Carried{}, err
	}
	return carry(amount, b.part(amount), min(b.contribution, there[Contribution]), there[Fund]), nil
}
