package main

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/payments"
)

// ourSide is evidence with which the simulator's banks decide for us.
const ourSide = "winning_evidence"

// answerDisputes lets the office tell the bank its side of one dispute, and let it have
// the money of the next.
func (t *till) answerDisputes(ctx context.Context) error {
	const open = `SELECT id FROM payments.dispute WHERE state = 'open' AND answer_state = 'none' AND accept_state = 'none' ORDER BY opened_at`
	rows, err := t.rig.db.Query(ctx, open)
	if err != nil {
		return err
	}
	list, err := pgx.CollectRows(rows, pgx.RowTo[payments.DisputeID])
	for _, dispute := range list {
		err = errors.Join(err, t.answer(ctx, dispute))
	}
	return err
}

func (t *till) answer(ctx context.Context, dispute payments.DisputeID) error {
	t.answered++
	if t.answered%2 == 1 {
		return t.payments.AnswerDispute(ctx, t.office[0], dispute, ourSide)
	}
	err := t.payments.AcceptDispute(ctx, t.office[0], dispute)
	if errors.Is(err, payments.ErrBackDecided) { // the bank was faster
		return nil
	}
	return err
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
