package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// NewGig is what posting asks.
type NewGig struct {
	ID            GigID // drawn by whoever asks, so that asking twice posts once; zero: drawn here
	Client        members.ClientID
	Title         string
	Description   string
	Language      members.Locale
	PlaceCode     string
	Place         string // its name, where there is no code
	Address       string
	Rate          payments.Cents // an hour
	Load          Load
	SupportOnSite bool
	WithOthers    bool
	Skills        []string // codes
	Shifts        []NewShift
	Meeting       Meeting
	Asks          time.Time // when members are asked for it; zero: at once

	Needs Asks
	Form  members.WorkForm // empty is MemberEntrepreneur; the rate of a trial placement is 0
}

// NewShift is one dated time of a new gig.
type NewShift struct {
	Starts, Ends time.Time
	Break        time.Duration
	Seats        int
	BuddySeats   int // of the seats
	Pieces       int // of a batch of work from home; 0: not said
}

// Shift is what will come of it.
func (n NewShift) Shift() Shift {
	return Shift{Starts: n.Starts, Ends: n.Ends, Break: n.Break, Seats: n.Seats, BuddySeats: n.BuddySeats, Pieces: n.Pieces}
}

// The most that one posting may hold.
const (
	MostSkills = 10
	MostRate   = payments.Cents(20000)
	mostShifts = 100
)

// GigPosted is the task that tells others of a new gig.
type GigPosted struct {
	ID          GigID
	Cooperative id.Cooperative
}

// Kind names the task.
func (GigPosted) Kind() string { return "jobs.gig_posted" }

// Post posts an open gig, in a transaction of its own; see PostTx.
func (s *Service) Post(ctx context.Context, by members.Actor, n NewGig) (gig GigID, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		gig, err = s.PostTx(ctx, tx, by, n)
		return err
	})
	return gig, err
}

// PostTx posts an open gig for the actor's own client, or, by a coordinator,
// for any client of the cooperative. It returns check.Problems, among them a
// rate below the legal floor of any of its days or the cooperative's own,
// members.ErrRestricted, members.ErrNotApproved, and members.ErrNotFound to
// everybody else. Where the client pays beforehand it waits, paused, until that
// money is there. A gig that the same client posted before with this ID stays as
// it is.
func (s *Service) PostTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewGig) (GigID, error) {
	if err := s.checkTx(ctx, tx, by, &n); err != nil {
		return GigID{}, err
	}
	gig := n.ID
	if gig.IsZero() {
		gig = id.New[Gig](s.random)
	}
	posted, err := s.insertTx(ctx, tx, by, gig, n)
	if err != nil || !posted {
		return gig, err
	}
	if waits, err := s.awaitDepositTx(ctx, tx, by.Cooperative, gig, n.Client); err != nil || waits {
		return gig, err
	}
	return gig, s.announceTx(ctx, tx, by.Cooperative, gig, n.Asks)
}

// Check is Post without posting: it returns what Post would refuse.
func (s *Service) Check(ctx context.Context, by members.Actor, n NewGig) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.checkTx(ctx, tx, by, &n) })
}

// checkTx also finds the place that n names, and fills in what it leaves out.
func (s *Service) checkTx(ctx context.Context, tx pgx.Tx, by members.Actor, n *NewGig) error {
	if err := s.mayPostTx(ctx, tx, by, n.Client); err != nil {
		return err
	}
	n.settle()
	problems := n.problems(s.now())
	when := n.when()
	if err := when.findPlaceTx(ctx, tx, by, n.Client, &problems); err != nil {
		return err
	}
	n.PlaceCode = when.PlaceCode
	if err := n.what().skillProblemsTx(ctx, tx, &problems); err != nil {
		return err
	}
	if err := s.lawTx(ctx, tx, by, when, n.rates(), &problems); err != nil {
		return err
	}
	return problems.Err()
}

// insertTx reports false for a gig that is there already.
func (s *Service) insertTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, n NewGig) (posted bool, err error) {
	if posted, err = insertGig(ctx, tx, by, gig, n, s.now()); err != nil || !posted {
		return posted, err
	}
	if err := replaceAsks(ctx, tx, by.Cooperative, gig, n.Needs); err != nil {
		return false, err
	}
	if err := s.insertMeetingTx(ctx, tx, by.Cooperative, gig, n.Meeting); err != nil {
		return false, err
	}
	for _, shift := range n.Shifts {
		if err := insertShift(ctx, tx, by, gig, id.New[Shift](s.random), shift); err != nil {
			return false, err
		}
	}
	return true, nil
}

// mayPostTx leaves it to problems to say that a coordinator chose no client.
func (s *Service) mayPostTx(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID) error {
	own := by.Kind == members.RoleClient && by.Client == client
	if !own && by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return err
	}
	if !own && client.IsZero() {
		return nil
	}
	return lockClient(ctx, tx, by.Cooperative, client)
}
