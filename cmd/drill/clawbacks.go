package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"

	"meent/internal/id"
	"meent/payments"
)

const notWorked = "Deze uren zijn niet gewerkt."

// takeBack lets the member's bank send the job's wage back, and two people ask for it:
// the gateway is to take it from the member's account.
func (t *till) takeBack(ctx context.Context, j *job) error {
	if j.back == 0 || j.taken {
		return nil
	}
	const wage = `
		SELECT o.state, coalesce(o.payout_id, '') FROM payments.payout o
		JOIN payments.bill_line l ON l.cooperative_id = o.cooperative_id AND l.id = o.line_id WHERE l.cooperative_id = $1 AND l.bill_id = $2`
	var state payments.PayoutStep
	var there string
	if err := t.rig.db.QueryRow(ctx, wage, j.client.Cooperative, j.bill).Scan(&state, &there); err != nil {
		return t.excuse(err)
	}
	switch state {
	case payments.PayoutIsPaid:
		return t.sendBack(ctx, there)
	case payments.PayoutHasNot:
		err := t.askBack(ctx, j)
		j.taken = err == nil
		return err
	}
	return nil
}

// sendBack is what a bank does days later, once.
func (t *till) sendBack(ctx context.Context, payout string) error {
	var status string
	err := t.there.QueryRow(ctx, `SELECT status FROM stripesim.payout WHERE id = $1`, payout).Scan(&status)
	if err != nil || status != "paid" {
		return err
	}
	_, err = t.control(ctx, http.MethodPost, "/control/payouts/"+payout, url.Values{"outcome": {"account_closed"}})
	return err
}

// askBack is what two people decide, and one of them then does.
func (t *till) askBack(ctx context.Context, j *job) error {
	ask := payments.NewClawback{ID: id.New[payments.WageBack](nil), Bill: j.bill, Amount: j.back, Reason: notWorked}
	end := payments.NewSettlement{Clawback: ask.ID, Way: payments.SettleReversal, Amount: j.back, Reason: notWorked}
	_, err := t.payments.AskClawback(ctx, t.office[0], ask)
	if err == nil {
		err = t.payments.DecideClawback(ctx, t.second[0], ask.ID)
	}
	if err == nil {
		_, err = t.payments.Settle(ctx, t.office[0], end)
	}
	return err
}

// judgeTakenBack: each wage that was asked back left its member's account once, and stayed
// at no bank.
func (t *till) judgeTakenBack(ctx context.Context, v *verdict) error {
	want, there, back := tallies{}, tallies{}, 0
	for _, j := range t.all() {
		if j.taken {
			want.add(j.member.Member.String(), int64(j.back))
		}
	}
	if len(want) == 0 && t.rig.name != "steps" {
		return nil
	}
	const taken = `SELECT a.metadata->>'payee', r.amount FROM stripesim.reversal r JOIN stripesim.account a ON a.id = r.account`
	const ours = `SELECT count(*) FROM payments.clawback WHERE state = 'settled'`
	err := errors.Join(there.read(ctx, t, taken), t.rig.db.QueryRow(ctx, ours).Scan(&back))
	missing, extra := want.against(there)
	t.rig.say(v, len(want) > 0 && back == len(want) && len(missing)+len(extra) == 0, "%d wages asked back, %d settled; %d reversals forgotten%s, %d reversals twice%s",
		len(want), back, len(missing), some(missing), len(extra), some(extra))
	return err
}
