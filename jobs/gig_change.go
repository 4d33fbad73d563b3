package jobs

import (
	"context"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// Change is what a gig said and paid before it was changed.
type Change struct {
	At                 time.Time
	Title, Description string         // as they were; empty: they stayed
	Rate               payments.Cents // as it was; 0: it stayed
	Photos             bool           // others than before
	Day                bool           // how it goes on the day itself
	Travel             Travel         // as it was; empty: it stayed
}

// none reports that nothing changed.
func (c Change) none() bool {
	return c.Title == "" && c.Description == "" && c.Rate == 0 && !c.Photos && !c.Day
}

// mostChanges is how many changes of a gig are shown.
const mostChanges = 10

// Changes lists what was changed after members were asked, the last first. The
// caller has seen that the actor sees the gig, or works on it, or was asked.
func (s *Service) Changes(ctx context.Context, by members.Actor, gig GigID) ([]Change, error) {
	return listChanges(ctx, s.db, by, gig, mostChanges)
}

// GigTextChanged is the task that tells whom it concerns that a gig was changed.
type GigTextChanged struct {
	ID          GigID
	Cooperative id.Cooperative
}

// Kind names the task.
func (GigTextChanged) Kind() string { return "jobs.gig_text_changed" }

// The first change of a day is told after a pause, in which more may change; what
// changes after that is told the next morning.
const (
	tellAfter = 10 * time.Minute
	tellHour  = 9
)

// noteChangeTx keeps what an open gig was before the change, and lets the others
// know after the commit. Of a draft, of which nobody knows, it keeps nothing. It
// comes last: see AuditTx.
func (s *Service) noteChangeTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, was Change, detail map[string]string) error {
	if g.state == Draft || was.none() {
		return nil
	}
	was.At = s.now()
	if err := insertChange(ctx, tx, by, g.id, id.New[Change](s.random), was); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, g.id); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, What: "gig_changed", Ref: "gig:" + g.id.String(), Detail: detail})
}

// tellTx queues both tellings of which one may find nothing to tell.
func (s *Service) tellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID) error {
	if err := s.changedTx(ctx, tx, c, gig); err != nil {
		return err
	}
	if _, err := s.tasks.EnqueueTx(ctx, tx, GigPosted{ID: gig, Cooperative: c}, tasks.Opts{Cooperative: c}); err != nil {
		return err
	}
	now := s.now().In(members.Amsterdam())
	tomorrow := time.Date(now.Year(), now.Month(), now.Day()+1, tellHour, 0, 0, 0, members.Amsterdam())
	for which, due := range []time.Time{now.Add(tellAfter), tomorrow} {
		t := GigTextChanged{ID: gig, Cooperative: c}
		opts := tasks.Opts{Cooperative: c, Due: due, Key: fmt.Sprint(gig, " ", which, " ", payments.DayOf(due))}
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, opts); err != nil {
			return err
		}
	}
	return nil
}

// ToldTx notes that whom it concerns is told of the changes until now, and reports
// whether there is anything to tell: at most once a day.
func (s *Service) ToldTx(ctx context.Context, tx pgx.Tx, t GigTextChanged) (bool, error) {
	changed, told, err := lockTold(ctx, tx, t.Cooperative, t.ID)
	if err != nil || changed == nil {
		return false, err
	}
	now := s.now()
	if told != nil && (!changed.After(*told) || payments.DayOf(*told) == payments.DayOf(now)) {
		return false, nil
	}
	return true, markTold(ctx, tx, t.Cooperative, t.ID, now)
}
