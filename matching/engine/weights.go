package engine

// Part is one part of the points.
type Part uint8

// The parts of the score.
const (
	Fit    Part = iota // of what is asked, how much the member can do
	Growth             // the member wants to learn some of it
	Near               // how near it is, of the member's own reach
	Calm               // how far the work stays below what the member can bear
	Room               // how far the pay stays below what the member wants to earn
	Known              // the member worked for this client before
	Fair               // the member received less of the work that they want than others
	parts
)

// MostWeight is the highest weight of a part: so that no sum overflows, and none can
// drown all others by mistake.
const MostWeight = 1000

// Weights is the most that each part gives, from 0 to MostWeight. A version never
// changes: other weights are another version, so that an old decision can be computed
// again.
type Weights struct {
	Version int
	Of      [parts]int
}
