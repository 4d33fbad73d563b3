package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// MembershipEndedTx ends what clients asked of a member whose membership ended:
// favourites and job offers, at once, and both sides are told; what the member
// looked for is forgotten. Who is back by then keeps it all. It is for who handles members.MembershipEnded.
func (s *Service) MembershipEndedTx(ctx context.Context, tx pgx.Tx, t members.MembershipEnded) error {
	favourites, err := lockFavouritesOfGone(ctx, tx, t.Cooperative, t.Member)
	if err != nil {
		return err
	}
	for _, f := range favourites {
		if err := s.endGoneTx(ctx, tx, t.Cooperative, f); err != nil {
			return err
		}
	}
	if err := deleteSearchesOfGone(ctx, tx, t.Cooperative, t.Member); err != nil {
		return err
	}
	offers, err := lockJobsOfGone(ctx, tx, t.Cooperative, t.Member)
	if err != nil {
		return err
	}
	for _, o := range offers {
		if o.State, err = o.State.To(JobExpired); err != nil {
			return err
		}
		if err := s.storeJobTx(ctx, tx, members.Actor{Cooperative: t.Cooperative}, o); err != nil {
			return err
		}
	}
	return nil
}

// endGoneTx tells the client as of any end by the member, and the member too,
// unless they keep that client away.
func (s *Service) endGoneTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, f Favourite) error {
	to := FavouriteEnded
	if f.State == FavouriteAsked {
		to = FavouriteExpired
	}
	if err := s.moveFavouriteTx(ctx, tx, members.Actor{Cooperative: c, Kind: members.RoleMember}, f, to); err != nil {
		return err
	}
	blocked, err := isBlocked(ctx, tx, c, f.Member, f.Client)
	if err != nil || blocked {
		return err
	}
	told := FavouriteTold{Favourite: f.ID, Cooperative: c, State: to, To: members.RoleMember}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: f.Member, Task: told, Opts: tasks.Opts{Lane: tasks.Low}})
}
