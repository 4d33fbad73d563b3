package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// PublicGig is what everybody may read of an organisation's work where the cooperative
// shows it: open, with a free seat on a shift to come, and a text that was posted or
// rewritten since the work is shown. It has no field for whose work it is,
// an address, a meeting point or a photo: who wants to know more signs in.
type PublicGig struct {
	ID            GigID
	Title         string
	Description   string
	Language      members.Locale // of title and description
	PlaceName     string
	Remote        bool // the work is done at home
	ClientKind    members.ClientKind
	Rate          payments.Cents // an hour; 0: work without a wage
	Load          Load
	SupportOnSite bool
	WithOthers    bool
	Form          members.WorkForm
	PostedAt      time.Time
	ChangedAt     time.Time // when something in it was changed last, or PostedAt
	Group         string    // of its first skill; empty for none
	Next          PublicShift
	Coming        int // shifts to come with a free seat
}

// PublicShift is a time at which somebody is still looked for.
type PublicShift struct {
	Starts, Ends time.Time
	Break        time.Duration
}

// Worked is how long one works on it.
func (s PublicShift) Worked() time.Duration { return s.Ends.Sub(s.Starts) - s.Break }

// PublicPage is one page of public gigs and how long the whole list is.
type PublicPage struct {
	Gigs   []PublicGig
	Number int // from 1
	Total  int
}

// Pages is how many pages there are, at least one.
func (p PublicPage) Pages() int { return Page{Total: p.Total}.Pages() }

// PublicGigs lists the public gigs of a cooperative, the soonest first; anybody may
// ask. It is empty where the cooperative does not show its work, and beyond the
// last page.
func (s *Service) PublicGigs(ctx context.Context, c id.Cooperative, page int) (PublicPage, error) {
	page = max(1, page)
	found, err := listPublic(ctx, s.db, c, soonestFirst, PageSize, (page-1)*PageSize, s.now())
	found.Number = page
	return found, err
}

// newest is how many gigs PublicNews tells of.
const newest = 50

// PublicNews are the public gigs that were posted last, the newest first.
func (s *Service) PublicNews(ctx context.Context, c id.Cooperative) ([]PublicGig, error) {
	found, err := listPublic(ctx, s.db, c, newestFirst, newest, 0, s.now())
	return found.Gigs, err
}

// PublicGig gives one, with the times at which somebody is still looked for and the
// words of its skills; anybody may ask. It returns ErrPublicOver of one that is not
// open any more or full, and members.ErrNotFound of a draft, a household's, another
// cooperative's, an older text, and where the cooperative does not show its work.
func (s *Service) PublicGig(ctx context.Context, c id.Cooperative, gig GigID) (found PublicGig, shifts []PublicShift, skills []members.Skill, err error) {
	err = s.readTx(ctx, func(tx pgx.Tx) error {
		now := s.now()
		if found, err = findPublic(ctx, tx, c, gig, now); err != nil {
			return err
		}
		shifts, err = listPublicShifts(ctx, tx, c, gig, now)
		return err
	})
	if err == nil {
		skills, err = listGigSkills(ctx, s.db, c, gig)
	}
	return found, shifts, skills, err
}

// IsForAll reports whether everybody may read what is written of the gig from now on,
// once it is open: so whoever writes it is told. It returns members.ErrNotFound of
// another cooperative's.
func (s *Service) IsForAll(ctx context.Context, by members.Actor, gig GigID) (bool, error) {
	return findForAll(ctx, s.db, by.Cooperative, gig)
}

// PublicLink is a public gig as a list of addresses has it.
type PublicLink struct {
	ID        GigID
	ChangedAt time.Time
}

// PublicLinks lists most public gigs after so many others, in an order that stays.
func (s *Service) PublicLinks(ctx context.Context, c id.Cooperative, most, after int) ([]PublicLink, error) {
	return listPublicLinks(ctx, s.db, c, most, after, s.now())
}

// PublicCounts is how many public gigs each cooperative has; those without are left out.
func (s *Service) PublicCounts(ctx context.Context) (map[id.Cooperative]int, error) {
	return countPublic(ctx, s.db, s.now())
}
