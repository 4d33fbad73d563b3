package matching

import (
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/members"
)

// TestFavouritesFirst: they are the first wave, in their order, with their points;
// where none of them fits, nobody waits.
func TestFavouritesFirst(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var ranked []Ranked
		favourites := map[members.MemberID]bool{id.New[members.Member](nil): true} // one who does not fit
		for range rapid.IntRange(0, 12).Draw(t, "who fits") {
			one := Ranked{Member: id.New[members.Member](nil), Explanation: explain(drawCandidate(t), drawWork(t), HouseWeights())}
			ranked = append(ranked, one)
			favourites[one.Member] = rapid.Bool().Draw(t, "favourite")
		}
		most := rapid.IntRange(1, 6).Draw(t, "most")
		before := slices.Clone(ranked)
		first := favouritesFirst(ranked, favourites, most)
		if !cmp.Equal(before, ranked) {
			t.Fatal("the ranking itself was changed")
		}
		of := slices.DeleteFunc(slices.Clone(ranked), func(r Ranked) bool { return !favourites[r.Member] })
		want, said := of, true
		if len(of) == 0 {
			want, said = ranked, false
		}
		want = want[:min(most, len(want))]
		if len(first) != len(want) {
			t.Fatalf("%d are asked, want %d", len(first), len(want))
		}
		for i, one := range first {
			if one.Member != want[i].Member || one.Explanation.Favourite != said || one.Explanation.Total != want[i].Explanation.Total ||
				!cmp.Equal(one.Explanation.Points, want[i].Explanation.Points) {
				t.Fatalf("asked is %+v, want %+v", one, want[i])
			}
		}
	})
}
