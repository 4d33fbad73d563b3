package matching_test

import (
	"slices"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// TestLookingAroundIsCheck: what is read of many shifts at once gives, for every
// member and shift of a world drawn by lot, what Check gives for the two.
func TestLookingAroundIsCheck(t *testing.T) {
	w := newWild(t, 7, 12, 16)
	pairs, seen := 0, map[matching.Rule]int{}
	for _, m := range w.members {
		looked, err := w.Looked(t.Context(), m)
		w.must(err)
		w.must(pgx.BeginFunc(t.Context(), w.db, func(tx pgx.Tx) error {
			for shift, got := range looked {
				want, err := w.Check(t.Context(), tx, m.Cooperative, m.Member, shift)
				if err != nil {
					return err
				}
				if pairs++; !slices.Equal(got, want) {
					t.Errorf("%s on %s: looking around gives %v, Check %v", m.Name, shift, got, want)
				}
				for _, rule := range append(want, "") {
					seen[rule]++
				}
			}
			return nil
		}))
	}
	for _, rule := range matching.Rules() {
		if seen[rule] == 0 {
			t.Errorf("nobody was stopped by %s", rule)
		}
	}
	t.Log(pairs, "pairs", seen)
	w.listsWhatIsOpen()
}

// listsWhatIsOpen: the gigs are those of the list, and the rules those of the shift
// that fits best.
func (w *wild) listsWhatIsOpen() {
	for _, m := range w.members {
		found, err := w.Prospects(w.t.Context(), m)
		w.must(err)
		page, err := w.jobs.OpenGigs(w.t.Context(), m, 1)
		w.must(err)
		if len(page.Gigs) != len(found) {
			w.t.Errorf("%s: %d gigs in the list, %d prospects", m.Name, len(page.Gigs), len(found))
		}
		looked, err := w.Looked(w.t.Context(), m)
		w.must(err)
		for _, l := range page.Gigs {
			rules, has := found[l.ID]
			if want := w.best(l.ID, looked); !has || !slices.Equal(rules, want) {
				w.t.Errorf("%s: %s is %v, %v, want %v", m.Name, l.ID, has, rules, want)
			}
		}
	}
}

func (w *wild) best(gig jobs.GigID, looked map[jobs.ShiftID][]matching.Rule) (best []matching.Rule) {
	rows, err := w.db.Query(w.t.Context(), `SELECT id FROM jobs.shift WHERE gig_id = $1 ORDER BY starts_at, id`, gig)
	w.must(err)
	shifts, err := pgx.CollectRows(rows, pgx.RowTo[jobs.ShiftID])
	w.must(err)
	first := true
	for _, s := range shifts {
		rules, has := looked[s]
		rules = slices.DeleteFunc(slices.Clone(rules), func(r matching.Rule) bool { return r == matching.CalmRule })
		if has && (first || len(rules) < len(best)) {
			best, first = rules, false
		}
	}
	return best
}

// TestProspectsOfOthers: nobody but a member has any; a member who is not one of
// this cooperative neither.
func TestProspectsOfOthers(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	gig, _ := h.quiet(72*time.Hour, 1)
	for _, who := range []members.Actor{h.client, h.coordinator(), h.coach("els"), {}} {
		if found, err := h.Prospects(t.Context(), who); found != nil || err != nil {
			t.Errorf("a %s sees %v, %v", who.Kind, found, err)
		}
	}
	stranger := anna
	stranger.Member = id.New[members.Member](nil)
	if _, err := h.Prospects(t.Context(), stranger); err != members.ErrNotFound {
		t.Errorf("nobody: %v", err)
	}
	found, err := h.Prospects(t.Context(), anna)
	if diff := cmp.Diff([]jobs.GigID{gig}, found.Fits()); err != nil || diff != "" {
		t.Errorf("%v %s", err, diff)
	}
	elsewhere := anna
	elsewhere.Cooperative = id.NewCooperative(nil)
	if found, err := h.Prospects(t.Context(), elsewhere); len(found) != 0 || err != nil {
		t.Errorf("elsewhere: %v, %v", found, err)
	}
	if fits := (matching.Prospects{}).Fits(); fits == nil {
		t.Error("no gig would be any gig")
	}
}

// TestAnswersAreNoInputOfProspects: what somebody declined, called off or missed
// changes nothing (promise 1), and offers that wait do not either.
func TestAnswersAreNoInputOfProspects(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	for i := range 4 {
		h.post(time.Duration(72+24*i)*time.Hour, 1)
	}
	before, err := h.Prospects(t.Context(), anna)
	h.must(err)
	list := h.offers(anna)
	if len(list) != 3 || len(before.Fits()) != 4 {
		t.Fatalf("%d offers, %d gigs", len(list), len(before.Fits()))
	}
	h.must(h.Decline(t.Context(), anna, list[0].ID, matching.Ill))
	after, err := h.Prospects(t.Context(), anna)
	if diff := cmp.Diff(before, after, cmpopts.EquateEmpty()); err != nil || diff != "" {
		t.Errorf("a no changed: %v %s", err, diff)
	}
}
