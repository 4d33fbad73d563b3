package web

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// browse is a list of open gigs, what was looked for, and what the page needs
// to offer other choices.
type browse struct {
	sought
	found     jobs.Found
	there     []jobs.GigID // the open gigs in sought.places, if there are such
	groups    []jobs.SkillGroup
	places    []jobs.Place // those that are counted or named
	home      *jobs.Place  // a member's own; nil for everybody else
	travel    members.Travel
	fits      []jobs.GigID       // what a member can do, in the order in which it suits them; read where only that is listed
	prospects matching.Prospects // a member's, read where other work is listed too; nil for everybody else
	searches  jobs.Searches      // a member's; none for everybody else
	keeps     bool               // what was looked for can be saved
	wider     []wider            // ways out of an empty list
}

// browseGigs shows the open gigs that fit what the address asks, see sought, and
// ?page=. A form without script sends its empty fields too: the address without
// them is the one to keep and share.
func (r *request) browseGigs() error {
	asked := r.Request.URL.Query()
	number, err := pageNumber(asked.Get("page"))
	if err != nil {
		return err
	}
	groups, err := r.web.Jobs.SkillGroups(r.Request.Context())
	if err != nil {
		return err
	}
	b := browse{sought: r.sought(asked, groups), groups: groups}
	if hasEmpty(asked) {
		return r.to(b.path())
	}
	b.wish.Page = number
	if err := r.look(&b); err != nil {
		return err
	}
	if number > b.found.Pages() {
		return members.ErrNotFound
	}
	if b.found.Plain {
		r.web.Log.Warn("browse index", "says", "no answer in time; Postgres answered", "id", requestID(r.Request.Context()))
	}
	return r.page(http.StatusOK, r.t("nav.gigs"), browseBody(r, b))
}

// look finds the gigs and all that the page tells beside them.
func (r *request) look(b *browse) (err error) {
	ctx := r.Request.Context()
	if err := r.learnFits(ctx, b); err != nil {
		return err
	}
	if err := r.find(ctx, b); err != nil {
		return err
	}
	if err := r.learnPlaces(ctx, b); err != nil {
		return err
	}
	if err := r.learnSearches(ctx, b); err != nil {
		return err
	}
	b.wider, err = r.waysOut(ctx, *b)
	return err
}

// learnSearches knows what the member saved, and whether this may be: who is offered no
// work gets no mail. Without the key the list does without.
func (r *request) learnSearches(ctx context.Context, b *browse) (err error) {
	b.searches, err = r.web.Jobs.Searches(ctx, r.actor)
	b.keeps = err == nil && b.member && r.actor.Membership.Works() && !r.actor.Restricted()
	if errors.Is(err, members.ErrNoKey) {
		r.web.Log.Error("saved searches", "says", "left out of the list: the key is not there", "id", requestID(ctx))
		return nil
	}
	return err
}

// find asks the index, and reads what it found from Postgres.
func (r *request) find(ctx context.Context, b *browse) (err error) {
	if len(b.sought.places) > 0 {
		if b.there, err = r.web.Jobs.GigsIn(ctx, r.actor, b.sought.places); err != nil {
			return err
		}
	}
	b.wish.Only, b.wish.Ranked = b.only(), b.can && !b.onMap
	b.found, err = r.web.Jobs.Browse(ctx, r.web.Index, r.actor, b.wish)
	return err
}

// only is which gigs the list is limited to; nil is any. What a member can do stands in
// its order.
func (b browse) only() []jobs.GigID {
	switch {
	case len(b.sought.places) == 0 && b.can:
		return b.fits
	case len(b.sought.places) == 0:
		return nil
	case !b.can:
		return b.there
	}
	return slices.DeleteFunc(slices.Clone(b.fits), func(gig jobs.GigID) bool { return !slices.Contains(b.there, gig) })
}

// learnPlaces knows the places that are counted, the member's own, and how the
// member goes there.
func (r *request) learnPlaces(ctx context.Context, b *browse) (err error) {
	codes := slices.Clone(b.sought.places)
	for code := range b.found.Counts[jobs.PlaceFacet] {
		codes = append(codes, code)
	}
	own := ""
	if b.member {
		profile, err := r.web.Members.Profile(ctx, r.actor)
		if err != nil {
			return err
		}
		own, b.travel = profile.PlaceCode, profile.Travel
		codes = append(codes, own)
	}
	if b.places, err = r.web.Jobs.Places(ctx, codes); err != nil {
		return err
	}
	if i := slices.IndexFunc(b.places, func(p jobs.Place) bool { return p.Code == own }); i >= 0 {
		b.home = &b.places[i]
	}
	return nil
}

// placeName is what a place is called; one that is none has no name.
func (b browse) placeName(code string) string {
	for _, p := range b.places {
		if p.Code == code {
			return p.Name
		}
	}
	return ""
}

// hasEmpty knows the address that a form without script makes.
func hasEmpty(asked url.Values) bool {
	for _, name := range []string{"q", "km", "pay", "sort", "can"} {
		if values, there := asked[name]; there && values[0] == "" {
			return true
		}
	}
	return false
}

// path is the address of the first page of the same list.
func (b browse) path() string { return listPath(b.values()) }

// pagePath is the address of a page of the same list.
func (b browse) pagePath(number int) string {
	return b.with("page", func() []string {
		if number > 1 {
			return []string{strconv.Itoa(number)}
		}
		return nil
	}()...)
}

// with is the address of the same list with other values of one name; none
// takes it out.
func (b browse) with(name string, values ...string) string {
	v := b.values()
	delete(v, name)
	if len(values) > 0 {
		v[name] = values
	}
	return listPath(v)
}

// without is the address of the same list without one value.
func (b browse) without(name, value string) string {
	kept := slices.DeleteFunc(slices.Clone(b.values()[name]), func(v string) bool { return v == value })
	return b.with(name, kept...)
}

func listPath(v url.Values) string {
	if len(v) == 0 {
		return "/gigs"
	}
	return "/gigs?" + v.Encode()
}
