package payments

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ErrNotThere is returned for money that is not on the member's account at the gateway,
// or may leave from there at any moment.
var ErrNotThere = errors.New("payments: the money is not on the member's account")

// ErrReversing is returned for money of which a part is being taken back.
var ErrReversing = errors.New("payments: a part of it is taken back")

// Settle ends a wage that was asked back, or a part of it. A reversal is asked of the
// gateway now: the decision is two people's already, and one executes it. That the member
// repaid it counts once another coordinator agrees, and so does letting go above the
// cooperative's limit, together with what was let go in a day: done says whether it needs
// nobody else. It returns check.Problems for more than is left too, ErrBackDecided when
// nothing is asked back, ErrNotThere, members.ErrOneself about one's own wage,
// members.ErrNoKey, members.ErrRestricted, and members.ErrNotFound to everybody else.
func (s *Service) Settle(ctx context.Context, by members.Actor, n NewSettlement) (done bool, err error) {
	if by.Kind != members.RoleCoordinator {
		return false, members.ErrNotFound
	}
	n.Reason = strings.TrimSpace(n.Reason)
	if err := n.problems().Err(); err != nil {
		return false, err
	}
	if n.ID.IsZero() {
		n.ID = id.New[Settlement](s.random)
	}
	t := Settlement{ID: n.ID, Clawback: n.Clawback, Way: n.Way, Amount: n.Amount, Reason: n.Reason, State: SettlementAsked, askedBy: by.Role}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		k, err := lockClawback(ctx, tx, by.Cooperative, n.Clawback)
		if err != nil {
			return err
		}
		if there, err := findSettlement(ctx, tx, by.Cooperative, t.ID); !errors.Is(err, members.ErrNotFound) {
			done = there.State == SettlementDone || there.State == SettlementApproved
			return errors.Join(err, there.again(t)) // the form was sent twice
		}
		done, err = s.settleWageTx(ctx, tx, by, k, t)
		return err
	})
	return done && err == nil, err
}

// settles is the rule of it.
func (k WageBack) settles(by members.PersonID, amount, taken Cents) error {
	switch {
	case k.State != ClawbackDecided:
		return ErrBackDecided
	case k.person == by:
		return members.ErrOneself
	case amount > k.Amount-taken:
		return check.Problems{{Field: "amount", Rule: "more_than_left", Args: map[string]any{"Cents": int64(k.Amount - taken)}}}
	}
	return nil
}

func (s *Service) settleWageTx(ctx context.Context, tx pgx.Tx, by members.Actor, k WageBack, t Settlement) (done bool, err error) {
	taken, err := sumSettlements(ctx, tx, by.Cooperative, k.ID)
	if err != nil {
		return false, err
	}
	if err := k.settles(by.Person, t.Amount, taken); err != nil {
		return false, err
	}
	if t.sealed, err = s.people.SealTx(ctx, tx, k.person, t.column(), t.Reason); err != nil {
		return false, err
	}
	if t.Way == SettleReversal {
		err = s.holdReversalTx(ctx, tx, by.Cooperative, k, t)
		done = err == nil
	} else {
		done, err = s.askSettlementTx(ctx, tx, by.Cooperative, k, t)
	}
	if err != nil {
		return false, err
	}
	if err := s.clawbackMovedTx(ctx, tx, by.Cooperative, k); err != nil {
		return false, err
	}
	deed := t.Way.deed()
	deed.By, deed.For, deed.Ref, deed.Why, deed.Detail = by, k.person, k.ref(), t.Reason, t.detail()
	return done, s.people.AuditTx(ctx, tx, deed)
}

// askSettlementTx notes it, and ends it where one person's word is enough.
func (s *Service) askSettlementTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack, t Settlement) (alone bool, err error) {
	if alone, err = s.letsGoAloneTx(ctx, tx, c, t); err != nil {
		return false, err
	}
	if err := insertSettlement(ctx, tx, c, t, s.now()); err != nil {
		return false, err
	}
	if !alone {
		return false, s.tellTx(ctx, tx, c, BackTold{What: BackSettlement, Bill: k.Bill, Cooperative: c})
	}
	return true, s.endSettlementTx(ctx, tx, c, k, t, Hands{Posted: t.askedBy})
}

// letGoFor is how long what was let go by one person's word counts with what is let go
// next.
const letGoFor = 24 * time.Hour

// letsGoAloneTx reports whether one coordinator's word is enough. Those of one
// cooperative let go one after another: two at once would each see nothing of the other.
func (s *Service) letsGoAloneTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, t Settlement) (bool, error) {
	p, err := findPolicy(ctx, tx, c)
	if err != nil || t.Way != SettleLetGo || t.Amount > p.FourEyes {
		return false, err
	}
	if err := oneAtATime(ctx, tx, c); err != nil {
		return false, err
	}
	lately, err := sumLetGoAlone(ctx, tx, c, s.now().Add(-letGoFor))
	return lately+t.Amount <= p.FourEyes, err
}

// endSettlementTx posts what ended, and settles all of it when nothing is left.
func (s *Service) endSettlementTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack, t Settlement, hands Hands) error {
	if err := lockAccounts(ctx, tx, c, Fund, Loss); err != nil {
		return err
	}
	there, err := readBalances(ctx, tx, c, []Account{Fund})
	if err != nil {
		return err
	}
	carried := carry(t.Amount, 0, 0, there[Fund])
	if err := s.postTx(ctx, tx, c, t.ended(k, carried, hands)); err != nil {
		return err
	}
	if err := endSettlement(ctx, tx, c, t.ID, carried, hands.Approved, s.now()); err != nil {
		return err
	}
	return s.settledTx(ctx, tx, c, k)
}

// settledTx ends what was asked back once all of it is settled, and lets the member
// hear of each part.
func (s *Service) settledTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack) error {
	if err := settleClawback(ctx, tx, c, k.ID, s.now()); err != nil {
		return err
	}
	told := members.Notice{Member: k.Member, Task: ClawbackTold{Clawback: k.ID, Cooperative: c}}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, told)
}

func (s *Service) clawbackMovedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, k WageBack) error {
	return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Members: []members.MemberID{k.Member}})
}

func (k WageBack) ref() string { return "bill:" + k.Bill.String() }

func (t Settlement) detail() map[string]string {
	return map[string]string{"cents": strconv.FormatInt(int64(t.Amount), 10)}
}
