package jobs

import (
	"context"
	"time"

	"meent/members"
)

// OpenSeats is a gig on which seats are free.
type OpenSeats struct {
	Gig        GigID
	Title      string
	Language   members.Locale // of the title
	ClientName string
	Next       time.Time // the first shift with a free seat
	Free       int       // seats, on all shifts to come
}

// SeatCount is how much a coordinator still has to fill.
type SeatCount struct {
	Soon int // free seats of shifts that begin within seven days
	Gigs int // gigs with a free seat
}

// OpenSeats lists the gigs of the actor's cooperative on which seats are free,
// the soonest first, at most so many, and counts all of them.
func (s *Service) OpenSeats(ctx context.Context, by members.Actor, most int) ([]OpenSeats, SeatCount, error) {
	now := s.now()
	return listOpenSeats(ctx, s.db, by.Cooperative, now, now.Add(7*24*time.Hour), most)
}
