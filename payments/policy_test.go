package payments_test

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"

	"meent/internal/check"
	"meent/members"
	"meent/payments"
)

func wider() payments.Policy {
	p := payments.DefaultPolicy()
	p.Payout, p.Hour = 2_000_00, 50_000_00
	return p
}

// TestLimitsTakeTwo: other limits count once another coordinator says so.
func TestLimitsTakeTwo(t *testing.T) {
	h := newFigureHouse(t)
	lot := h.colleague()
	now := func(want payments.Policy) {
		t.Helper()
		if got, err := h.Policy(t.Context(), h.noor.Cooperative); err != nil || got != want {
			t.Errorf("Policy = %+v, %v, want %+v", got, err, want)
		}
	}
	change, err := h.ProposePolicy(t.Context(), h.noor, wider(), " Het wordt drukker ")
	h.must(err)
	member := lot
	member.Kind = members.RoleMember
	for name, tt := range map[string]struct{ got, want error }{
		"one's own":           {h.DecidePolicy(t.Context(), h.noor, change, payments.PolicyApproved), payments.ErrOwnPolicy},
		"refusing one's own":  {h.DecidePolicy(t.Context(), h.noor, change, payments.PolicyRefused), payments.ErrOwnPolicy},
		"another's taken":     {h.DecidePolicy(t.Context(), lot, change, payments.PolicyTakenBack), members.ErrNotFound},
		"another cooperative": {h.DecidePolicy(t.Context(), h.jan, change, payments.PolicyApproved), members.ErrNotFound},
		"no coordinator":      {h.DecidePolicy(t.Context(), member, change, payments.PolicyApproved), members.ErrNotFound},
		"no decision":         {h.DecidePolicy(t.Context(), lot, change, payments.PolicyProposed), members.ErrNotFound},
		"none such":           {h.DecidePolicy(t.Context(), lot, payments.PolicyChangeID{1}, payments.PolicyApproved), members.ErrNotFound},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	if _, err := h.ProposePolicy(t.Context(), lot, wider(), "Ook"); !errors.Is(err, payments.ErrPolicyWaits) {
		t.Errorf("a second one: %v", err)
	}
	if _, err := h.ProposePolicy(t.Context(), member, wider(), "Ook"); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("of a member: %v", err)
	}
	now(payments.DefaultPolicy())
	h.must(h.DecidePolicy(t.Context(), lot, change, payments.PolicyApproved))
	now(wider())
	if got, err := h.Policy(t.Context(), h.jan.Cooperative); err != nil || got != payments.DefaultPolicy() {
		t.Errorf("elsewhere: %+v, %v", got, err)
	}
	if err := h.DecidePolicy(t.Context(), lot, change, payments.PolicyRefused); !errors.Is(err, payments.ErrPolicyDecided) {
		t.Errorf("again: %v", err)
	}
	again, err := h.ProposePolicy(t.Context(), lot, payments.DefaultPolicy(), "Terug")
	h.must(err)
	h.must(h.DecidePolicy(t.Context(), lot, again, payments.PolicyTakenBack))
	now(wider())
	list, err := h.PolicyChanges(t.Context(), h.noor)
	if err != nil || len(list) != 2 || !slices.ContainsFunc(list, func(p payments.PolicyChange) bool {
		return p.State == payments.PolicyApproved && p.Reason == "Het wordt drukker" && p.ProposedName == "noor" && p.DecidedName == "lot" && p.Own(h.noor)
	}) {
		t.Errorf("PolicyChanges = %+v, %v", list, err)
	}
	if list, err := h.PolicyChanges(t.Context(), h.jan); err != nil || len(list) > 0 {
		t.Errorf("elsewhere: %+v, %v", list, err)
	}
}

func TestLimitsThatCannotBe(t *testing.T) {
	h := newFigureHouse(t)
	for name, tt := range map[string]struct {
		field string
		set   func(*payments.Policy)
	}{
		"below zero":          {"four_eyes", func(p *payments.Policy) { p.FourEyes = -1 }},
		"nothing at once":     {"payout", func(p *payments.Policy) { p.Payout = 0 }},
		"nothing in an hour":  {"hour", func(p *payments.Policy) { p.Hour = 0 }},
		"more than there is":  {"member_day", func(p *payments.Policy) { p.MemberDay = math.MaxInt64 }},
		"the least there is":  {"payout", func(p *payments.Policy) { p.Payout = math.MinInt64 }},
		"a large advance":     {"advance", func(p *payments.Policy) { p.Advance = payments.MostAdvanceLimit + 1 }},
		"one cent too much":   {"hour", func(p *payments.Policy) { p.Hour = payments.MostLimit + 1 }},
		"an advance of minus": {"advance", func(p *payments.Policy) { p.Advance = -1 }},
	} {
		p := payments.DefaultPolicy()
		tt.set(&p)
		var problems check.Problems
		if _, err := h.ProposePolicy(t.Context(), h.noor, p, "Zo"); !errors.As(err, &problems) || !problems.At(tt.field) || len(problems) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, reason := range []string{"", "  ", strings.Repeat("a", 301)} {
		var problems check.Problems
		if _, err := h.ProposePolicy(t.Context(), h.noor, wider(), reason); !errors.As(err, &problems) || !problems.At("reason") {
			t.Errorf("the reason %q: %v", reason, err)
		}
	}
}
