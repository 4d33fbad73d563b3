package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
)

// due is what of the bill was not paid beforehand.
func (j *job) due() payments.Cents { return j.total - min(j.deposit, j.total) }

// depositRef is the work for which money is paid beforehand.
func (j *job) depositRef() payments.Reference { return payments.Reference("gig-" + j.ref) }

// payBefore lets the client pay the deposit, and reports whether it is held.
func (t *till) payBefore(ctx context.Context, j *job) (held bool, err error) {
	if j.depositID.IsZero() {
		err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) (err error) {
			n := payments.NewDeposit{Client: j.client.Client, Ref: j.depositRef(), Title: j.work.Title, Language: members.Dutch, Amount: j.deposit}
			j.depositID, err = t.payments.AskDepositTx(ctx, tx, j.client.Cooperative, n)
			return err
		})
		if err != nil {
			j.depositID = payments.DepositID{}
			return false, t.excuse(err)
		}
	}
	address, err := t.payments.PayDeposit(ctx, j.client, j.depositID, t.door.url+"/gigs/1")
	switch {
	case errors.Is(err, payments.ErrPaid):
		j.put = true
		return true, nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil:
		return false, nil // the answer was lost, or the gateway is ill
	}
	paid, err := t.fillIn(ctx, address, goodCard)
	j.put = j.put || paid
	return false, err // it is held once the program knows it
}

// endWork ends the work of a bill, so that what it did not take goes back.
func (t *till) endWork(ctx context.Context, j *job) error {
	err := pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error {
		return t.payments.EndDepositTx(ctx, tx, j.client.Cooperative, j.depositRef())
	})
	j.ended = err == nil
	return t.excuse(err)
}

func (t *till) depositIDs() []string {
	list := []string{}
	for _, j := range t.all() {
		if !j.depositID.IsZero() {
			list = append(list, j.depositID.String())
		}
	}
	return list
}

// judgeDeposits: each deposit that was paid ended, all of it with its bill, or with
// what was left given back once there.
func (t *till) judgeDeposits(ctx context.Context, v *verdict) error {
	if len(t.depositIDs()) == 0 && t.rig.name != "money" {
		return nil
	}
	is, err := t.readDeposits(ctx)
	if err != nil {
		return err
	}
	back, want := tallies{}, tallies{}
	const query = `
		SELECT c.transfer_group, r.amount FROM stripesim.refund r JOIN stripesim.charge c ON c.id = r.charge_id
		WHERE r.status = 'succeeded' AND c.transfer_group = ANY ($1)`
	if err := back.read(ctx, t, query, t.depositIDs()); err != nil {
		return err
	}
	paid := 0
	var open []string
	for _, j := range t.all() {
		if !j.put {
			continue
		}
		paid++
		ended := "applied"
		if rest := j.deposit - j.total; rest > 0 {
			ended = "returned, and back"
			want.add(j.depositID.String(), int64(rest))
		}
		if got := is[j.depositID.String()]; got != ended {
			open = append(open, fmt.Sprintf("%s is %q, not %s", j.ref, got, ended))
		}
	}
	missing, extra := want.against(back)
	t.rig.say(v, paid > 0 && len(open) == 0, "%d deposits acknowledged, %d not at their end%s", paid, len(open), some(open))
	t.rig.say(v, len(missing)+len(extra) == 0, "%d rests of deposits go back; %d rests forgotten%s, %d rests twice%s", len(want), len(missing), some(missing), len(extra), some(extra))
	return nil
}

func (t *till) readDeposits(ctx context.Context) (map[string]string, error) {
	rows, err := t.rig.db.Query(ctx, `SELECT id::text, state || CASE WHEN back_at IS NULL THEN '' ELSE ', and back' END FROM payments.deposit`)
	if err != nil {
		return nil, err
	}
	all, name, state := map[string]string{}, "", ""
	_, err = pgx.ForEachRow(rows, []any{&name, &state}, func() error { all[name] = state; return nil })
	return all, err
}
