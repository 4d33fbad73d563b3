package payments

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// HeldWhy is the limit for which a payout waits for a person.
type HeldWhy string

// The limits: see Policy.
const (
	HeldPayout    HeldWhy = "payout"
	HeldHour      HeldWhy = "hour"
	HeldMemberDay HeldWhy = "member_day"
)

// HeldWhys lists them.
func HeldWhys() []HeldWhy { return []HeldWhy{HeldPayout, HeldHour, HeldMemberDay} }

// PayoutsHeld is the task that tells the office that money waits for a person.
type PayoutsHeld struct {
	Cooperative id.Cooperative
}

// Kind names the task.
func (PayoutsHeld) Kind() string { return "payments.payouts_held" }

// left is what left a cooperative lately.
type left struct {
	hour      Cents // of all members, in one hour
	memberDay Cents // of this one, in 24 hours
}

// holds is the limit that this payout would pass, or "".
func (p Policy) holds(amount Cents, lately left) HeldWhy {
	switch {
	case amount > p.Payout:
		return HeldPayout
	case lately.memberDay+amount > p.MemberDay:
		return HeldMemberDay
	case lately.hour+amount > p.Hour:
		return HeldHour
	}
	return ""
}

// begin sets the money of a payout apart, once, before it leaves: so long its place
// is unknown it is nowhere else. What would pass a limit is held for a person
// instead, once, and errWaits returned.
func (s *Service) begin(ctx context.Context, c id.Cooperative, payout PayoutID) error {
	held := false
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		p, err := lockPayout(ctx, tx, c, payout)
		if err != nil || p.transfer != "" || p.begun {
			return err
		}
		why := HeldWhy("")
		if !p.released {
			if why, err = s.breakTx(ctx, tx, c, p); err != nil {
				return err
			}
		}
		if held = p.Step == PayoutIsHeld || why != ""; held {
			return s.holdTx(ctx, tx, c, p, why)
		}
		return s.setApartTx(ctx, tx, c, p)
	})
	if err == nil && held {
		err = errWaits
	}
	return err
}

// breakTx asks the limits. Those that begin in one cooperative do so one after
// another: two at once would each see nothing of the other.
func (s *Service) breakTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) (HeldWhy, error) {
	policy, err := findPolicy(ctx, tx, c)
	if err != nil {
		return "", err
	}
	if err := oneAtATime(ctx, tx, c); err != nil {
		return "", err
	}
	now := s.now()
	lately, err := sumLeft(ctx, tx, c, p.Member, now.Add(-time.Hour), now.Add(-24*time.Hour))
	return policy.holds(p.Amount, lately), err
}

func (s *Service) holdTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout, why HeldWhy) error {
	if p.Step == PayoutIsHeld {
		return nil
	}
	if _, err := p.Step.To(PayoutIsHeld); err != nil {
		return err
	}
	if err := updateHeld(ctx, tx, c, p.ID, why, s.now()); err != nil {
		return err
	}
	if err := s.onceEachTx(ctx, tx, time.Hour, c, "held:"+c.String(), PayoutsHeld{Cooperative: c}); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, members.Moved{Cooperative: c, Members: []members.MemberID{p.Member}})
}

func (s *Service) setApartTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, p Payout) error {
	if err := updateBegun(ctx, tx, c, p.ID, s.now()); err != nil {
		return err
	}
	return s.postTx(ctx, tx, c, move("payout:"+p.ID.String()+":hold", CauseHold, Reference(p.ID.String()),
		MemberAccount(p.Member, Payable), MemberAccount(p.Member, Moving), p.Amount))
}
