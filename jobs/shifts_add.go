package jobs

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
)

// Adding is what comes to a gig: shifts one by one, those of a series, or copies
// of a week. The days that are left out of a series or a copy make none.
type Adding struct {
	Shifts  []NewShift
	Series  *Series
	Week    *WeekCopy
	Without []payments.Day
}

// SeatsChanged is the task that looks for people for shifts that are new or have
// more seats, and ends what waits for seats that are gone.
type SeatsChanged struct {
	Cooperative id.Cooperative
	Shifts      []ShiftID
}

// Kind names the task.
func (SeatsChanged) Kind() string { return "jobs.seats_changed" }

// Plan is AddShifts without adding: the shifts that would come. With
// check.Problems at one of them, ShiftField has its place in that list.
func (s *Service) Plan(ctx context.Context, by members.Actor, gig GigID, a Adding) (shifts []NewShift, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) (err error) {
		_, shifts, err = s.planTx(ctx, tx, by, gig, a)
		return err
	})
	return shifts, err
}

// AddShifts adds to a gig of the actor's own client or, by a coordinator, any.
// What is refused is what posting refuses: check.Problems, also for more shifts
// than one gig may have, members.ErrRestricted, members.ErrNotApproved and
// members.ErrNotFound; ErrGigOver where the gig is. Members are asked for those of
// an open gig at once.
func (s *Service) AddShifts(ctx context.Context, by members.Actor, gig GigID, a Adding) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		g, shifts, err := s.planTx(ctx, tx, by, gig, a)
		if err != nil {
			return err
		}
		added, err := s.insertShiftsTx(ctx, tx, by, gig, shifts)
		if err != nil {
			return err
		}
		if a.Series != nil {
			kept := *a.Series
			kept.Without = slices.Concat(kept.Without, a.Without)
			if err := s.insertSeriesTx(ctx, tx, by.Cooperative, gig, kept, added); err != nil {
				return err
			}
		}
		if g.state == Draft {
			return touchDraft(ctx, tx, by, gig, s.now())
		}
		return s.seatsChangedTx(ctx, tx, by.Cooperative, g, added...)
	})
}

// planTx keeps others from adding to the gig until the transaction ends.
func (s *Service) planTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, a Adding) (g running, shifts []NewShift, err error) {
	if g, err = lockGig(ctx, tx, by, gig); err != nil {
		return g, nil, err
	}
	if g.state == Done || g.state == Cancelled {
		return g, nil, ErrGigOver
	}
	if err := s.mayPostTx(ctx, tx, by, g.client); err != nil {
		return g, nil, err
	}
	there, err := listShifts(ctx, tx, by.Cooperative, gig)
	if err != nil {
		return g, nil, err
	}
	if shifts, err = s.expandTx(ctx, tx, by, g, there, a); err != nil {
		return g, nil, err
	}
	return g, shifts, s.addingProblemsTx(ctx, tx, by, g, there, shifts)
}

// expandTx makes the shifts of what is added.
func (s *Service) expandTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, there []Shift, a Adding) ([]NewShift, error) {
	shifts := slices.Clone(a.Shifts)
	if a.Series != nil {
		series := *a.Series
		series.Without = slices.Concat(series.Without, a.Without)
		more, err := series.Shifts(s.now())
		if err != nil {
			return nil, err
		}
		shifts = append(shifts, more...)
	}
	if a.Week != nil {
		of := there
		if from := a.Week.Gig; !from.IsZero() && from != g.id {
			other, err := findRunning(ctx, tx, by, from)
			if err != nil {
				return nil, err
			}
			if other.client != g.client {
				return nil, members.ErrNotFound
			}
			if of, err = listShifts(ctx, tx, by.Cooperative, from); err != nil {
				return nil, err
			}
		}
		week := *a.Week
		if week.Gig == g.id {
			week.Gig = GigID{}
		}
		more, err := week.Shifts(of, a.Without, s.now())
		if err != nil {
			return nil, err
		}
		shifts = append(shifts, more...)
	}
	return shifts, nil
}

// addingProblemsTx is what posting would refuse of the new shifts, beside those
// that are there. A draft has its rate later: that is compared when it is opened.
func (s *Service) addingProblemsTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, there []Shift, shifts []NewShift) error {
	var p check.Problems
	if len(there)+len(shifts) > mostShifts {
		p.Add("shifts", "too_many", map[string]any{"Max": mostShifts})
		return p
	}
	w := When{Shifts: shifts}
	w.shiftProblems(&p, s.now())
	for i, shift := range shifts {
		date := ShiftField(i, "date")
		if !p.At(date) && slices.ContainsFunc(there, shift.Shift().Overlaps) {
			p.Add(date, "overlaps", nil)
		}
	}
	if g.state == Draft {
		return p.Err()
	}
	_, rates, err := findWhat(ctx, tx, by, g.id)
	if err != nil {
		return err
	}
	if err := s.lawTx(ctx, tx, by, w, rates, &p); err != nil {
		return err
	}
	if err := spanProblem(rates.Form, append(w.days(p), daysOf(there)...), &p); err != nil {
		return err
	}
	return p.Err()
}

func daysOf(shifts []Shift) (days []payments.Day) {
	for _, shift := range shifts {
		days = append(days, shift.Days()...)
	}
	return days
}

func (s *Service) insertShiftsTx(ctx context.Context, tx pgx.Tx, by members.Actor, gig GigID, shifts []NewShift) ([]ShiftID, error) {
	var added []ShiftID
	for _, shift := range shifts {
		one := id.New[Shift](s.random)
		if err := insertShift(ctx, tx, by, gig, one, shift); err != nil {
			return nil, err
		}
		added = append(added, one)
	}
	return added, nil
}

func (s *Service) insertSeriesTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, gig GigID, series Series, shifts []ShiftID) error {
	one := id.New[Series](s.random)
	if err := insertSeries(ctx, tx, c, gig, one, series, s.now()); err != nil {
		return err
	}
	return markSeries(ctx, tx, c, one, shifts)
}

// seatsChangedTx lets lists and the index look again, and people be asked for the
// shifts of a gig that is open.
func (s *Service) seatsChangedTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, g running, shifts ...ShiftID) error {
	if g.state == Draft {
		return nil
	}
	if err := s.changedTx(ctx, tx, c, g.id); err != nil {
		return err
	}
	if _, err := s.tasks.EnqueueTx(ctx, tx, GigPosted{ID: g.id, Cooperative: c}, tasks.Opts{Cooperative: c}); err != nil {
		return err
	}
	if g.state != Open { // whoever opens it again asks for all
		return nil
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, SeatsChanged{Cooperative: c, Shifts: shifts}, tasks.Opts{Cooperative: c, Lane: tasks.Hi})
	return err
}

// Taken counts the people who are confirmed on each shift of a gig that the actor
// runs; others are told of none.
func (s *Service) Taken(ctx context.Context, by members.Actor, g Gig) (map[ShiftID]int, error) {
	if !runs(by) || by.Kind == members.RoleClient && by.Client != g.Client {
		return nil, nil
	}
	return listTaken(ctx, s.db, by.Cooperative, g.ID)
}

// WeekSource is a gig of which a week can be copied.
type WeekSource struct {
	ID       GigID
	Title    string
	Language members.Locale
	Last     time.Time // shift
}

// mostWeekSources is how many there are to choose from.
const mostWeekSources = 20

// WeekSources lists the gigs of the same client, also this one, for who runs it.
func (s *Service) WeekSources(ctx context.Context, by members.Actor, g Gig) ([]WeekSource, error) {
	if !runs(by) || by.Kind == members.RoleClient && by.Client != g.Client {
		return nil, nil
	}
	return listWeeks(ctx, s.db, by.Cooperative, g.Client, mostWeekSources)
}
