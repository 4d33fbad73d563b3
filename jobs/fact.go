package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// noteShiftTx reports work that is agreed, at the time when it begins; also as a
// first shift where the member has no earlier work for the client.
func noteShiftTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, e EngagementID, l lockedShift) error {
	fact := coaching.Fact{Cooperative: c, Member: m, Kind: coaching.Shift, At: l.Starts, Minutes: int(l.Worked() / time.Minute), Ref: e.String()}
	if err := coaching.NoteTx(ctx, tx, fact); err != nil {
		return err
	}
	known, err := worksEarlier(ctx, tx, c, m, l.client, l.Starts)
	if err != nil || known {
		return err
	}
	fact.Kind = coaching.FirstShift
	return coaching.NoteTx(ctx, tx, fact)
}

// noteHoursTx reports hours that were proposed or agreed; a client's reason is
// not part of it. Each proposal is a fact of its own, so it gets a new reference;
// that it is noted once follows from the timesheet, which moves once.
func (s *Service) noteHoursTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	kind, ref := coaching.HoursProposed, id.New[Timesheet](s.random).String()
	switch w.Sheet.State {
	case ClientProposed:
		kind = coaching.HoursCountered
	case Disputed:
		kind, ref = coaching.HoursDisputed, w.ID.String() // once for each work
	case SheetAgreed:
		kind, ref = coaching.HoursAgreed, w.ID.String()
	}
	return coaching.NoteTx(ctx, tx, coaching.Fact{Cooperative: c, Member: w.Member, Kind: kind, At: s.now(),
		Minutes: int(w.Sheet.Worked / time.Minute), Ref: ref})
}
