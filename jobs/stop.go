package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// Work that the client calls off once it has begun is stopped: who was confirmed
// and was not missed counts as there. It is finished at that moment, its hours are
// said as always, and never less is paid than for work that is called off late.

// Stopped reports whether the client ended the work after its beginning.
func (w Work) Stopped() bool { return !w.StoppedAt.IsZero() }

// Begun reports whether calling the work off now stops it.
func (w Work) Begun(now time.Time) bool { return !now.Before(w.Shift.Starts) }

// ends is when the work is over.
func (w Work) ends() time.Time {
	if w.Stopped() {
		return w.StoppedAt
	}
	return w.Shift.Ends
}

// Planned is for how long the member was to work; where the work was stopped, until
// then by whole quarters, and at least what Least says.
func (w Work) Planned() time.Duration {
	if !w.Stopped() {
		return w.Shift.Worked()
	}
	return max(w.Least(), w.Shift.until(w.StoppedAt))
}

// Least is what is paid in any case, of work that was stopped.
func (w Work) Least() time.Duration {
	if !w.Stopped() || PayerOf(w.Form) != CooperativePays {
		return 0
	}
	return w.Shift.Part(w.Terms.LateShare)
}

// until is the planned time up to this moment, by whole quarters.
func (s Shift) until(now time.Time) time.Duration {
	const quarter = 15 * time.Minute
	there := (now.Sub(s.Starts) + quarter - 1) / quarter * quarter
	return max(0, min(there, s.Worked()))
}

// leastProblem notes hours below what is paid in any case.
func (w Work) leastProblem(p *check.Problems, field string, worked time.Duration) {
	if worked < w.Least() {
		p.Add(field, "less_than_late", nil)
	}
}

// stopTx ends work that has begun, at this moment. Nobody else is looked for: the
// seat was worked on.
func (s *Service) stopTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work) error {
	if err := s.stoppedTx(ctx, tx, by, &w, s.now()); err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
		return err
	}
	return s.workOffTx(ctx, tx, by.Cooperative, w)
}

// stoppedTx writes down when the work ended; its hours can be said from then on.
func (s *Service) stoppedTx(ctx context.Context, tx pgx.Tx, by members.Actor, w *Work, at time.Time) error {
	for _, to := range []EngagementState{Started, Finished} {
		if next, err := w.State.To(to); err == nil {
			w.State = next
		}
	}
	w.StoppedAt = at
	if err := markStopped(ctx, tx, by, *w); err != nil {
		return err
	}
	return s.overTx(ctx, tx, by.Cooperative, w.ID)
}
