package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// OpenPayee is the task that sees to it that a member can be paid: pay of theirs is
// agreed. It opens the account at the gateway when it is the first, and tells the
// member when something is missing.
type OpenPayee struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// Kind names the task.
func (OpenPayee) Kind() string { return "payments.open_payee" }

// OpenPayee does it. Its handler shape is that of tasks.Handle.
func (s *Service) OpenPayee(ctx context.Context, _ string, t OpenPayee) (func(context.Context, pgx.Tx) error, error) {
	_, _, _, err := s.payeeReady(ctx, t.Cooperative, t.Member)
	return nil, ignoreNotFound(err)
}

// askPayeesTx lets those be asked for their details who have none yet.
func (s *Service) askPayeesTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, lines []Line) error {
	for _, l := range lines {
		if l.Kind != WageLine {
			continue
		}
		p, err := findPayee(ctx, tx, c, l.Member)
		if err == nil && (p.state == PayeeReady || !p.toldAt.IsZero()) {
			continue
		}
		if err != nil && !errors.Is(err, members.ErrNotFound) {
			return err
		}
		if err := s.tellTx(ctx, tx, c, OpenPayee{Member: l.Member, Cooperative: c}); err != nil {
			return err
		}
	}
	return nil
}

// StartOnboarding gives the address of the gateway's own pages, on which the
// member tells where they are paid: it works once and for some minutes. back is
// where the browser comes afterwards, again where it asks for another one. An
// account that is gone is followed by a new one. It returns ErrNoGateway, and
// members.ErrNotFound to who is no member, also while acting for one.
func (s *Service) StartOnboarding(ctx context.Context, by members.Actor, back, again string) (address string, err error) {
	if s.gateway == nil {
		return "", ErrNoGateway
	}
	if by.Kind != members.RoleMember || by.Helped() {
		return "", members.ErrNotFound
	}
	p, err := s.payeeNow(ctx, by.Cooperative, by.Member)
	if err == nil && p.state == PayeeGone {
		p, err = s.openPayee(ctx, by.Cooperative, by.Member, p.number+1)
	}
	if err != nil {
		return "", err
	}
	key := "onboarding:" + id.New[payee](s.random).String()
	if address, err = s.gateway.OpenOnboarding(ctx, key, Onboarding{Account: p.account, Back: back, Again: again}); err != nil {
		return "", err
	}
	return address, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return lookSoon(ctx, tx, by.Cooperative, by.Member) })
}

const openAccount errandKind = "account"

// openPayee opens the account of this number, once.
func (s *Service) openPayee(ctx context.Context, c id.Cooperative, m members.MemberID, number int) (p payee, err error) {
	ref := payeeRef(m, number)
	account, err := s.run(ctx, errand{
		cooperative: c, kind: openAccount, subject: ref, input: ref,
		do:   func(ctx context.Context, key string) (string, error) { return s.gateway.OpenAccount(ctx, key, ref) },
		look: func(ctx context.Context) (string, bool, error) { return s.gateway.FindAccount(ctx, ref) },
	})
	if err != nil {
		return payee{}, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		if err := openedPayee(ctx, tx, payee{cooperative: c, member: m, account: account, number: number, changedAt: s.now()}); err != nil {
			return err
		}
		p, err = findPayee(ctx, tx, c, m)
		return err
	})
	return p, err
}

// payeeNow is the member's account as the gateway sees it about now: it is opened
// when there is none. It returns members.ErrNotFound for a member that is not.
func (s *Service) payeeNow(ctx context.Context, c id.Cooperative, m members.MemberID) (payee, error) {
	p, err := findPayee(ctx, s.db, c, m)
	if errors.Is(err, members.ErrNotFound) {
		if _, err = findMemberPerson(ctx, s.db, c, m); err == nil {
			p, err = s.openPayee(ctx, c, m, 1)
		}
	}
	if err != nil || p.state == PayeeGone || s.now().Sub(p.lookedAt) < lookLasts {
		return p, err
	}
	return s.lookAtPayee(ctx, p)
}

// tellWaits tells the member, once until they are ready, that money waits for
// their details; who follows them and may know about their pay sees it too.
func (s *Service) tellWaits(ctx context.Context, c id.Cooperative, m members.MemberID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		p, err := lockPayee(ctx, tx, c, m)
		if err != nil || p.state == PayeeReady || !p.toldAt.IsZero() {
			return err
		}
		p.toldAt = s.now()
		if err := updatePayee(ctx, tx, p); err != nil {
			return err
		}
		return s.waitsTx(ctx, tx, p)
	})
}

func (s *Service) waitsTx(ctx context.Context, tx pgx.Tx, p payee) error {
	if err := s.notePayeeTx(ctx, tx, p, false); err != nil {
		return err
	}
	told := members.Notice{Member: p.member, Task: PayWaits{Member: p.member, Cooperative: p.cooperative}}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), p.cooperative, told); err != nil {
		return err
	}
	return s.payeeMovedTx(ctx, tx, p)
}

// payeeMovedTx lets open pages look again.
func (s *Service) payeeMovedTx(ctx context.Context, tx pgx.Tx, p payee) error {
	moved := members.Moved{Cooperative: p.cooperative, Members: []members.MemberID{p.member}}
	_, err := s.tasks.EnqueueTx(ctx, tx, moved, tasks.Opts{Cooperative: p.cooperative})
	return err
}
