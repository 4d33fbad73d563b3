package coaching

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// ShownClient is a client to whom a member can show themselves.
type ShownClient struct {
	ID   members.ClientID
	Name string
}

// ShownTo lists the acting member's releases, the newest first, and the clients
// to whom they can show themselves: approved ones that they do not keep away. It
// returns members.ErrNoKey.
func (s *Service) ShownTo(ctx context.Context, by members.Actor) (list []Release, clients []ShownClient, err error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return nil, nil, members.ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		list, clients, err = s.releasesTx(ctx, tx, by, by.Member, true)
		return err
	})
	return list, clients, err
}

// ReleasesOf is ShownTo for the member's coach, with all approved clients: whom
// the member keeps away is their own. That the coach reads is noted. It returns
// *members.NotGranted without the member's profile, and members.ErrNotFound to
// everybody but the member's coach.
func (s *Service) ReleasesOf(ctx context.Context, by members.Actor, m members.MemberID) (list []Release, clients []ShownClient, err error) {
	err = s.asReader(ctx, by, m, func(tx pgx.Tx) error {
		if _, err := s.people.ReadTx(ctx, tx, by, m, members.ProfileScope); err != nil {
			return err
		}
		list, clients, err = s.releasesTx(ctx, tx, by, m, false)
		return err
	})
	return list, clients, err
}

func (s *Service) releasesTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, own bool) ([]Release, []ShownClient, error) {
	kept, err := listReleases(ctx, tx, by.Cooperative, m, members.DayOf(s.now()))
	if err != nil {
		return nil, nil, err
	}
	if !own { // what the member decides alone is theirs alone
		kept = slices.DeleteFunc(kept, func(r keptRelease) bool { return r.Alone })
	}
	list, err := s.openReleases(ctx, tx, kept)
	if err != nil {
		return nil, nil, err
	}
	clients, err := listShownClients(ctx, tx, by.Cooperative, m, own)
	return list, clients, err
}

// openReleases opens the sentences of all at once.
func (s *Service) openReleases(ctx context.Context, tx pgx.Tx, kept []keptRelease) ([]Release, error) {
	list := make([]Release, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Release
		r := &list[i]
		texts = append(texts, members.SealedText{Person: k.person, Column: sentenceColumn(r.ID), Sealed: k.sentence, Into: &r.Sentence, Gone: &r.Gone})
	}
	return list, s.people.OpenAll(ctx, tx, texts)
}

// ShownPerson is somebody who shows themselves to a client.
type ShownPerson struct {
	Release   ReleaseID
	FirstName string
	PlaceName string
	Until     members.Day
}

// People lists who shows themselves to the acting client, by name; nobody to
// everybody else. Names and places are no reading of a card.
func (s *Service) People(ctx context.Context, by members.Actor) ([]ShownPerson, error) {
	if by.Kind != members.RoleClient {
		return nil, nil
	}
	return listShownPeople(ctx, s.db, by, members.DayOf(s.now()))
}

// ReleasedCard is what a client sees of a member.
type ReleasedCard struct {
	members.ShownCard
	Sentence string
	Gone     bool
	Until    members.Day
}

// ReleasedCard gives the card of a release to the acting client, and notes in the
// member's access log that they read it. It returns members.ErrNotFound to
// everybody else, and for what is not open, or not any more.
func (s *Service) ReleasedCard(ctx context.Context, by members.Actor, release ReleaseID) (card ReleasedCard, err error) {
	if by.Kind != members.RoleClient {
		return card, members.ErrNotFound
	}
	var text members.SealedText
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		open, err := lockOpenRelease(ctx, tx, by, release, members.DayOf(s.now()))
		if err != nil {
			return err
		}
		card.Until = open.Until
		text = members.SealedText{Person: open.person, Column: sentenceColumn(release), Sealed: open.sentence, Into: &card.Sentence, Gone: &card.Gone}
		card.ShownCard, err = s.people.ShownCardTx(ctx, tx, by, open.member)
		return err
	})
	if err != nil {
		return card, err
	}
	return card, s.people.OpenAll(ctx, s.db, []members.SealedText{text})
}
