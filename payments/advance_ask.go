package payments

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// NoAdvance says why no advance can be asked.
type NoAdvance struct{ Stop AdvanceStop }

func (e *NoAdvance) Error() string { return "payments: no advance: " + string(e.Stop) }

// Is lets errors.Is find any by ErrNoAdvance.
func (e *NoAdvance) Is(target error) bool { return target == ErrNoAdvance }

// AdvanceFor says how much of the acting member's wage for this work can be paid
// out before the client has paid, and what became of an earlier wish. Nothing is
// asked by it. It returns members.ErrNotFound, also to who acts for somebody.
func (s *Service) AdvanceFor(ctx context.Context, by members.Actor, ref Reference) (o AdvanceOffer, err error) {
	if by.Kind != members.RoleMember || by.Helped() {
		return o, members.ErrNotFound
	}
	w, err := findAdvanceable(ctx, s.db, by.Cooperative, by.Member, ref)
	if err != nil {
		return o, err
	}
	if o.Last, err = s.advances(ctx, by, ofLine, w.line); err != nil {
		return o, err
	}
	if o.AdvanceRoom, err = roomFor(ctx, s.db, by.Cooperative, by.Member, w, s.now()); err != nil {
		return o, err
	}
	o.Stop, err = s.advanceStop(ctx, by, w, o)
	return o, err
}

func (s *Service) advanceStop(ctx context.Context, by members.Actor, w advanceable, o AdvanceOffer) (AdvanceStop, error) {
	stops, err := s.Stops(ctx, by.Cooperative)
	if err != nil {
		return "", err
	}
	p, err := s.Payee(ctx, by)
	switch {
	case err != nil:
		return "", err
	case w.stop() != "":
		return w.stop(), nil
	case len(o.Last) > 0 && o.Last[0].State.Open():
		return AdvanceThere, nil
	case len(stops) > 0:
		return AdvanceStopped, nil
	case p.State != PayeeReady:
		return AdvanceNoBank, nil
	case !p.Rests.IsZero():
		return AdvanceRests, nil
	case min(o.Wage, o.Limit, o.Fund) <= 0:
		return AdvanceEmpty, nil
	}
	return "", nil
}

// AskAdvance asks that much of the wage for this work before the client has paid.
// Within the limits the program approves it at once; about anything else a
// coordinator decides. It costs nothing. It returns *NoAdvance, check.Problems,
// members.ErrRestricted, and members.ErrNotFound.
func (s *Service) AskAdvance(ctx context.Context, by members.Actor, ref Reference, amount Cents) (AdvanceID, error) {
	o, err := s.AdvanceFor(ctx, by, ref)
	if err == nil && o.Stop != "" {
		err = &NoAdvance{o.Stop}
	}
	if err != nil {
		return AdvanceID{}, err
	}
	if _, ready, until, err := s.payeeReady(ctx, by.Cooperative, by.Member); err != nil || !ready { // asks the gateway too
		return AdvanceID{}, errors.Join(err, &NoAdvance{restsOr(!until.IsZero())})
	}
	advance := id.New[Advanced](s.random)
	return advance, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		return s.askAdvanceTx(ctx, tx, by, advance, ref, amount)
	})
}

func restsOr(rests bool) AdvanceStop {
	if rests {
		return AdvanceRests
	}
	return AdvanceNoBank
}

// askAdvanceTx holds the bill, so that nobody pays it meanwhile, and then the fund:
// one advance at a time looks at it.
func (s *Service) askAdvanceTx(ctx context.Context, tx pgx.Tx, by members.Actor, advance AdvanceID, ref Reference, amount Cents) error {
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return err
	}
	w, err := lockAdvanceable(ctx, tx, by.Cooperative, by.Member, ref)
	if err != nil {
		return err
	}
	if stop := w.stop(); stop != "" {
		return &NoAdvance{stop}
	}
	room, err := lockRoom(ctx, tx, by.Cooperative, by.Member, w, s.now())
	if err != nil {
		return err
	}
	if err := room.problems(amount).Err(); err != nil {
		return err
	}
	a := Advanced{ID: advance, Member: by.Member, Ref: ref, Amount: amount, State: AdvanceAsked, Doubt: room.doubt(amount)}
	if a.Doubt == NoDoubt {
		a.State = AdvanceApproved
	}
	if err := insertAdvance(ctx, tx, by.Cooperative, a, w.line, room, s.now()); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative, Members: []members.MemberID{by.Member}}); err != nil {
		return err
	}
	if a.State == AdvanceApproved {
		return s.oweAdvanceTx(ctx, tx, by.Cooperative, a)
	}
	return nil
}

// oweAdvanceTx makes the payout of an approved advance.
func (s *Service) oweAdvanceTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, a Advanced) error {
	payout := id.New[Payout](s.random)
	if err := insertAdvancePayout(ctx, tx, c, payout, a, s.now()); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, c, MakeTransfer{Payout: payout, Cooperative: c})
}

// TakeAdvanceBack ends what the acting member asked and nobody decided yet. It
// returns ErrAdvanceMoved and members.ErrNotFound.
func (s *Service) TakeAdvanceBack(ctx context.Context, by members.Actor, advance AdvanceID) error {
	if by.Kind != members.RoleMember || by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		a, err := lockAdvance(ctx, tx, by.Cooperative, advance)
		switch {
		case err != nil:
			return err
		case a.Member != by.Member:
			return members.ErrNotFound
		case a.State != AdvanceAsked:
			return ErrAdvanceMoved
		}
		return endAdvance(ctx, tx, by.Cooperative, advance, AdvanceDropped, s.now())
	})
}
