package payments

import (
	"context"
	"strconv"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Held is a payout that waits for a person, as a coordinator sees it.
type Held struct {
	ID        PayoutID
	Member    string
	Title     string // of the work; "" where there is none
	Amount    Cents
	Why       HeldWhy
	Since     time.Time
	FourEyes  bool   // one coordinator is not enough
	AskedName string // the first of the two, or ""
	Mine      bool   // another coordinator must say so: it is one's own pay, or one has said so already

	earner, asker members.PersonID
}

// HeldPayouts lists those of the acting coordinator's cooperative, the oldest
// first; at most 200. It returns members.ErrNotFound to others.
func (s *Service) HeldPayouts(ctx context.Context, by members.Actor) ([]Held, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	policy, err := s.Policy(ctx, by.Cooperative)
	if err != nil {
		return nil, err
	}
	list, err := listHeld(ctx, s.db, by.Cooperative)
	for i, h := range list {
		list[i].FourEyes = h.Amount > policy.FourEyes
		list[i].Mine = h.earner == by.Person || h.asker == by.Person
	}
	return list, err
}

// ToldHeld gives whom to tell that payouts are held, while any is.
func (s *Service) ToldHeld(ctx context.Context, c id.Cooperative) ([]members.Person, error) {
	return listToldHeld(ctx, s.db, c)
}

// heldPayout is one as it is released.
type heldPayout struct {
	id            PayoutID
	member        members.MemberID
	amount        Cents
	step          PayoutStep
	earner, asker members.PersonID
}

// release is the rule: nobody releases their own pay, and above the limit it takes
// two. It says whether the payout leaves.
func (h heldPayout) release(by members.PersonID, fourEyes Cents) (leaves bool, err error) {
	switch {
	case h.step != PayoutIsHeld:
		return false, &WrongMove{From: string(h.step), To: string(PayoutIsDue)}
	case h.earner == by, h.asker == by:
		return false, ErrOwnRelease
	}
	return h.amount <= fourEyes || !h.asker.IsZero(), nil
}

// ReleasePayout lets a payout leave that is held, whatever the limits say. Above
// Policy.FourEyes the first coordinator only asks for it, and another's word lets
// it leave; released says which of the two it was. It returns ErrOwnRelease to the
// member who is paid and to whoever asked for it, *WrongMove when it is not held,
// members.ErrRestricted, and members.ErrNotFound.
func (s *Service) ReleasePayout(ctx context.Context, by members.Actor, payout PayoutID) (released bool, err error) {
	if by.Kind != members.RoleCoordinator {
		return false, members.ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		h, err := lockHeld(ctx, tx, by.Cooperative, payout)
		if err != nil {
			return err
		}
		policy, err := findPolicy(ctx, tx, by.Cooperative)
		if err != nil {
			return err
		}
		if released, err = h.release(by.Person, policy.FourEyes); err != nil {
			return err
		}
		return s.releaseTx(ctx, tx, by, h, released)
	})
	return released && err == nil, err
}

func (s *Service) releaseTx(ctx context.Context, tx pgx.Tx, by members.Actor, h heldPayout, leaves bool) error {
	c, what, step := by.Cooperative, "payout_release_asked", askRelease
	if leaves {
		what, step = "payout_released", release
		if err := s.tellTx(ctx, tx, c, MakeTransfer{Payout: h.id, Cooperative: c}); err != nil {
			return err
		}
	}
	if err := step(ctx, tx, by, h.id, s.now()); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Members: []members.MemberID{h.member}}); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: what, Ref: "payout:" + h.id.String(),
		Detail: map[string]string{"cents": strconv.FormatInt(int64(h.amount), 10)}})
}
