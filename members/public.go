package members

import (
	"context"
	"time"

	"meent/internal/id"
)

// PublicCooperative is one that shows its open work to everybody.
type PublicCooperative struct {
	Cooperative
	Founded time.Time
}

// FindPublic gives a cooperative that shows its work; anybody may ask. It returns
// ErrNotFound of one that does not, as of one that is not there.
func (s *Service) FindPublic(ctx context.Context, c id.Cooperative) (PublicCooperative, error) {
	return findPublic(ctx, s.db, c)
}

// ListPublic lists those that show their work, by name; anybody may ask.
func (s *Service) ListPublic(ctx context.Context) ([]PublicCooperative, error) {
	return listPublic(ctx, s.db)
}
