package jobs

import (
	"context"
	"errors"
	"slices"
	"time"

	"meent/members"
)

// newsTime is how long news waits for one answer of the index: nobody looks at a
// page meanwhile.
const newsTime = 5 * time.Second

// mostFits is how many gigs one search finds at most.
const mostFits = MostTold + mostLater

// finder finds gigs for the searches of one member.
type finder struct {
	*Service
	index Index
	by    members.Actor
	near  members.Point
	words bool // a search has some
	can   Can
	fits  map[GigID]bool // what the member can do; nil until it is asked
	all   []candidate    // of Postgres; nil until it is asked
}

// find gives those of the gigs that the search finds. What the member can do is
// asked only where something else fits.
func (f *finder) find(ctx context.Context, search Saved, among []GigID) ([]GigID, error) {
	found, err := f.among(ctx, search.Wish, among)
	if err != nil || !search.CanDo || len(found) == 0 {
		return found, err
	}
	if err := f.askCan(ctx); err != nil {
		return nil, err
	}
	if len(found) >= mostFits {
		found, err = f.among(ctx, search.Wish, slices.DeleteFunc(among, f.cannot))
	}
	return slices.DeleteFunc(found, f.cannot), err
}

func (f *finder) cannot(gig GigID) bool { return !f.fits[gig] }

func (f *finder) askCan(ctx context.Context) error {
	if f.fits != nil {
		return nil
	}
	gigs, err := f.can(ctx, f.by)
	if err != nil {
		return err
	}
	f.fits = make(map[GigID]bool, len(gigs))
	for _, gig := range gigs {
		f.fits[gig] = true
	}
	return nil
}

// among gives those of the gigs that fit the wish, mostFits or some more at most.
// All of them fit a wish for nothing in particular: no index is needed for that.
func (f *finder) among(ctx context.Context, w Wish, gigs []GigID) ([]GigID, error) {
	if len(gigs) == 0 || len(w.words()) == 0 && !w.Limits() {
		return gigs, nil
	}
	w.Only = gigs
	q := w.asked(f.by)
	q.Near, q.Count, q.Size = f.near, false, window
	if f.index == nil {
		return f.plain(ctx, q)
	}
	found, err := f.indexed(ctx, q)
	if errors.Is(err, ErrUnfitQuery) { // never will: so the page shows what Postgres finds
		return f.plain(ctx, q)
	}
	return found, err
}

func (f *finder) indexed(ctx context.Context, q Query) (found []GigID, err error) {
	for q.Page = 1; len(found) < mostFits; q.Page++ {
		hits, err := f.ask(ctx, q)
		if err != nil {
			return nil, err
		}
		found = append(found, hits.Gigs...)
		if len(hits.Gigs) < q.Size {
			break
		}
	}
	return found, nil
}

// ask asks the index apart from what pages ask of it: neither costs the other its
// rest.
func (f *finder) ask(ctx context.Context, q Query) (Hits, error) {
	asked := f.now()
	if !f.askedFor.mayAsk(q.Cooperative, asked) {
		return Hits{}, unansweredError{errRests}
	}
	within, done := context.WithTimeout(ctx, newsTime)
	defer done()
	hits, err := f.index.Search(within, q)
	if gone := ctx.Err(); gone != nil {
		f.askedFor.giveBack(q.Cooperative, asked)
		return Hits{}, gone
	}
	f.askedFor.note(q.Cooperative, f.now(), err)
	if err != nil {
		return Hits{}, unansweredError{err}
	}
	return hits, nil
}

// plain reads from Postgres once for all searches.
func (f *finder) plain(ctx context.Context, q Query) (found []GigID, err error) {
	if f.all == nil {
		if f.all, err = f.candidates(ctx, f.by, f.near, f.words); err != nil {
			return nil, err
		}
	}
	q.Page, q.Size = 1, len(f.all)
	return answer(f.all, q).Gigs, nil
}
