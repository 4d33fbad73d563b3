package coaching_test

import (
	"errors"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestStatementsNeedTheProgress: whom a statement is for, and when, is not for a
// coach without a key.
func TestStatementsNeedTheProgress(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	if list, err := s.Statements(t.Context(), s.els, s.anna.Member); err != nil || len(list) != 1 {
		t.Errorf("with a key: %+v, %v", list, err)
	}
	s.must(s.people.RevokeAll(t.Context(), s.anna, s.els.Role))
	next := autumn()
	next.Funder = coaching.Funder{Kind: coaching.FunderOther, Name: "Fonds Zo"}
	_, list := s.Statements(t.Context(), s.els, s.anna.Member)
	_, page := s.StatementOf(t.Context(), s.els, s.anna.Member, statement)
	_, begin := s.BeginStatement(t.Context(), s.els, s.anna.Member, next)
	for name, err := range map[string]error{
		"list": list, "page": page, "begin": begin, "summary": s.Summarize(t.Context(), s.els, s.anna.Member, statement, "x"),
		"sign": s.SignStatement(t.Context(), s.els, s.anna.Member, statement, "x"), "withdraw": s.WithdrawStatement(t.Context(), s.els, s.anna.Member, statement),
	} {
		var refused *members.NotGranted
		if !errors.As(err, &refused) || refused.Member != s.anna.Member || refused.Scope != members.ProgressScope {
			t.Errorf("%s without a key: %v", name, err)
		}
	}
	if n := s.count(`SELECT count(*) FROM members.access_read WHERE refused AND scope = 'progress'`); n != 1 {
		t.Errorf("%d lines tell the member who tried", n)
	}
	if list, err := s.Statements(t.Context(), s.anna, s.anna.Member); err != nil || len(list) != 1 {
		t.Errorf("the member sees %+v, %v", list, err)
	}
}

// TestStandInLeavesStatements: who stands in does not withdraw what the coach
// began, with keys or without.
func TestStandInLeavesStatements(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.sign(s.els, statement))
	s.must(s.NameStandIn(t.Context(), s.els, coaching.NewStandIn{Colleague: s.bob.Role, All: true, From: "2026-11-24", Until: "2026-12-05"}))
	if err := s.WithdrawStatement(t.Context(), s.bob, s.anna.Member, statement); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a key: %v", err)
	}
	s.must(s.Grant(t.Context(), s.anna, members.NewGrant{Grantee: s.bob.Role, Scopes: []members.Scope{members.ProgressScope}, Until: "2026-12-05"}))
	if err := s.WithdrawStatement(t.Context(), s.bob, s.anna.Member, statement); !errors.Is(err, coaching.ErrOtherCoach) {
		t.Errorf("with a key: %v", err)
	}
	s.must(s.WithdrawStatement(t.Context(), s.els, s.anna.Member, statement))
}
