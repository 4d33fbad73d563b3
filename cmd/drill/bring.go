package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/members"
	"meent/payments"
)

// tillClients is how many clients pay at once.
const tillClients = 6

// bringAll lets clients be billed and pay; what does not succeed soon is left for
// later.
func (t *till) bringAll(ctx context.Context, jobs []*job) error {
	var group errgroup.Group
	group.SetLimit(tillClients)
	for _, j := range jobs {
		group.Go(func() error { return t.bring(ctx, j) })
	}
	return group.Wait()
}

// bring does what is left of one job, with a few tries.
func (t *till) bring(ctx context.Context, j *job) error {
	for try := 0; !j.done() && try < 6; try++ {
		if err := t.try(ctx, j); err != nil || j.done() {
			return err
		}
		if err := t.rig.rest(ctx, 50*time.Millisecond); err != nil {
			return err
		}
	}
	if !j.done() {
		t.rig.count("put off")
	}
	return nil
}

// try does what can be done of one job now.
func (t *till) try(ctx context.Context, j *job) error {
	paid, err := t.step(ctx, j)
	if err != nil {
		return err
	}
	if paid {
		j.paid = true
	}
	if j.done() {
		t.kept.Add(1)
	} else {
		t.rig.count("answers lost")
	}
	return nil
}

// done reports whether the client, and the office, have done all that they will.
func (j *job) done() bool {
	return j.paid && j.refunded == (j.refund > 0) && j.taken == (j.back > 0) && j.ended == (j.deposit > 0) || j.owed && !j.bill.IsZero()
}

// step bills and pays as far as it comes. An error is what nobody planned.
func (t *till) step(ctx context.Context, j *job) (paid bool, err error) {
	if j.deposit > 0 && j.bill.IsZero() {
		if held, err := t.payBefore(ctx, j); err != nil || !held {
			return false, err
		}
	}
	if j.bill.IsZero() {
		if known, err := t.billOnce(ctx, j); err != nil || !known {
			return false, err
		}
	}
	if j.owed {
		return false, nil
	}
	if j.deposit > 0 && !j.ended {
		if err := t.endWork(ctx, j); err != nil || !j.ended {
			return false, err
		}
	}
	if j.paid {
		return true, errors.Join(t.giveBack(ctx, j), t.takeBack(ctx, j))
	}
	if j.advance > 0 {
		if gone, err := t.advanceFirst(ctx, j); err != nil || !gone {
			return false, err
		}
	}
	address, err := t.payments.Checkout(ctx, j.client, j.bill, t.door.url+"/bills/"+j.bill.String())
	switch {
	case errors.Is(err, payments.ErrPaid):
		return true, nil
	case ctx.Err() != nil:
		return false, ctx.Err()
	case err != nil:
		return false, nil // the answer was lost, or the gateway is ill
	}
	return t.fillIn(ctx, address, j.card)
}

// billOnce reports whether the bill was acknowledged.
func (t *till) billOnce(ctx context.Context, j *job) (known bool, err error) {
	err = pgx.BeginFunc(ctx, t.rig.db, func(tx pgx.Tx) error { return t.payments.BillTx(ctx, tx, j.client.Cooperative, j.work) })
	if err != nil && !errors.Is(err, payments.ErrBilled) {
		return false, t.excuse(err)
	}
	const query = `SELECT id FROM payments.bill WHERE cooperative_id = $1 AND ref = $2`
	err = t.rig.db.QueryRow(ctx, query, j.client.Cooperative, j.ref).Scan(&j.bill)
	return err == nil, t.excuse(err)
}

// excuse forgives a database that is away. One that forgot what it acknowledged
// is not forgiven: the judge finds the bill missing.
func (t *till) excuse(err error) error {
	if err == nil || pg.Unavailable(err) || isCut(err) || errors.Is(err, pgx.ErrNoRows) {
		return nil
	}
	return err
}

// giveBack asks for the job's refund, which is not before its payment is known.
func (t *till) giveBack(ctx context.Context, j *job) error {
	if j.refund == 0 {
		return nil
	}
	_, err := t.payments.AskRefund(ctx, t.officeOf(j.client.Cooperative), payments.NewRefund{Bill: j.bill, Amount: j.refund, Reason: "Minder werk dan afgesproken."})
	if errors.Is(err, payments.ErrNotPaid) {
		return nil
	}
	j.refunded = err == nil
	return t.excuse(err)
}

// officeOf is who decides in a cooperative.
func (t *till) officeOf(c id.Cooperative) (office members.Actor) {
	for _, o := range t.office {
		if o.Cooperative == c {
			office = o
		}
	}
	return office
}

// fillIn pays on the simulator's page, as a client does.
func (t *till) fillIn(ctx context.Context, address, card string) (paid bool, err error) {
	w, err := browser().PostForm(address, url.Values{"card": {card}})
	if err != nil {
		return false, ctx.Err()
	}
	w.Body.Close()
	return w.StatusCode == http.StatusSeeOther, nil
}

func browser() *http.Client {
	return &http.Client{Timeout: 10 * time.Second, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}
