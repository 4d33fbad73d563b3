package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// Begun is what only those who run a gig see of it.
type Begun struct {
	Support, Others *bool // nil while not answered
	Touched         time.Time
	FullPlace       string // so that no other place has the name
}

// Unfinished is a draft as a list shows it.
type Unfinished struct {
	ID         GigID
	Title      string // may be empty
	Language   members.Locale
	ClientName string
	Touched    time.Time
	Described  bool // the first step is done
	Planned    bool // the second is
}

// Drafts lists the drafts of the acting contact's client, and to a coordinator
// those that they began themselves, the last touched first; none for everybody else.
func (s *Service) Drafts(ctx context.Context, by members.Actor) ([]Unfinished, error) {
	if !runs(by) {
		return nil, nil
	}
	return listDrafts(ctx, s.db, by, MostDrafts)
}

// Discard throws a draft away that the actor runs. A gig that was posted is
// ErrPosted; what else it returns: see runTx.
func (s *Service) Discard(ctx context.Context, by members.Actor, gig GigID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := s.runShiftsTx(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		if g.state != Draft {
			return ErrPosted
		}
		_, err = deleteDrafts(ctx, tx, `g.cooperative_id = $1 AND g.id = $2`, by.Cooperative, gig)
		return err
	})
}
