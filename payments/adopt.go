package payments

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
)

// adoptingKey marks a context in which nothing is asked for that moves money: only
// what was done before is found.
type adoptingKey struct{}

func isAdopting(ctx context.Context) bool { return ctx.Value(adoptingKey{}) != nil }

// adoptAll finds, for each cooperative whose database was put back, what the
// gateway did that the database forgot, and records it as if its answer came only
// now. What is not there waits until a person lets payouts go on. It goes on where a was,
// and notes there where it is when its stint is over; what it could not ask about it asks
// about once more at the end, and gives as unadopted. A difference that only this can end
// would keep people from going on. Other things that move money are found by their own
// errands, which look first for a month: see carefulFor.
func (s *Service) adoptAll(ctx context.Context, a *adopting, st stint) (unadopted, err error) {
	ctx = context.WithValue(ctx, adoptingKey{}, true)
	due, err := listRestoredDue(ctx, s.db, a.Due)
	if err != nil {
		return nil, err
	}
	for _, one := range due {
		if err := s.adoptPayout(ctx, one.stopped, one.payout); err != nil { // it keeps nobody else's from being found
			if len(a.Failed) == mostFailed {
				return nil, err
			}
			a.Failed = append(a.Failed, one.payout)
		}
		if a.Due = one.payout; st.over() {
			return nil, nil
		}
	}
	unadopted, err = s.adoptFailed(ctx, a)
	*a = adopting{}
	return errors.Join(unadopted, s.adoptOthers(ctx)), err
}

// adopting is how far a task is that looks for due wages, in the order of their numbers.
type adopting struct {
	Due    PayoutID   // the last that was looked for; zero: all were, or none yet
	Failed []PayoutID // that could not be asked about
}

// mostFailed bounds them: where more cannot be asked about, the gateway is away, and the
// stint is tried again.
const mostFailed = 100

func (s *Service) adoptFailed(ctx context.Context, a *adopting) (unadopted, err error) {
	if len(a.Failed) == 0 {
		return nil, nil
	}
	due, err := listRestoredDue(ctx, s.db, PayoutID{})
	for _, one := range due {
		if slices.Contains(a.Failed, one.payout) {
			unadopted = errors.Join(unadopted, s.adoptPayout(ctx, one.stopped, one.payout))
		}
	}
	return unadopted, err
}

// adoptOthers looks for what is not due, all at once: of what was not answered for the
// first so many.
func (s *Service) adoptOthers(ctx context.Context) error {
	list, failed := listRestored(ctx, s.db)
	for _, c := range list {
		failed = errors.Join(failed, s.adoptRefunds(ctx, c), s.adoptReturns(ctx, c))
	}
	reversals, err := listReversalsToFind(ctx, s.db, s.now().Add(-silence))
	return errors.Join(failed, err, s.adoptReversals(ctx, reversals), s.adoptUnanswered(ctx))
}

// stopped is a cooperative whose payouts are stopped, and by which stop; a zero one: by
// none.
type stopped struct {
	cooperative id.Cooperative
	stop        id.Of[Stop]
}

// lookedFor is a payout that is looked for at the gateway.
type lookedFor struct {
	stopped
	payout PayoutID
}

func lookedForOf(row pgx.CollectableRow) (l lookedFor, err error) {
	err = row.Scan(&l.cooperative, &l.stop, &l.payout)
	return l, err
}

// adoptPayout asks for the transfer of a wage, also to an account before, and then for its
// payout.
func (s *Service) adoptPayout(ctx context.Context, r stopped, payout PayoutID) error {
	before, err := findPayout(ctx, s.db, r.cooperative, payout)
	if err != nil {
		return ignoreNotFound(err)
	}
	if err := s.adoptFormer(ctx, r.cooperative, before); err != nil {
		return err
	}
	transfer, err := s.MakeTransfer(ctx, "", MakeTransfer{Payout: payout, Cooperative: r.cooperative})
	if err := s.record(ctx, transfer, err); err != nil {
		return err
	}
	send, err := s.SendPayout(ctx, "", SendPayout{Payout: payout, Cooperative: r.cooperative})
	if err := s.record(ctx, send, err); err != nil {
		return err
	}
	after, err := findPayout(ctx, s.db, r.cooperative, payout)
	if err != nil {
		return ignoreNotFound(err)
	}
	if before.transfer != after.transfer {
		if err := insertAdopted(ctx, s.db, r, "transfer", payout.String(), after.transfer, s.now()); err != nil {
			return err
		}
	}
	if before.outside != after.outside {
		return insertAdopted(ctx, s.db, r, "payout", payout.String(), after.outside, s.now())
	}
	return nil
}

// record ends what a handler found; that it would have to ask is no error.
func (s *Service) record(ctx context.Context, finish func(context.Context, pgx.Tx) error, err error) error {
	if errors.Is(err, ErrStopped) {
		return nil
	}
	if err != nil || finish == nil {
		return ignoreNotFound(err)
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return finish(ctx, tx) })
}

// adoptErrand is run without a call that makes anything.
func (s *Service) adoptErrand(ctx context.Context, e errand) (string, error) {
	var n notedErrand
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		n, err = lockErrand(ctx, tx, e)
		return err
	})
	switch {
	case err != nil:
		return "", err
	case n.asksOther(e): // by now it would go to another account: a person looks
		return "", ErrStopped
	case n.outside != "":
		return n.outside, nil
	}
	outside, found, err := e.look(ctx)
	if err == nil && !found {
		err = ErrStopped
	}
	if err != nil {
		return "", err
	}
	return outside, endErrand(ctx, s.db, e, outside)
}
