package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// SeatFreed is the task that finds somebody for a seat that came free.
type SeatFreed struct {
	Shift       ShiftID
	Cooperative id.Cooperative
}

// EngagementOver is the task that tells the client, and the coach who may read
// the agenda, that somebody does not come.
type EngagementOver struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
}

// WorkOff is the task that tells a member that work was called off, with what they
// get, or that they were missed.
type WorkOff struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
}

// AbsenceDenied is the task that tells the coordinators that a member, of whom
// somebody said that they did not come, was there.
type AbsenceDenied struct {
	Engagement  EngagementID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (SeatFreed) Kind() string      { return "jobs.seat_freed" }
func (EngagementOver) Kind() string { return "jobs.engagement_over" }
func (WorkOff) Kind() string        { return "jobs.work_off" }
func (AbsenceDenied) Kind() string  { return "jobs.absence_denied" }

// freedTx lets the gig be found, and somebody else, while there is time for them
// to come.
func (s *Service) freedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	if err := s.changedTx(ctx, tx, c, w.Gig); err != nil || !w.Shift.Refills(s.now()) {
		return err
	}
	freed := SeatFreed{Shift: w.Shift.ID, Cooperative: c}
	_, err := s.tasks.EnqueueTx(ctx, tx, freed, tasks.Opts{Cooperative: c, Lane: tasks.Hi})
	return err
}

func (s *Service) overTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, e EngagementID) error {
	_, err := s.tasks.EnqueueTx(ctx, tx, EngagementOver{Engagement: e, Cooperative: c}, tasks.Opts{Cooperative: c})
	return err
}

// soon is how short before work its member hears at once that it does not come,
// whatever their quiet hours: they would go.
const soon = 24 * time.Hour

// workOffTx tells the member.
func (s *Service) workOffTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, w Work) error {
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), c, members.Notice{Member: w.Member, AtOnce: w.Shift.Starts.Sub(s.now()) < soon,
		Task: WorkOff{Engagement: w.ID, Cooperative: c}})
}

// ToldOver is who hears that somebody does not come: the client unless it was the
// client who said so, and the coach who may read the agenda.
type ToldOver struct {
	Work
	Contacts []members.Person
	Coaches  []members.Person
}

// ToldOver reads it afresh. It returns members.ErrNotFound for work that goes on
// by now.
func (s *Service) ToldOver(ctx context.Context, t EngagementOver) (o ToldOver, err error) {
	if o.Work, err = findAnyWork(ctx, s.db, t.Cooperative, t.Engagement); err != nil {
		return o, err
	}
	if !o.Off.Called() && o.State != Absent && !o.WentHome() {
		return o, members.ErrNotFound
	}
	told, err := isTheClients(ctx, s.db, t.Cooperative, t.Engagement)
	if err == nil && !told {
		o.Contacts, err = listContacts(ctx, s.db, t.Cooperative, o.Client)
	}
	if err != nil {
		return o, err
	}
	o.Coaches, err = listReaders(ctx, s.db, t.Cooperative, o.Member, members.AgendaScope, members.DayOf(s.now()))
	return o, err
}

// ToldOff is the member to whom a WorkOff goes. It returns members.ErrNotFound
// for work that goes on by now.
func (s *Service) ToldOff(ctx context.Context, t WorkOff) (w Work, who members.Person, err error) {
	if w, err = findAnyWork(ctx, s.db, t.Cooperative, t.Engagement); err != nil {
		return w, who, err
	}
	if !w.Off.Called() && w.State != Absent {
		return w, who, members.ErrNotFound
	}
	who, _, err = findReminded(ctx, s.db, t.Cooperative, t.Engagement)
	return w, who, err
}

// ToldDenied are the coordinators, while they have to look.
func (s *Service) ToldDenied(ctx context.Context, t AbsenceDenied) (w Work, office []members.Person, err error) {
	if w, err = findAnyWork(ctx, s.db, t.Cooperative, t.Engagement); err != nil || w.State != Absent {
		return w, nil, err
	}
	office, err = listOffice(ctx, s.db, t.Cooperative)
	return w, office, err
}
