package payments

import (
	"context"
	"time"

	"meent/internal/id"
)

// knownWithin is after how long a call without an answer is for people.
const knownWithin = 24 * time.Hour

// UnknownErrand is something of which we do not know whether the gateway did it.
type UnknownErrand struct {
	Kind    string
	Subject Reference
	Tries   int
	Since   time.Time // its first call
}

// Unknown lists what the cooperative asked of the gateway more than a day ago, and
// does not know yet; the oldest first, at most 200. Nothing is lost: the tries go
// on. But somebody has to look why.
func (s *Service) Unknown(ctx context.Context, c id.Cooperative) ([]UnknownErrand, error) {
	return listUnknown(ctx, s.db, c, s.now().Add(-knownWithin))
}
