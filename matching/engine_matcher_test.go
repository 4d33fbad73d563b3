package matching_test

import (
	"math"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

// TestEngineRanksAsTheTables: of every open shift of worlds drawn by lot the engine
// proposes whom the plain matcher proposes, in the same order and for the same
// reasons; also after a storm of edits, and with few asked for.
func TestEngineRanksAsTheTables(t *testing.T) {
	ranked := 0
	for seed := uint64(31); seed < 33 || ranked < 50 && seed < 43; seed++ { // in some worlds few fit
		k := newKeeping(t, seed, 40, 12)
		k.exec(`UPDATE members.member SET reach_m = 90000, state = 'member' WHERE hashtext(id::text) % 3 <> 0`) // so that some fit
		k.exec(`UPDATE members.member_profile SET room_cents = NULL, hours_most = NULL, hours_wanted = NULL, rest_days = NULL, physical = NULL, sensory = NULL, mental = NULL, dutch = NULL, english = NULL`)
		k.exec(`DELETE FROM members.member_ability`)
		keeper := k.EngineKeeper()
		k.must(keeper.Load(t.Context()))
		for range 3 {
			k.catchUp(keeper)
			for _, most := range []int{2, 100, math.MaxInt} {
				byEngine, byTables, fell, err := k.RankedBoth(t.Context(), k.client.Cooperative, most)
				k.must(err)
				if diff := cmp.Diff(byTables, byEngine); diff != "" {
					t.Fatalf("world %d (-tables +engine):\n%s", seed, diff)
				}
				if fell {
					t.Fatal("the engine was not asked")
				}
				for _, list := range byTables {
					ranked += len(list)
				}
			}
			byEngine, byTables, err := k.Proposed(t.Context(), k.client.Cooperative)
			k.must(err)
			if diff := cmp.Diff(byTables, byEngine, cmpopts.EquateEmpty()); diff != "" {
				t.Fatalf("world %d, proposed (-tables +engine):\n%s", seed, diff)
			}
			for range 10 {
				k.must(k.edit(k.lot))
			}
		}
	}
	if ranked < 50 {
		t.Errorf("only %d were ranked", ranked)
	}
}
