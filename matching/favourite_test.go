package matching_test

import (
	"encoding/json"
	"testing"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// worked lets somebody have worked for the client: an old engagement that is paid.
func (h *house) worked(who members.Actor) (engagement string) {
	h.t.Helper()
	_, shift := h.quiet(600*time.Hour, 1)
	engagement = id.New[jobs.Engagement](nil).String()
	_, err := h.db.Exec(h.t.Context(), `INSERT INTO jobs.engagement (id, cooperative_id, shift_id, member_id, starts_at, ends_at, state, confirmed_at)
		SELECT $1, cooperative_id, id, $3, starts_at - interval '1 year', ends_at - interval '1 year', 'paid', $4 FROM jobs.shift WHERE id = $2`, engagement, shift, who.Member, h.now)
	h.must(err)
	return engagement
}

// favourite makes somebody a favourite of the client.
func (h *house) favourite(who members.Actor) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), `INSERT INTO jobs.favourite (id, cooperative_id, member_id, client_id, engagement_id, state, asked_by, asked_at, answered_at)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, 'on', $5, $6, $6)`, who.Cooperative, who.Member, h.client.Client, h.worked(who), h.client.Role, h.now)
	h.must(err)
}

// TestFavouriteIsAskedFirst: alone, though others have more points; they follow
// when the window closes, and a no ends nothing.
func TestFavouriteIsAskedFirst(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding", "window-cleaning")
	h.favourite(anna)
	h.post(72*time.Hour, 1)
	first := h.offers(anna)
	if len(first) != 1 || !first[0].Explanation.Favourite || len(h.offers(bea)) != 0 {
		t.Fatalf("Anna is offered %+v, Bea %+v", first, h.offers(bea))
	}
	h.must(h.Decline(t.Context(), anna, first[0].ID, matching.TooFar))
	h.later(25 * time.Hour)
	if others := h.offers(bea); len(others) != 1 || others[0].Explanation.Favourite {
		t.Errorf("Bea is offered %+v", others)
	}
	h.post(200*time.Hour, 1)
	if again := h.offers(anna); len(again) != 2 {
		t.Errorf("after a no Anna has %d offers, want another", len(again))
	}
}

// TestFavouriteWhoDoesNotFit is not asked, and nobody waits for them.
func TestFavouriteWhoDoesNotFit(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "cloakroom"), h.member("bea", "weeding")
	h.favourite(anna)
	h.post(72*time.Hour, 1)
	if len(h.offers(anna)) != 0 || len(h.offers(bea)) != 1 {
		t.Errorf("Anna has %d offers, Bea %d", len(h.offers(anna)), len(h.offers(bea)))
	}
}

// refuse lets the client refuse somebody until a day.
func (h *house) refuse(who members.Actor, until members.Day) {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), `INSERT INTO members.client_refusal (id, cooperative_id, member_id, client_id, by_id, by_role, by_kind, code, why, at, until)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, 'client', 'contact', decode(repeat('ab', 60), 'hex'), $6, $7::date)`,
		who.Cooperative, who.Member, h.client.Client, h.client.Person, h.client.Role, h.now, string(until))
	h.must(err)
}

// TestWhoIsRefusedIsNotAsked: for a while, by this client alone, and they read the
// rule when they ask.
func TestWhoIsRefusedIsNotAsked(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.favourite(anna)
	h.refuse(anna, members.DayOf(h.now).AddDays(10))
	h.post(48*time.Hour, 1)
	if list := h.offers(anna); len(list) != 0 {
		t.Errorf("Anna is offered %+v", list)
	}
	gig, shift := h.quiet(72*time.Hour, 1)
	h.breaks(anna, shift, matching.RefusedRule)
	if chances, err := h.Chances(t.Context(), anna, gig); err != nil || len(chances) != 1 || len(chances[0].Broken) != 1 || chances[0].Broken[0] != matching.RefusedRule {
		t.Errorf("the chances are %+v, %v", chances, err)
	}
	h.now = h.now.AddDate(0, 0, 11)
	h.post(48*time.Hour, 1)
	if list := h.offers(anna); len(list) != 1 {
		t.Errorf("once the day is over Anna is offered %+v", list)
	}
}

// TestRefusalAfterTheYesGivesNoSeat: the rule holds when a seat is given, too.
func TestRefusalAfterTheYesGivesNoSeat(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.post(48*time.Hour, 1)
	offer := h.offers(anna)[0]
	h.must(h.Accept(t.Context(), anna, offer.ID))
	h.refuse(anna, members.DayOf(h.now).AddDays(10))
	h.now = offer.Until
	h.run()
	if got := h.state(anna); got != matching.Withdrawn {
		t.Errorf("the yes is %s", got)
	}
}

// TestFeedbackIsNoInput: whatever a client or a member said, who is asked and why
// is the same to the byte.
func TestFeedbackIsNoInput(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	works := map[members.Actor]string{anna: h.worked(anna), bea: h.worked(bea)}
	asked := func() string {
		h.post(72*time.Hour, 1)
		why := map[string]any{}
		for _, who := range []members.Actor{anna, bea} {
			for _, o := range h.offers(who) {
				why[who.Person.String()] = o.Explanation
			}
		}
		text, err := json.Marshal(why)
		h.must(err)
		_, err = h.db.Exec(t.Context(), `DELETE FROM matching.offer`)
		h.must(err)
		return string(text)
	}
	before := asked()
	for who, word := range map[members.Actor]string{anna: "practise", bea: "well"} {
		for _, side := range []string{"client", "member"} {
			_, err := h.db.Exec(t.Context(), `INSERT INTO jobs.feedback (id, cooperative_id, engagement_id, side, by_role_id, safe, given_at)
				VALUES (gen_random_uuid(), $1, $2, $3, $4, CASE $3 WHEN 'member' THEN 'not' END, $5)`, who.Cooperative, works[who], side, h.client.Role, h.now)
			h.must(err)
		}
		_, err := h.db.Exec(t.Context(), `INSERT INTO jobs.feedback_skill SELECT cooperative_id, id, 'weeding', $2 FROM jobs.feedback WHERE engagement_id = $1 AND side = 'client'`, works[who], word)
		h.must(err)
	}
	if after := asked(); after != before || len(before) < 100 {
		t.Errorf("before:\n%s\nafter:\n%s", before, after)
	}
}
