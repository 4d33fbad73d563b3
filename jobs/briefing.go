package jobs

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/members"
)

// Day is what an engagement says of the day itself: how the gig goes, and whether
// the member read what is to be read before. To read it opens and closes nothing.
type Day struct {
	Meeting
	Seat  SeatKind
	Read  bool   // the briefing as it is now
	First bool   // the member's first work for this client, of what is agreed
	Who   string // of the cooperative comes along; empty: nobody said yet
}

// WithCompany reports whether somebody of the cooperative comes along.
func (d Day) WithCompany() bool { return d.Accompanied && d.First }

// ToRead reports whether there is something that the member has not read.
func (d Day) ToRead() bool { return d.Briefing != "" && !d.Read }

// Day gives it to the engagement's member, its client and the coordinator. It
// returns members.ErrNotFound.
func (s *Service) Day(ctx context.Context, by members.Actor, engagement EngagementID) (Day, error) {
	return findDay(ctx, s.db, by, engagement)
}

// ReadBriefing says that the acting member read this version of the briefing of
// their gig. It returns ErrBriefingChanged for an older one, and
// members.ErrNotFound.
func (s *Service) ReadBriefing(ctx context.Context, by members.Actor, engagement EngagementID, version int) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findWork(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		if by.Kind != members.RoleMember || w.Member != by.Member {
			return members.ErrNotFound
		}
		m, err := findMeeting(ctx, tx, by.Cooperative, w.Gig)
		switch {
		case err != nil:
			return err
		case m.Briefing == "":
			return members.ErrNotFound
		case m.Version != version:
			return ErrBriefingChanged
		}
		if err := upsertRead(ctx, tx, by, w.Gig, version, s.now()); err != nil {
			return err
		}
		moved := members.Moved{Cooperative: by.Cooperative, Members: []members.MemberID{w.Member}, Client: w.Client}
		if _, err := s.tasks.EnqueueTx(ctx, tx, moved, tasks.Opts{Cooperative: by.Cooperative}); err != nil {
			return err
		}
		return s.people.HelpedTx(ctx, tx, by, "helped_briefing", "engagement:"+engagement.String())
	})
}
