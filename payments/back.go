package payments

import (
	"context"
	"time"

	"meent/internal/id"
	"meent/members"
)

// BillBack is all that went back, or is to go back, of one bill.
type BillBack struct {
	Refunds    []Refund
	Disputes   []Dispute
	Objections []Objection
	Clawbacks  []WageBack // for a coordinator only
	Left       Cents      // what may still go back
	Disputed   bool       // the client's bank decides now
	Paid       bool       // there is something that could go back
	Wage       Cents      // of which a part may be asked back; for a coordinator only
	LimitOver  Cents      // above this, together, a second coordinator decides
}

// BillBack gives it for the acting client's own bill: without what was only asked
// and never done, and without names; for a coordinator all. It returns
// members.ErrNotFound and members.ErrNoKey.
func (s *Service) BillBack(ctx context.Context, by members.Actor, bill BillID) (back BillBack, err error) {
	if _, err := findBill(ctx, s.db, by, bill); err != nil {
		return back, err
	}
	if back.Refunds, err = listRefunds(ctx, s.db, by.Cooperative, bill); err != nil {
		return back, err
	}
	if back.Disputes, err = listDisputesOf(ctx, s.db, by.Cooperative, bill); err != nil {
		return back, err
	}
	if back.Objections, err = listObjections(ctx, s.db, by.Cooperative, bill); err != nil {
		return back, err
	}
	if by.Kind == members.RoleClient {
		return back.forClient(), nil
	}
	return back, s.readOffice(ctx, by.Cooperative, bill, &back)
}

// forClient leaves out what is the office's.
func (b BillBack) forClient() BillBack {
	var refunds []Refund
	for _, r := range b.Refunds {
		if r.State == RefundIsMoving || r.State == RefundIsDone {
			refunds = append(refunds, Refund{ID: r.ID, Bill: r.Bill, Amount: r.Amount, Reason: r.Reason, State: r.State, AskedAt: r.AskedAt, DoneAt: r.DoneAt})
		}
	}
	var disputes []Dispute
	for _, d := range b.Disputes {
		disputes = append(disputes, Dispute{ID: d.ID, Bill: d.Bill, Amount: d.Amount, State: d.State, OpenedAt: d.OpenedAt, ClosedAt: d.ClosedAt})
	}
	return BillBack{Refunds: refunds, Disputes: disputes, Objections: b.Objections}
}

func (s *Service) readOffice(ctx context.Context, c id.Cooperative, bill BillID, back *BillBack) (err error) {
	if back.Clawbacks, err = listClawbacksOn(ctx, s.db, c, bill); err != nil {
		return err
	}
	if err := s.openClawbacks(ctx, c, back.Clawbacks); err != nil {
		return err
	}
	p, err := findPolicy(ctx, s.db, c)
	if err != nil {
		return err
	}
	back.LimitOver = p.FourEyes
	b, wage, err := readBack(ctx, s.db, c, bill)
	back.Left, back.Disputed, back.Wage = b.left(), b.disputed, wage
	back.Paid = b.state == BillPaid && b.charge != ""
	return err
}

// BackWaits is what waits for the office of money that goes back.
type BackWaits struct {
	Disputes   []Dispute // also those that ended
	Refunds    []Refund  // for a second person, or failed lately
	Objections []Objection
	Clawbacks  []WageBack
	Owed       []WageBack // decided, and not all settled
	Stuck      []Stuck    // of deposits that could not be given back
}

// failedFor is how long a refund that failed is shown to the office.
const failedFor = 60 * 24 * time.Hour

// BackWaits lists it for the acting coordinator. For others it is empty.
func (s *Service) BackWaits(ctx context.Context, by members.Actor) (w BackWaits, err error) {
	if by.Kind != members.RoleCoordinator {
		return w, nil
	}
	if w.Disputes, err = listDisputes(ctx, s.db, by.Cooperative); err != nil {
		return w, err
	}
	if w.Refunds, err = listRefundsWaiting(ctx, s.db, by.Cooperative, s.now().Add(-failedFor)); err != nil {
		return w, err
	}
	if w.Objections, err = listOpenObjections(ctx, s.db, by.Cooperative); err != nil {
		return w, err
	}
	if w.Stuck, err = listStuck(ctx, s.db, by.Cooperative); err != nil {
		return w, err
	}
	if w.Clawbacks, err = listClawbacksWaiting(ctx, s.db, by.Cooperative); err != nil {
		return w, err
	}
	w.Owed, err = listClawbacksOpen(ctx, s.db, by.Cooperative)
	return w, err
}

// Office gives whom a cooperative's office is: every coordinator.
func (s *Service) Office(ctx context.Context, c id.Cooperative) ([]members.Person, error) {
	return listOffice(ctx, s.db, c)
}

// ToldDispute finds a dispute for who tells of it. It returns members.ErrNotFound.
func (s *Service) ToldDispute(ctx context.Context, c id.Cooperative, dispute DisputeID) (Dispute, error) {
	return findDispute(ctx, s.db, c, dispute)
}

// Own reports whether the acting person asked for it themselves.
func (r Refund) Own(by members.Actor) bool { return r.asker == by.Person }

// Own reports whether the acting person asked for it themselves.
func (k WageBack) Own(by members.Actor) bool { return k.asker == by.Person }

// AcceptOwn reports whether the acting person wants to accept it themselves.
func (d Dispute) AcceptOwn(by members.Actor) bool { return d.accepter == by.Person }
