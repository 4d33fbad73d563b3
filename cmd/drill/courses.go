package main

import (
	"context"
	"errors"
	"slices"
	"time"

	"meent/payments"
)

// course is what becomes of a payment in steps, and by what its points are known: calls,
// and tables that its commits write.
type course struct {
	name   string
	passes []string
	anew   bool // each is of a member who was never paid before
	give   func(*job)
}

// byTheClock are points that come with the hours.
const byTheClock = "the clock"

// courses are all of them; the first is a payment of which nothing more is asked.
func courses() []course {
	return []course{
		{"wages", []string{"CheckoutPage", "OpenAccount", "Transfer", "PayOut", "PayoutState", "payments.payout", "payments.bill"}, true, func(*job) {}},
		{"refunds", []string{"Refund", "payments.refund"}, false, func(j *job) { j.refund = j.total / 2 }},
		{"disputes let go", []string{"AcceptDispute"}, false, func(j *job) { j.card, j.letGo = badCard, true }},
		{"disputes", []string{"AnswerDispute", "payments.dispute"}, false, func(j *job) { j.card = badCard }},
		{"deposits", []string{"payments.deposit"}, false, func(j *job) { j.payBeforehand(j.total * 3 / 2) }},
		{"advances", []string{"payments.advance", "after commit of payments.payout"}, false, func(j *job) { j.advance = min(j.work.Wage()/2, mostAdvance) }},
		{"wages taken back", []string{"Reverse", "payments.settlement"}, true, func(j *job) { j.back = j.work.Wage() }},
		{byTheClock, []string{"payments.cursor", "payments.balance_change", "payments.difference", "payments.home"}, false, func(*job) {}},
	}
}

// courseOf is the course that passes a point.
func courseOf(point string) course {
	all := courses()
	for _, c := range all[1:] {
		if slices.ContainsFunc(c.passes, func(word string) bool { return passes(point, word) }) {
			return c
		}
	}
	return all[0]
}

func (j *job) payBeforehand(amount payments.Cents) {
	j.deposit = amount
	j.work.Deposit = j.depositRef()
}

// oldMembers are paid again and again.
const oldMembers = 4

// enough is what a bill gives the cooperative beside the usual: of that it bears what
// banks ask back, and advances.
const enough = payments.Cents(5000)

// give lets the client give the cooperative so much more.
func (j *job) give(more payments.Cents) {
	j.work.Contribution += more
	j.total += more
}

// newCourse makes a job of this course.
func (t *till) newCourse(ctx context.Context, c course) (j *job, err error) {
	member := t.members[t.rig.random.IntN(oldMembers)]
	if c.anew {
		member, err = t.newMember(ctx, t.office[0].Cooperative)
	}
	if err != nil {
		return nil, err
	}
	j = t.newJob(t.rig.random, member)
	j.give(enough)
	c.give(j)
	return j, nil
}

// playCourses plays each course to its end, while nobody ends the program.
func (t *till) playCourses(ctx context.Context) error {
	late := time.Now().Add(t.rig.calm)
	for _, c := range courses() {
		if _, err := t.newCourse(ctx, c); err != nil {
			return err
		}
	}
	noAdvance := slices.DeleteFunc(t.all(), func(j *job) bool { return j.advance > 0 }) // it comes from the fund
	if err := errors.Join(t.fundFrom(ctx, noAdvance), t.letTimePass(ctx)); err != nil {
		return err
	}
	return t.toTheEnd(ctx, late)
}

// toTheEnd lets everybody do what is left, until nothing is.
func (t *till) toTheEnd(ctx context.Context, late time.Time) error {
	for time.Now().Before(late) {
		if err := errors.Join(t.bringAll(ctx, t.undone()), t.answerDisputes(ctx)); err != nil {
			return err
		}
		if done, err := t.comeToRest(ctx, late); err != nil || done && !t.disputed(ctx) {
			return err
		}
	}
	return nil
}

// undone are the jobs of which somebody has to do more.
func (t *till) undone() []*job { return slices.DeleteFunc(t.all(), (*job).done) }
