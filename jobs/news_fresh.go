package jobs

import (
	"cmp"
	"context"
	"slices"
	"time"

	"meent/members"
)

// looked is what came of looking for news.
type looked struct {
	at    time.Time
	mail  []GigID // at most MostTold, the soonest first
	later []GigID // at most mostLater
}

// fresh looks among the gigs that are news to the member, for all searches together.
func (s *Service) fresh(ctx context.Context, index Index, can Can, told toldNews) (l looked, err error) {
	l.at = s.now()
	gigs, err := listFresh(ctx, s.db, told, l.at)
	if err != nil {
		return l, err
	}
	var seen, hidden []freshGig
	for _, gig := range gigs {
		if gig.starts.IsZero() {
			hidden = append(hidden, gig)
		} else {
			seen = append(seen, gig)
		}
	}
	fit, err := s.fitting(ctx, index, can, told.by, seen)
	if err != nil {
		return l, err
	}
	l.mail = idsOf(fit[:min(len(fit), MostTold)])
	l.later = idsOf(append(slices.Clip(fit[len(l.mail):]), hidden...))
	l.later = l.later[:min(len(l.later), mostLater)]
	return l, nil
}

// fitting are those that one of the searches finds, the soonest first.
func (s *Service) fitting(ctx context.Context, index Index, can Can, by members.Actor, fresh []freshGig) ([]freshGig, error) {
	if len(fresh) == 0 {
		return nil, nil
	}
	searches, err := s.searchesNow(ctx, by)
	if err != nil {
		return nil, err
	}
	f := &finder{Service: s, index: index, by: by, can: can, words: slices.ContainsFunc(searches, func(s Saved) bool { return len(s.Wish.words()) > 0 })}
	if f.near, err = findHome(ctx, s.db, by); err != nil {
		return nil, err
	}
	found := map[GigID]bool{}
	for _, search := range searches {
		gigs, err := f.find(ctx, search, search.news(fresh))
		if err != nil {
			return nil, err
		}
		for _, gig := range gigs {
			found[gig] = true
		}
	}
	fit := slices.DeleteFunc(slices.Clone(fresh), func(gig freshGig) bool { return !found[gig.id] })
	slices.SortFunc(fit, func(a, b freshGig) int { return cmp.Or(a.starts.Compare(b.starts), slices.Compare(a.id[:], b.id[:])) })
	return fit, nil
}

// searchesNow are those that can be read, without choices that are none any more,
// as the page leaves them out.
func (s *Service) searchesNow(ctx context.Context, by members.Actor) ([]Saved, error) {
	list, err := s.searches(ctx, by)
	if err != nil {
		return nil, err
	}
	groups, err := s.SkillGroups(ctx)
	if err != nil {
		return nil, err
	}
	known := make([]string, len(groups))
	for i, g := range groups {
		known[i] = g.Code
	}
	list = slices.DeleteFunc(list, func(search Saved) bool { return search.Gone })
	for i := range list {
		list[i].Wish = list[i].Wish.known(known)
	}
	return list, nil
}

// known is the wish without what is no choice.
func (w Wish) known(groups []string) Wish {
	w.Groups, w.Loads, w.Days, w.Parts = chosenOf(w.Groups, groups), chosenOf(w.Loads, Loads()), chosenOf(w.Days, Weekdays()), chosenOf(w.Parts, DayParts())
	if !slices.Contains(PayChoices(), w.LeastPay) {
		w.LeastPay = 0
	}
	if w.Metres < members.MinReach || w.Metres > members.MaxReach {
		w.Metres = 0
	}
	return w
}

func chosenOf[T comparable](chosen, choices []T) []T {
	return slices.DeleteFunc(slices.Clone(chosen), func(one T) bool { return !slices.Contains(choices, one) })
}

// news are the gigs that were posted after the search was saved.
func (s Saved) news(fresh []freshGig) []GigID {
	return idsOf(slices.DeleteFunc(slices.Clone(fresh), func(gig freshGig) bool { return !gig.posted.After(s.At) }))
}

func idsOf(fresh []freshGig) []GigID {
	gigs := make([]GigID, len(fresh))
	for i, gig := range fresh {
		gigs[i] = gig.id
	}
	return gigs
}

// lessGigs are the gigs that are not among the others, in their order.
func lessGigs(gigs, others []GigID) []GigID {
	return slices.DeleteFunc(slices.Clone(gigs), func(gig GigID) bool { return slices.Contains(others, gig) })
}
