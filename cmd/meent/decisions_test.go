package main

import (
	"errors"
	"testing"

	"meent/internal/tasks"
	"meent/members"
)

const sentence = "Er zijn drie meldingen over onveilig werken bij klanten."

// officeWork leaves the office something to decide: a client that asks, a coach
// who is restricted, another who asks for a second look, and an invitation.
func (h *testHouse) officeWork(t *testing.T) {
	t.Helper()
	people := members.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), h.now, nil, h.keyring)
	office, coach, client := h.actor(t, members.RoleCoordinator), h.actor(t, members.RoleCoach), h.actor(t, members.RoleClient)
	ask := members.AskClient{Place: "arnhem", Contact: members.NewPerson{Name: "Zoë Visser", Email: "zoe@eik.example", Locale: members.Dutch}}
	ask.NewClient = members.NewClient{Cooperative: office.Cooperative, Name: "De Eik", Kind: members.Household, Address: "Eikstraat 1"}
	other := h.otherCoach(t, coach)
	err := errors.Join(
		people.AskClient(t.Context(), ask),
		people.Restrict(t.Context(), office, coach.Person, sentence),
		people.Restrict(t.Context(), office, other.Person, sentence),
		people.InviteColleague(t.Context(), client, members.NewColleagueInvitation{Name: "Bo Visser", Email: "bo@eik.example", Duty: members.PlainContact, Locale: members.Dutch}),
	)
	if err != nil {
		t.Fatal(err)
	}
	other, err = people.Actor(t.Context(), other.Person, other.Role)
	if err != nil {
		t.Fatal(err)
	}
	review, err := people.AskReview(t.Context(), other, members.Decision{Restriction: other.Restriction}, sentence)
	if err != nil {
		t.Fatal(err)
	}
	if err := people.TakeReview(t.Context(), h.actor(t, members.RoleCoordinator), review); !errors.Is(err, members.ErrOwnDecision) {
		t.Fatalf("who decided takes the review: %v", err)
	}
}

// otherCoach is the second coach of the cooperative.
func (h *testHouse) otherCoach(t *testing.T, but members.Actor) members.Actor {
	t.Helper()
	for _, one := range h.everyone {
		if one.Role.Kind == members.RoleCoach && one.Person != but.Person && one.Role.Cooperative == but.Cooperative {
			as, err := members.New(h.db, nil, h.now, nil).Actor(t.Context(), one.Person, one.Role.ID)
			if err != nil {
				t.Fatal(err)
			}
			return as
		}
	}
	t.Fatal("there is no second coach")
	return members.Actor{}
}
