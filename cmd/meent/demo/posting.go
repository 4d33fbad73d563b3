package demo

import (
	"context"
	"fmt"
	"math/rand/v2"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// regulars is how many members have a past, both cooperatives together.
const regulars = 12

// enough is how many pieces of work somebody has who says no more often from then on.
const enough = 8

func (p *past) cooperatives() (list []id.Cooperative) {
	seen := map[id.Cooperative]bool{}
	for _, one := range p.posters {
		if c := one.actor.Cooperative; !seen[c] {
			seen[c] = true
			list = append(list, c)
		}
	}
	return list
}

// post lets one client of each cooperative post a gig.
func (p *past) post(ctx context.Context) error {
	for _, c := range p.cooperatives() {
		if err := p.postFor(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// postFor posts what fits the regular with the least work.
func (p *past) postFor(ctx context.Context, c id.Cooperative) error {
	who, found := p.idlest(c)
	if !found {
		return nil
	}
	w := pick(p.random, p.workFor(who))
	shifts, err := p.pastShifts(w)
	if err != nil || len(shifts) == 0 {
		return err
	}
	p.wait(minutes(p.random, 1, 9))
	gig := newGig(w.poster, w.template, shifts)
	if _, err := p.jobs.Post(ctx, w.poster.actor, gig); err != nil {
		return fmt.Errorf("demo: gig %q: %w", gig.Title, err)
	}
	return nil
}

func (p *past) idlest(c id.Cooperative) (who worker, found bool) {
	for _, w := range p.regular {
		if w.cooperative == c && (!found || p.worked[w.member] < p.worked[who.member]) {
			who, found = w, true
		}
	}
	return who, found
}

// pastShifts are one to three of the coming days, from the third on, with one
// seat each.
func (p *past) pastShifts(w work) (shifts []jobs.NewShift, err error) {
	zone, err := amsterdam()
	if err != nil {
		return nil, err
	}
	clock, err := time.Parse("15:04", pick(p.random, w.template.list("starts")))
	if err != nil {
		return nil, err
	}
	most := 1 + p.random.IntN(3)
	for _, ahead := range p.random.Perm(7) {
		day := p.clock.now().In(zone).AddDate(0, 0, 3+ahead)
		if len(shifts) == most || day.Weekday() == time.Sunday || !p.take(w.poster, w.template["code"], day) {
			continue
		}
		shift := newShift(w.template, day, clock)
		shift.Seats = 1
		shifts = append(shifts, shift)
	}
	return shifts, nil
}

func (p *past) isRegular(m members.MemberID) bool {
	for _, w := range p.regular {
		if w.member == m {
			return true
		}
	}
	return false
}

func minutes(r *rand.Rand, from, to int) time.Duration {
	return time.Duration(from+r.IntN(to-from)) * time.Minute
}
