package web

import (
	"fmt"
	"slices"

	"meent/jobs"
	"meent/web/ui"
)

// foundText says how many gigs there are.
func (r *request) foundText(b browse) string {
	switch {
	case b.found.Total == 0:
		return r.t("browse.none")
	case b.narrowed():
		return r.words.N("browse.count", b.shown())
	case b.can:
		return r.words.N("browse.count_can", b.shown())
	case b.onMap && b.found.Counts != nil:
		return r.words.N("browse.count_free", b.shown())
	case b.onMap || b.wish.Sort == jobs.Nearest:
		return r.words.N("browse.count_all", b.shown())
	}
	return r.words.N("gigs.count", b.found.Total)
}

// shown is how many gigs the page tells of: on the map those of its circles and
// those done at home. A coordinator's list has the full ones too, its map has not.
func (b browse) shown() int {
	if !b.onMap || b.found.Counts == nil {
		return b.found.Total
	}
	n := b.found.Counts[jobs.RemoteFacet]["true"]
	for _, p := range b.places {
		n += b.found.Counts[jobs.PlaceFacet][p.Code]
	}
	return n
}

// plainText says what is missing while Postgres answers.
func (r *request) plainText(b browse) string {
	if len((jobs.Query{Text: b.wish.Text}).Words()) == 0 {
		return r.t("browse.plain_wordless")
	}
	return r.t("browse.plain")
}

// noneText is what to do about an empty list which no one thing less would fill.
func (r *request) noneText(b browse) string {
	switch chosen := b.wish.Limits() || len(b.sought.places) > 0; {
	case b.wish.Text != "" && chosen:
		return r.t("browse.none_both")
	case chosen:
		return r.t("browse.none_chosen")
	default:
		return r.t("browse.none_words")
	}
}

func (r *request) filtersText(chosen int) string {
	if chosen == 0 {
		return r.t("browse.filters")
	}
	return r.t("browse.filters_chosen", "Count", chosen)
}

// keptValues are what the form keeps without a field of it: names and values.
func (b browse) keptValues() (kept []ui.Link) {
	for _, name := range []string{"can", "place", "view"} {
		for _, value := range b.values()[name] {
			kept = append(kept, ui.Link{Text: name, Path: value})
		}
	}
	return kept
}

func (f facet) input() string {
	if f.One {
		return "radio"
	}
	return "checkbox"
}

// listIn is the list of the gigs in these places.
func (b browse) listIn(codes []string) string {
	there := b
	there.sought.places, there.onMap = codes, false
	return there.path()
}

// circleText is what a circle of the map says.
func (r *request) circleText(c mapCircle) string {
	if len(c.Places) == 1 {
		return r.words.N("browse.in_place", c.Count, "Place", c.Places[0].Name)
	}
	return r.words.N("browse.in_places", c.Count, "Place", c.Places[0].Name)
}

// placeRow is a place with work in the table below the map.
type placeRow struct {
	name, path string
	count      int
	metres     int
	far        string
}

// placeRows are all that the map shows: to a member the nearest first, to others
// by name.
func (r *request) placeRows(b browse) (rows []placeRow) {
	for _, p := range b.places {
		n := b.found.Counts[jobs.PlaceFacet][p.Code]
		if n == 0 {
			continue
		}
		row := placeRow{name: p.Name, path: b.listIn([]string{p.Code}), count: n}
		if b.home != nil {
			row.metres, row.far = p.Middle.Metres(b.home.Middle), r.farText(p, *b.home)
		}
		rows = append(rows, row)
	}
	slices.SortStableFunc(rows, func(x, y placeRow) int { return x.metres - y.metres })
	return rows
}

func (r *request) farText(p, home jobs.Place) string {
	if p.Code == home.Code {
		return r.t("browse.own_place")
	}
	return r.words.Distance(p.Middle.Metres(home.Middle))
}

// homeAt moves the picture of home to its place, above a circle that lies there.
func (m gigMap) homeAt() string {
	y := m.Home.Y
	for _, c := range m.Circles {
		if apart(c.mapPoint, *m.Home) < c.Round+8 {
			y = min(y, c.Y-c.Round-14)
		}
	}
	return fmt.Sprintf("translate(%d %d)", m.Home.X, max(12, y))
}
