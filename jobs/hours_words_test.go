package jobs_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestReasonOfHoursIsSealed for the member: member and client read it, also once
// the hours are agreed; it stays in its row, and goes with the member's key.
func TestReasonOfHoursIsSealed(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(24 * time.Hour)
	const marker = "marker: u ging om een uur weg"
	if err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
		h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: marker})); err != nil {
		t.Fatal(err)
	}
	var row string
	if err := h.db.QueryRow(t.Context(), `SELECT t::text FROM jobs.timesheet t`).Scan(&row); err != nil || strings.Contains(row, "marker") || !strings.Contains(row, "client_proposed") {
		t.Errorf("the row is %s, %v", row, err)
	}
	if err := h.AgreeHours(h.ctx(), h.member, e); err != nil {
		t.Fatal(err)
	}
	for _, by := range []members.Actor{h.member, h.client} {
		if sheet := h.work(by, e).Sheet; sheet.Reason != marker || sheet.Gone {
			t.Errorf("a %s reads %+v", by.Kind, sheet)
		}
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.timesheet SET reason = set_bit(reason, 140, 1 - get_bit(reason, 140))`); err != nil {
		t.Fatal(err)
	}
	if sheet := h.work(h.client, e).Sheet; sheet.Reason != "" || !sheet.Gone {
		t.Errorf("changed by one bit it is %+v", sheet)
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.timesheet SET reason = set_bit(reason, 140, 1 - get_bit(reason, 140))`); err != nil {
		t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error { return h.people.DestroyKeyTx(t.Context(), tx, h.member.Person) })
	if sheet := h.work(h.client, e).Sheet; sheet.Reason != "" || !sheet.Gone || sheet.Worked != 3*time.Hour {
		t.Errorf("without the member's key: %+v", sheet)
	}
}

// TestHoursWithoutAKey are proposed and agreed; only reasons need one.
func TestHoursWithoutAKey(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	h.now = h.now.Add(24 * time.Hour)
	clock := func() time.Time { return h.now }
	people := members.New(h.db, nil, clock, nil)
	bare := jobs.New(h.db, h.queue, people, payments.New(h.db, h.queue, people, nil, clock, nil), clock, nil)
	if err := bare.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	why := jobs.Hours{Worked: 3 * time.Hour, Reason: "U ging weg."}
	if err := bare.ProposeHours(h.ctx(), h.client, e, why); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("a reason without a key: %v", err)
	}
	if err := h.ProposeHours(h.ctx(), h.client, e, why); err != nil {
		t.Fatal(err)
	}
	if _, err := bare.Work(h.ctx(), h.member, e); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("reading it without a key: %v", err)
	}
	if list, err := bare.Works(h.ctx(), h.member); err != nil || len(list) != 1 || list[0].Sheet.Reason != "" {
		t.Errorf("a list needs none: %+v, %v", list, err)
	}
	if err := bare.AgreeHours(h.ctx(), h.member, e); err != nil {
		t.Errorf("agreeing needs none: %v", err)
	}
	if got := h.work(h.member, e).Sheet; got.Reason != why.Reason || got.State != jobs.SheetAgreed {
		t.Errorf("in the end it is %+v", got)
	}
}
