package coaching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// AskKind is something that waits for somebody's answer.
type AskKind string

// What may wait for an answer.
const (
	AskRail      AskKind = "rail"
	AskRung      AskKind = "rung"
	AskStatement AskKind = "statement"
	AskHandOver  AskKind = "handover"
	AskRelease   AskKind = "release"
	AskBuddy     AskKind = "buddy"    // a buddy for oneself
	AskBuddyOf   AskKind = "buddy_of" // to be somebody's buddy
	AskScore     AskKind = "score"    // how it goes this week; nobody asks but the program
)

// AskKinds lists them in the order of pages.
func AskKinds() []AskKind {
	return []AskKind{AskRail, AskRung, AskStatement, AskHandOver, AskRelease, AskBuddy, AskBuddyOf, AskScore}
}

// AskedOf is one kind of thing that waits, once however many there are.
type AskedOf struct {
	Kind AskKind
	By   string // who asks; of several, the first by name
}

// AsksMember lists what waits for the acting member's answer. The score of the
// week is among it where they gave one before, or let somebody read them. It is
// empty for everybody else, and for who acts in a member's name. It asks once.
func (s *Service) AsksMember(ctx context.Context, by members.Actor) ([]AskedOf, error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return nil, nil
	}
	today := members.DayOf(s.now())
	list, err := listAsksOfMember(ctx, s.db, by, today, WeekOf(s.now()))
	slices.SortFunc(list, askedFirst)
	return list, err
}

// AsksCoach lists what waits for the acting coach's answer about a member whom
// they follow: that they are asked, and of what only where their key opens it. It
// returns members.ErrNotFound to everybody but the member's coach.
func (s *Service) AsksCoach(ctx context.Context, by members.Actor, m members.MemberID) (list []AskedOf, err error) {
	today := members.DayOf(s.now())
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if _, err := findFollow(ctx, tx, by, m, today); err != nil {
			return err
		}
		list, err = listAsksOfCoach(ctx, tx, by, m, today)
		return err
	})
	slices.SortFunc(list, askedFirst)
	return list, err
}

func askedFirst(a, b AskedOf) int {
	return slices.Index(AskKinds(), a.Kind) - slices.Index(AskKinds(), b.Kind)
}
