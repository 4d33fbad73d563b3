package matching

import "testing"

func TestEveryStateIsReported(t *testing.T) {
	kinds := map[string]bool{}
	for _, state := range States() {
		kind := string(reported()[state])
		if kind == "" || kinds[kind] {
			t.Errorf("%s is reported as %q", state, kind)
		}
		kinds[kind] = true
	}
}
