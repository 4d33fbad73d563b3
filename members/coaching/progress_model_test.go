package coaching

import (
	"testing"

	"pgregory.net/rapid"
)

// TestGoalMoves: whatever is asked in whichever order, a goal is judged only while
// it is open, and opened only when it was judged.
func TestGoalMoves(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state := GoalOpen
		for _, to := range rapid.SliceOf(rapid.SampledFrom(append(GoalStates(), "strange", ""))).Draw(t, "asked") {
			next, err := state.To(to)
			allowed := (state == GoalOpen) != (to == GoalOpen) && to != "strange" && to != ""
			if allowed != (err == nil) || err != nil && next != state || err == nil && next != to {
				t.Fatalf("%s to %q gave %q, %v", state, to, next, err)
			}
			state = next
		}
	})
}

// TestRungMovesOnce: what was decided stays.
func TestRungMovesOnce(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		state, moved := RungProposed, 0
		for _, to := range rapid.SliceOf(rapid.SampledFrom([]RungState{RungProposed, RungSet, RungDropped, "strange"})).Draw(t, "asked") {
			next, err := state.To(to)
			if err == nil {
				moved++
			}
			if moved > 1 || err == nil && next != RungSet && next != RungDropped || err != nil && next != state {
				t.Fatalf("%s to %q gave %q, %v, the %dth move", state, to, next, err, moved)
			}
			state = next
		}
	})
}
