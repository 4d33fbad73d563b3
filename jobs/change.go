package jobs

import (
	"context"
	"strconv"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// running is a gig that nobody else changes meanwhile.
type running struct {
	id     GigID
	client members.ClientID
	state  State
	rate   payments.Cents
}

// runTx locks a gig that the actor runs: their client's, or to a coordinator any of
// the cooperative. It returns members.ErrNotFound to everybody else,
// members.ErrRestricted, members.ErrNotApproved and ErrGigOver.
func (s *Service) runTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (running, error) {
	if !runs(by) {
		return running{}, members.ErrNotFound
	}
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return running{}, err
	}
	g, err := lockGig(ctx, tx, by, gig)
	if err == nil && (g.state == Done || g.state == Cancelled) {
		err = ErrGigOver
	}
	return g, err
}

// runner locks a gig that the actor runs.
type runner func(context.Context, pgx.Tx, members.Actor, GigID) (running, error)

// runShiftsTx is runTx for who takes shifts of the gig away: they are locked before
// the gig, as who gives a seat does and RemoveShift and CancelGig do. Otherwise two
// of these would wait for each other.
func (s *Service) runShiftsTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID) (running, error) {
	if _, err := findRunning(ctx, tx, by, gig); err != nil { // a stranger locks nothing
		return running{}, err
	}
	if err := lockShifts(ctx, tx, by.Cooperative, gig); err != nil {
		return running{}, err
	}
	return s.runTx(ctx, tx, by, gig)
}

// change does one step of a gig that the actor runs. What is wrong is told, and
// in a draft all that is right is kept nevertheless.
func (s *Service) change(ctx context.Context, by members.Actor, gig GigID, step func(pgx.Tx, running) (check.Problems, error)) error {
	return s.changeRun(ctx, by, gig, s.runTx, step)
}

// changeRun is change for who locks the gig in a way of their own.
func (s *Service) changeRun(ctx context.Context, by members.Actor, gig GigID, run runner, step func(pgx.Tx, running) (check.Problems, error)) error {
	var wrong check.Problems
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, err := run(ctx, tx, by, gig)
		if err != nil {
			return err
		}
		if wrong, err = step(tx, g); err != nil {
			return err
		}
		if g.state != Draft {
			return wrong.Err()
		}
		return touchDraft(ctx, tx, by, gig, s.now())
	})
	if err != nil {
		return err
	}
	return wrong.Err()
}

// ChangeWhat writes the first step of a gig that the actor runs: see change and
// runTx. It returns check.Problems. Once members were asked, only what the gig says
// can change, and they are told: see State.Change.
func (s *Service) ChangeWhat(ctx context.Context, by members.Actor, gig GigID, w What) error {
	return s.change(ctx, by, gig, func(tx pgx.Tx, g running) (check.Problems, error) {
		w.settle()
		p, err := w.problemsTx(ctx, tx)
		if err != nil {
			return nil, err
		}
		if g.state != Draft {
			return s.changeTextsTx(ctx, tx, by, g, w, p)
		}
		return p, s.updateWhatTx(ctx, tx, by, g, w, p)
	})
}

// changeTextsTx changes what an open gig says, all of it or nothing; the language
// stays.
func (s *Service) changeTextsTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, w What, p check.Problems) (check.Problems, error) {
	was, _, err := findWhat(ctx, tx, by, g.id)
	if err != nil {
		return nil, err
	}
	w.frozenProblems(was, g.state, &p)
	if w.Language = was.Language; len(p) > 0 {
		return p, nil
	}
	if err := updateWhat(ctx, tx, by, g.id, w, p); err != nil {
		return nil, err
	}
	return nil, s.noteChangeTx(ctx, tx, by, g, w.before(was), map[string]string{"part": string(Texts)})
}

// before is what of the texts was another.
func (w What) before(was What) (c Change) {
	if w.Title != was.Title {
		c.Title = was.Title
	}
	if w.Description != was.Description {
		c.Description = was.Description
	}
	return c
}

// updateWhatTx leaves what p says is wrong as it was.
func (s *Service) updateWhatTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, w What, p check.Problems) error {
	if err := updateWhat(ctx, tx, by, g.id, w, p); err != nil || w.Needs.wrong(p) {
		return err
	}
	return replaceAsks(ctx, tx, by.Cooperative, g.id, w.Needs)
}

// ChangeWhen writes the second step of a draft that the actor runs: see change and
// runTx. It returns check.Problems and ErrPosted.
func (s *Service) ChangeWhen(ctx context.Context, by members.Actor, gig GigID, w When) error {
	return s.changeRun(ctx, by, gig, s.runShiftsTx, func(tx pgx.Tx, g running) (check.Problems, error) {
		if g.state != Draft {
			return nil, ErrPosted
		}
		p, err := w.problemsTx(ctx, tx, by, g.client, s.now())
		if err != nil {
			return nil, err
		}
		kept, err := keptShifts(ctx, tx, by, g, w.Keep)
		if err != nil {
			return nil, err
		}
		p = w.besides(kept, p)
		floors, err := s.floorsTx(ctx, tx, w.days(p))
		if err != nil {
			return nil, err
		}
		w.figureProblems(floors, &p)
		return p, s.updateWhenTx(ctx, tx, by, g, w, p)
	})
}

// updateWhenTx leaves place and address as they were where p says that they are
// wrong, and takes the sound shifts in place of all that the draft had and does not
// keep.
func (s *Service) updateWhenTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, w When, p check.Problems) error {
	if err := updatePlace(ctx, tx, by, g.id, w, p); err != nil {
		return err
	}
	if err := deleteShifts(ctx, tx, by, g.id, w.Keep); err != nil {
		return err
	}
	for _, shift := range w.sound(p) {
		if err := insertShift(ctx, tx, by, g.id, id.New[Shift](s.random), shift); err != nil {
			return err
		}
	}
	return nil
}

// ChangePrice writes the third step of a gig that the actor runs: see change and
// runTx. It returns check.Problems, among them a rate below what the law and the
// cooperative ask on the days of the gig, and one below that for which members were
// asked. A raise is for who is confirmed too, until their work is over, and for what the
// law keeps off a bill: see AsksRaise.
func (s *Service) ChangePrice(ctx context.Context, by members.Actor, gig GigID, r Rates) error {
	return s.changeRun(ctx, by, gig, s.runPayTx, func(tx pgx.Tx, g running) (check.Problems, error) {
		r.settle()
		p, err := s.rateProblemsTx(ctx, tx, by, g, r)
		if err != nil {
			return p, err
		}
		_, was, err := findWhat(ctx, tx, by, g.id)
		r.frozenProblems(was, g.paying(), &p)
		if err != nil || p.At("rate") || p.At("form") || r == was {
			return p, err
		}
		if err := updateRate(ctx, tx, by, g.id, r); err != nil {
			return p, err
		}
		if err := s.raisedTx(ctx, tx, by, g, r.Rate); err != nil {
			return p, err
		}
		return p, s.noteChangeTx(ctx, tx, by, g, Change{Rate: g.rate}, map[string]string{
			"part": string(Pay), "was": strconv.FormatInt(int64(g.rate), 10), "is": strconv.FormatInt(int64(r.Rate), 10)})
	})
}

// rateProblemsTx compares with the days that the gig has now.
func (s *Service) rateProblemsTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, r Rates) (check.Problems, error) {
	w, err := findWhen(ctx, tx, by, g.id)
	if err != nil {
		return nil, err
	}
	p := r.problems()
	var law check.Problems
	if err := s.lawTx(ctx, tx, by, w, r, &law); err != nil {
		return nil, err
	}
	for _, one := range law {
		if one.Field == "rate" || one.Field == "form" {
			p = append(p, one)
		}
	}
	return p, nil
}
