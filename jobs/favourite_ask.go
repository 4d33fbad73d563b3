package jobs

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// AskFavourite asks the member of agreed work whether the acting client may ask
// them first from now on. It returns ErrNotWorked, ErrFavouriteThere,
// ErrAskedLately, members.ErrDecided while the client refuses the member,
// members.ErrRestricted, and members.ErrNotFound to everybody else.
func (s *Service) AskFavourite(ctx context.Context, by members.Actor, engagement EngagementID) error {
	if by.Kind != members.RoleClient {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		w, err := s.workedTx(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if err := s.mayBeAskedTx(ctx, tx, by, w.Member); err != nil {
			return err
		}
		f := id.New[Favourite](s.random)
		if err := insertFavourite(ctx, tx, by, f, w, s.now(), s.now().AddDate(0, 0, -FavouriteRest)); err != nil {
			return err
		}
		due := tasks.Opts{Cooperative: by.Cooperative, Due: s.now().AddDate(0, 0, FavouriteDays)}
		if _, err := s.tasks.EnqueueTx(ctx, tx, FavouriteOver{Favourite: f, Cooperative: by.Cooperative}, due); err != nil {
			return err
		}
		return s.favouriteMovedTx(ctx, tx, by.Cooperative, Favourite{ID: f, Member: w.Member, Client: w.Client, State: FavouriteAsked}, members.RoleMember)
	})
}

// workedTx finds work of the acting client that the member did. It returns
// ErrNotWorked and members.ErrNotFound.
func (s *Service) workedTx(ctx context.Context, tx pgx.Tx, by members.Actor, engagement EngagementID) (Work, error) {
	w, err := findWork(ctx, tx, by, engagement)
	if err != nil {
		return w, err
	}
	over, err := findSettled(ctx, tx, by.Cooperative, engagement)
	if err == nil && !over.worked() {
		err = ErrNotWorked
	}
	return w, err
}

// mayBeAskedTx locks the member before the new row refers to the work: RefuseMember
// goes in that order too. It returns members.ErrDecided while the client refuses the member, and
// members.ErrNotFound for who left.
func (s *Service) mayBeAskedTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	if err := lockMember(ctx, tx, by.Cooperative, m); err != nil {
		return err
	}
	refused, err := isRefused(ctx, tx, by, m, members.DayOf(s.now()))
	if err == nil && refused {
		err = members.ErrDecided
	}
	return err
}

// AnswerFavourite says whether the acting member wants it. It returns
// ErrFavouriteMoved, and members.ErrNotFound for somebody else's.
func (s *Service) AnswerFavourite(ctx context.Context, by members.Actor, favourite FavouriteID, yes bool) error {
	if by.Kind != members.RoleMember || by.Helped() {
		return members.ErrNotFound
	}
	to := FavouriteRefused
	if yes {
		to = FavouriteOn
	}
	return s.moveFavourite(ctx, by, favourite, func(Favourite) FavouriteState { return to })
}

// EndFavourite ends it at once, by either of the two; a client also takes back
// what waits for an answer. Errors are those of AnswerFavourite.
func (s *Service) EndFavourite(ctx context.Context, by members.Actor, favourite FavouriteID) error {
	if by.Helped() {
		return members.ErrNotFound
	}
	return s.moveFavourite(ctx, by, favourite, func(f Favourite) FavouriteState { return f.State.ends(by.Kind) })
}

func (s *Service) moveFavourite(ctx context.Context, by members.Actor, favourite FavouriteID, to func(Favourite) FavouriteState) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		f, err := lockFavourite(ctx, tx, by.Cooperative, favourite)
		switch {
		case err != nil:
			return err
		case !(by.Kind == members.RoleMember && by.Member == f.Member || by.Kind == members.RoleClient && by.Client == f.Client):
			return members.ErrNotFound
		}
		return s.moveFavouriteTx(ctx, tx, by, f, to(f))
	})
}

func (s *Service) moveFavouriteTx(ctx context.Context, tx pgx.Tx, by members.Actor, f Favourite, to FavouriteState) (err error) {
	if f.State, err = f.State.To(to); err != nil {
		return err
	}
	if err := updateFavourite(ctx, tx, by, f, s.now()); err != nil {
		return err
	}
	return s.favouriteMovedTx(ctx, tx, by.Cooperative, f, otherSide(by.Kind))
}

// endFavouriteTx ends what there is between the acting client and a member.
func (s *Service) endFavouriteTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID) error {
	f, err := lockLiveFavourite(ctx, tx, by, m)
	if err != nil {
		if errors.Is(err, members.ErrNotFound) {
			return nil
		}
		return err
	}
	return s.moveFavouriteTx(ctx, tx, by, f, f.State.ends(by.Kind))
}

// favouriteMovedTx tells one side where it stands. A member hears nothing of what a
// client asks whom they keep away, nor of a question that was taken back.
func (s *Service) favouriteMovedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, f Favourite, side members.RoleKind) error {
	if err := s.movedTx(ctx, tx, c, f.Member, f.Client); err != nil {
		return err
	}
	told := FavouriteTold{Favourite: f.ID, Cooperative: c, State: f.State}
	if side == members.RoleClient {
		_, err := s.tasks.EnqueueTx(ctx, tx, told, tasks.Opts{Cooperative: c})
		return err
	}
	blocked, err := isBlocked(ctx, tx, c, f.Member, f.Client)
	if err != nil || blocked || f.State == FavouriteWithdrawn {
		return err
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: f.Member, Task: told})
}

// FavouriteOver is the task that ends the wait for an answer.
type FavouriteOver struct {
	Favourite   FavouriteID
	Cooperative id.Cooperative
}

// FavouriteTold tells the other side where a favourite stands, or the side that it
// names.
type FavouriteTold struct {
	Favourite   FavouriteID
	Cooperative id.Cooperative
	State       FavouriteState
	To          members.RoleKind `json:",omitempty"`
}

// The kinds of the tasks.
func (FavouriteOver) Kind() string { return "jobs.favourite_over" }
func (FavouriteTold) Kind() string { return "jobs.favourite_told" }

// FavouriteOverTx handles FavouriteOver: the client hears that no answer came. A
// task that came too early, by somebody's clock, comes again.
func (s *Service) FavouriteOverTx(ctx context.Context, tx pgx.Tx, t FavouriteOver) error {
	f, err := lockFavourite(ctx, tx, t.Cooperative, t.Favourite)
	switch {
	case errors.Is(err, members.ErrNotFound), err == nil && f.State != FavouriteAsked:
		return nil
	case err != nil:
		return err
	case s.now().Before(f.Until()):
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: f.Until()})
		return err
	}
	return s.moveFavouriteTx(ctx, tx, members.Actor{Cooperative: t.Cooperative, Kind: members.RoleMember}, f, FavouriteExpired)
}

// Favourites lists what the acting client asked of members and what became of it,
// or what clients asked of the acting member, what waits first; to everybody else
// nothing. A member does not see what waits of a client whom they keep away.
func (s *Service) Favourites(ctx context.Context, by members.Actor) ([]Favourite, error) {
	if by.Kind != members.RoleClient && by.Kind != members.RoleMember || by.Helped() {
		return nil, nil
	}
	return listFavourites(ctx, s.db, by, s.now().AddDate(0, 0, -FavouriteRest))
}

// ToldFavourite gives a favourite, and the people of the side that hears of this
// move. It returns members.ErrNotFound when it has moved on.
func (s *Service) ToldFavourite(ctx context.Context, t FavouriteTold) (f Favourite, side members.RoleKind, people []members.Person, err error) {
	f, endedBy, err := findFavourite(ctx, s.db, t.Cooperative, t.Favourite)
	if err == nil && f.State != t.State {
		err = members.ErrNotFound
	}
	if err != nil {
		return f, "", nil, err
	}
	side = members.RoleClient
	switch {
	case t.To != "":
		side = t.To
	case f.State == FavouriteAsked, f.State == FavouriteEnded && endedBy == members.RoleClient:
		side = members.RoleMember
	}
	people, err = listSide(ctx, s.db, t.Cooperative, f.Engagement, side)
	return f, side, people, err
}
