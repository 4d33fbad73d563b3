package matching

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// drawTold adds to a candidate what they told, and to work what it asks.
func drawTold(t *rapid.T, c Candidate, w Work) (Candidate, Work) {
	five := func(name string) int { return rapid.IntRange(0, 5).Draw(t, name) }
	c.Wishes = Wishes{Bears: members.Load{Physical: five("physical"), Sensory: five("sensory"), Mental: five("mental")}, Goals: []string{"a"}, Wanted: time.Duration(five("wanted")) * time.Hour,
		HasRoom: rapid.Bool().Draw(t, "room"), Room: rapid.IntRange(0, 100_000).Draw(t, "cents"), MonthPay: rapid.IntRange(0, 100_000).Draw(t, "earned")}
	c.Levels = map[string]members.SkillLevel{"a": rapid.SampledFrom(members.SkillLevels()).Draw(t, "level")}
	w.Loads, w.Pay, w.Support = members.Load{Physical: five("body"), Sensory: five("senses"), Mental: five("head")}, rapid.IntRange(0, 30_000).Draw(t, "pay"), rapid.Bool().Draw(t, "helps")
	if len(w.Skills) > 0 {
		w.Asked = ask(w.Skills[0], jobs.Required, rapid.SampledFrom(members.SkillLevels()).Draw(t, "asked"))
	}
	return c, w
}

func drawWeights(t *rapid.T) engine.Weights {
	w := engine.Weights{Version: rapid.IntRange(2, 1000).Draw(t, "version")}
	for i := range w.Of {
		w.Of[i] = rapid.IntRange(0, engine.MostWeight).Draw(t, "weight")
	}
	return w
}

// TestReplayIsTheSame: whatever was stored, of whoever and whatever work and weights,
// is computed again byte for byte; with one fact or point changed it is not.
func TestReplayIsTheSame(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c, w := drawTold(t, drawCandidate(t), drawWork(t))
		weights := drawWeights(t)
		text, err := json.Marshal(explain(c, w, weights))
		if err != nil {
			t.Fatal(err)
		}
		var stored Explanation
		if err := json.Unmarshal(text, &stored); err != nil {
			t.Fatal(err)
		}
		again, can := stored.Replay(weights)
		if is, err := same(stored, again); !can || !is || err != nil {
			t.Fatalf("can %v, %v: %s", can, err, cmp.Diff(stored, again))
		}
		stored.Points[engine.Fair].Points++
		if is, _ := same(stored, again); is {
			t.Fatal("a point that was changed is not seen")
		}
		if _, can := stored.Replay(engine.Weights{Version: weights.Version + 1}); can {
			t.Fatal("it is computed by other weights")
		}
	})
}

// TestStoredFacts: what offers of years ago hold can be read.
func TestStoredFacts(t *testing.T) {
	const stored = `{"version":2,"total":587,"points":[{"kind":"fit","points":150,"of":300,"skills":["a"]},{"kind":"growth","points":80,"of":80},` +
		`{"kind":"near","points":75,"of":150,"metres":4000},{"kind":"calm","points":50,"of":90},{"kind":"room","points":60,"of":60},` +
		`{"kind":"known","points":10,"of":30,"times":2},{"kind":"fair","points":162,"of":200,"minutes":180}],` +
		`"facts":{"asked":[{"Want":2,"Have":2},{"Want":2,"Have":0}],"grows":true,"helps":true,"metres":4000,"reach":8000,"bears":[3,3,2],"loads":[2,2,0],` +
		`"pay":6000,"left":40000,"limited":true,"times":2,"received":10800000000000,"wanted":57600000000000},"week":true}`
	var e Explanation
	if err := json.Unmarshal([]byte(stored), &e); err != nil {
		t.Fatal(err)
	}
	again, can := e.Replay(HouseWeights())
	text, err := json.Marshal(again)
	if !can || err != nil || string(text) != stored {
		t.Errorf("can %v, %v:\n%s", can, err, text)
	}
	old := Explanation{Version: 1, Total: 500, Points: []Point{{Kind: FitPoints, Points: 300, Of: 300}, {Kind: FairPoints, Points: 200, Of: 200}}}
	if _, can := old.Replay(HouseWeights()); can {
		t.Error("an offer of the first version has no facts")
	}
}
