package jobs

import (
	"cmp"
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// CallOff says that the acting member cannot come, for a reason or for none, until
// the shift ends. It costs nothing and has no consequence: somebody else is looked
// for. Who has worked a part goes home: that part counts, as after "I am done", its
// hours are still to be proposed, and the reason is not kept. Once more it changes nothing. It returns check.Problems at "why" and
// "text", ErrShiftOver, *WrongEngagementMove, members.ErrNoKey for a text, and
// members.ErrNotFound for somebody else's work.
func (s *Service) CallOff(ctx context.Context, by members.Actor, engagement EngagementID, r OffReason) error {
	r.Text = strings.TrimSpace(r.Text)
	if err := r.problems().Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := lockOwnWork(ctx, tx, by, engagement)
		switch {
		case err != nil:
			return err
		case w.State == CalledOff && w.Off.By == ByMember, w.WentHome() && !w.Over(s.now()):
			return nil
		case w.Over(s.now()):
			return ErrShiftOver
		case w.GoesHome(s.now()):
			return s.goHomeTx(ctx, tx, by, w)
		}
		return s.callOffOwnTx(ctx, tx, by, w, r)
	})
}

func (s *Service) callOffOwnTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, r OffReason) (err error) {
	if err := w.may(MoveLeave, by); err != nil {
		return err
	}
	if w.State, err = w.State.To(CalledOff); err != nil {
		return err
	}
	sealed, err := s.people.SealGivenTx(ctx, tx, w.person, offColumn(w.ID), r.Text)
	if err != nil {
		return err
	}
	if err := markCalledOff(ctx, tx, by.Cooperative, w.ID, ByMember, handOf(by), r.Why, sealed, s.now()); err != nil {
		return err
	}
	if err := s.leftTx(ctx, tx, by.Cooperative, w, coaching.CalledOff, s.now()); err != nil {
		return err
	}
	if err := s.freedTx(ctx, tx, by.Cooperative, w); err != nil {
		return err
	}
	return s.people.HelpedTx(ctx, tx, by, "helped_call_off", "engagement:"+w.ID.String())
}

// goHomeTx ends the work of who cannot go on, at this moment. Nobody else is
// looked for: the seat was worked on.
func (s *Service) goHomeTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) (err error) {
	if w.State, err = w.State.To(Finished); err != nil {
		return err
	}
	w.Clock.Out, w.Clock.outID, w.Clock.Break = s.now(), id.New[Press](s.random), 0
	if !w.Clock.Out.After(w.Clock.In) { // who goes at the moment at which they came
		w.Clock.Out = w.Clock.In.Add(time.Second)
	}
	if err := updateClock(ctx, tx, by, w, true, w.Clock.Out); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
		return err
	}
	if err := s.overTx(ctx, tx, by.Cooperative, w.ID); err != nil {
		return err
	}
	return s.people.HelpedTx(ctx, tx, by, "helped_call_off", "engagement:"+w.ID.String())
}

// GoesHome reports whether calling off now ends work of which a part is done.
func (w Work) GoesHome(now time.Time) bool { return w.State == Started && now.After(w.Shift.Starts) }

// WentHome reports whether the member left before the end.
func (w Work) WentHome() bool {
	return w.State == Finished && !w.Clock.Out.IsZero() && w.Clock.Out.Before(w.Shift.Ends)
}

// handOf is the role whose hand it was: who acts for a member, or oneself.
func handOf(by members.Actor) members.RoleID { return cmp.Or(by.Helper.Role, by.Role) }

// lockOwnWork finds the acting member's own work, which nobody else moves
// meanwhile. It returns members.ErrNotFound.
func lockOwnWork(ctx context.Context, tx pgx.Tx, by members.Actor, engagement EngagementID) (Work, error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() {
		return Work{}, members.ErrNotFound
	}
	if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
		return Work{}, err
	}
	w, err := findWork(ctx, tx, by, engagement)
	if err == nil && w.Member != by.Member {
		err = members.ErrNotFound
	}
	return w, err
}

// leftTx reports that the member does not come: what stood for the shift among
// the facts is gone, so that no signal counts it. If it was the first for this
// client, the next one is.
func (s *Service) leftTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, kind coaching.Kind, at time.Time) error {
	if err := coaching.ForgetTx(ctx, tx, c, w.Member, w.ID.String(), coaching.Shift, coaching.FirstShift); err != nil {
		return err
	}
	if err := s.noteNextFirstTx(ctx, tx, c, w); err != nil {
		return err
	}
	fact := coaching.Fact{Cooperative: c, Member: w.Member, Kind: kind, At: at, Minutes: int(w.Shift.Worked() / time.Minute), Ref: w.ID.String()}
	if err := coaching.NoteTx(ctx, tx, fact); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, c, w.Member, w.Client); err != nil {
		return err
	}
	return s.overTx(ctx, tx, c, w.ID)
}

// noteNextFirstTx reports the member's next work for the client as a first shift,
// where nothing is left before it. Once more it changes nothing.
func (s *Service) noteNextFirstTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	next, at, err := findFirstWork(ctx, tx, c, w.Member, w.Client)
	if err != nil || next.IsZero() || !at.After(s.now()) {
		return err
	}
	return coaching.NoteTx(ctx, tx, coaching.Fact{Cooperative: c, Member: w.Member, Kind: coaching.FirstShift, At: at, Ref: next.String()})
}

// OwnOff finds what the acting member said when they called off. It returns
// members.ErrNotFound for work that they did not call off, and members.ErrNoKey.
func (s *Service) OwnOff(ctx context.Context, by members.Actor, engagement EngagementID) (r OffReason, err error) {
	sealed, why, err := findOwnOff(ctx, s.db, by, engagement)
	if err != nil {
		return r, err
	}
	r.Why = why
	return r, s.people.OpenAll(ctx, s.db, []members.SealedText{
		{Person: by.Person, Column: offColumn(engagement), Sealed: sealed, Into: &r.Text, Gone: &r.Gone},
	})
}
