package tasks

// Lane says how much of a hurry a task is in.
type Lane int8

// Hi is for work that a person waits for, Low for work that nobody misses.
const (
	Hi  Lane = -1
	Std Lane = 0
	Low Lane = 1
)

// lanes lists them, the most hurried first.
func lanes() []Lane { return []Lane{Hi, Std, Low} }

// String names the lane for metrics and streams.
func (l Lane) String() string {
	switch l {
	case Hi:
		return "hi"
	case Low:
		return "low"
	default:
		return "std"
	}
}

// readingOrder says in which order the n-th read looks into the lanes. Of eight
// reads five begin with Hi, two with Std and one with Low, so that a flood in
// one lane delays the others and never starves them.
func readingOrder(n int) []Lane {
	switch n % 8 {
	case 2, 5:
		return []Lane{Std, Hi, Low}
	case 7:
		return []Lane{Low, Hi, Std}
	default:
		return lanes()
	}
}
