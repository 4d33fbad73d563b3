package engine_test

import (
	"meent/matching/engine/enginetest"
)

// world draws people and work.
type world struct{ enginetest.World }

func newWorld(seed uint64) world { return world{enginetest.New(seed)} }

var (
	aFriday     = enginetest.AFriday()
	someWeights = enginetest.Weights()
)
