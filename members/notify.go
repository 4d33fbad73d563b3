package members

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// Notice is news for one member: the task that brings it to them.
type Notice struct {
	Member MemberID
	Task   tasks.Task
	Opts   tasks.Opts // Due is the soonest; the cooperative need not stand here
	AtOnce bool       // cannot wait: quiet hours or not
	Before time.Time  // cannot wait beyond this moment; zero: it can
}

// NotifyTx lets members of one cooperative be told, after the commit, each when
// they want to hear things: what can wait comes when their quiet hours end, as
// these are now; what cannot wait comes at once. Who handles the task asks
// TextsTo in which way. However many notices there are, it asks the database
// once, and not at all when none can wait. It takes no lock.
func NotifyTx(ctx context.Context, tx pgx.Tx, queue *tasks.Queue, now time.Time, c id.Cooperative, list ...Notice) error {
	var waiting []MemberID
	for _, n := range list {
		if !n.AtOnce {
			waiting = append(waiting, n.Member)
		}
	}
	quiet, err := selectQuiet(ctx, tx, c, waiting)
	if err != nil {
		return err
	}
	for _, n := range list {
		n.Opts.Cooperative = c
		if hours, has := quiet[n.Member]; has {
			n.Opts.Due = n.due(now, hours)
		}
		if _, err := queue.EnqueueTx(ctx, tx, n.Task, n.Opts); err != nil {
			return err
		}
	}
	return nil
}

// due is when the notice comes to a member with these quiet hours.
func (n Notice) due(now time.Time, quiet Span) time.Time {
	soonest := n.Opts.Due
	if soonest.Before(now) {
		soonest = now
	}
	end := quiet.EndFrom(soonest)
	if n.AtOnce || !n.Before.IsZero() && end.After(n.Before) {
		return n.Opts.Due
	}
	return end
}

// QuietUntil is when the quiet hours end that the member has now; zero: it is not
// quiet. It is for who tries again to tell something, see NotifyTx.
func (s *Service) QuietUntil(ctx context.Context, c id.Cooperative, m MemberID) (time.Time, error) {
	quiet, err := selectQuiet(ctx, s.db, c, []MemberID{m})
	hours, has := quiet[m]
	now := s.now()
	if end := hours.EndFrom(now); err == nil && has && end.After(now) {
		return end, nil
	}
	return time.Time{}, err
}

// EndFrom is the first moment from this one on that is not in the span, by the
// clocks in the Netherlands. It is the moment itself when that is outside, and
// also when the span is the whole day: nothing would ever be told then.
func (s Span) EndFrom(at time.Time) time.Time {
	zone := Amsterdam()
	end := at
	// By quarters, since a day has 23, 24 or 25 hours, and one of them may come
	// twice or not at all.
	for range 25 * 4 {
		clock := end.In(zone)
		if !s.holds(clock.Hour()*4 + clock.Minute()/15) {
			return end
		}
		end = end.Truncate(15 * time.Minute).Add(15 * time.Minute)
	}
	return at
}

// holds reports whether a quarter of the day lies in the span.
func (s Span) holds(quarter int) bool {
	if s.Overnight() {
		return quarter >= s.From || quarter < s.Until
	}
	return quarter >= s.From && quarter < s.Until
}
