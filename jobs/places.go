package jobs

import (
	"context"

	"meent/members"
)

// Place is a place by its code: what it is called, and where its middle is.
type Place struct {
	Code   string
	Name   string // with the municipality, where others share it
	Middle members.Point
}

// Places gives the places with these codes by name; a code that is none is left
// out.
func (s *Service) Places(ctx context.Context, codes []string) ([]Place, error) {
	return listPlaces(ctx, s.db, codes)
}

// GigsIn lists the open gigs to come in these places, of the actor's cooperative:
// what Wish.Only takes. Work at home is in no place. Never nil.
func (s *Service) GigsIn(ctx context.Context, by members.Actor, places []string) ([]GigID, error) {
	return listGigsIn(ctx, s.db, by.Cooperative, places, s.now())
}
