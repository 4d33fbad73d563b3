package demo

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// scenes are what gigs, shifts and hours can be, once in each cooperative, so that
// every page of them is alive. They draw nothing by lot.
type scenes struct {
	*coached
}

// note plans them, each cooperative's a few minutes after the other's.
func (s scenes) note() {
	for turn, c := range s.cooperatives() {
		later := time.Duration(turn) * 4 * time.Minute
		at := func(before time.Duration) time.Time { return byDay(s.end.Add(-before)).Add(later) }
		do := func(when time.Time, what func(context.Context, id.Cooperative) error) {
			s.agenda.note(when, func(ctx context.Context) error { return what(ctx, c) })
		}
		do(s.at(0, 1, 9, 30+turn), s.certify)
		do(s.at(1, 1, 11, 30+turn), s.admit)
		s.noteSteps(c)
		do(s.at(Weeks-2, 0, 10, 20+turn), s.mishaps)
		do(at(5*24*time.Hour), s.praise)
		do(at(4*24*time.Hour), s.coming)
		do(at(34*time.Hour), s.drafts)
		do(at(33*time.Hour), s.searches)
	}
}

// fitting is work, and the members who are fit for it: those with a past first.
type fitting struct {
	work
	who []worker
}

// busiest lists what organisations of the cooperative may post, that for which
// most members are fit first; and among the first of them each client only once.
func (s scenes) busiest(c id.Cooperative) []fitting {
	var all []fitting
	for _, p := range s.posters {
		if p.actor.Cooperative != c || p.organisation["kind"] != string(members.Organisation) {
			continue
		}
		for _, code := range p.organisation.list("templates") {
			if template, ok := s.template(code); ok {
				all = append(all, s.fit(work{p, template}))
			}
		}
	}
	slices.SortStableFunc(all, func(a, b fitting) int { return cmp.Compare(len(b.who), len(a.who)) })
	var first, rest []fitting
	for _, one := range all {
		if slices.ContainsFunc(first, func(f fitting) bool { return f.poster.actor.Client == one.poster.actor.Client }) {
			rest = append(rest, one)
		} else {
			first = append(first, one)
		}
	}
	return append(first, rest...)
}

func (s scenes) fit(w work) fitting {
	f := fitting{work: w}
	for _, one := range s.workers {
		if one.fits(w.poster, w.template) {
			f.who = append(f.who, one)
		}
	}
	slices.SortStableFunc(f.who, func(a, b worker) int {
		switch old, new := s.isRegular(a.member), s.isRegular(b.member); {
		case old == new:
			return 0
		case old:
			return -1
		default:
			return 1
		}
	})
	return f
}

// seated is who has a seat.
type seated struct {
	who        members.Actor
	engagement jobs.EngagementID
}

// seats lets members ask for a seat on the gig's shift, and the client say yes, at
// most so many times.
func (s scenes) seats(ctx context.Context, f fitting, gig jobs.GigID, shift jobs.Shift, most int) (list []seated, err error) {
	for _, w := range f.who {
		if len(list) == most {
			break
		}
		who := s.people[w.member]
		offer, asked, err := s.matching.Ask(ctx, who, shift.ID)
		if errors.Is(err, matching.ErrBroken) || err == nil && !asked {
			continue
		}
		if err != nil {
			return nil, err
		}
		s.wait(3 * time.Minute)
		if err := s.matching.Grant(ctx, f.poster.actor, offer); err != nil {
			return nil, err
		}
		engagement, err := s.jobs.EngagedOn(ctx, who, gig)
		if err != nil {
			return nil, err
		}
		list = append(list, seated{who, engagement})
	}
	return list, nil
}

// post posts a gig of one shift, or more, and gives it back with its shifts.
func (s scenes) post(ctx context.Context, f fitting, n jobs.NewGig) (jobs.Gig, error) {
	gig, err := s.jobs.Post(ctx, f.poster.actor, n)
	if err != nil {
		return jobs.Gig{}, err
	}
	return s.jobs.Gig(ctx, f.poster.actor, gig)
}
