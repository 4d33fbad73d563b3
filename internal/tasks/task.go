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

// ID identifies a task that was queued.
type ID = id.Of[Task]

// Opts says how a task is done. The zero value means: for the platform, in the
// middle lane, now.
type Opts struct {
	Cooperative id.Cooperative // zero: work of the platform
	Lane        Lane
	Due         time.Time // zero: now
	Key         string    // a second task of the kind with this key is not queued; "" means none
}
