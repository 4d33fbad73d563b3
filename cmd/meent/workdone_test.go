package main

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// done is how far work has come.
type done int

const (
	worked    done = iota
	proposed       // the member wrote the hours down
	agreed         // and there is a bill
	sentBack       // it was paid, and the member's bank sent the wage back
	inDispute      // the client agrees with a part
)

// workDone lets the first member have worked for the first client some days ago.
func (h *testHouse) workDone(t *testing.T, far done) {
	t.Helper()
	client, member := h.someone(t, members.RoleClient), h.someone(t, members.RoleMember)
	h.post(t, client, "Helpen met opruimen")
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	work := jobs.New(h.db, queue, people, payments.New(h.db, queue, people, nil, h.now, nil), h.now, nil)
	as, err := people.Actor(t.Context(), member.Person, member.Role.ID)
	if err != nil {
		t.Fatal(err)
	}
	var shift jobs.ShiftID
	const newest = `SELECT s.id FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id ORDER BY g.posted_at DESC, s.starts_at LIMIT 1`
	if err := h.db.QueryRow(t.Context(), newest).Scan(&shift); err != nil {
		t.Fatal(err)
	}
	h.moveBack(t, shift)
	var engagement jobs.EngagementID
	const engaged = `
		INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT gen_random_uuid(), cooperative_id, id, $2, starts_at, ends_at, 'confirmed', starts_at FROM jobs.shift WHERE id = $1 RETURNING id`
	err = pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return tx.QueryRow(t.Context(), engaged, shift, as.Member).Scan(&engagement)
	})
	if err == nil && far >= proposed {
		err = work.ProposeHours(t.Context(), as, engagement, jobs.Hours{Worked: 90 * time.Minute})
	}
	if err == nil && far >= agreed {
		var by members.Actor
		if by, err = people.Actor(t.Context(), client.Person, client.Role.ID); err == nil && far == inDispute {
			err = work.DisputeHours(t.Context(), by, engagement, jobs.Disputing{Undisputed: time.Hour, Reason: "Om elf uur was het klaar."})
		} else if err == nil {
			err = work.AgreeHours(t.Context(), by, engagement)
		}
	}
	if err == nil && far == sentBack {
		err = h.sendBack(t, engagement)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// sendBack writes the rows that a payout leaves which came back; its postings
// are nobody's business on a page.
func (h *testHouse) sendBack(t *testing.T, engagement jobs.EngagementID) error {
	t.Helper()
	return pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		const paid = `UPDATE payments.bill SET state = 'paid', charge_id = 'ch_' || id, paid_at = billed_at WHERE ref = $1`
		if _, err := tx.Exec(t.Context(), paid, engagement.String()); err != nil {
			return err
		}
		const back = `
			INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at)
			SELECT gen_random_uuid(), l.cooperative_id, l.id, l.member_id, l.cents, 'failed', b.billed_at
			FROM payments.bill_line l JOIN payments.bill b ON b.id = l.bill_id WHERE b.ref = $1 AND l.kind = 'wage'`
		_, err := tx.Exec(t.Context(), back, engagement.String())
		return err
	})
}

// moveBack lets a shift be over. Each goes a day further, so that none overlap.
func (h *testHouse) moveBack(t *testing.T, shift jobs.ShiftID) {
	t.Helper()
	const back = `
		UPDATE jobs.shift SET starts_at = starts_at - past.days, ends_at = ends_at - past.days
		FROM (SELECT (3 + count(*)) * interval '1 day' AS days FROM jobs.engagement) past WHERE id = $1`
	if _, err := h.db.Exec(t.Context(), back, shift); err != nil {
		t.Fatal(err)
	}
}
