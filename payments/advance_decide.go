package payments

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// advanceColumn is what the reason is bound to, beside the member's person.
func advanceColumn(a AdvanceID) string { return "advance.reason@" + a.String() }

// OpenAdvances lists what waits for a decision in the acting coordinator's
// cooperative, and what is out, the oldest first, at most 200; to others nothing.
func (s *Service) OpenAdvances(ctx context.Context, by members.Actor) ([]Advanced, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, nil
	}
	return s.advances(ctx, by, stillOpen, nil)
}

// advances reads them with their reasons.
func (s *Service) advances(ctx context.Context, by members.Actor, which string, arg any) ([]Advanced, error) {
	list, err := listAdvances(ctx, s.db, by.Cooperative, which, arg)
	if err != nil {
		return nil, err
	}
	var texts []members.SealedText
	for i := range list {
		a := &list[i]
		a.ProposedI = a.Proposed && a.cover == by.Role
		texts = append(texts, members.SealedText{Person: a.person, Column: advanceColumn(a.ID), Sealed: a.sealed, Into: &a.Reason, Gone: &a.Gone})
	}
	return list, s.people.OpenAll(ctx, s.db, texts)
}

// ApproveAdvance lets a coordinator approve more than the program does, never more
// than a member may have or than the fund has. It returns ErrNoRoom,
// ErrAdvanceMoved, members.ErrOneself, members.ErrRestricted and
// members.ErrNotFound.
func (s *Service) ApproveAdvance(ctx context.Context, by members.Actor, advance AdvanceID) error {
	return s.decideAdvance(ctx, by, advance, AdvanceAsked, func(ctx context.Context, tx pgx.Tx, a Advanced) error {
		w, err := lockAdvanceable(ctx, tx, by.Cooperative, a.Member, a.Ref)
		if err != nil {
			return err
		}
		if w.stop() != "" {
			return ErrAdvanceMoved
		}
		room, err := lockRoom(ctx, tx, by.Cooperative, a.Member, w, s.now())
		if err != nil {
			return err
		}
		if err := room.mayPerson(a.Amount); err != nil {
			return err
		}
		if err := markAdvanceApproved(ctx, tx, by, advance, room, s.now()); err != nil {
			return err
		}
		if err := s.oweAdvanceTx(ctx, tx, by.Cooperative, a); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: a.person, What: "advance_approved", Ref: a.ref()})
	})
}

// RefuseAdvance lets a coordinator refuse, with a reason that the member reads. It
// returns check.Problems and the errors of ApproveAdvance.
func (s *Service) RefuseAdvance(ctx context.Context, by members.Actor, advance AdvanceID, reason string) error {
	var p check.Problems
	reason = strings.TrimSpace(reason)
	p.Text("reason", reason, 1, mostAdvanceReason)
	if err := p.Err(); err != nil {
		return err
	}
	return s.decideAdvance(ctx, by, advance, AdvanceAsked, func(ctx context.Context, tx pgx.Tx, a Advanced) error {
		sealed, err := s.people.SealTx(ctx, tx, a.person, advanceColumn(advance), reason)
		if err != nil {
			return err
		}
		if err := markAdvanceRefused(ctx, tx, by, advance, sealed, s.now()); err != nil {
			return err
		}
		if err := s.tellAdvanceTx(ctx, tx, by.Cooperative, a.Member, advance); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: a.person, What: "advance_refused", Ref: a.ref()})
	})
}

// CoverAdvance lets the fund carry what is not earned back: the member owes nothing
// any more. Above the cooperative's limit, together with what it carried for the
// member in a year, two coordinators say so. It reports
// whether it is done. It returns ErrOverdrawn and the errors of ApproveAdvance.
func (s *Service) CoverAdvance(ctx context.Context, by members.Actor, advance AdvanceID) (done bool, err error) {
	err = s.decideAdvance(ctx, by, advance, AdvanceOut, func(ctx context.Context, tx pgx.Tx, a Advanced) error {
		policy, err := findPolicy(ctx, tx, by.Cooperative)
		if err != nil {
			return err
		}
		carried, err := sumCarried(ctx, tx, by.Cooperative, a.Member, s.now().Add(-carriedCounts))
		if err != nil {
			return err
		}
		first := !a.Proposed || a.cover == by.Role
		if carried+a.Left() > policy.FourEyes && first {
			if err := markCovering(ctx, tx, by, advance); err != nil {
				return err
			}
			return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: a.person, What: "advance_cover_proposed", Ref: a.ref()})
		}
		done = true
		if err := markCovered(ctx, tx, by, advance, s.now()); err != nil {
			return err
		}
		if err := s.people.AuditTx(ctx, tx, members.Deed{By: by, For: a.person, What: "advance_covered", Ref: a.ref()}); err != nil {
			return err
		}
		return s.postTx(ctx, tx, by.Cooperative, move("advance:"+advance.String()+":fund", CauseAdvanceCovered, Reference(advance.String()),
			Fund, MemberAccount(a.Member, Advance), a.Left()))
	})
	return done, err
}

func (a Advanced) ref() string { return "advance:" + a.ID.String() }

// decideAdvance holds the advance while a coordinator decides, never about their
// own.
func (s *Service) decideAdvance(ctx context.Context, by members.Actor, advance AdvanceID, from AdvanceState, step func(context.Context, pgx.Tx, Advanced) error) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		a, err := lockAdvance(ctx, tx, by.Cooperative, advance)
		switch {
		case err != nil:
			return err
		case a.person == by.Person:
			return members.ErrOneself
		case a.State != from:
			return ErrAdvanceMoved
		}
		if err := step(ctx, tx, a); err != nil {
			return err
		}
		return s.tellTx(ctx, tx, by.Cooperative, members.Moved{Cooperative: by.Cooperative, Members: []members.MemberID{a.Member}})
	})
}

// netTx takes what a member had beforehand from the wages of a bill that is paid
// now, the largest advance first: the lines give what is left to pay out, and the
// entries book the rest. An advance that did not leave yet is not needed any more.
// What the fund carried of this very work comes back to the fund; of other work the
// member owes nothing.
func (s *Service) netTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, lines []Line) (left []Line, entries []Entry, err error) {
	for _, l := range lines {
		if l.Kind == WageLine {
			more, err := s.netLineTx(ctx, tx, c, &l)
			if err != nil {
				return nil, nil, err
			}
			entries = append(entries, more...)
		}
		left = append(left, l)
	}
	return left, entries, nil
}

// backTo is who gets what a wage pays back: the fund, where it carried that.
func (a Advanced) backTo(m members.MemberID) Account {
	if a.State == AdvanceCovered {
		return Fund
	}
	return MemberAccount(m, Advance)
}

func (s *Service) netLineTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, l *Line) (entries []Entry, err error) {
	if doubt, err := isForgotten(ctx, tx, c, l.ID); err != nil || doubt {
		return nil, errors.Join(err, ErrTooEarly)
	}
	if err := dropUnsent(ctx, tx, c, l.ID, s.now()); err != nil {
		return nil, err
	}
	list, err := lockOut(ctx, tx, c, l.Member, l.ID)
	if err != nil {
		return nil, err
	}
	line := l.ID
	for _, a := range list {
		take := min(a.Left(), l.Amount)
		if take <= 0 {
			continue
		}
		if err := insertAdvancePart(ctx, tx, c, a, line, take, s.now()); err != nil {
			return nil, err
		}
		l.Amount -= take
		entries = append(entries, move("advance:"+a.ID.String()+":net:"+line.String(), CauseAdvanceNetted, Reference(a.ID.String()),
			MemberAccount(l.Member, Payable), a.backTo(l.Member), take))
	}
	return entries, nil
}
