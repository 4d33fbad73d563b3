package matching

import (
	"context"
	"time"

	"meent/jobs"
	"meent/members"
)

// Asking is how far the search for people for a gig is.
type Asking struct {
	Out   int       // offers whose window is open, answered or not
	Look  time.Time // when the first of these ends
	Asked int       // questions of members that wait for a decision
	First OfferID   // of these, the one that ends first
}

// Into adds it to what else is known of the gig.
func (a Asking) Into(f jobs.Facts) jobs.Facts {
	f.Out, f.Look, f.Asked = a.Out, a.Look, a.Asked
	return f
}

// Asking says for whom the gigs of the acting contact's client still look, by
// gig; nothing to everybody else.
func (s *Service) Asking(ctx context.Context, by members.Actor) (map[jobs.GigID]Asking, error) {
	if by.Client.IsZero() {
		return nil, nil
	}
	return listAsking(ctx, s.db, by.Cooperative, ofClient, by.Client, s.now())
}

// AskingFor says it of one gig, which the caller knows that the actor runs.
func (s *Service) AskingFor(ctx context.Context, by members.Actor, gig jobs.GigID) (Asking, error) {
	found, err := listAsking(ctx, s.db, by.Cooperative, oneGig, gig, s.now())
	return found[gig], err
}
