package jobs

import (
	"context"
	"time"

	"meent/members"
	"meent/payments"
)

// PageSize is how many gigs one page of a list holds.
const PageSize = 20

// Listing is a gig as lists show it.
type Listing struct {
	ID            GigID
	Title         string
	Language      members.Locale
	ClientName    string
	PlaceName     string
	Metres        int // from the acting member's place; -1 for everybody else
	Rate          payments.Cents
	Load          Load
	SupportOnSite bool
	State         State
	Next          Shift // the zero Shift when none is to come
	Coming        int   // shifts that have not begun
	Seats         int   // on those shifts
	Remote        bool  // the work is done at home

	Look
}

// Page is one page of a list and how long the whole list is.
type Page struct {
	Gigs   []Listing
	Number int // from 1
	Total  int
}

// Pages is how many pages there are, at least one.
func (p Page) Pages() int { return max(1, (p.Total+PageSize-1)/PageSize) }

// OpenGigs lists the open gigs of the actor's cooperative that have a free seat
// on a shift to come, to a coordinator the full ones too, the soonest first; to a
// member none of a client whom they keep away. A page beyond the last is empty.
func (s *Service) OpenGigs(ctx context.Context, by members.Actor, page int) (Page, error) {
	page = max(1, page)
	found, err := listOpen(ctx, s.db, by, PageSize, (page-1)*PageSize, s.now())
	found.Number = page
	return found, err
}

// soonest is how many gigs NearGigs looks at.
const soonest = 200

// NearGigs lists the soonest open gigs within reach metres of the acting
// member's place, at most most of them; none for everybody else.
func (s *Service) NearGigs(ctx context.Context, by members.Actor, reach, most int) ([]Listing, error) {
	page, err := listOpen(ctx, s.db, by, soonest, 0, s.now())
	var near []Listing
	for _, l := range page.Gigs {
		if l.Metres >= 0 && l.Metres <= reach && len(near) < most {
			near = append(near, l)
		}
	}
	return near, err
}

// Listings gives these gigs as lists show them, in this order. What is not to be seen
// now is left out.
func (s *Service) Listings(ctx context.Context, by members.Actor, gigs []GigID) ([]Listing, error) {
	page, err := s.read(ctx, by, Hits{Gigs: gigs})
	return page.Gigs, err
}

// ClientGigs lists all gigs of the acting contact's client but drafts, the last
// posted first; none for everybody else.
func (s *Service) ClientGigs(ctx context.Context, by members.Actor) ([]Listing, error) {
	return listOfClient(ctx, s.db, by, s.now())
}

// Gig gives one gig with its shifts and skills. An open one is for everybody
// in the cooperative, but a client's contact sees only their own client's; any
// other is for its client and the coordinator. It returns members.ErrNotFound.
func (s *Service) Gig(ctx context.Context, by members.Actor, gig GigID) (Gig, error) {
	return s.gig(ctx, by, gig, false)
}

// GigOf is Gig for a member who was asked for it, or who asked: what passed between them
// outlives it, so it may be in any state by now but a draft. Whoever calls has found an
// offer of it to this member.
func (s *Service) GigOf(ctx context.Context, by members.Actor, gig GigID) (Gig, error) {
	return s.gig(ctx, by, gig, true)
}

func (s *Service) gig(ctx context.Context, by members.Actor, gig GigID, asked bool) (Gig, error) {
	found, err := findGig(ctx, s.db, by, gig, asked)
	if err != nil {
		return Gig{}, err
	}
	if found.Meeting, err = findMeeting(ctx, s.db, by.Cooperative, gig); err != nil {
		return Gig{}, err
	}
	if !runs(by) {
		found.Address, found.Begun, found.Meeting = "", Begun{}, found.Meeting.private()
	}
	if found.Skills, err = listGigSkills(ctx, s.db, by.Cooperative, gig); err != nil {
		return Gig{}, err
	}
	if found.Needs, err = findAsks(ctx, s.db, by.Cooperative, gig); err != nil {
		return Gig{}, err
	}
	if found.Changes, err = s.Changes(ctx, by, gig); err != nil {
		return Gig{}, err
	}
	if found.Photos, err = listPhotos(ctx, s.db, by.Cooperative, gig); err != nil {
		return Gig{}, err
	}
	found.Shifts, err = listShifts(ctx, s.db, by.Cooperative, gig)
	return found, err
}

// runs reports whether the actor is on the side that runs a gig which they may
// see: its client, or the coordinator.
func runs(by members.Actor) bool {
	return by.Kind == members.RoleClient || by.Kind == members.RoleCoordinator
}

// Counts is what a coordinator sees at a glance.
type Counts struct {
	Open      int // open gigs with a shift to come
	SeatsSoon int // seats on their shifts in the coming seven days
}

// Counts counts the gigs of the actor's cooperative.
func (s *Service) Counts(ctx context.Context, by members.Actor) (Counts, error) {
	now := s.now()
	return countGigs(ctx, s.db, by.Cooperative, now, now.Add(7*24*time.Hour))
}
