package matching

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Loader reads the members and the open work of one cooperative as the engine knows
// them. What it reads of a member depends on the tables and on the day from which it
// looks (since), and not on the clock: so the same rows give the same Member, whenever
// they are read.
type Loader struct {
	db          *pgxpool.Pool
	cooperative id.Cooperative
	since       time.Time
	now         func() time.Time
	numbers     *numbers
}

// lookBack is how far the past matters: work of the month, and of four weeks.
const lookBack = 40

// Loader reads the cooperative, with the past from this day on.
func (s *Service) Loader(c id.Cooperative) *Loader {
	return &Loader{db: s.db, cooperative: c, since: midnight(s.now().In(members.Amsterdam()), -lookBack), now: s.now, numbers: &numbers{}}
}

// Snapshot is how a cooperative stood at one moment.
type Snapshot struct {
	Members []engine.Member
	Work    []engine.Work
}

// All reads every member and all open work.
func (l *Loader) All(ctx context.Context) (s Snapshot, err error) {
	err = l.read(ctx, func(tx pgx.Tx) error {
		if err := l.numbers.learnTx(ctx, tx); err != nil {
			return err
		}
		if s.Members, err = l.MembersTx(ctx, tx, nil); err != nil {
			return err
		}
		s.Work, err = l.OpenTx(ctx, tx)
		return err
	})
	return s, err
}

// Members reads some. Who is not there is not in it.
func (l *Loader) Members(ctx context.Context, only []members.MemberID) (found []engine.Member, err error) {
	err = l.read(ctx, func(tx pgx.Tx) error {
		found, err = l.MembersTx(ctx, tx, only)
		return err
	})
	return found, err
}

// Open reads all open work.
func (l *Loader) Open(ctx context.Context) (open []engine.Work, err error) {
	err = l.read(ctx, func(tx pgx.Tx) error {
		open, err = l.OpenTx(ctx, tx)
		return err
	})
	return open, err
}

// read sees one moment.
func (l *Loader) read(ctx context.Context, do func(tx pgx.Tx) error) error {
	return pgx.BeginTxFunc(ctx, l.db, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, do)
}

// MembersTx reads every member, or only some, in the order of their ids, in so many
// questions however many they are. In READ COMMITTED the questions may see different
// moments: then the feed names who changed between them.
func (l *Loader) MembersTx(ctx context.Context, tx pgx.Tx, only []members.MemberID) ([]engine.Member, error) {
	q := &loading{only: only}
	for _, queue := range []func(*loading){
		l.queueMembers, l.queueSkills, l.queueGoals, l.queueMusts, l.queueBooked, l.queueOffers, l.queueTies, l.queueWorked, l.queueRails,
	} {
		queue(q)
	}
	if err := tx.SendBatch(ctx, &q.Batch).Close(); err != nil {
		return nil, err
	}
	if err := l.loadAvailability(ctx, tx, q); err != nil {
		return nil, err
	}
	for i := range q.list {
		sortMember(&q.list[i])
	}
	return q.list, nil
}

// loadAvailability fills in when they can work.
func (l *Loader) loadAvailability(ctx context.Context, tx pgx.Tx, q *loading) error {
	told, err := members.AvailabilityTx(ctx, tx, l.cooperative, q.only, l.since, l.since.AddDate(100, 0, 0))
	for m, a := range told {
		if one := q.by[m]; one != nil {
			one.Week, one.Exceptions = a.Week, a.Exceptions
		}
	}
	return err
}

// tieOf is what is between the member and the client, made where there was nothing.
func tieOf(m *engine.Member, c members.ClientID) *engine.Tie {
	at := slices.IndexFunc(m.Ties, func(t engine.Tie) bool { return t.Client == c })
	if at < 0 {
		at, m.Ties = len(m.Ties), append(m.Ties, engine.Tie{Client: c})
	}
	return &m.Ties[at]
}

// sortMember puts all lists in one order, so that the same facts are the same bytes.
func sortMember(m *engine.Member) {
	slices.SortFunc(m.Skills, func(a, b engine.Skill) int { return cmp.Compare(a.Number, b.Number) })
	slices.Sort(m.Goals)
	slices.SortFunc(m.Waiting, time.Time.Compare)
	slices.SortFunc(m.Booked, func(a, b engine.Booking) int {
		return cmp.Or(a.Starts.Compare(b.Starts), slices.Compare(a.Shift[:], b.Shift[:]))
	})
	for _, shifts := range [][]jobs.ShiftID{m.Had, m.PassedOn} {
		slices.SortFunc(shifts, func(a, b jobs.ShiftID) int { return slices.Compare(a[:], b[:]) })
	}
	slices.SortFunc(m.Ties, func(a, b engine.Tie) int { return slices.Compare(a.Client[:], b.Client[:]) })
	for i := range m.Ties {
		slices.SortFunc(m.Ties[i].Tried, func(a, b jobs.GigID) int { return slices.Compare(a[:], b[:]) })
		slices.SortFunc(m.Ties[i].Gigs, func(a, b engine.Earlier) int { return slices.Compare(a.Gig[:], b.Gig[:]) })
	}
}
