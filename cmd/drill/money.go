package main

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/jackc/pgx/v5"
	"golang.org/x/sync/errgroup"

	"meent/payments"
	"meent/payments/stripesim"
)

// playMoney lets many bills be paid while the copies of the program are killed
// and answers of the gateway get lost, and judges by the simulator's book.
func (r *rig) playMoney(ctx context.Context) (v verdict, err error) {
	t, err := r.openTill(ctx, tillSize{workers: 2, coops: 2, members: min(20, max(3, r.payments/10))})
	if err != nil {
		return v, err
	}
	r.phase("open")
	r.calm += time.Duration(r.payments) * 60 * time.Millisecond
	first := r.payments/20 + 2*len(t.office)
	lot := t.spread(first)
	for _, j := range lot {
		if j.client.Cooperative == t.office[0].Cooperative { // the fund of the others is soon empty
			j.give(enough)
		}
	}
	jobs := t.jobsFor(r.payments)
	for i, j := range jobs {
		j.turn(i)
	}
	if err := errors.Join(t.fundFrom(ctx, lot), t.faults(ctx, lossy(), nil)); err != nil {
		return v, err
	}
	r.phase("fund")
	var group errgroup.Group
	over := make(chan struct{})
	group.Go(func() error {
		defer close(over)
		return errors.Join(t.bringAll(ctx, jobs), t.bringPatient(ctx, jobs))
	})
	group.Go(func() error { return t.killAlong(ctx, over) })
	if err := group.Wait(); err != nil {
		return v, err
	}
	fell, err := t.fell(ctx)
	if err != nil {
		return v, err
	}
	r.say(&v, fell > 0, "%d faults fell since the simulator's last start", fell)
	r.phase("calm")
	if err := t.noneEnded(); err != nil {
		return v, err
	}
	if err := t.calmAfterEnds(ctx); err != nil {
		return v, err
	}
	if err := t.decideDisputes(ctx); err != nil {
		return v, err
	}
	r.phase("judged")
	t.sayKills(&v)
	return v, t.judge(ctx, &v)
}

// turn lets one payment in ten be given back in part, one in fifty be disputed, one in
// twenty be paid beforehand, more than the bill or less, and ask one in twenty for
// part of the wage before the client pays.
func (j *job) turn(i int) {
	switch {
	case i%10 == 3:
		j.refund = j.total / payments.Cents(2+i/10%5)
	case i%50 == 7:
		j.card = badCard
	case i%20 == 15:
		j.deposit = j.total * payments.Cents(1+i/20%2*2) / 2
		j.work.Deposit = j.depositRef()
	case i%20 == 11, i == 1: // of few payments, too, two are of the cooperative whose fund has enough
		j.advance = min(j.work.Wage()/2, mostAdvance)
	}
}

// decideDisputes lets banks decide, one for us and one against us in turn, and then
// waits until that is known too.
func (t *till) decideDisputes(ctx context.Context) error {
	rows, err := t.there.Query(ctx, `SELECT id FROM stripesim.dispute WHERE status = 'needs_response' ORDER BY number`)
	if err != nil {
		return err
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil || len(list) == 0 {
		return err
	}
	for i, dispute := range list {
		outcome := url.Values{"outcome": {[]string{"won", "lost"}[i%2]}}
		if _, err := t.control(ctx, http.MethodPost, "/control/disputes/"+dispute, outcome); err != nil {
			return err
		}
	}
	late := time.Now().Add(t.rig.calm)
	if _, err = t.comeToRest(ctx, late); err != nil {
		return err
	}
	_, err = t.goOnAfterStop(ctx, late)
	return err
}

// lossy is a gateway that loses one answer in seven.
func lossy() map[stripesim.Fault]string {
	return map[stripesim.Fault]string{stripesim.LoseBefore: "0.03", stripesim.LoseAfter: "0.05", stripesim.ResetBefore: "0.01", stripesim.ResetAfter: "0.02",
		stripesim.Saved500: "0.01", stripesim.Saved500Done: "0.01", stripesim.LockTimeout: "0.01"}
}

// jobsFor makes so many jobs, spread over all members.
func (t *till) jobsFor(n int) (list []*job) {
	for i := range n {
		list = append(list, t.newJob(t.rig.random, t.members[i%len(t.members)]))
	}
	return list
}

// spread makes a few jobs, as many in each cooperative.
func (t *till) spread(n int) (list []*job) {
	for i := range n {
		list = append(list, t.newJob(t.rig.random, t.members[i*len(t.members)/n]))
	}
	return list
}

// killAlong kills copies as the payments go on, so that the kills are spread over
// all of them, and the rest of the kills when they are over.
func (t *till) killAlong(ctx context.Context, over <-chan struct{}) error {
	for n := 0; n < t.rig.kills; n++ {
		for due := int64((n + 1) * t.rig.payments / (t.rig.kills + 1)); t.kept.Load() < due; {
			select {
			case <-over:
				due = 0
			case <-ctx.Done():
				return ctx.Err()
			case <-time.After(10 * time.Millisecond):
			}
		}
		if err := t.killOne(ctx); err != nil {
			return err
		}
	}
	return nil
}

// noneEnded is an error as soon as a copy ended that was not killed.
func (t *till) noneEnded() error {
	for _, c := range t.rig.copies {
		if err := c.endedByItself(); err != nil {
			return err
		}
	}
	return nil
}

// killOne kills a copy without warning and starts it again at once.
func (t *till) killOne(ctx context.Context) error {
	if err := t.noneEnded(); err != nil {
		return err
	}
	n := t.rig.random.IntN(len(t.workers()) + 1)
	if n == len(t.workers()) {
		if err := t.door.kill(); err != nil {
			return err
		}
		return t.door.goOn(ctx)
	}
	c := t.workers()[n]
	c.waitForWord()
	if err := c.kill(); err != nil {
		return err
	}
	t.rig.count("kills")
	return c.start()
}
