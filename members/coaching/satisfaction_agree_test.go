package coaching_test

import (
	"errors"
	"testing"

	"meent/members"
	"meent/members/coaching"
)

func (s *signing) told() int {
	s.t.Helper()
	return s.count(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.satisfaction_asked'`)
}

func (s *signing) open() []coaching.Satisfaction {
	s.t.Helper()
	list, err := s.OpenForms(s.t.Context(), s.kees)
	s.must(err)
	return list
}

func (s *signing) formOfClient() (form coaching.SatisfactionID) {
	s.t.Helper()
	s.must(s.db.QueryRow(s.t.Context(), `SELECT id FROM coaching.satisfaction WHERE by_kind = 'client'`).Scan(&form))
	return form
}

// TestClientIsAskedWithTheMembersYes: before it they hear and see nothing, and a
// no stays.
func TestClientIsAskedWithTheMembersYes(t *testing.T) {
	for _, yes := range []bool{true, false} {
		s := newSigning(t)
		ctx := t.Context()
		s.letAll(s.els.Role)
		statement := s.begin(autumn())
		s.must(s.AskSatisfaction(ctx, s.els, s.anna.Member, statement, s.client))
		form := s.formOfClient()
		hidden := func(when string) {
			t.Helper()
			_, err := s.Form(ctx, s.kees, form)
			people, listErr := s.AskedForSatisfaction(ctx, s.c, form)
			s.must(listErr)
			if give := s.GiveForm(ctx, s.kees, form, opinion(7, "")); s.told() != 0 || len(s.open()) != 0 || len(people) != 0 || !errors.Is(err, members.ErrNotFound) || !errors.Is(give, members.ErrNotFound) {
				t.Errorf("%s the client knows: %d told, %v, %v, %v, %v", when, s.told(), s.open(), people, err, give)
			}
			if forms := s.page(s.els, statement).Content.Forms; len(forms) != 2 || forms[1].Asked != "" {
				t.Errorf("%s the statement says %+v", when, forms)
			}
		}
		hidden("before the yes")
		if waits := s.page(s.anna, statement).Waits; len(waits) != 1 || waits[0].ID != s.client {
			t.Errorf("Anna is asked about %+v", waits)
		}
		for name, by := range map[string]members.Actor{"the coach": s.els, "the client": s.kees, "another member": s.actor(s.c, "zoe", members.RoleMember)} {
			if err := s.AgreeSatisfaction(ctx, by, statement, s.client, true); !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s says yes: %v", name, err)
			}
		}
		s.must(s.AgreeSatisfaction(ctx, s.anna, statement, s.client, yes))
		if err := s.AgreeSatisfaction(ctx, s.anna, statement, s.client, !yes); !errors.Is(err, coaching.ErrFormClosed) {
			t.Errorf("the other answer: %v", err)
		}
		if !yes {
			s.must(s.AskSatisfaction(ctx, s.els, s.anna.Member, statement, s.client))
			hidden("after a no")
			continue
		}
		if s.told() != 1 || len(s.open()) != 1 || s.page(s.els, statement).Content.Forms[1].Asked != "2026-11-24" {
			t.Errorf("after the yes %d are told, %v", s.told(), s.open())
		}
		s.must(s.people.Block(ctx, s.anna, s.client, "Ik wil daar niet meer werken."))
		if _, err := s.Form(ctx, s.kees, form); len(s.open()) != 0 || !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a client who is kept away since sees it: %v", err)
		}
	}
}

// TestClientWhoIsKeptAwayIsNotAsked: nobody is told, and the coach cannot tell.
func TestClientWhoIsKeptAwayIsNotAsked(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	s.must(s.people.Block(t.Context(), s.anna, s.client, "Ik wil daar niet meer werken."))
	statement := s.begin(autumn())
	s.must(s.AskSatisfaction(t.Context(), s.els, s.anna.Member, statement, s.client))
	if waits := s.page(s.anna, statement).Waits; len(waits) != 0 {
		t.Errorf("Anna is asked about %+v", waits)
	}
	s.must(s.AgreeSatisfaction(t.Context(), s.anna, statement, s.client, true))
	if forms := s.page(s.els, statement).Content.Forms; s.told() != 0 || len(s.open()) != 0 || len(forms) != 2 || forms[1].Asked != "" {
		t.Errorf("asked all the same: %d told, %+v", s.told(), forms)
	}
}

// TestMemberAsksAtOnce where nobody proposed it.
func TestMemberAsksAtOnce(t *testing.T) {
	s := newSigning(t)
	s.letAll(s.els.Role)
	statement := s.begin(autumn())
	s.must(s.AgreeSatisfaction(t.Context(), s.anna, statement, s.client, true))
	if s.told() != 1 || len(s.open()) != 1 {
		t.Errorf("%d are told, %v", s.told(), s.open())
	}
}
