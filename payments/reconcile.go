package payments

import (
	"context"
	"errors"
	"slices"
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

	// Of one that goes on where another ended.
	Adopting adopting
	Began    time.Time // when all was adopted; zero: not yet
	Since    time.Time // changes are read from here; unless all is compared, so is what was touched since
	Newest   string    // the newest change when the first of them began; "": there was none
	Change   string    // the last that was read; "": all were
	Thing    Reference // the last thing of ours that was compared; "": none was
	After    string    // the last account that was asked; "": none was
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
	since   time.Time // changes of nothing of ours are looked for from here
	began   time.Time // things of ours that were touched between since and this were compared
	balance Cents
	steady  bool // nothing changed while it was read
}

// Reconcile reads what changed the balance at the gateway, stores it, and holds it
// against the ledger: everything that is ours at the gateway has entries whose sum
// is what it did there, what the gateway did is something of ours, each member's
// account has what the ledger says, and the balance is what all of this comes to.
// What is not so is a difference, once it is there at a second look. It repairs
// nothing: only missing events are brought, by FillGaps, and what a database that
// was put back forgot is adopted. It does one stint of this, and leaves the rest to
// another such task. Its handler shape is that of tasks.Handle.
func (s *Service) Reconcile(ctx context.Context, key string, t Reconcile) (func(context.Context, pgx.Tx) error, error) {
	if s.gateway == nil {
		return nil, tasks.GiveUp(ErrNoGateway)
	}
	st := stintOf(ctx)
	var unadopted, err error
	if t.Began.IsZero() {
		unadopted, err = s.adoptFirst(ctx, &t, st)
	}
	if err == nil && !t.Began.IsZero() {
		err = s.compareSome(ctx, &t, st)
	}
	if err != nil {
		return nil, errors.Join(unadopted, err)
	}
	return s.despite(ctx, unadopted, func(ctx context.Context, tx pgx.Tx) error { return s.reconciledTx(ctx, tx, key, t) })
}

// adoptFirst is what comes before anything is compared. What cannot be adopted keeps
// nothing from that.
func (s *Service) adoptFirst(ctx context.Context, t *Reconcile, st stint) (unadopted, err error) {
	if unadopted, err = s.adoptAll(ctx, &t.Adopting, st); err != nil || !t.Adopting.Due.IsZero() {
		return unadopted, err
	}
	t.Began = s.now()
	t.Since, err = s.changesSince(ctx)
	return unadopted, err
}

// compareSome reads and compares some of the books: changes, then things of ours, then
// the whole, then members' accounts. It notes in t where another is to go on.
func (s *Service) compareSome(ctx context.Context, t *Reconcile, st stint) (err error) {
	if t.Thing == "" && t.After == "" {
		if err := s.readChanges(ctx, t, st); err != nil || t.Change != "" {
			return err
		}
	}
	if t.After == "" {
		if err := s.compareThings(ctx, t); err != nil || t.Thing != "" {
			return err
		}
		if err := s.compareBooks(ctx, *t); err != nil {
			return err
		}
	}
	t.After, err = s.compareAccounts(ctx, *t, st)
	return err
}

// compareBooks compares what only all together says, once each thing was compared: the
// balance, and what the gateway did that is nothing of ours.
func (s *Service) compareBooks(ctx context.Context, t Reconcile) error {
	b, err := s.readBooks(ctx, t)
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.compareTx(ctx, tx, b) })
}

// reconciledTx notes that all was compared, or lets the rest be compared.
func (s *Service) reconciledTx(ctx context.Context, tx pgx.Tx, key string, t Reconcile) error {
	if t.Began.IsZero() || t.Change != "" || t.Thing != "" || t.After != "" {
		return errors.Join(s.letRestTx(ctx, tx, key, t), s.stopForDifferencesTx(ctx, tx))
	}
	if t.Whole {
		if err := keepCursor(ctx, tx, "whole", "", t.Began); err != nil {
			return err
		}
	}
	return errors.Join(keepCursor(ctx, tx, "books", "", t.Began), s.stopForDifferencesTx(ctx, tx))
}

// readBooks reads the balance, and what changed it since the first of these tasks began.
func (s *Service) readBooks(ctx context.Context, t Reconcile) (b books, err error) {
	before, err := s.gateway.Balances(ctx, "")
	if err != nil {
		return b, err
	}
	if err := s.readNewChanges(ctx, t); err != nil {
		return b, err
	}
	after, err := s.gateway.Balances(ctx, "")
	if err != nil {
		return b, err
	}
	b.since, b.began, b.balance = t.from(), t.Began, after.Available+after.Pending
	b.steady = b.balance == before.Available+before.Pending
	return b, nil
}

// changesSince is when changes were last read to their end, less three days; zero: never.
func (s *Service) changesSince(ctx context.Context) (time.Time, error) {
	since, err := findCursor(ctx, s.db, "changes", "")
	if err != nil || since.IsZero() {
		return since, err
	}
	return since.Add(-lookBack), nil
}

// readChanges stores what changed the balance, the newest first, and notes at which change
// it was when its stint was over.
func (s *Service) readChanges(ctx context.Context, t *Reconcile, st stint) error {
	for {
		page, more, err := s.keepChanges(ctx, t.Since, t.Change)
		if err != nil {
			return err
		}
		if t.Newest == "" && len(page) > 0 {
			t.Newest = page[0].ID
		}
		if !more {
			break
		}
		if t.Change = page[len(page)-1].ID; st.over() {
			return nil
		}
	}
	t.Change = ""
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return keepCursor(ctx, tx, "changes", "", t.Began) })
}

// readNewChanges stores those that came after the newest of readChanges.
func (s *Service) readNewChanges(ctx context.Context, t Reconcile) error {
	for after := ""; ; {
		page, more, err := s.keepChanges(ctx, t.Since, after)
		if err != nil {
			return err
		}
		if !more || slices.ContainsFunc(page, func(c BalanceChange) bool { return c.ID == t.Newest }) {
			return nil
		}
		after = page[len(page)-1].ID
	}
}

// keepChanges stores a page of what changed since then, after one of them, and reports
// whether more follow.
func (s *Service) keepChanges(ctx context.Context, since time.Time, after string) (page []BalanceChange, more bool, err error) {
	page, more, err = s.gateway.BalanceChanges(ctx, "", since, after)
	if err != nil || len(page) == 0 {
		return nil, false, err
	}
	return page, more, insertChanges(ctx, s.db, page)
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
