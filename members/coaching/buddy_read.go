package coaching

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// OwnBuddy gives the acting member's buddy, or whom their coach proposes; none
// when there is nobody. Whom the member asked shows when there is a yes.
func (s *Service) OwnBuddy(ctx context.Context, by members.Actor) (Buddy, error) {
	list, err := listBuddies(ctx, s.db, by, true, members.DayOf(s.now()))
	if err != nil || len(list) == 0 {
		return Buddy{}, err
	}
	return list[0], nil
}

// Buddies lists for whom the acting member is a buddy, or is asked to be.
func (s *Service) Buddies(ctx context.Context, by members.Actor) ([]Buddy, error) {
	return listBuddies(ctx, s.db, by, false, members.DayOf(s.now()))
}

// BuddyFor gives for whom the acting member is a buddy, or is asked to be. It
// returns members.ErrNotFound for everybody else.
func (s *Service) BuddyFor(ctx context.Context, by members.Actor, m members.MemberID) (Buddy, error) {
	list, err := s.Buddies(ctx, by)
	if err != nil {
		return Buddy{}, err
	}
	for _, b := range list {
		if b.Member == m {
			return b, nil
		}
	}
	return Buddy{}, members.ErrNotFound
}

// BuddyAgenda reads the agenda of the member whom the acting member helps, the
// newest first, when they let them; that they read is in the member's log. It
// returns members.ErrNotGranted, which is no try in that log, since the page has
// more than the agenda, and members.ErrNotFound to everybody but the buddy.
func (s *Service) BuddyAgenda(ctx context.Context, by members.Actor, m members.MemberID) (facts []Fact, until members.Day, err error) {
	if by.Kind != members.RoleMember {
		return nil, "", members.ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := findLiveBuddy(ctx, tx, by, m, members.DayOf(s.now())); err != nil {
			return err
		}
		if until, err = s.people.ReadTx(ctx, tx, by, m, members.AgendaScope); err != nil {
			return err
		}
		facts, err = listFacts(ctx, tx, by.Cooperative, m, kindsOf(members.AgendaScope), FactID{}, TimelinePage)
		return err
	})
	return facts, until, err
}

// kindsOf are the facts that a scope opens.
func kindsOf(scope members.Scope) (kinds []Kind) {
	for kind, needed := range needs() {
		if needed == scope {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// BuddyMessages lists what the two wrote to each other, the newest first, to
// either of them while they are on. It returns members.ErrNoKey, and
// members.ErrNotFound to everybody else.
func (s *Service) BuddyMessages(ctx context.Context, by members.Actor, b Buddy) ([]BuddyMessage, error) {
	if by.Kind != members.RoleMember || by.Member != b.Member && by.Member != b.Buddy {
		return nil, members.ErrNotFound
	}
	list, person, err := listBuddyMessages(ctx, s.db, by, b.ID, members.DayOf(s.now()))
	if err != nil {
		return nil, err
	}
	var texts []members.SealedText
	for i := range list {
		m := &list[i]
		texts = append(texts, members.SealedText{Person: person, Column: buddyColumn(m.id), Sealed: m.sealed, Into: &m.Text, Gone: &m.Gone})
	}
	return list, s.people.OpenAll(ctx, s.db, texts)
}

// BuddyPerson is whom news of the two is for. It returns members.ErrNotFound.
func (s *Service) BuddyPerson(ctx context.Context, t BuddyNews) (who members.Person, m members.MemberID, err error) {
	return findBuddyPerson(ctx, s.db, t)
}

// buddyUntilTx is the last day on which this role is the member's buddy, or
// nothing.
func (s *Service) buddyUntilTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, role members.RoleID) (members.Day, error) {
	until, err := findBuddyUntil(ctx, tx, c, m, role, members.DayOf(s.now()))
	if errors.Is(err, members.ErrNotFound) {
		return "", nil
	}
	return until, err
}
