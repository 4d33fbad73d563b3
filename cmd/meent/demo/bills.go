package demo

import (
	"context"
	"net/http"
	"time"

	"meent/payments"
)

// The cards of the past: Stripe's own test cards.
const (
	goodCard    = "4242424242424242"
	refusedCard = "4000000000000002"
)

// notePay plans when the client pays for the agreed hours: some days later, or
// just before the end, so that the wage is still under way.
func (p *past) notePay(ctx context.Context, d done, s story) error {
	var bill payments.BillID
	err := p.db.QueryRow(ctx, `SELECT id FROM payments.bill WHERE ref = $1`, d.Engagement.String()).Scan(&bill)
	at := byDay(p.clock.now().Add(minutes(p.random, 200, 5000)))
	if s.stops == withBank {
		at = p.end.Add(-closing)
	}
	p.agenda.note(at, func(ctx context.Context) error { return p.pay(ctx, d, bill, s) })
	return err
}

// pay goes to the checkout and fills it in.
func (p *past) pay(ctx context.Context, d done, bill payments.BillID, s story) error {
	page, err := p.payments.Checkout(ctx, p.clients[d.Client], bill, "https://meent.example/bills/"+bill.String())
	if err != nil {
		return err
	}
	if s.poor {
		if err := fillIn(ctx, page, refusedCard, http.StatusPaymentRequired); err != nil {
			return err
		}
		p.wait(2 * time.Minute)
	}
	return fillIn(ctx, page, goodCard, http.StatusSeeOther)
}
