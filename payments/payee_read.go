package payments

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// PayWaits is the task that tells a member that money waits for their details.
type PayWaits struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// Kind names the task.
func (PayWaits) Kind() string { return "payments.pay_waits" }

// BankTold is the task that tells a member that another bank account was given.
type BankTold struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// Kind names the task.
func (BankTold) Kind() string { return "payments.bank_told" }

// Payee is how it is with where a member is paid, for who may know. Of the bank
// account itself nothing is known here.
type Payee struct {
	State PayeeState // "" as long as nobody asked for anything
	Needs []Need     // what the gateway still asks
	Rests time.Time  // until when money rests; zero: it does not
	Waits Sum        // money that is due now
}

// Ready reports whether money can go.
func (p Payee) Ready() bool { return p.State == PayeeReady && p.Rests.IsZero() }

// Payee says where the acting member is paid. It returns members.ErrNotFound to who
// is no member, also while acting for one.
func (s *Service) Payee(ctx context.Context, by members.Actor) (Payee, error) {
	p, err := s.ownPayee(ctx, by)
	if err != nil {
		return Payee{}, err
	}
	return s.payeeFor(ctx, p)
}

// SeePayee is Payee for who may just have been at the gateway's pages: then it is
// asked how that went. Where it does not answer, what we know counts.
func (s *Service) SeePayee(ctx context.Context, by members.Actor) (Payee, error) {
	p, err := s.ownPayee(ctx, by)
	if err != nil {
		return Payee{}, err
	}
	if s.gateway != nil && p.account != "" && p.lookedAt.IsZero() && p.state != PayeeGone {
		if seen, err := s.lookAtPayee(ctx, p); err == nil {
			p = seen
		}
	}
	return s.payeeFor(ctx, p)
}

// ownPayee is the acting member's; without an account as long as there is none.
func (s *Service) ownPayee(ctx context.Context, by members.Actor) (payee, error) {
	if by.Kind != members.RoleMember || by.Helped() {
		return payee{}, members.ErrNotFound
	}
	p, err := findPayee(ctx, s.db, by.Cooperative, by.Member)
	if errors.Is(err, members.ErrNotFound) {
		return payee{cooperative: by.Cooperative, member: by.Member}, nil
	}
	return p, err
}

// PayeeOf says the same to who reads a member's pay with a live grant, and notes
// that in the member's log. It returns *members.NotGranted.
func (s *Service) PayeeOf(ctx context.Context, by members.Actor, m members.MemberID) (Payee, error) {
	var p payee
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.PayScope); err != nil {
			return err
		}
		found, err := findPayee(ctx, tx, by.Cooperative, m)
		p = found
		if errors.Is(err, members.ErrNotFound) {
			return nil
		}
		return err
	})
	if err != nil {
		return Payee{}, err
	}
	p.cooperative, p.member = by.Cooperative, m
	return s.payeeFor(ctx, p)
}

func (s *Service) payeeFor(ctx context.Context, p payee) (shown Payee, err error) {
	shown = Payee{State: p.state, Needs: p.needs()}
	if p.state != "" {
		if shown.Rests, err = s.restOf(ctx, p); err != nil {
			return shown, err
		}
	}
	shown.Waits, err = sumDue(ctx, s.db, p.cooperative, p.member)
	return shown, err
}

// PayeeTold gives a member to tell about it, and how it is: no longer ready or not,
// as it may be by then. It returns members.ErrNotFound.
func (s *Service) PayeeTold(ctx context.Context, c id.Cooperative, m members.MemberID) (members.Person, Payee, error) {
	who, err := findMemberPerson(ctx, s.db, c, m)
	if err != nil {
		return who, Payee{}, err
	}
	p, err := findPayee(ctx, s.db, c, m)
	if err != nil {
		return who, Payee{}, err
	}
	shown, err := s.payeeFor(ctx, p)
	return who, shown, err
}

// RestsOf is until when money for a person rests, in whichever cooperative the
// longest; zero: it does not, or none is paid to them.
func (s *Service) RestsOf(ctx context.Context, person members.PersonID) (last time.Time, err error) {
	var list []payee
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		list, err = listPayeesOf(ctx, tx, person)
		return err
	})
	for _, p := range list {
		until, restErr := s.restOf(ctx, p)
		err = errors.Join(err, restErr)
		if until.After(last) {
			last = until
		}
	}
	return last, err
}

// WithoutDetails is for how many members of the coordinator's cooperative money
// waits because of their details. Who they are is between them and who helps them.
func (s *Service) WithoutDetails(ctx context.Context, by members.Actor) (int, error) {
	if by.Kind != members.RoleCoordinator {
		return 0, members.ErrNotFound
	}
	return countUnready(ctx, s.db, by.Cooperative)
}
