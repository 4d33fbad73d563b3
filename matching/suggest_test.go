package matching_test

import (
	"encoding/json"
	"errors"
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// TestSuggestionsByEngineAsByTables: in worlds drawn by lot, and after edits of them,
// each member is suggested by the engine what the tables alone suggest, in the same
// order and for the same reasons; and it is what Prospects finds.
func TestSuggestionsByEngineAsByTables(t *testing.T) {
	shifts, explained := 0, 0
	for seed := uint64(51); seed < 53; seed++ {
		k := newKeeping(t, seed, 50, 20)
		who := func(m members.Actor) members.MemberID { return m.Member }                                                     // by their turn, for ids are drawn anew each time
		k.exec(`UPDATE members.member SET reach_m = 90000, state = 'member' WHERE id <> ALL ($1)`, eachOf(4, k.members, who)) // so that they can do some
		k.exec(`UPDATE jobs.gig SET certificate = false, step = 'accompanied', support_on_site = true WHERE id <> ALL ($1)`,
			eachOf(3, k.gigs, func(g jobs.GigID) jobs.GigID { return g }))
		k.exec(`DELETE FROM coaching.guard_rail WHERE member_id = ANY ($1)`, eachOf(2, k.members, who))
		k.exec(`UPDATE members.member_profile SET room_cents = NULL, hours_most = NULL, hours_wanted = NULL, rest_days = NULL, physical = NULL, sensory = NULL, mental = NULL, dutch = NULL, english = NULL`)
		k.exec(`DELETE FROM members.member_ability`)
		keeper := k.EngineKeeper()
		k.must(keeper.Load(t.Context()))
		for range 3 {
			k.catchUp(keeper)
			for _, m := range k.members {
				byEngine, byTables, fell, err := k.SuitsBoth(t.Context(), m)
				k.must(err)
				if diff := cmp.Diff(byTables, byEngine); fell || diff != "" {
					t.Fatalf("world %d, not asked: %v (-tables +engine):\n%s", seed, fell, diff)
				}
				shifts += len(byTables)
			}
			explained += k.suggestsAlike()
			k.must(keeper.Load(t.Context()))
			for range 10 {
				k.must(k.edit(k.lot))
			}
		}
	}
	if shifts < 100 || explained < 50 {
		t.Errorf("%d shifts and %d suggestions prove little", shifts, explained)
	}
}

// eachOf is the first, and then each that comes so many later.
func eachOf[T, K any](n int, list []T, key func(T) K) (some []K) {
	for i := 0; i < len(list); i += n {
		some = append(some, key(list[i]))
	}
	return some
}

// suggestsAlike asks with the engine, and then without it.
func (k *keeping) suggestsAlike() (explained int) {
	k.t.Helper()
	type seen struct {
		CanDo       []jobs.GigID
		Suggestions []matching.Suggestion
	}
	ask := func(m members.Actor) (s seen) {
		var err error
		s.CanDo, err = k.CanDo(k.t.Context(), m)
		k.must(err)
		s.Suggestions, err = k.Suggestions(k.t.Context(), m, 3)
		k.must(err)
		return s
	}
	with := map[id.Of[members.Member]]seen{}
	for _, m := range k.members {
		with[m.Member] = ask(m)
	}
	k.WithoutEngine()
	for _, m := range k.members {
		without := ask(m)
		if diff := cmp.Diff(without, with[m.Member]); diff != "" {
			k.t.Fatalf("%s (-tables +engine):\n%s", m.Name, diff)
		}
		found, err := k.Prospects(k.t.Context(), m)
		k.must(err)
		sorted := slices.Clone(without.CanDo)
		slices.SortFunc(sorted, func(a, b jobs.GigID) int { return slices.Compare(a[:], b[:]) })
		if diff := cmp.Diff(found.Fits(), sorted); diff != "" {
			k.t.Fatalf("%s (-prospects +can do):\n%s", m.Name, diff)
		}
		explained += len(without.Suggestions)
	}
	return explained
}

// TestSuggestionsLeaveOut what was put to them, what they asked for, and what is when
// they work; a gig stays for its other shift.
func TestSuggestionsLeaveOut(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding", "window-cleaning")
	_, offered := h.quiet(72*time.Hour, 2)
	_, asked := h.quiet(96*time.Hour, 2)
	_, taken := h.quiet(120*time.Hour, 2)
	_, same := h.quiet(121*time.Hour, 2)
	both, _ := h.seek(func(n *jobs.NewGig) {
		n.Asks = h.now.Add(1000 * time.Hour)
		later := n.Shifts[0].Starts.Add(96 * time.Hour)
		n.Shifts = append(n.Shifts, jobs.NewShift{Starts: later, Ends: later.Add(time.Hour), Seats: 1})
	})
	free, _ := h.quiet(200*time.Hour, 2)
	h.puts(offered, anna, "sent")
	h.ask(anna, asked)
	h.confirm(taken, anna)
	gig, err := h.jobs.Gig(t.Context(), h.client, both)
	h.must(err)
	h.puts(gig.Shifts[0].ID, anna, "no")
	found, err := h.Suggestions(t.Context(), anna, 10)
	h.must(err)
	got := map[jobs.GigID]jobs.ShiftID{}
	for _, s := range found {
		got[s.Gig] = s.Shift.ID
	}
	if len(found) != 2 || got[both] != gig.Shifts[1].ID || got[free].IsZero() {
		t.Errorf("suggested are %v; not %v", got, same)
	}
	can, err := h.CanDo(t.Context(), anna)
	if err != nil || len(can) != 4 { // also what was put to her and what she asked for
		t.Errorf("she can do %d gigs, %v", len(can), err)
	}
	if one, err := h.Suggestions(t.Context(), anna, 1); err != nil || len(one) != 1 || one[0].Gig != found[0].Gig || one[0].Explanation.Total < found[1].Explanation.Total {
		t.Errorf("the first is %+v, %v", one, err)
	}
}

// byEngine lets the engine choose from now on: it is loaded, and in step.
func (h *house) byEngine(keeper *matching.Keeper) {
	h.t.Helper()
	h.must(keeper.Load(h.t.Context()))
	h.catchUp(keeper)
	if !h.ByEngine(h.client.Cooperative) {
		h.t.Fatal("the engine is not in step")
	}
}

// puts writes an offer as it would stand.
func (h *house) puts(shift jobs.ShiftID, who members.Actor, state string) (offer matching.OfferID) {
	h.t.Helper()
	offer = id.New[matching.Offer](nil)
	h.exec(`INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, answered_at)
		VALUES ($1, $2, $3, $4, $5, 0, 1, '{"total": 0}', $6, $7, CASE WHEN $5 = 'no' THEN $6::timestamptz END)`, offer, who.Cooperative, shift, who.Member, state, h.now.Add(-time.Hour), h.now.Add(24*time.Hour))
	return offer
}

// TestRefusingTwentyGigsChangesNoSuggestion (promise 1): to the last byte, by the
// engine and by the tables.
func TestRefusingTwentyGigsChangesNoSuggestion(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	var offers []matching.OfferID
	for i, shift := range h.unasked(26) {
		if i < 20 {
			offers = append(offers, h.puts(shift, anna, "sent"))
		}
	}
	keeper := h.EngineKeeper()
	h.byEngine(keeper)
	before := h.seen(anna)
	for i, offer := range offers {
		h.must(h.Decline(t.Context(), anna, offer, matching.Reasons()[i%len(matching.Reasons())]))
	}
	h.catchUp(keeper)
	if after := h.seen(anna); after != before {
		t.Errorf("after twenty refusals:\n%s\n%s", before, after)
	}
	h.WithoutEngine()
	if after := h.seen(anna); after != before || len(before) < 1000 {
		t.Errorf("by the tables:\n%s\n%s", before, after)
	}
}

// seen is all that a member is suggested, as bytes.
func (h *house) seen(who members.Actor) string {
	h.t.Helper()
	list, err := h.Suggestions(h.t.Context(), who, 50)
	h.must(err)
	can, err := h.CanDo(h.t.Context(), who)
	h.must(err)
	all, err := json.Marshal([]any{list, can})
	h.must(err)
	return string(all)
}

// TestSuggestionsOfBadInput: no work, no skills, hardly any reach, and nobody.
func TestSuggestionsOfBadInput(t *testing.T) {
	h := newHouse(t)
	anna, none := h.member("anna", "weeding"), h.member("none")
	keeper := h.EngineKeeper()
	for _, way := range []string{"tables", "engine"} {
		if way == "engine" {
			h.byEngine(keeper)
		}
		if list, err := h.Suggestions(t.Context(), anna, 3); err != nil || len(list) != 0 {
			t.Errorf("%s, no work: %v, %v", way, list, err)
		}
	}
	_, shift := h.quiet(72*time.Hour, 1)
	h.exec(`UPDATE members.member SET reach_m = $2 WHERE id = $1`, anna.Member, members.MinReach)
	stranger := anna
	stranger.Member = id.New[members.Member](nil)
	for _, way := range []string{"tables", "engine"} {
		h.WithoutEngine()
		if way == "engine" {
			h.byEngine(keeper)
		}
		for _, who := range []members.Actor{anna, none, h.client, h.coordinator(), {}} {
			if list, err := h.Suggestions(t.Context(), who, 3); err != nil || len(list) != 0 {
				t.Errorf("%s, %s %s: %v, %v", way, who.Kind, who.Name, list, err)
			}
		}
		if _, err := h.Suggestions(t.Context(), stranger, 3); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s, nobody: %v", way, err)
		}
		if list, err := h.Suggestions(t.Context(), anna, -1); err != nil || list != nil {
			t.Errorf("%s, fewer than none: %v, %v", way, list, err)
		}
	}
	h.exec(`UPDATE members.member SET place_code = 'arnhem' WHERE id = $1`, anna.Member) // at the place itself
	list, err := h.Suggestions(t.Context(), anna, 3)
	if err != nil || len(list) != 1 || list[0].Shift.ID != shift {
		t.Errorf("the least reach, at the place: %+v, %v", list, err)
	}
}
