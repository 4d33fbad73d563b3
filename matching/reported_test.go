package matching

import "testing"

func TestEveryStateIsReported(t *testing.T) {
	kinds := map[string]bool{}
	for _, state := range States() {
		if state == WaitingCoach { // the coach is told, and the member has not got it yet
			continue
		}
		kind := string(reported()[state])
		if kind == "" || kinds[kind] {
			t.Errorf("%s is reported as %q", state, kind)
		}
		kinds[kind] = true
	}
}
