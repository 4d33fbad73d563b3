package jobs_test

import (
	"flag"
	"testing"
)

// checks lets properties against the database be tried so often, where nobody
// asked for another number.
func checks(t *testing.T, n string) {
	t.Helper()
	was := flag.Lookup("rapid.checks")
	if was == nil || was.Value.String() != was.DefValue {
		return
	}
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", was.DefValue) })
}
