package stripesim_test

import (
	"flag"
	"fmt"
	"os"
	"testing"

	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

// TestMain also fails when all tests together leave out an endpoint: then nobody
// knows whether its answer has Stripe's shape.
func TestMain(m *testing.M) {
	code := m.Run()
	if code == 0 && isWhole() {
		for _, one := range stripeshape.Unseen(stripesim.Requests()...) {
			fmt.Println("no test has a good answer of", one)
			code = 1
		}
	}
	os.Exit(code)
}

// isWhole reports that no test was left out on purpose.
func isWhole() bool {
	for _, name := range []string{"test.run", "test.skip", "test.list"} {
		if flag.Lookup(name).Value.String() != "" {
			return false
		}
	}
	return !testing.Short()
}
