package engine_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"meent/matching/engine"
	"meent/members"
)

// TestAllGivesBack: who is put in from what another one keeps is kept the same, to the
// last field, and is proposed the same.
func TestAllGivesBack(t *testing.T) {
	w := newWorld(77)
	people := w.People(1500)
	first, again := engine.NewColumns(), engine.NewColumns()
	first.Put(people)
	kept := map[members.MemberID]engine.Member{}
	for m := range first.Now().All() {
		kept[m.ID] = m
		again.Put([]engine.Member{m})
	}
	for m := range again.Now().All() {
		if diff := cmp.Diff(kept[m.ID], m, cmpopts.EquateNaNs(), cmpopts.EquateEmpty()); diff != "" {
			t.Fatalf("(-first +again):\n%s", diff)
		}
	}
	for _, m := range people {
		if diff := cmp.Diff(m.Booked, kept[m.ID].Booked, cmpopts.EquateEmpty()); diff != "" || len(kept) != len(people) || m.Works != kept[m.ID].Works || (m.Week == nil) != (kept[m.ID].Week == nil) {
			t.Fatalf("%d kept, %+v is kept as %+v", len(kept), m, kept[m.ID])
		}
	}
	some := 0
	for range 200 {
		k := w.Work()
		a, b := first.Now().Best(&k, aFriday, 20, &someWeights), again.Now().Best(&k, aFriday, 20, &someWeights)
		if some += len(a); !cmp.Equal(a, b) {
			t.Fatalf("%v and %v", a, b)
		}
	}
	if some < 100 {
		t.Errorf("only %d were proposed", some)
	}
	for range first.Now().All() {
		break // who has enough stops
	}
}
