package coaching

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// RailNews is what happened to a guard rail.
type RailNews string

// What one side is told of the other, and both of the calendar.
const (
	RailWasProposed  RailNews = "proposed"
	RailWasAgreed    RailNews = "agreed"
	RailWasRefused   RailNews = "refused"
	RailWasWithdrawn RailNews = "withdrawn"
	RailWasEnded     RailNews = "ended"
	RailLookAgain    RailNews = "review"
)

// RailTold tells the member, or else the coach, that there is news of a guard
// rail, and never what it says.
type RailTold struct {
	Rail        RailID
	Cooperative id.Cooperative
	News        RailNews
	ToMember    bool
}

// RailReview is the task that reminds both on the day on which they look again.
type RailReview struct {
	Rail        RailID
	Cooperative id.Cooperative
}

// CoachRailEnded is the task that lets go of what waits for a coach who no
// longer sees it first.
type CoachRailEnded struct {
	Member      members.MemberID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (RailTold) Kind() string       { return "coaching.rail_told" }
func (RailReview) Kind() string     { return "coaching.rail_review" }
func (CoachRailEnded) Kind() string { return "coaching.coach_rail_ended" }

// railTellTx tells one side: the member when they want to hear things.
func (s *Service) railTellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, m members.MemberID, t RailTold) error {
	if t.ToMember {
		return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: m, Task: t})
	}
	return s.tellTx(ctx, tx, c, t)
}

// morning is when both hear that it is the day.
const morning = 8

// reviewAt is 8.00 in the Netherlands on that day.
func reviewAt(day members.Day) time.Time {
	at, err := time.ParseInLocation(time.DateOnly, string(day), members.Amsterdam())
	if err != nil {
		return time.Time{}
	}
	return time.Date(at.Year(), at.Month(), at.Day(), morning, 0, 0, 0, members.Amsterdam()).UTC()
}

func (s *Service) remindRailTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, rail RailID, day members.Day) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, RailReview{rail, c}, tasks.Opts{Cooperative: c, Due: reviewAt(day)})
	return err
}

// RailReviewTx handles RailReview: both are told that the day is there. The rail
// stays as it is; one that no longer holds needs no look. A task that came too
// early, by somebody's clock, comes again.
func (s *Service) RailReviewTx(ctx context.Context, tx pgx.Tx, t RailReview) error {
	r, err := lockRail(ctx, tx, t.Cooperative, t.Rail)
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	if err != nil || r.State != RailAgreed {
		return err
	}
	if at := reviewAt(r.Review); s.now().Before(at) {
		return s.remindRailTx(ctx, tx, t.Cooperative, t.Rail, r.Review)
	}
	for _, toMember := range []bool{true, false} {
		told := RailTold{Rail: t.Rail, Cooperative: t.Cooperative, News: RailLookAgain, ToMember: toMember}
		if err := s.railTellTx(ctx, tx, t.Cooperative, r.Member, told); err != nil {
			return err
		}
	}
	return s.tellTx(ctx, tx, t.Cooperative, movedOf(t.Cooperative, r.Member))
}

// RailReader is who is told of a guard rail: its member, or the coach who follows
// them now. It returns members.ErrNotFound where there is nobody, or the member
// has gone.
func (s *Service) RailReader(ctx context.Context, t RailTold) (who members.Person, m members.MemberID, err error) {
	return findRailReader(ctx, s.db, t)
}
