package coaching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// AnswerRail agrees with a guard rail that the other side proposed, or refuses
// it, which costs nothing. What was agreed of its kind is replaced. It returns
// ErrRailMoved for one that does not wait for the actor, members.ErrNotGranted,
// and members.ErrNotFound to everybody but the member and their coach.
func (s *Service) AnswerRail(ctx context.Context, by members.Actor, rail RailID, agree bool) error {
	to, news := RailRefused, RailWasRefused
	if agree {
		to, news = RailAgreed, RailWasAgreed
	}
	return s.moveRail(ctx, by, rail, agree, func(tx pgx.Tx, r lockedRail) (RailNews, error) {
		if _, err := r.State.To(to); err != nil || r.ByMember == (by.Kind == members.RoleMember) {
			return news, ErrRailMoved
		}
		if !agree {
			return news, markRailRefused(ctx, tx, by, rail, s.now())
		}
		if err := replaceRail(ctx, tx, by, r, s.now()); err != nil {
			return news, err
		}
		if err := markRailAgreed(ctx, tx, by, rail, s.now()); err != nil {
			return news, err
		}
		return news, s.remindRailTx(ctx, tx, by.Cooperative, rail, r.Review)
	})
}

// EndRail ends a guard rail that is agreed, by either side alone and at once, or
// takes back what the actor proposed. Errors are those of AnswerRail.
func (s *Service) EndRail(ctx context.Context, by members.Actor, rail RailID) error {
	return s.moveRail(ctx, by, rail, false, func(tx pgx.Tx, r lockedRail) (RailNews, error) {
		to, news := RailEnded, RailWasEnded
		if r.State == RailProposed {
			to, news = RailWithdrawn, RailWasWithdrawn
			if r.ByMember != (by.Kind == members.RoleMember) {
				return news, ErrRailMoved
			}
		}
		if _, err := r.State.To(to); err != nil {
			return news, err
		}
		if err := markRailClosed(ctx, tx, by, rail, to, s.now()); err != nil || r.Kind != CoachRail || to != RailEnded {
			return news, err
		}
		return news, s.tellTx(ctx, tx, by.Cooperative, CoachRailEnded{r.Member, by.Cooperative})
	})
}

// moveRail lets one move at a time look at the rail.
func (s *Service) moveRail(ctx context.Context, by members.Actor, rail RailID, takes bool, move func(pgx.Tx, lockedRail) (RailNews, error)) error {
	m, err := findRailMember(ctx, s.db, by.Cooperative, rail)
	if err != nil {
		return err
	}
	return s.ofRails(ctx, by, m, takes, func(tx pgx.Tx, person members.PersonID) error {
		r, err := lockRail(ctx, tx, by.Cooperative, rail)
		if err != nil {
			return err
		}
		r.Person = person
		news, err := move(tx, r)
		if err != nil {
			return err
		}
		return s.railMovedTx(ctx, tx, by, r, news)
	})
}
