package payments_test

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// colleague is a second coordinator beside noor.
func (h *figureHouse) colleague() (a members.Actor) {
	h.Helper()
	h.must(pgx.BeginFunc(h.Context(), h.db, func(tx pgx.Tx) error {
		who, err := h.people.EnsurePersonTx(h.Context(), tx, person("lot"))
		if err == nil {
			_, err = h.people.AddRoleTx(h.Context(), tx, members.NewRole{Person: who, Cooperative: h.noor.Cooperative, Kind: members.RoleCoordinator})
		}
		a.Person = who
		return err
	}))
	a, err := h.people.Actor(h.Context(), a.Person, members.RoleID{})
	h.must(err)
	return a
}

func topUp() payments.NewManual {
	return payments.NewManual{From: payments.CoopBank, To: payments.Fund, Amount: 50_000, Reason: "Gift van de gemeente"}
}

func (h *figureHouse) proposed(by members.Actor, n payments.NewManual) payments.ManualID {
	h.Helper()
	m, err := h.ProposeManual(h.Context(), by, n)
	h.must(err)
	return m
}

func (h *figureHouse) on(a payments.Account) payments.Cents {
	h.Helper()
	got, err := h.Balances(h.Context(), h.noor, a)
	h.must(err)
	return got[a]
}

// TestManualSentTwice: the same form proposes once, and a proposal is not another.
func TestManualSentTwice(t *testing.T) {
	h := newFigureHouse(t)
	n := topUp()
	n.ID = id.New[payments.Manual](nil)
	for range 3 {
		if got := h.proposed(h.noor, n); got != n.ID {
			t.Errorf("it has the number %v, want %v", got, n.ID)
		}
	}
	if list, err := h.Manuals(t.Context(), h.noor); err != nil || len(list) != 1 {
		t.Errorf("proposed %+v, %v", list, err)
	}
	n.Amount++
	if _, err := h.ProposeManual(t.Context(), h.noor, n); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another amount under the same number: %v", err)
	}
}

// TestFourEyes: nothing moves before a second coordinator says so, and then once.
func TestFourEyes(t *testing.T) {
	h := newFigureHouse(t)
	lot := h.colleague()
	m := h.proposed(h.noor, topUp())
	member := lot
	member.Kind = members.RoleMember
	for name, tt := range map[string]struct{ got, want error }{
		"one's own":            {h.ApproveManual(t.Context(), h.noor, m), payments.ErrOwnManual},
		"refusing one's own":   {h.RefuseManual(t.Context(), h.noor, m), payments.ErrOwnManual},
		"another cooperative":  {h.ApproveManual(t.Context(), h.jan, m), members.ErrNotFound},
		"no coordinator":       {h.ApproveManual(t.Context(), member, m), members.ErrNotFound},
		"no such proposal":     {h.ApproveManual(t.Context(), lot, payments.ManualID{1}), members.ErrNotFound},
		"taking another's one": {h.TakeManualBack(t.Context(), lot, m), members.ErrNotFound},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	if got := h.on(payments.Fund); got != 0 {
		t.Fatalf("before anybody approved there are %v", got)
	}
	var all sync.WaitGroup
	errs := make([]error, 4)
	for i := range errs {
		all.Go(func() { errs[i] = h.ApproveManual(t.Context(), lot, m) })
	}
	all.Wait()
	done := slices.IndexFunc(errs, func(err error) bool { return err == nil })
	for i, err := range errs {
		if i != done && !errors.Is(err, payments.ErrManualDecided) {
			t.Errorf("at once: %v", errs)
		}
	}
	if fund, bank := h.on(payments.Fund), h.on(payments.CoopBank); fund != 50_000 || bank != -50_000 {
		t.Errorf("the fund has %v and the bank %v", fund, bank)
	}
	list, err := h.Manuals(t.Context(), h.noor)
	if err != nil || len(list) != 1 || list[0].State != payments.ManualPosted || list[0].ProposedName != "noor" || list[0].DecidedName != "lot" || list[0].Reason != topUp().Reason {
		t.Errorf("Manuals = %+v, %v", list, err)
	}
	if list, err := h.Manuals(t.Context(), h.jan); err != nil || len(list) > 0 {
		t.Errorf("elsewhere: %+v, %v", list, err)
	}
	if got := strings.Join(h.deeds(h.noor), " "); got != "manual_approved manual_proposed cooperative_founded" {
		t.Errorf("the deeds are %q", got)
	}
	h.soundBut()
}

// TestManualsThatEnd move nothing, and cannot be approved any more.
func TestManualsThatEnd(t *testing.T) {
	h := newFigureHouse(t)
	lot := h.colleague()
	refused, back := h.proposed(h.noor, topUp()), h.proposed(h.noor, topUp())
	h.must(h.RefuseManual(t.Context(), lot, refused))
	h.must(h.TakeManualBack(t.Context(), h.noor, back))
	for _, m := range []payments.ManualID{refused, back} {
		for _, err := range []error{h.ApproveManual(t.Context(), lot, m), h.RefuseManual(t.Context(), lot, m), h.TakeManualBack(t.Context(), h.noor, m)} {
			if !errors.Is(err, payments.ErrManualDecided) {
				t.Errorf("afterwards: %v", err)
			}
		}
	}
	if got := h.on(payments.Fund); got != 0 {
		t.Errorf("the fund has %v", got)
	}
	h.soundBut()
}

// TestManualBounds: not more than there is, also on an account with many rows.
func TestManualBounds(t *testing.T) {
	h := newFigureHouse(t)
	lot := h.colleague()
	for i := range 20 {
		h.post(h.noor.Cooperative, "c"+string(rune('a'+i)), "client:x", payments.Contribution, 10)
	}
	draw := func(from payments.Account, cents payments.Cents) error {
		return h.ApproveManual(t.Context(), lot, h.proposed(h.noor, payments.NewManual{From: from, To: payments.CoopBank, Amount: cents, Reason: "Opname"}))
	}
	for name, tt := range map[string]struct{ got, want error }{
		"a cent too much":  {draw(payments.Contribution, 201), payments.ErrOverdrawn},
		"of an empty fund": {draw(payments.Fund, 1), payments.ErrOverdrawn},
		"all of it":        {draw(payments.Contribution, 200), nil},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	if got := h.on(payments.Contribution); got != 0 {
		t.Errorf("%v are left", got)
	}
	h.soundBut()
}

// TestManualForm: what a proposal may not say.
func TestManualForm(t *testing.T) {
	h := newFigureHouse(t)
	for _, tt := range []struct {
		name, field string
		change      func(*payments.NewManual)
	}{
		{"nothing", "amount", func(n *payments.NewManual) { n.Amount = 0 }},
		{"backwards", "amount", func(n *payments.NewManual) { n.Amount = -1 }},
		{"a slip of the pen", "amount", func(n *payments.NewManual) { n.Amount = payments.MostManual + 1 }},
		{"a member's money", "from", func(n *payments.NewManual) { n.From = "member:x:payable" }},
		{"to a member", "to", func(n *payments.NewManual) { n.To = "member:x:payable" }},
		{"to itself", "to", func(n *payments.NewManual) { n.To = n.From }},
		{"costs that came back", "from", func(n *payments.NewManual) { n.From = payments.Costs }},
		{"for no reason", "reason", func(n *payments.NewManual) { n.Reason = "  " }},
		{"in a novel", "reason", func(n *payments.NewManual) { n.Reason = strings.Repeat("a", 301) }},
	} {
		n := topUp()
		tt.change(&n)
		var problems check.Problems
		if _, err := h.ProposeManual(t.Context(), h.noor, n); !errors.As(err, &problems) || !problems.At(tt.field) {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	stranger := h.noor
	stranger.Kind = members.RoleClient
	if _, err := h.ProposeManual(t.Context(), stranger, topUp()); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a client: %v", err)
	}
	for name, tt := range map[string]struct{ sql, says string }{
		"by one person": {`UPDATE payments.manual SET state = 'posted', decided_by = proposed_by, decided_at = now()`, "manual_four_eyes"},
		"by nobody":     {`UPDATE payments.manual SET state = 'posted'`, "manual_decided_sometime"},
		"of a member":   {`UPDATE payments.manual SET source = 'member:x:payable'`, "manual_by_people"},
	} {
		h.proposed(h.noor, topUp())
		if err := h.exec(tt.sql); err == nil || !strings.Contains(err.Error(), tt.says) {
			t.Errorf("%s: %v, want %q", name, err, tt.says)
		}
	}
}
