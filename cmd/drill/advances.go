package main

import (
	"context"
	"errors"
	"fmt"
	"slices"
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

// advanceFirst asks for the job's advance, and lets the client wait until it has left:
// half of what a calm may take, then they pay, whether or not.
func (t *till) advanceFirst(ctx context.Context, j *job) (gone bool, err error) {
	if j.patience.IsZero() {
		j.patience = time.Now().Add(t.rig.calm / 2)
	}
	if j.asked.IsZero() {
		if err := t.askAdvance(ctx, j); err != nil || j.asked.IsZero() && j.advance > 0 {
			return false, err
		}
	}
	if !j.waitsForAdvance() {
		return true, nil
	}
	return t.advanceLeft(ctx, j)
}

// advanceLeft reports whether nobody has to wait for the advance any more. The office
// decides about what the program leaves to a person.
func (t *till) advanceLeft(ctx context.Context, j *job) (gone bool, err error) {
	var state payments.AdvanceState
	const query = `SELECT state FROM payments.advance WHERE cooperative_id = $1 AND id = $2`
	err = t.rig.db.QueryRow(ctx, query, j.client.Cooperative, j.asked).Scan(&state)
	if err == nil && state == payments.AdvanceAsked {
		err = t.decideAdvance(ctx, j)
	}
	return err == nil && state != payments.AdvanceAsked && state != payments.AdvanceApproved, t.excuse(err)
}

// decideAdvance approves what the fund can give, and refuses the rest.
func (t *till) decideAdvance(ctx context.Context, j *job) error {
	office := t.officeOf(j.client.Cooperative)
	err := t.payments.ApproveAdvance(ctx, office, j.asked)
	if errors.Is(err, payments.ErrNoRoom) {
		err = t.payments.RefuseAdvance(ctx, office, j.asked, "De pot is te klein.")
	}
	if errors.Is(err, payments.ErrAdvanceMoved) {
		return nil
	}
	return err
}

// waitsForAdvance reports whether the client does not pay yet for that.
func (j *job) waitsForAdvance() bool {
	return j.advance > 0 && !j.done() && time.Now().Before(j.patience)
}

// bringPatient lets all come again, and again who waits for an advance: each that can leave
// has left then, or the judge would see only what was not needed any more.
func (t *till) bringPatient(ctx context.Context, jobs []*job) error {
	for len(jobs) > 0 {
		if err := t.bringAll(ctx, jobs); err != nil {
			return err
		}
		jobs = slices.DeleteFunc(slices.Clone(jobs), func(j *job) bool { return !j.waitsForAdvance() })
	}
	return nil
}

// askAdvance remembers the number that was acknowledged. A member who gets none now asks
// again while the client waits, then does without; so does one who is told what is wrong.
func (t *till) askAdvance(ctx context.Context, j *job) error {
	asked, err := t.payments.AskAdvance(ctx, j.member, payments.Reference(j.ref), j.advance)
	var none *payments.NoAdvance
	var problems check.Problems
	switch {
	case err == nil:
		j.asked = asked
	case errors.As(err, &none) && !(passesSoon(none.Stop) && j.waitsForAdvance()):
		j.advance = 0
		t.rig.count("advances not given: " + string(none.Stop))
	case errors.As(err, &problems):
		j.advance = 0
		t.rig.count("advances of too much")
	case ctx.Err() != nil:
		return ctx.Err()
	}
	return nil
}

// passesSoon is why there is no advance now, while there may be one in a moment.
func passesSoon(stop payments.AdvanceStop) bool {
	return stop == payments.AdvanceNoBank || stop == payments.AdvanceStopped
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
// earned back, or was refused or not needed any more, and never left.
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
		case (a.state == payments.AdvanceDropped || a.state == payments.AdvanceRefused) && moved == 0:
			dropped++
		case moved > 1:
			twice = append(twice, j.ref)
		default:
			forgotten = append(forgotten, fmt.Sprintf("%s is %q and left %d times", j.ref, a.state, moved))
		}
	}
	t.rig.say(v, left > 0 && len(forgotten)+len(twice) == 0, "%d advances left and were earned back, %d were refused or not needed any more; %d advances forgotten%s, %d advances twice%s",
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
