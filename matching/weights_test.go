package matching_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
)

// TestChangeWeights: by a coordinator with a reason, once for each version; old offers
// keep their weights and are computed again by them.
func TestChangeWeights(t *testing.T) {
	h := newHouse(t)
	ctx, noor, anna := t.Context(), h.coordinator(), h.member("anna", "weeding")
	h.post(72*time.Hour, 1)
	first := h.offers(anna)[0]
	w, err := h.Weights(ctx, anna)
	if diff := cmp.Diff(matching.HouseWeights(), w); err != nil || diff != "" {
		t.Fatal(err, diff)
	}
	tests := []struct {
		name, field string
		change      func(*engine.Weights)
		why         string
	}{
		{"negative", "near", func(w *engine.Weights) { w.Of[engine.Near] = -1 }, "Zo besloten."},
		{"too high", "fit", func(w *engine.Weights) { w.Of[engine.Fit] = engine.MostWeight + 1 }, "Zo besloten."},
		{"overflowing", "fair", func(w *engine.Weights) { w.Of[engine.Fair] = 1 << 62 }, "Zo besloten."},
		{"no reason", "why", func(*engine.Weights) {}, " "},
		{"a long reason", "why", func(*engine.Weights) {}, strings.Repeat("x", 501)},
	}
	for _, tt := range tests {
		other := w
		tt.change(&other)
		var p check.Problems
		if err := h.ChangeWeights(ctx, noor, other, tt.why); !errors.As(err, &p) || len(p) != 1 || p[0].Field != tt.field {
			t.Errorf("%s: %v", tt.name, err)
		}
	}
	for _, version := range []int{1, 7} {
		other := w
		if other.Version = version; !errors.Is(h.ChangeWeights(ctx, noor, other, "Zo besloten."), members.ErrStale) {
			t.Errorf("who looked at version %d changes them", version)
		}
	}
	for _, by := range []members.Actor{anna, h.client, h.coach("els"), {}} {
		if err := h.ChangeWeights(ctx, by, w, "Zo besloten."); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s: %v", by.Kind, err)
		}
		if _, err := h.WeightHistory(ctx, by); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s reads: %v", by.Kind, err)
		}
		if _, err := h.PreviewWeights(ctx, by, w); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s previews: %v", by.Kind, err)
		}
	}
	w.Of[engine.Near] = 0
	h.must(h.ChangeWeights(ctx, noor, w, "Wie ver woont telt ook mee."))
	now, err := h.Weights(ctx, h.client)
	if w.Version++; err != nil || now != w {
		t.Errorf("%+v, %v", now, err)
	}
	history, err := h.WeightHistory(ctx, noor)
	if err != nil || len(history) != 2 || history[0].Why != "Wie ver woont telt ook mee." || history[0].By == "" || !history[0].Since.Equal(h.now) || history[1].Weights != matching.HouseWeights() {
		t.Errorf("%+v, %v", history, err)
	}
	h.post(96*time.Hour, 1)
	for _, o := range h.offers(anna) {
		want := 3
		if o.ID == first.ID {
			want = 2
		}
		r, err := h.Replay(ctx, o.ID)
		if err != nil || !r.Can || !r.Same || r.Weights.Version != want || o.Explanation.Version != want {
			t.Errorf("an offer of version %d: %+v, %v", want, r, err)
		}
	}
	if _, err := h.Replay(ctx, id.New[matching.Offer](nil)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no offer: %v", err)
	}
	for _, change := range []string{`UPDATE matching.weights SET fit = 0`, `DELETE FROM matching.weights`, `TRUNCATE matching.weights`} {
		if _, err := h.db.Exec(ctx, change); err == nil {
			t.Errorf("%s: a version can be changed", change)
		}
	}
}

// TestTwoCoordinatorsChangeWeights at the same moment: one of them did.
func TestTwoCoordinatorsChangeWeights(t *testing.T) {
	h := newHouse(t)
	noor, done := h.coordinator(), make(chan error, 2)
	for range 2 {
		go func() { done <- h.ChangeWeights(t.Context(), noor, matching.HouseWeights(), "Zo besloten.") }()
	}
	one, other := <-done, <-done
	if one == nil {
		one, other = other, one
	}
	if other != nil || !errors.Is(one, members.ErrStale) {
		t.Errorf("%v and %v", one, other)
	}
}

// TestPreviewWeights counts who would stand higher or lower, and changes nothing.
func TestPreviewWeights(t *testing.T) {
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	near, able, told := h.member("near", "weeding"), h.member("able", "weeding", "mopping"), h.member("told")
	h.exec(`UPDATE members.member SET reach_m = 90000`)
	h.exec(`UPDATE members.member SET place_code = 'utrecht' WHERE id = $1`, able.Member)
	gig, _ := h.quiet(72*time.Hour, 1)
	h.exec(`DELETE FROM jobs.gig_skill WHERE gig_id = $1`, gig)
	h.exec(`INSERT INTO jobs.gig_skill (cooperative_id, gig_id, skill_code) VALUES ($1, $2, 'weeding'), ($1, $2, 'mopping')`, h.client.Cooperative, gig)
	w := matching.HouseWeights()
	if p, err := h.PreviewWeights(ctx, noor, w); err != nil || p != (matching.Preview{Shifts: 1, People: 2}) {
		t.Errorf("the same weights: %+v, %v", p, err)
	}
	w.Of[engine.Fit], w.Of[engine.Near] = 0, engine.MostWeight
	if p, err := h.PreviewWeights(ctx, noor, w); err != nil || p != (matching.Preview{Shifts: 1, People: 2, Rise: 1, Fall: 1}) {
		t.Errorf("near before able (%s, not %s): %+v, %v", near.Name, told.Name, p, err)
	}
	w.Of[engine.Fit] = -1
	if _, err := h.PreviewWeights(ctx, noor, w); err == nil {
		t.Error("weights below nothing are looked at")
	}
	if now, err := h.Weights(ctx, noor); err != nil || now != matching.HouseWeights() {
		t.Errorf("%+v, %v", now, err)
	}
	empty := noor
	empty.Cooperative = id.NewCooperative(nil)
	if p, err := h.PreviewWeights(ctx, empty, matching.HouseWeights()); err != nil || p != (matching.Preview{}) {
		t.Errorf("a cooperative with no members: %+v, %v", p, err)
	}
}

// TestNoIsFree (promise 1): who refused twenty gigs stands as before, byte for byte,
// with the points of the second version.
func TestNoIsFree(t *testing.T) {
	h := newHouse(t)
	ctx, anna, noor := t.Context(), h.member("anna", "weeding"), h.coordinator()
	for _, m := range []members.Actor{anna, h.member("bea", "weeding", "mopping"), h.member("cas", "weeding")} {
		h.exec(`INSERT INTO members.member_profile (cooperative_id, member_id, physical, sensory, mental, hours_wanted, hours_most, room_cents) VALUES ($1, $2, 4, 4, 4, 8, 40, 90000)
			ON CONFLICT (cooperative_id, member_id) DO UPDATE SET physical = 4, sensory = 4, mental = 4, hours_wanted = 8, hours_most = 40, room_cents = 90000`, m.Cooperative, m.Member)
	}
	_, shift := h.quiet(30*24*time.Hour, 1)
	before, err := h.Fitting(ctx, noor, shift, 100)
	h.must(err)
	for i := range 20 {
		_, other := h.quiet(time.Duration(72+5*i)*time.Hour, 1)
		h.must(h.OfferTo(ctx, noor, other, anna.Member, "Zij wil graag bij deze klant beginnen."))
		for _, o := range h.offers(anna) {
			if o.State == matching.Sent {
				h.must(h.Decline(ctx, anna, o.ID, pickReason(i)))
			}
		}
	}
	var said int
	h.must(h.db.QueryRow(ctx, `SELECT count(*) FROM matching.offer WHERE member_id = $1 AND state = 'no'`, anna.Member).Scan(&said))
	after, err := h.Fitting(ctx, noor, shift, 100)
	if diff := cmp.Diff(before, after); err != nil || diff != "" || said != 20 || len(before) != 3 {
		t.Errorf("%d times no changed the ranking of %d: %v %s", said, len(before), err, diff)
	}
	h.must(pgx.BeginFunc(ctx, h.db, func(tx pgx.Tx) error {
		broken, err := h.Check(ctx, tx, anna.Cooperative, anna.Member, shift)
		if len(broken) > 0 {
			t.Errorf("%v", broken)
		}
		return err
	}))
}

func pickReason(i int) matching.Reason {
	all := append(matching.Reasons(), "")
	return all[i%len(all)]
}
