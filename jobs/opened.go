package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// GigOpened is the task that looks for people for a gig.
type GigOpened struct {
	ID          GigID
	Cooperative id.Cooperative
}

// Kind names the task.
func (GigOpened) Kind() string { return "jobs.gig_opened" }

// movedTx lets open pages of both sides look again.
func (s *Service) movedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, client members.ClientID) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, members.Moved{Cooperative: c, Members: []members.MemberID{m}, Client: client}, tasks.Opts{Cooperative: c})
	return err
}

// announceTx notes what others do about a new gig, after the commit: lists show
// it, the browse index finds it, and from then on members are asked.
func (s *Service) announceTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, asks time.Time) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, GigPosted{ID: gig, Cooperative: c}, tasks.Opts{Cooperative: c})
	if err != nil {
		return err
	}
	if err := s.changedTx(ctx, tx, c, gig); err != nil {
		return err
	}
	_, err = s.tasks.EnqueueTx(ctx, tx, GigOpened{ID: gig, Cooperative: c}, tasks.Opts{Cooperative: c, Lane: tasks.Hi, Due: asks})
	return err
}
