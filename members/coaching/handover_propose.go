package coaching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// ProposeHandOver asks a member whether they agree to another coach, by their
// coach or a coordinator. Nothing changes until they say yes. It returns
// check.Problems at "to", "reason", "words" and "day", ErrHandOverOpen when one is
// under way, members.ErrNoKey, and members.ErrNotFound to everybody else and for
// a member who left or whom nobody follows.
func (s *Service) ProposeHandOver(ctx context.Context, by members.Actor, m members.MemberID, n NewHandOver) (h HandOverID, err error) {
	if by.Kind != members.RoleCoach && by.Kind != members.RoleCoordinator {
		return h, members.ErrNotFound
	}
	if n.Words = strings.TrimSpace(n.Words); n.Reason != EndElse {
		n.Words = ""
	}
	if err := n.problems(members.DayOf(s.now())).Err(); err != nil {
		return h, err
	}
	h = id.New[HandOver](s.random)
	return h, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.proposeHandOverTx(ctx, tx, by, m, h, n) })
}

func (s *Service) proposeHandOverTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, h HandOverID, n NewHandOver) error {
	coach, person, err := lockFollowed(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	if by.Kind == members.RoleCoach && coach != by.Role {
		return members.ErrNotFound
	}
	to, err := lockCoachRole(ctx, tx, by.Cooperative, n.To)
	switch {
	case err != nil:
		return err
	case n.To == coach:
		return check.Problems{{Field: "to", Rule: "same_coach"}}
	case to.IsZero():
		return check.Problems{{Field: "to", Rule: "not_a_choice"}}
	case to == person:
		return check.Problems{{Field: "to", Rule: "is_the_member"}}
	}
	words, err := s.people.SealGivenTx(ctx, tx, person, handOverColumn(h), n.Words)
	if err != nil {
		return err
	}
	if err := insertHandOver(ctx, tx, by, m, h, coach, n, words, s.now()); err != nil {
		return err
	}
	moved := lockedHandOver{ID: h, Cooperative: by.Cooperative, Member: m, Person: person, To: n.To}
	if err := s.newsTx(ctx, tx, moved, HandOverProposed); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: person, What: "handover_proposed", Ref: "member:" + m.String(),
		Detail: map[string]string{"was": coach.String(), "is": n.To.String(), "day": string(n.Day)}})
}

// newsTx tells the member, and lets open pages look again.
func (s *Service) newsTx(ctx context.Context, tx pgx.Tx, h lockedHandOver, state HandOverState) error {
	n := members.Notice{Member: h.Member, Task: HandOverNews{h.ID, h.Cooperative, state}}
	if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), h.Cooperative, n); err != nil {
		return err
	}
	return s.tellTx(ctx, tx, h.Cooperative, movedOf(h.Cooperative, h.Member))
}

// HandOver gives the newest hand-over of a member, to themselves, to the coach
// who follows them and to a coordinator; none when there never was one. It
// returns members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) HandOver(ctx context.Context, by members.Actor, m members.MemberID) (HandOver, error) {
	kept, err := findHandOver(ctx, s.db, by, m)
	if err != nil {
		return HandOver{}, err
	}
	texts := []members.SealedText{{Person: kept.person, Column: handOverColumn(kept.ID), Sealed: kept.words, Into: &kept.Words, Gone: &kept.Gone}}
	return kept.HandOver, s.people.OpenAll(ctx, s.db, texts)
}

// TickHandOver notes what of the checklist is done, by the coach who hands over,
// while it is open. It returns check.Problems at "ticked", ErrHandOverMoved, and
// members.ErrNotFound to everybody else.
func (s *Service) TickHandOver(ctx context.Context, by members.Actor, h HandOverID, done []Tick) error {
	var p check.Problems
	for _, tick := range done {
		check.OneOf(&p, "ticked", tick, Ticks()...)
	}
	if err := p.Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		is, err := s.lockHandOverTx(ctx, tx, by.Cooperative, h)
		switch {
		case err != nil:
			return err
		case by.Kind != members.RoleCoach || is.From != by.Role:
			return members.ErrNotFound
		case !is.State.Open():
			return ErrHandOverMoved
		}
		return updateTicks(ctx, tx, is, done)
	})
}
