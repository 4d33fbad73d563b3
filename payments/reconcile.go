package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// Reconcile is the task that holds the gateway's books against ours: what changed
// lately, or all of the last year and every member's account.
type Reconcile struct {
	Whole bool

	// Of one that goes on where another ended: see compareAccounts.
	After string    // the account at which that was last; "": it begins
	Began time.Time // when the first of them did
	Since time.Time // of which accounts something happened
}

// Kind names the task.
func (Reconcile) Kind() string { return "payments.reconcile" }

const (
	// afterEvents gives events time to be followed before books are compared.
	afterEvents = time.Minute
	// lookBack is how much of what was read is read again.
	lookBack = 3 * 24 * time.Hour
	// wholeBooks is how far a whole look goes back: what is older was compared often.
	wholeBooks = 400 * 24 * time.Hour
)

// books are what the gateway says, as far as it is not stored.
type books struct {
	since   time.Time
	balance Cents
	steady  bool // nothing changed while it was read
}

// Reconcile reads what changed the balance at the gateway, stores it, and holds it
// against the ledger: everything that is ours at the gateway has entries whose sum
// is what it did there, what the gateway did is something of ours, each member's
// account has what the ledger says, and the balance is what all of this comes to.
// What is not so is a difference, once it is there at a second look. It repairs
// nothing: only missing events are brought, by FillGaps, and what a database that
// was put back forgot is adopted. Members' accounts are asked a few at a time, and those
// for which there is no time by another such task. Its handler shape is that of
// tasks.Handle.
func (s *Service) Reconcile(ctx context.Context, _ string, t Reconcile) (func(context.Context, pgx.Tx) error, error) {
	if s.gateway == nil {
		return nil, tasks.GiveUp(ErrNoGateway)
	}
	var unadopted error
	if t.After == "" {
		t.Began = s.now()
		unadopted = s.adoptAll(ctx)
		b, err := s.readBooks(ctx, t.Whole)
		if err != nil {
			return nil, errors.Join(unadopted, err)
		}
		if err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.compareTx(ctx, tx, b) }); err != nil {
			return nil, errors.Join(unadopted, err)
		}
		t.Since = b.since
	}
	after, err := s.compareAccounts(ctx, t)
	if err != nil {
		return nil, errors.Join(unadopted, err)
	}
	end := func(ctx context.Context, tx pgx.Tx) error { return s.reconciledTx(ctx, tx, t, after) }
	if unadopted != nil { // the books are compared all the same, and the task says what it could not find
		return nil, errors.Join(unadopted, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return end(ctx, tx) }))
	}
	return end, nil
}

// reconciledTx notes that all was compared, or lets the rest be compared.
func (s *Service) reconciledTx(ctx context.Context, tx pgx.Tx, t Reconcile, after string) error {
	if after != "" {
		t.After = after
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Lane: tasks.Low})
		return errors.Join(err, s.stopForDifferencesTx(ctx, tx))
	}
	if t.Whole {
		if err := keepCursor(ctx, tx, "whole", "", t.Began); err != nil {
			return err
		}
	}
	return errors.Join(keepCursor(ctx, tx, "books", "", t.Began), s.stopForDifferencesTx(ctx, tx))
}

func (s *Service) readBooks(ctx context.Context, whole bool) (b books, err error) {
	before, err := s.gateway.Balances(ctx, "")
	if err != nil {
		return b, err
	}
	if b.since, err = s.readChanges(ctx); err != nil {
		return b, err
	}
	after, err := s.gateway.Balances(ctx, "")
	if err != nil {
		return b, err
	}
	b.balance = after.Available + after.Pending
	b.steady = b.balance == before.Available+before.Pending
	if whole {
		b.since = s.now().Add(-wholeBooks)
	}
	return b, nil
}

// readChanges stores what changed the balance since it was last read to its end,
// less three days, and says since when that is.
func (s *Service) readChanges(ctx context.Context) (since time.Time, err error) {
	now := s.now()
	if since, err = findCursor(ctx, s.db, "changes", ""); err != nil {
		return since, err
	}
	if !since.IsZero() {
		since = since.Add(-lookBack)
	}
	for after, more := "", true; more; {
		var page []BalanceChange
		if page, more, err = s.gateway.BalanceChanges(ctx, "", since, after); err != nil || len(page) == 0 {
			break
		}
		after = page[len(page)-1].ID
		if err = insertChanges(ctx, s.db, page); err != nil {
			break
		}
	}
	if err != nil {
		return since, err
	}
	return since, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return keepCursor(ctx, tx, "changes", "", now) })
}

// AskReconcile lets the books be compared now, for the acting coordinator. It
// returns members.ErrNotFound to everybody else.
func (s *Service) AskReconcile(ctx context.Context, by members.Actor) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return s.ReconcileSoon(ctx, false)
}

// ReconcileSoon is that for an operator. Asking twice in a minute is asking once.
func (s *Service) ReconcileSoon(ctx context.Context, whole bool) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := s.onceEachTx(ctx, tx, time.Minute, id.Cooperative{}, "asked", FillGaps{}); err != nil {
			return err
		}
		return s.onceEachTx(ctx, tx, time.Minute, id.Cooperative{}, "asked", Reconcile{Whole: whole})
	})
}
