package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

func rungRef(r RungID) string { return "rung:" + r.String() }

// To is the state after a decision. It returns ErrRungMoved.
func (s RungState) To(next RungState) (RungState, error) {
	if s == RungProposed && (next == RungSet || next == RungDropped) {
		return next, nil
	}
	return s, ErrRungMoved
}

// ProposeRung says on which step of the ladder the member stands: the member, or
// their coach with a grant for the progress. It counts when the other side sets
// it. It returns check.Problems at "rung", ErrRungWaits, members.ErrNotGranted,
// and members.ErrNotFound to everybody else.
func (s *Service) ProposeRung(ctx context.Context, by members.Actor, m members.MemberID, step int) (rung RungID, err error) {
	var p check.Problems
	if p.Between("rung", step, LowestStep, HighestStep); len(p) > 0 {
		return rung, p
	}
	rung = id.New[Rung](s.random)
	return rung, s.onProgress(ctx, by, m, func(tx pgx.Tx, who subject) error {
		rungs, err := listRungs(ctx, tx, by.Cooperative, m)
		if err != nil {
			return err
		}
		if len(rungs) > 0 && rungs[0].State == RungProposed {
			return ErrRungWaits
		}
		occasion := occasionOf(rungs, members.DayOf(s.now()))
		if err := insertRung(ctx, tx, by, m, rung, step, occasion, s.now()); err != nil {
			return err
		}
		return s.noteProgressTx(ctx, tx, by, who, "rung_proposed", rungRef(rung))
	})
}

// SettleRung sets the step that the other side proposed, or drops it; who
// proposed it may take it back. The member and whoever is their coach are the two
// sides: a coach who takes over does not set what the one before proposed. It
// returns ErrOwnRung, ErrRungMoved, members.ErrNotGranted, and
// members.ErrNotFound to everybody else.
func (s *Service) SettleRung(ctx context.Context, by members.Actor, m members.MemberID, rung RungID, to RungState) error {
	return s.onProgress(ctx, by, m, func(tx pgx.Tx, who subject) error {
		r, err := lockRung(ctx, tx, by.Cooperative, m, rung)
		if err != nil {
			return err
		}
		if _, err := r.State.To(to); err != nil {
			return err
		}
		if to == RungSet && (r.By == who.Role) == isOwn(by, m) {
			return ErrOwnRung
		}
		if err := updateRung(ctx, tx, by, m, rung, to, s.now()); err != nil {
			return err
		}
		if err := s.remindTx(ctx, tx, by.Cooperative, m, r, to); err != nil {
			return err
		}
		return s.noteProgressTx(ctx, tx, by, who, "rung_"+string(to), rungRef(rung))
	})
}

// remindTx leaves a note for half a year later, once a rung.
func (s *Service) remindTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, r Rung, to RungState) error {
	if to != RungSet || r.Occasion == AtChange {
		return nil
	}
	due := eightOn(members.DayOf(s.now()).AddMonths(measureMonths))
	_, err := s.tasks.EnqueueTx(ctx, tx, RungDue{r.ID, m, c}, tasks.Opts{Cooperative: c, Due: due, Key: r.ID.String()})
	return err
}
