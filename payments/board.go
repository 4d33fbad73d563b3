package payments

import (
	"context"
	"time"

	"meent/members"
)

// Board is what a coordinator's money board counts.
type Board struct {
	Bills      Sum // clients owe it
	Due        Sum // wages of paid bills that have not left
	NoAccount  Sum // of those, for members who have no account at the gateway yet
	Sent       Sum // on their way to a bank
	Failed     Sum // came back from a bank
	Unknown    Sum // errands whose answer the gateway owes us; no amount
	OldestDue  time.Time
	OldestAsk  time.Time // of the errands
	Stops      int
	Differ     int // differences that somebody must look at
	Untaken    int // and of which nobody said that they do
	OldestDiff time.Time
	Explained  int
	LookedAt   time.Time // when the books were compared last; zero: never
	WholeAt    time.Time
}

// Moving reports whether money may leave.
func (b Board) Moving() bool { return b.Stops == 0 }

// Board counts them for the acting coordinator's cooperative, at one moment. It
// returns members.ErrNotFound to everybody else.
func (s *Service) Board(ctx context.Context, by members.Actor) (Board, error) {
	if by.Kind != members.RoleCoordinator {
		return Board{}, members.ErrNotFound
	}
	return readBoard(ctx, s.db, by.Cooperative)
}

// Health is the state of all cooperatives' books together, for operators.
type Health struct {
	Home       bool // the database is where it was
	Stops      int
	Differ     int
	OldestDiff time.Time
	Unknown    int
	OldestAsk  time.Time
	LookedAt   time.Time
}

// Health counts it. Differences of the shared account count once a cooperative.
func (s *Service) Health(ctx context.Context) (Health, error) { return readHealth(ctx, s.db) }
