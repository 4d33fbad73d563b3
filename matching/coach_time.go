package matching

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// CoachTime is the task that sends an offer to its member when the time of the
// coach who sees it first is over.
type CoachTime struct {
	Offer       OfferID
	Cooperative id.Cooperative
}

// OfferWaits tells a coach that an offer waits for them, and never which.
type OfferWaits struct {
	Offer       OfferID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (CoachTime) Kind() string  { return "matching.coach_time" }
func (OfferWaits) Kind() string { return "matching.offer_waits" }

// How long a coach has at the most, of the hours in which they work: weekdays
// from 9.00 to 17.00 in Amsterdam.
const (
	coachHours = 4 * time.Hour
	dayBegins  = 9
	dayEnds    = 17
)

// coachUntil is when an offer of now goes to the member by itself: after four
// working hours, or in the middle of its window, so that the member has the other
// half.
func coachUntil(now, until time.Time) time.Time {
	half, worked := now.Add(until.Sub(now)/2), workingHours(now, coachHours)
	if worked.Before(half) {
		return worked
	}
	return half
}

// workingHours is so long after now, counted on the hours in which people work.
func workingHours(now time.Time, left time.Duration) time.Time {
	for day := midnight(now.In(members.Amsterdam()), 0); ; day = midnight(day, 1) {
		if day.Weekday() == time.Saturday || day.Weekday() == time.Sunday {
			continue
		}
		whole := stretch{from: day}
		begins, ends := whole.clock(dayBegins), whole.clock(dayEnds)
		if begins.Before(now) {
			begins = now
		}
		room := ends.Sub(begins)
		if room >= left {
			return begins.Add(left).UTC()
		}
		left -= max(0, room)
	}
}

// withCoachTx writes an offer that the coach sees first.
func (s *Service) withCoachTx(ctx context.Context, tx pgx.Tx, w Work, one Ranked, until time.Time) error {
	offer, due := id.New[Offer](s.random), coachUntil(s.now(), until)
	if err := insertWaiting(ctx, tx, w, offer, one, s.now(), until, due); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, w.Cooperative, OfferWaits{Offer: offer, Cooperative: w.Cooperative}); err != nil {
		return err
	}
	return s.coachTimeAtTx(ctx, tx, CoachTime{Offer: offer, Cooperative: w.Cooperative}, due)
}

func (s *Service) coachTimeAtTx(ctx context.Context, tx pgx.Tx, t CoachTime, due time.Time) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Lane: tasks.Hi, Due: due})
	return err
}

// CoachWaited is the coach for whom an offer waits now, and whose offer it is.
// It returns members.ErrNotFound when it waits for nobody.
func (s *Service) CoachWaited(ctx context.Context, c id.Cooperative, offer OfferID) (members.Person, members.MemberID, error) {
	return findCoachWaited(ctx, s.db, c, offer)
}
