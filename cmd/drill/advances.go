package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/payments"
)

// mostAdvance bounds what one member asks here, so that a fund of a few payments
// bears many.
const mostAdvance = payments.Cents(400)

// fundFrom lets a first lot of clients pay in peace, and two people of each office
// move what the cooperative got to the fund: advances come from there.
func (t *till) fundFrom(ctx context.Context, jobs []*job) error {
	if err := t.bringAll(ctx, jobs); err != nil {
		return err
	}
	if _, err := t.comeToRest(ctx, time.Now().Add(t.rig.calm)); err != nil {
		return err
	}
	for i, office := range t.office {
		there, err := t.payments.Balances(ctx, office, payments.Contribution)
		if err != nil {
			return err
		}
		n := payments.NewManual{From: payments.Contribution, To: payments.Fund, Amount: there[payments.Contribution] * 9 / 10, Reason: "Wie geld vooraf nodig heeft."}
		manual, err := t.payments.ProposeManual(ctx, office, n)
		if err == nil {
			err = t.payments.ApproveManual(ctx, t.second[i], manual)
		}
		if err != nil {
			return fmt.Errorf("the fund of cooperative %d gets %d cents: %w", i, n.Amount, err)
		}
	}
	return nil
}

// patienceForAdvance is how often a client looks whether the advance has left: then
// they pay, whether or not.
const patienceForAdvance = 12

// advanceFirst asks for the job's advance, and lets the client wait until it has left.
func (t *till) advanceFirst(ctx context.Context, j *job) (gone bool, err error) {
	if j.asked.IsZero() {
		if err := t.askAdvance(ctx, j); err != nil || j.asked.IsZero() && j.advance > 0 {
			return false, err
		}
	}
	if j.waits++; j.advance == 0 || j.waits > patienceForAdvance {
		return true, nil
	}
	const query = `SELECT EXISTS (SELECT FROM payments.advance WHERE cooperative_id = $1 AND id = $2 AND state NOT IN ('asked', 'approved'))`
	err = t.rig.db.QueryRow(ctx, query, j.client.Cooperative, j.asked).Scan(&gone)
	return gone, t.excuse(err)
}

// askAdvance remembers the number that was acknowledged. A member who gets none does
// without; where the gateway does not answer they ask again.
func (t *till) askAdvance(ctx context.Context, j *job) error {
	asked, err := t.payments.AskAdvance(ctx, j.member, payments.Reference(j.ref), j.advance)
	var none *payments.NoAdvance
	var problems check.Problems
	switch {
	case err == nil:
		j.asked = asked
	case errors.As(err, &none) && none.Stop != payments.AdvanceNoBank, errors.As(err, &problems):
		j.advance = 0
		t.rig.count("advances not given")
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return nil
}

// advanced are the members who were given an advance.
func (t *till) advanced() map[string]bool {
	all := map[string]bool{}
	for _, j := range t.all() {
		if !j.asked.IsZero() {
			all[j.member.Member.String()] = true
		}
	}
	return all
}

// advanceIs is how an advance ended, and the payout that brought it.
type advanceIs struct {
	state  payments.AdvanceState
	payout string
	cents  int64
}

// judgeAdvances: each advance that was acknowledged left once, of that amount, and was
// earned back, or was not needed any more and never left.
func (t *till) judgeAdvances(ctx context.Context, v *verdict) error {
	if len(t.advanced()) == 0 && t.rig.name != "money" {
		return nil
	}
	is, err := t.readAdvances(ctx)
	if err != nil {
		return err
	}
	there := tallies{}
	if err := there.read(ctx, t, `SELECT metadata->>'payout', amount FROM stripesim.transfer`); err != nil {
		return err
	}
	left, dropped := 0, 0
	var forgotten, twice []string
	for _, j := range t.all() {
		if j.asked.IsZero() {
			continue
		}
		a := is[j.asked.String()]
		moved := there.of(a.payout)
		switch {
		case a.state == payments.AdvanceNetted && there[place{a.payout, int64(j.advance)}] == 1 && moved == 1:
			left++
		case a.state == payments.AdvanceDropped && moved == 0:
			dropped++
		case moved > 1:
			twice = append(twice, j.ref)
		default:
			forgotten = append(forgotten, fmt.Sprintf("%s is %q and left %d times", j.ref, a.state, moved))
		}
	}
	t.rig.say(v, left > 0 && len(forgotten)+len(twice) == 0, "%d advances left and were earned back, %d were not needed any more; %d advances forgotten%s, %d advances twice%s",
		left, dropped, len(forgotten), some(forgotten), len(twice), some(twice))
	return nil
}

func (t *till) readAdvances(ctx context.Context) (map[string]advanceIs, error) {
	const query = `
		SELECT a.id::text, a.state, coalesce(o.id::text, ''), a.cents FROM payments.advance a
		LEFT JOIN payments.payout o ON o.cooperative_id = a.cooperative_id AND o.advance_id = a.id`
	rows, err := t.rig.db.Query(ctx, query)
	if err != nil {
		return nil, err
	}
	all := map[string]advanceIs{}
	var name string
	var a advanceIs
	_, err = pgx.ForEachRow(rows, []any{&name, &a.state, &a.payout, &a.cents}, func() error { all[name] = a; return nil })
	return all, err
}

// of counts all that somebody has, of whatever amount.
func (s tallies) of(who string) (n int) {
	for p, times := range s {
		if p.who == who && who != "" {
			n += times
		}
	}
	return n
}
