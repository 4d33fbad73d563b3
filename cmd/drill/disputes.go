package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// ourSide is evidence with which the simulator's banks decide for us.
const ourSide = "winning_evidence"

// answerDisputes lets the office tell banks its side, or let them have the money.
func (t *till) answerDisputes(ctx context.Context) error {
	const open = `SELECT id, bill_id FROM payments.dispute WHERE state = 'open' AND answer_state = 'none' AND accept_state = 'none'`
	rows, err := t.rig.db.Query(ctx, open)
	if err != nil {
		return err
	}
	list, dispute, bill := map[payments.BillID]payments.DisputeID{}, payments.DisputeID{}, payments.BillID{}
	_, err = pgx.ForEachRow(rows, []any{&dispute, &bill}, func() error { list[bill] = dispute; return nil })
	for _, j := range t.all() {
		if dispute, open := list[j.bill]; open {
			err = errors.Join(err, t.answer(ctx, j, dispute))
		}
	}
	return err
}

func (t *till) answer(ctx context.Context, j *job, dispute payments.DisputeID) error {
	if j.letGo {
		return t.payments.AcceptDispute(ctx, t.office[0], dispute)
	}
	return t.payments.AnswerDispute(ctx, t.office[0], dispute, ourSide)
}

// disputed reports whether a client who says "that was not me" has no answer yet.
func (t *till) disputed(ctx context.Context) bool {
	want, ended := 0, 0
	for _, j := range t.all() {
		if j.card == badCard {
			want++
		}
	}
	err := t.rig.db.QueryRow(ctx, `SELECT count(*) FROM payments.dispute WHERE state IN ('won', 'lost')`).Scan(&ended)
	return err != nil || ended < want
}
