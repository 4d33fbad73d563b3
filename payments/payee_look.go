package payments

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// LookAtPayee is the task that asks how it is with the account over which a member
// is paid, and believes only that answer.
type LookAtPayee struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// Kind names the task.
func (LookAtPayee) Kind() string { return "payments.look_at_payee" }

// lookLasts is how long we go by what we saw, when money is to leave.
const lookLasts = time.Minute

// LookAtPayee asks. Its handler shape is that of tasks.Handle.
func (s *Service) LookAtPayee(ctx context.Context, _ string, t LookAtPayee) (func(context.Context, pgx.Tx) error, error) {
	p, err := findPayee(ctx, s.db, t.Cooperative, t.Member)
	if err != nil || p.state == PayeeGone {
		return nil, ignoreNotFound(err)
	}
	record, err := s.seePayee(ctx, p)
	return func(ctx context.Context, tx pgx.Tx) error { _, err := record(ctx, tx); return err }, err
}

// lookAtPayee asks, and records it.
func (s *Service) lookAtPayee(ctx context.Context, p payee) (seen payee, err error) {
	record, err := s.seePayee(ctx, p)
	if err != nil {
		return p, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		seen, err = record(ctx, tx)
		return err
	})
	return seen, err
}

// seePayee asks the gateway, and gives what records its answer.
func (s *Service) seePayee(ctx context.Context, p payee) (func(context.Context, pgx.Tx) (payee, error), error) {
	asked := s.now()
	there, err := s.gateway.Account(ctx, p.account)
	gone := errors.Is(err, ErrUnknownThere)
	if err != nil && !gone {
		return nil, err
	}
	return func(ctx context.Context, tx pgx.Tx) (payee, error) {
		now, err := lockPayee(ctx, tx, p.cooperative, p.member)
		switch {
		case err != nil, now.account != p.account, now.lookedAt.After(asked): // somebody saw more than we did
			return now, err
		case gone:
			return s.payeeLeftTx(ctx, tx, now, asked)
		}
		return s.payeeSeenTx(ctx, tx, now, there, asked)
	}, nil
}

// payeeSeenTx records a look: money that waited goes on its way, the member hears
// that it goes elsewhere from now on.
func (s *Service) payeeSeenTx(ctx context.Context, tx pgx.Tx, p payee, there AccountThere, asked time.Time) (payee, error) {
	seen, news := p.see(there, asked)
	if err := updatePayee(ctx, tx, seen); err != nil {
		return p, err
	}
	if news.first || news.moved {
		if err := s.bankToldTx(ctx, tx, seen); err != nil {
			return p, err
		}
	}
	if news.ready {
		if err := s.becameReadyTx(ctx, tx, seen, !p.toldAt.IsZero()); err != nil {
			return p, err
		}
	}
	if seen.state == p.state && !news.first && !news.moved {
		return seen, nil
	}
	return seen, s.payeeMovedTx(ctx, tx, seen)
}

// payeeLeftTx records that the gateway does not know the account any more. What is
// on it stays held: see Stranded.
func (s *Service) payeeLeftTx(ctx context.Context, tx pgx.Tx, p payee, asked time.Time) (payee, error) {
	gone := p.leave(asked)
	gone.toldAt = time.Time{}
	if err := updatePayee(ctx, tx, gone); err != nil {
		return p, err
	}
	waits, err := sumDue(ctx, tx, p.cooperative, p.member)
	if err == nil && waits.Count > 0 {
		err = s.tellGoneTx(ctx, tx, &gone)
	}
	if err != nil {
		return p, err
	}
	return gone, s.payeeMovedTx(ctx, tx, gone)
}

func (s *Service) tellGoneTx(ctx context.Context, tx pgx.Tx, p *payee) error {
	p.toldAt = s.now()
	if err := updatePayee(ctx, tx, *p); err != nil {
		return err
	}
	return s.waitsTx(ctx, tx, *p)
}

// becameReadyTx lets go what waited.
func (s *Service) becameReadyTx(ctx context.Context, tx pgx.Tx, p payee, waited bool) error {
	if waited {
		if err := s.notePayeeTx(ctx, tx, p, true); err != nil {
			return err
		}
	}
	return s.wakeTx(ctx, tx, p.cooperative, p.member)
}

// notePayeeTx reports that money waits for details, or does not any more. Each
// time is a fact of its own; that it is noted once follows from the payee, which
// is locked.
func (s *Service) notePayeeTx(ctx context.Context, tx pgx.Tx, p payee, ready bool) error {
	kind := coaching.PayWaits
	if ready {
		kind = coaching.PayReady
	}
	return s.notePayTx(ctx, tx, p.cooperative, p.member, kind, id.New[payee](s.random).String())
}

// isAboutPayee reports whether an event is about an account as a whole.
func isAboutPayee(kind string) bool {
	return kind == "account.updated" || kind == "account.application.deauthorized" || kind == "capability.updated" ||
		strings.HasPrefix(kind, "account.external_account.")
}

// whosePayee finds whose account the event is about. One that is followed by a new
// one is nobody's any more.
func (s *Service) whosePayee(ctx context.Context, e Event) (tasks.Task, id.Cooperative, error) {
	t, err := findByAccount(ctx, s.db, e.Account)
	if err != nil {
		return nil, id.Cooperative{}, err
	}
	return t, t.Cooperative, nil
}

// lookAtUnreadyTx lets those be asked after once a day who cannot be paid yet: an
// event may have been lost.
func (s *Service) lookAtUnreadyTx(ctx context.Context, tx pgx.Tx) error {
	list, err := listUnready(ctx, tx, s.now().Add(-silence))
	if err != nil {
		return err
	}
	for _, t := range list {
		if err := s.onceEachTx(ctx, tx, 24*time.Hour, t.Cooperative, t.Member.String(), t); err != nil {
			return err
		}
	}
	return nil
}
