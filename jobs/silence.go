package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// day is a day of a timer: 24 hours, also where clocks change.
const day = 24 * time.Hour

// SilentAfter is how long hours wait for an answer, or for a proposal after the
// work. Then they are agreed in favour of the member.
const SilentAfter = 7 * day

// clientBegins is how long after the work the client can say first how long it was,
// of which the member was reminded twice and said nothing.
const clientBegins = 5 * day

// SheetSilent is the timer of hours that wait. It reminds, and in the end it
// agrees; it acts only while nothing was said since it was set.
type SheetSilent struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
	Round       int  // what was said until then; 0: nothing
	Stage       int  // of the waits of that round
	Late        bool // the timer was set late: people have the time between two stages from then on
}

// Kind names the task.
func (SheetSilent) Kind() string { return "jobs.sheet_silent" }

// wait is a moment at which hours that still wait do something.
type wait struct {
	after time.Duration    // since they wait
	tell  members.RoleKind // who is told; empty: nobody any more, they are agreed
	news  SheetNews
}

// waits are those of hours that nobody proposed, and of a proposal. A client is
// told of planned hours before they are agreed: they may know that nobody came.
func waits(s SheetState) []wait {
	if s == SheetEmpty {
		return []wait{{day, members.RoleMember, NewsPropose}, {4 * day, members.RoleMember, NewsPropose},
			{clientBegins, members.RoleClient, NewsPlanned}, {after: SilentAfter}}
	}
	return []wait{{5 * day, s.waitsFor(), NewsAnswer}, {after: SilentAfter}}
}

// since is from when the hours wait.
func (w Work) since() time.Time {
	if w.Sheet.State == SheetEmpty {
		return w.ends()
	}
	return w.Sheet.Since
}

// SilentAt is when the hours are agreed if nobody answers; zero where they wait
// for nobody.
func (w Work) SilentAt() time.Time {
	if w.Sheet.State.waitsFor() == "" || w.State == CalledOff || w.State == Absent {
		return time.Time{}
	}
	return w.since().Add(SilentAfter)
}

// waitTx sets the timer of hours that wait from now on.
func (s *Service) waitTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	if w.Sheet.State.waitsFor() == "" {
		return nil
	}
	w.Sheet.Since = s.now()
	return s.stageAtTx(ctx, tx, c, w, 0)
}

// plannedTx sets the timer of work that is agreed: nobody proposed its hours yet.
func (s *Service) plannedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID, shift Shift) error {
	return s.stageAtTx(ctx, tx, c, Work{Engagement: Engagement{ID: e, Seat: Seat{Shift: shift}}}, 0)
}

func (s *Service) stageAtTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, stage int) error {
	return s.timerTx(ctx, tx, SheetSilent{Engagement: w.ID, Cooperative: c, Round: w.Sheet.Round, Stage: stage}, w.since().Add(waits(w.Sheet.State)[stage].after))
}

// wakeTx sets the timer also when one like it is there: a task that comes too early
// must be able to follow itself.
func (s *Service) wakeTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work, stage int) error {
	due := w.since().Add(waits(w.Sheet.State)[stage].after)
	_, err := s.tasks.EnqueueTx(ctx, tx, SheetSilent{Engagement: w.ID, Cooperative: c, Round: w.Sheet.Round, Stage: stage}, tasks.Opts{Cooperative: c, Due: due,
		Key: fmt.Sprint(w.ID, " ", id.New[SheetSilent](s.random))}) // which work it is stands in the key: see listUntimed
	return err
}

// anewTx begins the waiting of work that was put right: where it is late already,
// each side still has its time between the stages.
func (s *Service) anewTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	due := w.since().Add(waits(w.Sheet.State)[0].after)
	if due.Before(s.now()) {
		due = s.now()
	}
	return s.timerTx(ctx, tx, SheetSilent{Engagement: w.ID, Cooperative: c, Round: w.Sheet.Round, Late: true}, due)
}

func (s *Service) timerTx(ctx context.Context, tx pgx.Tx, t SheetSilent, due time.Time) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: due, Key: fmt.Sprint(t.Engagement, " ", t.Round, " ", t.Stage, " ", due.Unix())})
	return err
}

// SheetSilentTx does what is due for hours that wait, unless something was said
// meanwhile, or the work is off. A shift that was moved later is waited for.
func (s *Service) SheetSilentTx(ctx context.Context, tx pgx.Tx, t SheetSilent) error {
	if err := lockEngagement(ctx, tx, t.Cooperative, t.Engagement); err != nil {
		return gone(err)
	}
	w, err := findAnyWork(ctx, tx, t.Cooperative, t.Engagement)
	if err != nil {
		return gone(err)
	}
	all := waits(w.Sheet.State)
	if w.Sheet.Round != t.Round || w.SilentAt().IsZero() || t.Stage < 0 || t.Stage >= len(all) {
		return nil
	}
	now := all[t.Stage]
	switch {
	case s.now().Before(w.since().Add(now.after)):
		return s.wakeTx(ctx, tx, t.Cooperative, w, t.Stage)
	case now.news == "":
		if held, err := s.heldTx(ctx, tx, t, w); err != nil || held {
			return err
		}
		return s.silentOrTellTx(ctx, tx, t, w)
	}
	who, err := clientNews(ctx, tx, t.Cooperative, w, now.tell)
	if err != nil {
		return err
	}
	if err := s.tellSheetTx(ctx, tx, t.Cooperative, w, now.news, who); err != nil {
		return err
	}
	return s.nextTx(ctx, tx, t, w)
}

// nextTx sets the next stage. Of work whose timer was set late, people have as much
// time from now on as between the two.
func (s *Service) nextTx(ctx context.Context, tx pgx.Tx, t SheetSilent, w Work) error {
	all := waits(w.Sheet.State)
	t.Stage++
	if !t.Late || w.since().Add(all[t.Stage].after).After(s.now()) {
		return s.stageAtTx(ctx, tx, t.Cooperative, w, t.Stage)
	}
	return s.timerTx(ctx, tx, t, s.now().Add(all[t.Stage].after-all[t.Stage-1].after))
}

// gone makes nothing of work that is not there any more.
func gone(err error) error {
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	return err
}

// silentTx agrees hours that nobody answered, in favour of the member: as they
// proposed, or more when the client did; the planned ones when nobody proposed,
// whatever the clock says, since nobody was asked about that.
func (s *Service) silentTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) (err error) {
	if w.Sheet.State == SheetEmpty {
		w.Sheet.Worked, w.Sheet.Break = w.Planned(), w.Shift.Break
		w.Sheet.State = MemberProposed // as if they had
	} else {
		member, _, err := findClaims(ctx, tx, c, w.ID)
		if err != nil {
			return err
		}
		w.Sheet.Worked = max(w.Sheet.Worked, member)
	}
	w.Sheet.Auto = true
	if w.Sheet.State, err = w.Sheet.State.To(SheetAgreed); err != nil {
		return err
	}
	if err := s.storeSheet(ctx, tx, c, w, saying{what: StepSilent}); err != nil {
		return err
	}
	return s.tellBothTx(ctx, tx, c, w, NewsSilent)
}
