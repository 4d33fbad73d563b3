package payments

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// AskRefund gives a part of a paid bill back to its client, or all of it. Once a
// bill's refunds, or those of one hour, come to more than the cooperative's limits
// another coordinator must approve: so nobody gives back in slices what they may not at once. It
// returns check.Problems for more than is left too, ErrNotPaid, ErrDisputed,
// members.ErrOneself to who is that client too, members.ErrRestricted, and members.ErrNotFound to everybody else.
func (s *Service) AskRefund(ctx context.Context, by members.Actor, n NewRefund) (RefundID, error) {
	if by.Kind != members.RoleCoordinator {
		return RefundID{}, members.ErrNotFound
	}
	n.Reason = strings.TrimSpace(n.Reason)
	if err := n.problems().Err(); err != nil {
		return RefundID{}, err
	}
	if n.ID.IsZero() {
		n.ID = id.New[Refund](s.random)
	}
	r := Refund{ID: n.ID, Bill: n.Bill, Amount: n.Amount, Reason: n.Reason, State: RefundAsked, askedBy: by.Role}
	return r.ID, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.askRefundTx(ctx, tx, by, r) })
}

func (s *Service) askRefundTx(ctx context.Context, tx pgx.Tx, by members.Actor, r Refund) error {
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return err
	}
	b, err := lockBack(ctx, tx, by.Cooperative, r.Bill)
	if err != nil {
		return err
	}
	if err := notToOneself(ctx, tx, by, r.Bill, DepositID{}); err != nil {
		return err
	}
	if there, err := findRefund(ctx, tx, by.Cooperative, r.ID); !errors.Is(err, members.ErrNotFound) {
		return errors.Join(err, there.again(r)) // the form was sent twice
	}
	if err := b.back(r.Amount); err != nil {
		return err
	}
	p, err := findPolicy(ctx, tx, by.Cooperative)
	if err != nil {
		return err
	}
	alone, err := s.refundsAloneTx(ctx, tx, by.Cooperative, b, r, p)
	if err != nil {
		return err
	}
	if err := insertRefund(ctx, tx, by.Cooperative, r, s.now()); err != nil {
		return err
	}
	if alone {
		err = s.holdRefundTx(ctx, tx, by.Cooperative, b, r)
	} else {
		err = s.tellBackTx(ctx, tx, by.Cooperative, b, BackTold{What: BackRefundAsked, Bill: b.id})
	}
	if err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "refund_asked", Ref: "bill:" + r.Bill.String(), Detail: r.detail()})
}

// refundsAloneTx reports whether one coordinator's word is enough. Those who ask in one
// cooperative do so one after another: two at once would each see nothing of the other.
func (s *Service) refundsAloneTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, r Refund, p Policy) (bool, error) {
	if b.asked+r.Amount > p.FourEyes {
		return false, nil
	}
	if err := oneAtATime(ctx, tx, c); err != nil {
		return false, err
	}
	lately, err := sumRefundedAlone(ctx, tx, c, s.now().Add(-time.Hour))
	return lately+r.Amount <= p.RefundHour, err
}

// holdRefundTx sets the money apart, and lets a task send it.
func (s *Service) holdRefundTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, r Refund) (err error) {
	if r.Carried, err = s.carryTx(ctx, tx, c, b, r.Amount); err != nil {
		return err
	}
	if err := approveRefund(ctx, tx, c, r); err != nil {
		return err
	}
	if err := s.postTx(ctx, tx, c, r.hold()); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, SendRefund{Refund: r.ID, Cooperative: c}, members.Moved{Cooperative: c, Client: b.client})
}

// tellBackTx lets the office hear of it, and open pages look again.
func (s *Service) tellBackTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, b backBill, t BackTold) error {
	t.Cooperative = c
	return s.tellTx(ctx, tx, c, t, members.Moved{Cooperative: c, Client: b.client})
}

// ApproveRefund is a second coordinator's yes. It returns ErrOwnBack to whoever
// asked, ErrBackDecided, and the errors of AskRefund.
func (s *Service) ApproveRefund(ctx context.Context, by members.Actor, refund RefundID) error {
	return s.decideRefund(ctx, by, refund, RefundApproved, "refund_approved", func(ctx context.Context, tx pgx.Tx, b backBill, r Refund) error {
		if err := notToOneself(ctx, tx, by, r.Bill, DepositID{}); err != nil {
			return err
		}
		b.asked -= r.Amount // it counted already
		if err := b.back(r.Amount); err != nil {
			return err
		}
		return s.holdRefundTx(ctx, tx, by.Cooperative, b, r)
	})
}

// RefuseRefund is a second coordinator's no. It returns the errors of ApproveRefund.
func (s *Service) RefuseRefund(ctx context.Context, by members.Actor, refund RefundID) error {
	return s.decideRefund(ctx, by, refund, RefundRefused, "refund_refused", nil)
}

// TakeRefundBack ends what one asked oneself, before it was decided. It returns
// ErrBackDecided, and members.ErrNotFound to everybody else.
func (s *Service) TakeRefundBack(ctx context.Context, by members.Actor, refund RefundID) error {
	return s.decideRefund(ctx, by, refund, RefundTakenBack, "refund_taken_back", nil)
}

// decideRefund holds the bill and the refund while the rule is asked and the step
// is made; of several who decide at once one does.
func (s *Service) decideRefund(ctx context.Context, by members.Actor, refund RefundID, to RefundStep, what string,
	step func(context.Context, pgx.Tx, backBill, Refund) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		b, r, err := lockRefund(ctx, tx, by.Cooperative, refund)
		if err != nil {
			return err
		}
		if err := r.decide(by.Person, to); err != nil {
			return err
		}
		if step != nil {
			err = step(ctx, tx, b, r)
		} else {
			err = s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative, Client: b.client})
		}
		if err != nil {
			return err
		}
		if err := decideRefund(ctx, tx, by, refund, to, s.now()); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: what, Ref: "bill:" + r.Bill.String(), Detail: r.detail()})
	})
}

func (r Refund) detail() map[string]string {
	return map[string]string{"cents": strconv.FormatInt(int64(r.Amount), 10)}
}
