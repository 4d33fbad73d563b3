package jobs

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// RefuseMember notes that the acting client would rather not work with the member
// of an engagement any more: until a day, for a reason that the member reads. Only
// of somebody who worked for them. The member hears of it, as do the coordinators
// and the coach who may read the member's offers; each can ask or give a second
// look. What is agreed already goes on. It returns ErrNotWorked, check.Problems at
// "code", "why" and "until", members.ErrDecided while one holds, members.ErrNoKey,
// and members.ErrNotFound to everybody else.
func (s *Service) RefuseMember(ctx context.Context, by members.Actor, engagement EngagementID, n members.NewClientRefusal) error {
	if by.Kind != members.RoleClient {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := s.lockRefusedTx(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		over, err := findSettled(ctx, tx, by.Cooperative, engagement)
		switch {
		case err != nil:
			return err
		case !over.cameToWork():
			return ErrNotWorked
		}
		n.ID, n.Member = id.New[members.ClientRefusal](s.random), w.Member
		told := MemberRefused{Refusal: n.ID, Cooperative: by.Cooperative}
		if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, members.Notice{Member: w.Member, Task: told}); err != nil {
			return err
		}
		office := told
		office.Office = true
		if _, err := s.tasks.EnqueueTx(ctx, tx, office, tasks.Opts{Cooperative: by.Cooperative}); err != nil {
			return err
		}
		if err := s.endFavouriteTx(ctx, tx, by, w.Member); err != nil {
			return err
		}
		if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
			return err
		}
		return s.people.RefuseMemberTx(ctx, tx, by, n) // the deed comes last
	})
}

// lockRefusedTx finds work of the acting client and locks its member, then itself:
// in the order of ConfirmTx, PutRight and AskFavourite, whose new row refers to the
// work while it holds the member. It returns members.ErrNotFound.
func (s *Service) lockRefusedTx(ctx context.Context, tx pgx.Tx, by members.Actor, engagement EngagementID) (Work, error) {
	w, err := findWork(ctx, tx, by, engagement)
	if err != nil {
		return w, err
	}
	if err := lockWorker(ctx, tx, by.Cooperative, w.Member); err != nil {
		return w, err
	}
	if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
		return w, err
	}
	return findWork(ctx, tx, by, engagement)
}

// cameToWork reports whether the member was there, however far the hours are. A
// no-show or work that was called off is no reason to refuse somebody.
func (w settled) cameToWork() bool {
	return slices.Contains([]EngagementState{Started, Finished, Agreed, Billed, Paid, Closed}, w.state) && !w.partPay
}

// MemberRefused tells of a refusal: the member, or those who help the two.
type MemberRefused struct {
	Refusal     members.ClientRefusalID
	Cooperative id.Cooperative
	Office      bool // the coordinators, and the coach who may read the member's offers
}

// Kind names the task.
func (MemberRefused) Kind() string { return "jobs.member_refused" }

// ToldMemberRefused gives a refusal without its reason, and who hears of it now: for
// the office the coordinators, and the coaches. It returns members.ErrNotFound,
// also for a refusal that does not hold any more.
func (s *Service) ToldMemberRefused(ctx context.Context, t MemberRefused) (r members.ClientRefusal, who members.Person, office, coaches []members.Person, err error) {
	if r, who, _, err = s.people.ToldRefusal(ctx, t.Cooperative, t.Refusal); err != nil {
		return r, who, nil, nil, err
	}
	today := members.DayOf(s.now())
	if !r.Holds(today) {
		return r, who, nil, nil, members.ErrNotFound
	}
	if !t.Office {
		return r, who, nil, nil, nil
	}
	if office, err = listOffice(ctx, s.db, t.Cooperative); err != nil {
		return r, who, nil, nil, err
	}
	coaches, err = listReaders(ctx, s.db, t.Cooperative, r.Member, members.OffersScope, today)
	return r, who, office, coaches, err
}
