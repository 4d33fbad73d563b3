package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// SaveSearch keeps what the acting member looks for; news begins now. What looks
// for the same as an earlier one is that one. It returns check.Problems at the
// names of the page, ErrManySearches, members.ErrNoKey, members.ErrRestricted to whom
// no mail would come, and members.ErrNotFound to everybody else, also to who does not
// work here any more.
func (s *Service) SaveSearch(ctx context.Context, by members.Actor, n Saved) (search SearchID, err error) {
	if by.Kind != members.RoleMember {
		return search, members.ErrNotFound
	}
	n = n.tidy()
	if err := n.problems().Err(); err != nil {
		return search, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		search, err = s.saveTx(ctx, tx, by, n)
		return err
	})
	return search, err
}

func (s *Service) saveTx(ctx context.Context, tx pgx.Tx, by members.Actor, n Saved) (SearchID, error) {
	if err := members.MayTakeTx(ctx, tx, by); err != nil {
		return SearchID{}, err
	}
	if err := lockSearcher(ctx, tx, by); err != nil {
		return SearchID{}, err
	}
	if err := beginNews(ctx, tx, by, s.now()); err != nil { // from here on one at a time
		return SearchID{}, err
	}
	mark, err := s.people.MarkTx(ctx, tx, by.Person, markColumn(by), n.mark())
	if err != nil {
		return SearchID{}, err
	}
	same, count, err := findMarked(ctx, tx, by, mark)
	switch {
	case err != nil || !same.IsZero():
		return same, err
	case count >= MostSearches:
		return SearchID{}, ErrManySearches
	}
	n.ID = id.New[Saved](s.random)
	sealed, err := s.people.SealTx(ctx, tx, by.Person, wishColumn(n.ID), n.kept())
	if err != nil {
		return SearchID{}, err
	}
	if err := insertSearch(ctx, tx, by, n.ID, mark, sealed, s.now()); err != nil {
		return SearchID{}, err
	}
	return n.ID, s.people.HelpedTx(ctx, tx, by, "search_saved", searchRef(n.ID))
}

func searchRef(search SearchID) string { return "search:" + search.String() }

// Searches gives the acting member's own; none to everybody else. It returns
// members.ErrNoKey.
func (s *Service) Searches(ctx context.Context, by members.Actor) (Searches, error) {
	if by.Kind != members.RoleMember {
		return Searches{}, nil
	}
	mail, err := findNewsMailed(ctx, s.db, by)
	if err != nil {
		return Searches{}, err
	}
	list, err := s.searches(ctx, by)
	return Searches{List: list, Mail: mail}, err
}

func (s *Service) searches(ctx context.Context, by members.Actor) ([]Saved, error) {
	kept, err := listSearches(ctx, s.db, by)
	if err != nil {
		return nil, err
	}
	list, wishes := make([]Saved, len(kept)), make([]string, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		list[i] = k.Saved
		texts = append(texts, members.SealedText{Person: by.Person, Column: wishColumn(k.ID), Sealed: k.wish, Into: &wishes[i], Gone: &list[i].Gone})
	}
	if err := s.people.OpenAll(ctx, s.db, texts); err != nil {
		return nil, err
	}
	for i := range list {
		if err := list[i].read(wishes[i]); err != nil {
			list[i].Gone = true
		}
	}
	return list, nil
}

// RemoveSearch forgets one of the acting member's. It returns members.ErrNotFound.
func (s *Service) RemoveSearch(ctx context.Context, by members.Actor, search SearchID) error {
	return s.asSearcher(ctx, by, "search_removed", searchRef(search), func(tx pgx.Tx) (bool, error) { return deleteSearch(ctx, tx, by, search) })
}

// MailSearches says whether the acting member is told of news; what was posted
// before it is switched on is none. It returns members.ErrNotFound to who never
// saved a search.
func (s *Service) MailSearches(ctx context.Context, by members.Actor, on bool) error {
	deed := "search_mail_off"
	if on {
		deed = "search_mail_on"
	}
	return s.asSearcher(ctx, by, deed, "member:"+by.Member.String(), func(tx pgx.Tx) (bool, error) { return setNewsMailed(ctx, tx, by, on, s.now()) })
}

func (s *Service) asSearcher(ctx context.Context, by members.Actor, deed, ref string, change func(pgx.Tx) (bool, error)) error {
	if by.Kind != members.RoleMember {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		found, err := change(tx)
		if err == nil && !found {
			err = members.ErrNotFound
		}
		if err != nil {
			return err
		}
		return s.people.HelpedTx(ctx, tx, by, deed, ref)
	})
}
