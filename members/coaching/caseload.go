package coaching

import (
	"context"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// Service holds the verbs of this domain.
type Service struct {
	db     *pgxpool.Pool
	tasks  *tasks.Queue
	people *members.Service
	now    func() time.Time
	random io.Reader
}

// New joins the domain to its database and queue, and to whom it is about.
// random gives the ids; nil means the system's secure source.
func New(db *pgxpool.Pool, queue *tasks.Queue, people *members.Service, now func() time.Time, random io.Reader) *Service {
	return &Service{db: db, tasks: queue, people: people, now: now, random: random}
}

// Follow is one member of a caseload.
type Follow struct {
	Member    members.MemberID
	Name      string
	PlaceName string
	Since     time.Time
	Until     members.Day // how long the coach stands in, included; empty: they are the member's own
}

// StandsIn reports whether the coach helps for a while only.
func (f Follow) StandsIn() bool { return f.Until != "" }

// AssignTx makes this coach follow the member from now on, instead of any
// other. What the member let that one read ends, and whoever stood in for them;
// the new one begins without any key. It returns members.ErrNotFound unless both belong to
// the cooperative and the role is a coach's.
func (s *Service) AssignTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, coach members.RoleID) error {
	former, err := lockCoach(ctx, tx, c, m)
	if err != nil {
		return err
	}
	if err := upsertCaseload(ctx, tx, c, m, coach, s.now()); err != nil || former.IsZero() || former == coach {
		return err
	}
	return s.newFollowerTx(ctx, tx, c, m, former)
}

// EndTx lets nobody follow the member any more; the grants of the coach end, and
// of who stood in. It
// returns members.ErrNotFound when nobody does.
func (s *Service) EndTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID) error {
	coach, err := lockCoach(ctx, tx, c, m)
	if err != nil {
		return err
	}
	if coach.IsZero() {
		return members.ErrNotFound
	}
	if err := deleteCaseload(ctx, tx, c, m); err != nil {
		return err
	}
	return s.newFollowerTx(ctx, tx, c, m, coach)
}

// Follows lists the members that the acting coach follows, by name, and those for
// whose coach they stand in today: no more than name and place. It is empty for
// everybody else.
func (s *Service) Follows(ctx context.Context, by members.Actor) ([]Follow, error) {
	return listCaseload(ctx, s.db, by, members.DayOf(s.now()))
}

// Member gives one member whom the acting coach follows or stands in for. It returns
// members.ErrNotFound for every other member.
func (s *Service) Member(ctx context.Context, by members.Actor, m members.MemberID) (Follow, error) {
	return findFollow(ctx, s.db, by, m, members.DayOf(s.now()))
}
