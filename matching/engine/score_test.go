package engine_test

import (
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/matching/engine"
)

func factsOf(t *rapid.T) engine.Facts {
	three := func(name string) (list [3]int) {
		for i := range list {
			list[i] = rapid.IntRange(0, 5).Draw(t, name)
		}
		return list
	}
	f := engine.Facts{
		Grows: rapid.Bool().Draw(t, "grows"), Helps: rapid.Bool().Draw(t, "helps"), Remote: rapid.Bool().Draw(t, "remote"), Limited: rapid.Bool().Draw(t, "limited"),
		Metres: rapid.IntRange(0, 100_000).Draw(t, "metres"), Reach: rapid.IntRange(0, 60_000).Draw(t, "reach"), Bears: three("bears"), Loads: three("loads"),
		Pay: rapid.IntRange(0, 50_000).Draw(t, "pay"), Left: rapid.IntRange(-50_000, 1_000_000).Draw(t, "left"), Times: rapid.IntRange(0, 1000).Draw(t, "times"),
		Received: time.Duration(rapid.IntRange(0, 40_000).Draw(t, "received")) * time.Minute, Wanted: time.Duration(rapid.IntRange(0, 320).Draw(t, "wanted")) * time.Hour,
	}
	for range rapid.IntRange(0, 8).Draw(t, "skills") {
		f.Asked = append(f.Asked, engine.AskedSkill{Want: uint8(rapid.IntRange(1, 4).Draw(t, "want")), Have: uint8(rapid.IntRange(0, 4).Draw(t, "have"))})
	}
	return f
}

func weightsOf(t *rapid.T) (w engine.Weights) {
	for i := range w.Of {
		w.Of[i] = rapid.IntRange(0, engine.MostWeight).Draw(t, "weight")
	}
	return w
}

// Every part stays within its weight, and nothing that a member can bring more of
// takes a point away.
func TestPointsAreBoundedAndMonotone(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		f, w := factsOf(t), weightsOf(t)
		was := engine.Score(&f, &w)
		better := f
		switch rapid.IntRange(0, 6).Draw(t, "what") {
		case 0:
			better.Asked = append([]engine.AskedSkill(nil), f.Asked...)
			if len(better.Asked) > 0 {
				better.Asked[0].Have = min(4, better.Asked[0].Have+1)
			}
		case 1:
			for i, bears := range better.Bears {
				if bears > 0 { // telling it at first may go either way
					better.Bears[i] = min(5, bears+1)
				}
			}
		case 2:
			better.Reach += rapid.IntRange(0, 10_000).Draw(t, "further")
		case 3:
			better.Metres = max(0, f.Metres-rapid.IntRange(0, 10_000).Draw(t, "nearer"))
		case 4:
			better.Times++
		case 5:
			better.Received = max(0, f.Received-time.Hour)
		case 6:
			better.Left += rapid.IntRange(0, 100_000).Draw(t, "more room")
		}
		now, sum := engine.Score(&better, &w), 0
		for i := range was {
			if was[i] < 0 || was[i] > w.Of[i] {
				t.Fatalf("part %d has %d points of %d", i, was[i], w.Of[i])
			}
			if now[i] < was[i] {
				t.Fatalf("part %d fell from %d to %d:\n%+v\n%+v", i, was[i], now[i], f, better)
			}
			sum += was[i]
		}
		if sum != was.Total() {
			t.Fatalf("%d points in sum, and %d in total", sum, was.Total())
		}
	})
}
