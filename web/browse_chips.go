package web

import (
	"context"
	"slices"

	"meent/jobs"
	"meent/web/ui"
)

// chips are what was chosen, each with the way to the list without it.
func (r *request) chips(b browse) (chips []ui.Link) {
	for _, f := range r.facets(b) {
		if f.Name == "sort" {
			continue
		}
		for _, c := range f.Choices {
			if c.Chosen && c.Value != "" {
				chips = append(chips, ui.Link{Text: c.Text, Path: b.without(f.Name, c.Value)})
			}
		}
	}
	for _, code := range b.sought.places {
		if name := b.placeName(code); name != "" {
			chips = append(chips, ui.Link{Text: name, Path: b.without("place", code)})
		}
	}
	return chips
}

// bare is the same list without anything that was chosen or typed: it keeps the
// map and what a member can do.
func (b browse) bare() string {
	bare := b
	bare.wish, bare.sought.places = jobs.Wish{Sort: b.wish.Sort}, nil
	return bare.path()
}

// narrowed reports whether anything was typed or chosen.
func (b browse) narrowed() bool {
	return b.wish.Text != "" || b.wish.Limits() || len(b.sought.places) > 0
}

// wider is a list with one thing less, and how many gigs it holds.
type wider struct {
	name, path string
	count      int
}

// mostWider is how many ways out of an empty list are shown.
const mostWider = 4

// waysOut asks what an empty list would hold with one thing less.
func (r *request) waysOut(ctx context.Context, b browse) (ways []wider, err error) {
	if b.found.Total > 0 {
		return nil, nil
	}
	var wishes []jobs.Wish
	for _, name := range r.droppable(b) {
		less := r.less(b, name)
		less.wish.Only = less.only()
		ways, wishes = append(ways, wider{name: name, path: less.path()}), append(wishes, less.wish)
	}
	totals, err := r.web.Jobs.Wider(ctx, r.web.Index, r.actor, b.found, wishes)
	if err != nil {
		return nil, err
	}
	for i, total := range totals {
		ways[i].count = total
	}
	ways = slices.DeleteFunc(ways, func(w wider) bool { return w.count == 0 })
	slices.SortStableFunc(ways, func(x, y wider) int { return y.count - x.count })
	return ways[:min(len(ways), mostWider)], nil
}

// less is the list without this, and knows what the list knows.
func (r *request) less(b browse, name string) browse {
	v := b.values()
	delete(v, name)
	if name == "can" {
		v.Set("can", "0")
	}
	return browse{sought: r.sought(v, b.groups), fits: b.fits, prospects: b.prospects, there: b.there}
}

// droppable are the names of what limits the list.
func (r *request) droppable(b browse) (names []string) {
	if b.can {
		names = append(names, "can")
	}
	for _, name := range []string{"q", "kind", "km", "day", "part", "pay", "load", "support", "others", "place"} {
		if len(b.values()[name]) > 0 {
			names = append(names, name)
		}
	}
	return names
}

// widerText is "Zonder soort werk: 12 klussen".
func (r *request) widerText(w wider) string {
	if w.name == "can" {
		return r.words.N("browse.with_other", w.count)
	}
	return r.words.N("browse.without", w.count, "What", r.dropped(w.name))
}

func (r *request) dropped(name string) string {
	switch name {
	case "q":
		return r.t("browse.less_words")
	case "kind":
		return r.t("browse.less_kind")
	case "km":
		return r.t("browse.less_distance")
	case "day":
		return r.t("browse.less_days")
	case "part":
		return r.t("browse.less_parts")
	case "pay":
		return r.t("browse.less_pay")
	case "load":
		return r.t("browse.less_load")
	case "support":
		return r.t("browse.less_support")
	case "others":
		return r.t("browse.less_others")
	default:
		return r.t("browse.less_place")
	}
}
