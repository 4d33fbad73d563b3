package tasks

import (
	"time"

	"meent/internal/id"
)

// Task is one piece of background work. It is stored as JSON, so it is a struct
// of identifiers and plain facts, and never holds personal data. Kind is the
// same for every value of the type, the zero value included, and never changes:
// rows outlive the program that wrote them.
type Task interface {
	Kind() string
}

// Opts says how a task is done. The zero value means: for the platform, in the
// middle lane, now.
type Opts struct {
	Cooperative id.Cooperative // zero: work of the platform
	Lane        Lane
	Due         time.Time // zero: now
	Key         string    // a second task of the kind with this key is not queued; "" means none
}

// Lane says how much of a hurry a task is in.
type Lane int8

// Hi is for work that a person waits for, Low for work that nobody misses.
const (
	Hi  Lane = -1
	Std Lane = 0
	Low Lane = 1
)

// headStart is what one lane is ahead of the next. Because it is time and not
// rank, a flood in one lane delays the lower ones and never starves them.
const headStart = 5 * time.Minute

// String names the lane for metrics.
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

func (l Lane) turn(due time.Time) time.Time { return due.Add(time.Duration(l) * headStart) }
