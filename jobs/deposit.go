package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// Beforehand is what a client pays before the work of a gig.
type Beforehand struct {
	Asked bool           // seats are given only once the money for them is held
	Need  payments.Cents // what all seats to come cost, and hours that are not billed yet
	Held  payments.Cents // of that, there

	Deposits []payments.Deposit
}

// Missing is what is still to be paid.
func (b Beforehand) Missing() payments.Cents {
	if !b.Asked {
		return 0
	}
	return max(b.Need-b.Held, 0)
}

// priced is work as it was planned, at so many seats.
type priced struct {
	shift        Shift
	rate         payments.Cents
	contribution members.BasisPoints
}

func costOf(list []priced) (sum payments.Cents) {
	for _, p := range list {
		sum += p.shift.FullPrice(p.rate, p.contribution).Total()
	}
	return sum
}

func depositRef(gig GigID) payments.Reference { return payments.Reference(gig.String()) }

// Beforehand says what is asked and held for a gig, to those who run it. It
// returns members.ErrNotFound to everybody else.
func (s *Service) Beforehand(ctx context.Context, by members.Actor, gig GigID) (b Beforehand, err error) {
	err = s.readTx(ctx, func(tx pgx.Tx) error {
		g, err := findRunning(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		b.Asked, b.Need, err = s.needTx(ctx, tx, by.Cooperative, gig, g.client)
		return err
	})
	if err != nil {
		return b, err
	}
	b.Deposits, err = s.payments.Deposits(ctx, by, depositRef(gig))
	for _, d := range b.Deposits {
		if d.State == payments.DepositIsHeld && !d.Disputed {
			b.Held += d.Left()
		}
	}
	return b, err
}

// PayBefore gives the address where the acting client pays what is missing for the
// gig; back is where the browser comes back to. It returns payments.ErrNothingDue,
// payments.ErrUnderway, payments.ErrPaid, payments.ErrTooMuch, ErrGigOver,
// members.ErrRestricted, members.ErrNotApproved, and members.ErrNotFound.
func (s *Service) PayBefore(ctx context.Context, by members.Actor, gig GigID, back string) (address string, err error) {
	if by.Kind != members.RoleClient {
		return "", members.ErrNotFound
	}
	var deposit payments.DepositID
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := s.runTx(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		missing, err := s.missingDepositTx(ctx, tx, by.Cooperative, gig, g.client)
		if err != nil {
			return err
		}
		n := payments.NewDeposit{Client: g.client, Ref: depositRef(gig), Amount: missing}
		if n.Title, n.Language, err = findTitle(ctx, tx, by.Cooperative, gig); err != nil {
			return err
		}
		deposit, err = s.payments.AskDepositTx(ctx, tx, by.Cooperative, n)
		return err
	})
	if err != nil {
		return "", err
	}
	return s.payments.PayDeposit(ctx, by, deposit, back)
}

// needTx says whether money is asked beforehand for the gig, and what it costs.
func (s *Service) needTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, client members.ClientID) (asked bool, need payments.Cents, err error) {
	if asked, err = s.asksDepositTx(ctx, tx, c, gig, client); err != nil || !asked {
		return false, 0, err
	}
	list, err := listPriced(ctx, tx, c, gig, s.now())
	return true, costOf(list), err
}

// asksDepositTx leaves out work that the cooperative does not bill.
func (s *Service) asksDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, client members.ClientID) (bool, error) {
	asked, err := s.payments.AsksDepositTx(ctx, tx, c, client)
	if err != nil || !asked {
		return false, err
	}
	t, err := findTerms(ctx, tx, c, gig)
	return PayerOf(t.Form) == CooperativePays, err
}

// missingDepositTx is what the client still has to pay before seats are given.
func (s *Service) missingDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, client members.ClientID) (payments.Cents, error) {
	asked, need, err := s.needTx(ctx, tx, c, gig, client)
	if err != nil || !asked {
		return 0, err
	}
	held, err := s.payments.HeldTx(ctx, tx, c, depositRef(gig))
	return max(need-held, 0), err
}

// awaitDepositTx pauses a gig that was just posted until what is asked beforehand
// is there; it reports whether that is so. Nobody is asked for it until then: who
// says yes must not hear that the money is not there.
func (s *Service) awaitDepositTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, client members.ClientID) (bool, error) {
	missing, err := s.missingDepositTx(ctx, tx, c, gig, client)
	if err != nil || missing == 0 {
		return false, err
	}
	if err := markAwaits(ctx, tx, c, gig); err != nil {
		return false, err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, members.Moved{Cooperative: c, Client: client}, tasks.Opts{Cooperative: c})
	return true, err
}

// prepaidTx refuses a seat for which no money is held, where that is asked. Nobody
// else gives a seat of the gig on that money until the transaction ends.
func (s *Service) prepaidTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, l lockedShift) error {
	asked, err := s.asksDepositTx(ctx, tx, c, l.gig, l.client)
	if err != nil || !asked {
		return err
	}
	held, err := s.payments.HeldTx(ctx, tx, c, depositRef(l.gig))
	if err != nil {
		return err
	}
	list, err := listGiven(ctx, tx, c, l.gig)
	if err != nil {
		return err
	}
	seat, err := findSeatPrice(ctx, tx, c, l.gig)
	if err != nil {
		return err
	}
	seat.shift = l.Shift
	seat.shift.Seats = 1
	if costOf(append(list, seat)) > held {
		return ErrNotPrepaid
	}
	return nil
}

// FollowDepositTx handles payments.DepositMoved: a gig that waited for this money
// opens, and of one that is open seats may be given now.
func (s *Service) FollowDepositTx(ctx context.Context, tx pgx.Tx, t payments.DepositMoved) error {
	gig, err := id.Parse[Gig](string(t.Ref))
	if err != nil {
		return err
	}
	g, awaits, err := lockAwaiting(ctx, tx, t.Cooperative, gig)
	if err != nil {
		return ignoreNoGig(err)
	}
	if g.state == Open {
		left, err := listShiftsLeft(ctx, tx, t.Cooperative, gig, s.now())
		if err != nil || len(left) == 0 {
			return err
		}
		return s.seatsChangedTx(ctx, tx, t.Cooperative, g, left...)
	}
	if !awaits {
		return nil
	}
	missing, err := s.missingDepositTx(ctx, tx, t.Cooperative, gig, g.client)
	if err != nil || missing > 0 {
		return err
	}
	if err := updateGigState(ctx, tx, t.Cooperative, gig, Open); err != nil {
		return err
	}
	return s.announceTx(ctx, tx, t.Cooperative, gig, time.Time{})
}

// DepositsOver is the task that lets money go back that was paid beforehand and
// that no bill asks for any more.
type DepositsOver struct{}

// Kind names the task.
func (DepositsOver) Kind() string { return "jobs.deposits_over" }

// DepositsOverTx does it for gigs that are over and whose hours are all billed,
// some of them at a time.
func (s *Service) DepositsOverTx(ctx context.Context, tx pgx.Tx, _ DepositsOver) error {
	list, more, err := lockPaidOver(ctx, tx)
	if err != nil {
		return err
	}
	for _, one := range list {
		if err := s.payments.EndDepositTx(ctx, tx, one.cooperative, depositRef(one.gig)); err != nil {
			return err
		}
	}
	if !more {
		return nil
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, DepositsOver{}, tasks.Opts{Lane: tasks.Low})
	return err
}
