package main

import (
	"errors"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// tellFunder leaves statements: one about the first of the coach's caseload,
// signed by the coach, and one about the first member that their coach began, with
// a question to the first client.
func (h *testHouse) tellFunder(t *testing.T) {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	coaches := coaching.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), people, h.now, nil)
	member, coach, client := h.actor(t, members.RoleMember), h.actor(t, members.RoleCoach), h.actor(t, members.RoleClient)
	list, err := coaches.Caseload(t.Context(), coach)
	if err != nil || len(list) == 0 {
		t.Fatalf("%d in the caseload, %v", len(list), err)
	}
	first := h.beginStatement(t, people, coaches, coach, list[0].Member)
	page, err := coaches.StatementOf(t.Context(), coach, list[0].Member, first)
	if err == nil {
		err = coaches.SignStatement(t.Context(), coach, list[0].Member, first, page.Hash)
	}
	own, ownErr := coaches.CoachOf(t.Context(), member)
	theirs := members.Actor{Person: coach.Person, Role: own.Role, Kind: members.RoleCoach, Cooperative: member.Cooperative}
	if err := errors.Join(err, ownErr); err != nil {
		t.Fatal(err)
	}
	if list[0].Member != member.Member {
		h.beginStatement(t, people, coaches, theirs, member.Member)
	}
	if err == nil { // by somebody who does not keep the client away
		i := 1
		if list[i].Member == member.Member {
			i = 2
		}
		other := members.Actor{Cooperative: coach.Cooperative, Kind: members.RoleMember, Member: list[i].Member, Person: h.personOf(t, list[i].Member)}
		first = h.beginStatement(t, people, coaches, coach, other.Member)
		err = errors.Join(coaches.AskSatisfaction(t.Context(), coach, other.Member, first, client.Client),
			coaches.AgreeSatisfaction(t.Context(), other, first, client.Client, true))
	}
	if err != nil {
		t.Fatal(err)
	}
}

func (h *testHouse) beginStatement(t *testing.T, people *members.Service, coaches *coaching.Service, coach members.Actor, m members.MemberID) coaching.StatementID {
	t.Helper()
	today := members.DayOf(h.now())
	err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return people.GrantTx(t.Context(), tx, members.Actor{Cooperative: coach.Cooperative, Member: m}, members.NewGrant{Grantee: coach.Role, Until: today.AddMonths(1),
			Scopes: []members.Scope{members.ProgressScope, members.SharedNotesScope, members.HoursScope}})
	})
	if err != nil {
		t.Fatal(err)
	}
	one, err := coaches.BeginStatement(t.Context(), coach, m, coaching.NewStatement{Funder: coaching.Funder{Kind: coaching.FunderOther, Name: "Fonds Samen Werken"}, From: today.AddMonths(-6), Until: today})
	if err != nil {
		t.Fatal(err)
	}
	return one
}
