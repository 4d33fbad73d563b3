package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// NewGig is what posting asks.
type NewGig struct {
	Client        members.ClientID
	Title         string
	Description   string
	Language      members.Locale
	PlaceCode     string
	Address       string
	Rate          payments.Cents // an hour
	Load          Load
	SupportOnSite bool
	WithOthers    bool
	Skills        []string // codes
	Shifts        []NewShift
}

// NewShift is one dated time of a new gig.
type NewShift struct {
	Starts, Ends time.Time
	Break        time.Duration
	Seats        int
}

// The most that one posting may hold.
const (
	mostShifts = 100
	mostSkills = 10
	mostRate   = payments.Cents(20000)
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
// rate below the legal floor of any of its days, and members.ErrNotFound to
// everybody else.
func (s *Service) PostTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewGig) (GigID, error) {
	if err := s.mayPostTx(ctx, tx, by, n.Client); err != nil {
		return GigID{}, err
	}
	problems := n.problems(s.now())
	if err := s.floorProblemsTx(ctx, tx, n, &problems); err != nil {
		return GigID{}, err
	}
	if err := problems.Err(); err != nil {
		return GigID{}, err
	}
	gig := id.New[Gig](s.random)
	if err := s.insertTx(ctx, tx, by, gig, n); err != nil {
		return GigID{}, err
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, GigPosted{ID: gig, Cooperative: by.Cooperative}, tasks.Opts{Cooperative: by.Cooperative})
	return gig, err
}

func (s *Service) insertTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, n NewGig) error {
	if err := insertGig(ctx, tx, by, gig, n, s.now()); err != nil {
		return err
	}
	if err := insertSkills(ctx, tx, by, gig, n.Skills); err != nil {
		return err
	}
	for _, shift := range n.Shifts {
		if err := insertShift(ctx, tx, by, gig, id.New[Shift](s.random), shift); err != nil {
			return err
		}
	}
	return nil
}

func (s *Service) mayPostTx(ctx context.Context, tx pgx.Tx, by members.Actor, client members.ClientID) error {
	own := by.Kind == members.RoleClient && by.Client == client
	if !own && by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return lockClient(ctx, tx, by.Cooperative, client)
}

func (n NewGig) problems(now time.Time) check.Problems {
	var p check.Problems
	p.Text("title", n.Title, 1, 80)
	p.Paragraphs("description", n.Description, 1, 2000)
	p.Text("address", n.Address, 0, 200)
	p.Between("rate", int(n.Rate), 1, int(mostRate))
	p.Between("shifts", len(n.Shifts), 1, mostShifts)
	p.Between("skills", len(n.Skills), 0, mostSkills)
	check.OneOf(&p, "language", n.Language, members.Dutch, members.English)
	check.OneOf(&p, "load", n.Load, Loads()...)
	for _, shift := range n.Shifts {
		Shift{Starts: shift.Starts, Ends: shift.Ends, Break: shift.Break, Seats: shift.Seats}.problems(&p, now)
	}
	return p
}

// floorProblemsTx compares the rate with the legal floor of every day, so that
// the lowest lawful rate can be named.
func (s *Service) floorProblemsTx(ctx context.Context, tx pgx.Tx, n NewGig, p *check.Problems) error {
	var lowest payments.Cents
	var on payments.Day
	for _, day := range n.days() {
		floor, err := s.payments.FloorTx(ctx, tx, day)
		if missing := (*payments.NoFigure)(nil); errors.As(err, &missing) {
			p.Add("rate", "no_figure", map[string]any{"Day": string(missing.Day)})
			return nil
		}
		if err != nil {
			return err
		}
		if floor > lowest {
			lowest, on = floor, day
		}
	}
	if n.Rate < lowest {
		p.Add("rate", "below_floor", map[string]any{"Cents": int64(lowest), "Day": string(on)})
	}
	return nil
}

// days lists the dates that the gig touches, each once.
func (n NewGig) days() (days []payments.Day) {
	seen := map[payments.Day]bool{}
	for _, shift := range n.Shifts {
		for _, day := range (Shift{Starts: shift.Starts, Ends: shift.Ends}).Days() {
			if !seen[day] {
				seen[day] = true
				days = append(days, day)
			}
		}
	}
	return days
}
