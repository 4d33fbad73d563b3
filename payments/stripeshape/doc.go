// Package stripeshape holds what Meent says to Stripe, and what its simulator
// answers, against Stripe's own description of its API, version 2023-10-16. It
// is for tests.
//
// A handler that is watched passes everything on as it is. Each request is also
// sent to stripe-mock, which refuses parameters that Stripe does not have, that
// are missing, or of another type; each answer is held against the description
// that comes with it, where a field that Stripe does not have is a fault too. So
// a simulator that errs in the same way as the program is found out. What the
// two cannot see is meaning: amounts, states and ids.
//
// Both come from one module, pinned in internal/tools/go.mod. The mock listens
// on a socket in a folder of its own, not on the network, and ends with the test
// binary. Without the module nothing is watched, and a test says so; with CI set
// it fails.
package stripeshape
