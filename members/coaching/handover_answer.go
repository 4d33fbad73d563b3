package coaching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// lockedHandOver is a hand-over that nobody else moves meanwhile.
type lockedHandOver struct {
	ID          HandOverID
	Cooperative id.Cooperative
	Member      members.MemberID
	Person      members.PersonID // the member's
	From, To    members.RoleID
	Day         members.Day
	State       HandOverState
	Left        bool // the member is an alumnus
}

// lockHandOverTx locks who follows the member first, as everything does that
// changes it.
func (s *Service) lockHandOverTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, h HandOverID) (lockedHandOver, error) {
	m, err := findHandOverMember(ctx, tx, c, h)
	if err != nil {
		return lockedHandOver{}, err
	}
	if _, err := lockCoach(ctx, tx, c, m); err != nil {
		return lockedHandOver{}, err
	}
	return lockHandOver(ctx, tx, c, h)
}

// AnswerHandOver is the member's yes or no. After a no nothing changes, and the
// coordinators are told; it costs nothing, and may come after a yes, until the
// day. After a yes it happens when the day begins, or at once. It returns
// ErrHandOverMoved, and members.ErrNotFound to everybody but the member.
func (s *Service) AnswerHandOver(ctx context.Context, by members.Actor, h HandOverID, yes bool) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	to, what := HandOverRefused, "handover_refused"
	if yes {
		to, what = HandOverAgreed, "handover_agreed"
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		is, err := s.lockHandOverTx(ctx, tx, by.Cooperative, h)
		if err != nil {
			return err
		}
		if is.Member != by.Member {
			return members.ErrNotFound
		}
		if _, err := is.State.To(to); err != nil {
			return err
		}
		if err := markHandOver(ctx, tx, is, to, s.now()); err != nil {
			return err
		}
		if err := s.answeredTx(ctx, tx, by, is, to); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: by.Person, What: what, Ref: "member:" + is.Member.String()})
	})
}

func (s *Service) answeredTx(ctx context.Context, tx pgx.Tx, by members.Actor, is lockedHandOver, to HandOverState) error {
	if err := s.tellTx(ctx, tx, by.Cooperative, HandOverTold{is.ID, by.Cooperative, to}, movedOf(by.Cooperative, is.Member)); err != nil {
		return err
	}
	if is.State = to; to != HandOverAgreed {
		return nil
	}
	if is.Day <= members.DayOf(s.now()) {
		return s.carryOutTx(ctx, tx, by, is)
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, HandOverDue{is.ID, by.Cooperative}, tasks.Opts{Cooperative: by.Cooperative, Due: dayBegins(is.Day)})
	return err
}

// WithdrawHandOver takes a proposal back, also after a yes, by the coach who
// hands over or a coordinator. It returns ErrHandOverMoved, and
// members.ErrNotFound to everybody else.
func (s *Service) WithdrawHandOver(ctx context.Context, by members.Actor, h HandOverID) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		is, err := s.lockHandOverTx(ctx, tx, by.Cooperative, h)
		if err != nil {
			return err
		}
		if by.Kind != members.RoleCoordinator && (by.Kind != members.RoleCoach || is.From != by.Role) {
			return members.ErrNotFound
		}
		return s.withdrawTx(ctx, tx, by, is)
	})
}

func (s *Service) withdrawTx(ctx context.Context, tx pgx.Tx, by members.Actor, is lockedHandOver) error {
	if _, err := is.State.To(HandOverWithdrawn); err != nil {
		return err
	}
	if err := markHandOver(ctx, tx, is, HandOverWithdrawn, s.now()); err != nil {
		return err
	}
	if err := s.newsTx(ctx, tx, is, HandOverWithdrawn); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, is.Cooperative, HandOverTold{is.ID, is.Cooperative, HandOverWithdrawn}); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, In: is.Cooperative, For: is.Person, What: "handover_withdrawn", Ref: "member:" + is.Member.String()})
}

// HandOverDueTx handles HandOverDue: what the member agreed to happens when the
// day begins. A task that came too early, by somebody's clock, comes again.
func (s *Service) HandOverDueTx(ctx context.Context, tx pgx.Tx, t HandOverDue) error {
	is, err := s.lockHandOverTx(ctx, tx, t.Cooperative, t.HandOver)
	switch {
	case errors.Is(err, members.ErrNotFound):
		return nil
	case err != nil || is.State != HandOverAgreed:
		return err
	case members.DayOf(s.now()) < is.Day:
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: dayBegins(is.Day)})
		return err
	}
	return s.carryOutTx(ctx, tx, members.Actor{}, is)
}

// carryOutTx lets the new coach follow the member, without any key: the member
// gives them. Where the new coach has gone meanwhile, or the member has left,
// it is withdrawn.
func (s *Service) carryOutTx(ctx context.Context, tx pgx.Tx, by members.Actor, is lockedHandOver) error {
	coach, err := lockCoachRole(ctx, tx, is.Cooperative, is.To)
	if err != nil {
		return err
	}
	if coach.IsZero() || is.Left {
		return s.withdrawTx(ctx, tx, by, is)
	}
	if err := markHandOver(ctx, tx, is, HandOverDone, s.now()); err != nil { // first: AssignTx withdraws what is open
		return err
	}
	if err := s.AssignTx(ctx, tx, is.Cooperative, is.Member, is.To); err != nil {
		return err
	}
	if err := s.newsTx(ctx, tx, is, HandOverDone); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, is.Cooperative, HandOverTold{is.ID, is.Cooperative, HandOverDone}); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, In: is.Cooperative, For: is.Person, What: "handover_done", Ref: "member:" + is.Member.String(),
		Detail: map[string]string{"was": is.From.String(), "is": is.To.String()}})
}

// HandOverMember is the member whom news of a hand-over is for, when it stands
// like that still. It returns members.ErrNotFound.
func (s *Service) HandOverMember(ctx context.Context, t HandOverNews) (members.Person, error) {
	return findHandOverPerson(ctx, s.db, t.Cooperative, t.HandOver, t.State)
}

// HandOverPeople are who is told where a hand-over stands: after a yes and when
// it is done both coaches, after a no and when it is withdrawn the coach who hands
// over and the coordinators; nobody when it has moved on.
func (s *Service) HandOverPeople(ctx context.Context, t HandOverTold) ([]members.Person, error) {
	return listHandOverPeople(ctx, s.db, t)
}
