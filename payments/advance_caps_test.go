package payments_test

import (
	"errors"
	"sync"
	"testing"

	"meent/payments"
)

// TestAdvanceCaps: what the fund, the cooperative or a member's past do not bear the
// program does not approve; what the fund or the cooperative do not bear nobody does.
func TestAdvanceCaps(t *testing.T) {
	for _, tt := range []struct {
		name        string
		fund, limit payments.Cents
		asked       payments.Cents
		doubt       payments.Doubt
		person      error // of a coordinator who approves it
	}{
		{"all of what the fund can have out", 5000, 20000, 4000, payments.NoDoubt, nil},
		{"a cent more than four fifths of the fund", 5000, 20000, 4001, payments.FundDoubt, payments.ErrNoRoom},
		{"all that anybody may have", 50000, 3000, 3000, payments.NoDoubt, nil},
		{"a cent more than anybody may have", 50000, 3000, 3001, payments.LimitDoubt, payments.ErrNoRoom},
		{"a first one", 50000, 20000, payments.FirstAdvance, payments.NoDoubt, nil},
		{"more than a first one", 50000, 20000, payments.FirstAdvance + 1, payments.HistoryDoubt, nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t, nil)
			h.billed()
			h.run()
			h.fund(tt.fund)
			p := payments.DefaultPolicy()
			p.Advance = tt.limit
			h.policy(p)
			a := h.ask(tt.asked)
			want := payments.AdvanceAsked
			if tt.doubt == payments.NoDoubt {
				want = payments.AdvanceApproved
			}
			if got := h.advanceIs(want); got.Doubt != tt.doubt {
				t.Errorf("the doubt is %q, want %q", got.Doubt, tt.doubt)
			}
			if tt.doubt != payments.NoDoubt {
				if err := h.ApproveAdvance(t.Context(), h.coordinator, a); !errors.Is(err, tt.person) || tt.person == nil && err != nil {
					t.Errorf("a coordinator approves it: %v, want %v", err, tt.person)
				}
			}
			h.soundBooks()
		})
	}
}

// TestLowerLimitTakesNothingBack: what is out is not wrong since less may be out now; what
// was never let is.
func TestLowerLimitTakesNothingBack(t *testing.T) {
	h := newHouse(t, nil)
	h.billed()
	h.run()
	h.fund(50000)
	h.ask(5000)
	p := payments.DefaultPolicy()
	p.Advance = 100
	h.policy(p)
	h.soundBooks()
	h.sql(`UPDATE payments.advance SET limit_cents = 4999`)
	if faults, err := h.Audit(t.Context()); err != nil || faults["advanced"] != 1 {
		t.Errorf("Audit = %v, %v; want one member who has too much", faults, err)
	}
}

// TestTwoAskAtOnce: the fund bears one of them; the other waits for a person.
func TestTwoAskAtOnce(t *testing.T) {
	h := newHouse(t, nil)
	h.billed()
	h.billedFor("work-2")
	h.run()
	h.fund(5000)
	var both sync.WaitGroup
	for _, work := range []payments.Reference{"work-1", "work-2"} {
		both.Go(func() {
			if _, err := h.AskAdvance(t.Context(), h.member, work, 2100); err != nil {
				t.Errorf("%s: %v", work, err)
			}
		})
	}
	both.Wait()
	var approved, asked int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FILTER (WHERE state = 'approved' AND doubt = ''), count(*) FILTER (WHERE state = 'asked' AND doubt = 'fund') FROM payments.advance`).Scan(&approved, &asked))
	if approved != 1 || asked != 1 {
		t.Errorf("%d were approved, and %d wait; want one each", approved, asked)
	}
}
