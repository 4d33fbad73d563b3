package payments

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// Stuck is the rest of a deposit that the gateway would not give back, or that came
// back from the client's bank: a person has it tried again, or says how the client got
// it otherwise.
type Stuck struct {
	Deposit
	ClientName string
	Why        string // the gateway's word; "": the client's bank did not take it
	Note       string // how the client got it otherwise, as somebody says; "": nobody does
	AskedName  string
	AskedAt    time.Time

	asker   members.PersonID
	askedBy members.RoleID
}

// Own reports whether the acting person said themselves how the client got it.
func (k Stuck) Own(by members.Actor) bool { return k.asker == by.Person }

// Version names exactly what somebody says of how the client got exactly how much: who
// agrees, agrees to that.
func (k Stuck) Version() string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s %s %d %s", k.ID, k.asker, k.Left(), k.Note))
	return hex.EncodeToString(sum[:16])
}

// byHand is that the client got it from elsewhere: what is at the gateway is the
// cooperative's then, and stays there.
func (k Stuck) byHand(approved members.RoleID) Entry {
	there, _ := k.where() // what is stuck did not go back
	return Entry{
		Key: k.key("hand"), Cause: CauseDepositReturned, Subject: k.about(), Hands: Hands{Posted: k.askedBy, Approved: approved},
		Postings: []Posting{{there, Contribution, k.Left()}, {CoopBank, ClientBack(k.Client), k.Left()}},
	}
}

// ReturnAgain has the gateway asked once more to give the rest of a deposit back. It
// returns ErrBackDecided for one with which nothing is wrong, or that the client got
// otherwise, as somebody says; ErrDisputed; and members.ErrNotFound to everybody but a
// coordinator.
func (s *Service) ReturnAgain(ctx context.Context, by members.Actor, deposit DepositID) error {
	return s.onStuck(ctx, by, deposit, "return_again", func(tx pgx.Tx, k Stuck) error {
		if k.Note != "" { // the client may have it
			return ErrBackDecided
		}
		if err := returnAgain(ctx, tx, by.Cooperative, deposit); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, ReturnDeposit{Deposit: deposit, Cooperative: by.Cooperative})
	})
}

// ReturnByHand says how the client got the rest of a deposit otherwise, such as from
// the cooperative's own bank. It counts once another coordinator agrees. It returns
// check.Problems, members.ErrOneself to who is that client too, and the errors of
// ReturnAgain.
func (s *Service) ReturnByHand(ctx context.Context, by members.Actor, deposit DepositID, note string) error {
	note = strings.TrimSpace(note)
	var p check.Problems
	p.Text("note", note, 1, 300)
	if err := p.Err(); err != nil {
		return err
	}
	return s.onStuck(ctx, by, deposit, "return_by_hand", func(tx pgx.Tx, k Stuck) error {
		if k.Note != "" {
			return ErrBackDecided
		}
		if err := notToOneself(ctx, tx, by, BillID{}, deposit); err != nil {
			return err
		}
		return askByHand(ctx, tx, by, deposit, note, s.now())
	})
}

// AgreeByHand is the second person's yes to that: it is back. seen is the Version that
// was shown. It returns members.ErrStale when that is not so any more, ErrOwnBack to who
// said it, and the errors of ReturnByHand.
func (s *Service) AgreeByHand(ctx context.Context, by members.Actor, deposit DepositID, seen string) error {
	return s.onStuck(ctx, by, deposit, "return_agreed", func(tx pgx.Tx, k Stuck) error {
		switch {
		case k.Note == "":
			return ErrBackDecided
		case k.Own(by):
			return ErrOwnBack
		case k.Version() != seen:
			return members.ErrStale
		}
		if err := notToOneself(ctx, tx, by, BillID{}, deposit); err != nil {
			return err
		}
		if err := s.postTx(ctx, tx, by.Cooperative, k.byHand(by.Role)); err != nil {
			return err
		}
		return agreeByHand(ctx, tx, by, deposit, s.now())
	})
}

// DropByHand is either's no to that: a way must still be found.
func (s *Service) DropByHand(ctx context.Context, by members.Actor, deposit DepositID) error {
	return s.onStuck(ctx, by, deposit, "return_dropped", func(tx pgx.Tx, k Stuck) error {
		if k.Note == "" {
			return ErrBackDecided
		}
		return dropByHand(ctx, tx, by.Cooperative, deposit)
	})
}

// onStuck holds the deposit while a person decides about its return.
func (s *Service) onStuck(ctx context.Context, by members.Actor, deposit DepositID, what string, step func(pgx.Tx, Stuck) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		k, err := lockStuck(ctx, tx, by.Cooperative, deposit)
		switch {
		case err != nil:
			return err
		case k.NotBackAt.IsZero():
			return ErrBackDecided
		case k.Disputed:
			return ErrDisputed
		}
		if err := step(tx, k); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative, Client: k.Client}); err != nil {
			return err
		}
		detail := map[string]string{"cents": strconv.FormatInt(int64(k.Left()), 10)}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: what, Ref: "deposit:" + deposit.String(), Detail: detail})
	})
}
