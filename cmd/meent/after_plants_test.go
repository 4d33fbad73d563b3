package main

import (
	"errors"
	"testing"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// afterTheWork lets the first member and the first client say, ask and offer what
// they can after work whose hours they agreed.
func (h *testHouse) afterTheWork(t *testing.T) {
	t.Helper()
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	people := members.New(h.db, queue, h.now, nil, h.keyring)
	work := jobs.New(h.db, queue, people, payments.New(h.db, queue, people, nil, h.now, nil), h.now, nil)
	actor := func(kind members.RoleKind) members.Actor {
		who := h.someone(t, kind)
		as, err := people.Actor(t.Context(), who.Person, who.Role.ID)
		if err != nil {
			t.Fatal(err)
		}
		return as
	}
	member, client := actor(members.RoleMember), actor(members.RoleClient)
	var engagement jobs.EngagementID
	const agreed = `
		SELECT e.id FROM jobs.engagement e JOIN jobs.timesheet t ON t.engagement_id = e.id AND t.agreed_at IS NOT NULL
		JOIN jobs.shift s ON s.id = e.shift_id JOIN jobs.gig g ON g.id = s.gig_id
		WHERE e.member_id = $1 AND g.client_id = $2 ORDER BY t.agreed_at DESC LIMIT 1`
	if err := h.db.QueryRow(t.Context(), agreed, member.Member, client.Client).Scan(&engagement); err != nil {
		t.Fatal(err)
	}
	_, offered := work.OfferJob(t.Context(), client, engagement, jobs.NewJobOffer{Title: "Medewerker groen", Hours: 24,
		Starts: members.DayOf(h.now()).AddMonths(1), Words: "We willen je graag in dienst nemen."})
	if err := errors.Join(
		work.GiveFeedback(t.Context(), client, engagement, jobs.NewFeedback{Sentence: "Alles stond netjes op zijn plek."}),
		work.GiveFeedback(t.Context(), member, engagement, jobs.NewFeedback{Place: map[jobs.Aspect]jobs.PlaceWord{jobs.Welcome: jobs.WasGood}, Sentence: "Fijne plek."}),
		there(work.AskFavourite(t.Context(), client, engagement)),
		offered,
		work.RefuseMember(t.Context(), client, engagement, members.NewClientRefusal{Code: members.RefusedContact, Why: "Het klikte niet tussen ons.",
			Until: members.DayOf(h.now()).AddMonths(3)}),
	); err != nil {
		t.Fatal(err)
	}
}

// there leaves out that the demo's people asked already.
func there(err error) error {
	if errors.Is(err, jobs.ErrFavouriteThere) {
		return nil
	}
	return err
}
