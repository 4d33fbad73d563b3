package coaching_test

import (
	"errors"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

// TestRestrictedCoachBeginsNothing: reading and taking back stay possible.
func TestRestrictedCoachBeginsNothing(t *testing.T) {
	s := newShop(t)
	o := &signing{pair: s.pair, noor: s.noor, client: s.linde.Client, kees: s.linde}
	s.must(s.grant(members.Scopes()...))
	statement := o.begin(autumn())
	hash := o.page(s.els, statement).Hash
	s.must(s.ShowTo(t.Context(), s.anna, to(s.linde)))
	release := s.newest().ID
	n := coaching.NewRail{Kind: coaching.CoachRail, Review: "2026-12-24"}
	rail, err := s.ProposeRail(t.Context(), s.anna, s.anna.Member, n)
	s.must(err)
	s.must(s.people.Restrict(t.Context(), s.noor, s.els.Person, "We zoeken eerst iets uit."))
	other := autumn()
	other.Funder = coaching.Funder{Kind: coaching.FunderOther, Name: "Fonds Zo"}
	_, begin := s.BeginStatement(t.Context(), s.els, s.anna.Member, other)
	_, propose := s.ProposeRail(t.Context(), s.els, s.anna.Member, n)
	for name, err := range map[string]error{
		"begins": begin, "signs": s.SignStatement(t.Context(), s.els, s.anna.Member, statement, hash),
		"asks to show": s.AskToShow(t.Context(), s.els, s.anna.Member, to(s.beuk)), "agrees to show": s.AgreeAsCoach(t.Context(), s.els, s.anna.Member, release),
		"proposes a rail": propose, "agrees to a rail": s.AnswerRail(t.Context(), s.els, rail, true),
	} {
		if !errors.Is(err, members.ErrRestricted) {
			t.Errorf("a restricted coach %s: %v", name, err)
		}
	}
	if list, err := s.Statements(t.Context(), s.els, s.anna.Member); err != nil || len(list) != 1 {
		t.Errorf("they read %+v, %v", list, err)
	}
	s.must(s.AnswerRail(t.Context(), s.els, rail, false))
	s.must(s.StopAsCoach(t.Context(), s.els, s.anna.Member, release))
	s.must(s.WithdrawStatement(t.Context(), s.els, s.anna.Member, statement))
}
