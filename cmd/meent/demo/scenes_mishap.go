package demo

import (
	"context"
	"slices"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// mishaps plans three pieces of work of one week that do not go as planned.
func (s scenes) mishaps(ctx context.Context, c id.Cooperative) error {
	list := s.busiest(c)
	for i, scene := range []func(mishap){s.noteIll, s.noteCalledOff, s.noteMissed} {
		if i >= len(list) {
			return nil
		}
		m, starts := mishap{fitting: list[i]}, s.at(Weeks-2, 2+i, 9+2*i, 30)
		if i == 0 {
			var err error
			if m.fitting, starts, err = s.forTwo(ctx, list); err != nil {
				return err
			}
		}
		shift := newShift(m.template, starts, starts)
		shift.Seats = 1
		gig := newGig(m.poster, m.template, []jobs.NewShift{shift})
		gig.Asks = starts.Add(-time.Hour) // so that the seat is there to be asked for
		s.take(m.poster, m.template["code"], starts)
		var err error
		if m.gig, err = s.post(ctx, m.fitting, gig); err != nil {
			return err
		}
		who, err := s.seats(ctx, m.fitting, m.gig.ID, m.shift(), 1)
		if err != nil {
			return err
		}
		if len(who) == 1 {
			m.seated, s.own[who[0].engagement] = who[0], true
			scene(m)
		}
	}
	return nil
}

// forTwo finds work, and a day of the week, for which two members are free; if there
// is none, it is for one.
func (s scenes) forTwo(ctx context.Context, list []fitting) (fitting, time.Time, error) {
	for _, f := range list {
		for day := 1; day < 5 && len(f.who) > 1; day++ {
			starts := s.at(Weeks-2, day, 9, 30)
			free, err := s.free(ctx, f.who, starts)
			if err != nil || len(free) > 1 {
				f.who = free
				return f, starts, err
			}
		}
	}
	return list[0], s.at(Weeks-2, 2, 9, 30), nil
}

// free are those who have nothing to do on the day.
func (s scenes) free(ctx context.Context, who []worker, day time.Time) (free []worker, err error) {
	for _, w := range who {
		coming, err := s.jobs.Coming(ctx, s.people[w.member], s.clock.now(), 20)
		if err != nil {
			return nil, err
		}
		if !slices.ContainsFunc(coming, func(e jobs.Engagement) bool { return members.DayOf(e.Shift.Starts) == members.DayOf(day) }) {
			free = append(free, w)
		}
	}
	return free, nil
}

// mishap is one piece of such work.
type mishap struct {
	fitting
	seated
	gig jobs.Gig
}

func (m mishap) shift() jobs.Shift { return m.gig.Shifts[0] }

func (m mishap) done() done {
	return done{m.engagement, m.seated.who.Member, m.gig.Client, m.shift().Ends, int(m.shift().Worked() / time.Minute)}
}

// noteIll: the member is ill, and somebody else comes.
func (s scenes) noteIll(m mishap) {
	s.agenda.note(m.shift().Starts.Add(-2*time.Hour), func(ctx context.Context) error {
		if err := s.jobs.CallOff(ctx, m.seated.who, m.engagement, jobs.OffReason{Why: jobs.OffIll}); err != nil {
			return err
		}
		s.wait(12 * time.Minute)
		who, err := s.seats(ctx, m.fitting, m.gig.ID, m.shift(), 1)
		if err != nil || len(who) == 0 {
			return err
		}
		m.seated, s.own[who[0].engagement] = who[0], true
		s.proposeLate(m, 5*24*time.Hour) // as planned, and the client has not looked yet
		return nil
	})
}

// proposeLate plans that the member proposes the planned hours so long before the
// end, or when the work is done, but before silence would agree them.
func (s scenes) proposeLate(m mishap, before time.Duration) (at time.Time) {
	at = byDay(s.end.Add(-before))
	if last := m.shift().Ends.Add(6 * 24 * time.Hour); at.After(last) {
		at = last
	}
	if first := m.shift().Ends.Add(30 * time.Minute); at.Before(first) {
		at = first
	}
	d := m.done()
	s.propose(at, m.seated.who, d, jobs.Hours{Worked: d.worked()})
	return at
}

// noteCalledOff: the client calls the work off on the day itself, and pays a part.
func (s scenes) noteCalledOff(m mishap) {
	s.agenda.note(m.shift().Starts.Add(-3*time.Hour), func(ctx context.Context) error {
		costs, err := s.jobs.WorkCosts(ctx, m.poster.actor, m.engagement)
		if err != nil {
			return err
		}
		if err := s.jobs.CallOffWork(ctx, m.poster.actor, m.engagement, costs.Price().Total()); err != nil {
			return err
		}
		return s.notePay(ctx, m.done(), story{})
	})
}

// noteMissed: somebody says that the member did not come; they were there, and
// later the client counts other hours.
func (s scenes) noteMissed(m mishap) {
	s.agenda.note(m.shift().Starts.Add(25*time.Minute), func(ctx context.Context) error {
		if err := s.jobs.Miss(ctx, m.poster.actor, m.engagement); err != nil {
			return err
		}
		s.wait(8 * time.Minute)
		if err := s.jobs.WasThere(ctx, m.seated.who, m.engagement); err != nil {
			return err
		}
		s.wait(11 * time.Minute)
		if err := s.jobs.PutRight(ctx, s.office[m.seated.who.Cooperative], m.engagement); err != nil {
			return err
		}
		at, d := s.proposeLate(m, 84*time.Hour), m.done()
		s.propose(byDay(at.Add(20*time.Hour)), m.poster.actor, d, jobs.Hours{Worked: d.worked() - 30*time.Minute, Reason: "We zijn een half uur later begonnen."})
		return nil
	})
}
