// Benchmarks against peers, in a module of their own so that peers stay out of
// the program's dependencies.
module meent/cmd/bench

go 1.26.0

require (
	github.com/gofrs/uuid/v5 v5.3.2
	github.com/google/uuid v1.6.0
	meent v0.0.0
)

require pgregory.net/rapid v1.3.0

replace meent => ../..
