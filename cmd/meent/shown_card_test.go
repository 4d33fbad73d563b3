package main

import (
	"errors"
	"testing"

	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// showCard lets the first member show themselves to the first client, and a
// coach ask another one to.
func (h *testHouse) showCard(t *testing.T) {
	t.Helper()
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	coaches := coaching.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), people, h.now, nil)
	client, coach := h.actor(t, members.RoleClient), h.actor(t, members.RoleCoach)
	n := coaching.NewRelease{Client: client.Client, Until: members.DayOf(h.now()).AddMonths(members.UsualGrantMonths), Alone: true, Sentence: "Ik werk graag buiten."}
	list, err := coaches.Caseload(t.Context(), coach)
	if err == nil {
		err = errors.Join(coaches.ShowTo(t.Context(), h.actor(t, members.RoleMember), n), coaches.AskToShow(t.Context(), coach, list[0].Member, n))
	}
	if err != nil {
		t.Fatal(err)
	}
}
