package jobs_test

import (
	"maps"
	"slices"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestPlainAnswersAllOfAWish: from Postgres alone, with counts, and as the index
// does. On 25 October the
// clock goes back: both Saturday and Monday morning begin at eight.
func TestPlainAnswersAllOfAWish(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 10, 22, 9, 0, 0, 0, time.UTC)
	post := func(title, place string, rate payments.Cents, load jobs.Load, start time.Time, change func(*jobs.NewGig)) jobs.GigID {
		n := h.gig()
		n.Title, n.PlaceCode, n.Rate, n.Load = title, place, rate, load
		n.Shifts = []jobs.NewShift{{Starts: start, Ends: start.Add(3 * time.Hour), Seats: 2}}
		change(&n)
		return h.post(h.client, n)
	}
	at := func(day, hour int) time.Time { return time.Date(2026, 10, day, hour, 0, 0, 0, members.Amsterdam()) }
	saturday := post("Ramen lappen", "arnhem", 1600, jobs.Light, at(24, 8), func(n *jobs.NewGig) { n.SupportOnSite = true })
	monday := post("Tuin wieden in het cafépark", "nijmegen", 1850, jobs.Heavy, at(26, 8), func(n *jobs.NewGig) { n.WithOthers, n.Skills = true, nil })
	home := post("Enveloppen vullen", "groningen", 2600, jobs.Light, at(27, 19), func(n *jobs.NewGig) { n.Meeting.Remote = true })
	all, index := []jobs.GigID{saturday, monday, home}, h.index(t)
	for name, tt := range map[string]struct {
		wish jobs.Wish
		want []jobs.GigID
	}{
		"everything":            {jobs.Wish{}, all},
		"the soonest":           {jobs.Wish{Sort: jobs.Soonest}, all},
		"the nearest":           {jobs.Wish{Sort: jobs.Nearest}, []jobs.GigID{home, monday, saturday}},
		"mornings":              {jobs.Wish{Parts: []jobs.DayPart{jobs.Morning}}, []jobs.GigID{saturday, monday}},
		"a Monday morning":      {jobs.Wish{Days: []time.Weekday{time.Monday}, Parts: []jobs.DayPart{jobs.Morning}}, []jobs.GigID{monday}},
		"a Monday evening":      {jobs.Wish{Days: []time.Weekday{time.Monday}, Parts: []jobs.DayPart{jobs.Evening}}, nil},
		"pay":                   {jobs.Wish{LeastPay: 1800}, []jobs.GigID{monday, home}},
		"load":                  {jobs.Wish{Loads: []jobs.Load{jobs.Light}}, []jobs.GigID{saturday, home}},
		"help":                  {jobs.Wish{Support: true}, []jobs.GigID{saturday}},
		"others":                {jobs.Wish{Others: true}, []jobs.GigID{monday}},
		"near, or at home":      {jobs.Wish{Metres: 5000}, []jobs.GigID{monday, home}},
		"some of them":          {jobs.Wish{Only: []jobs.GigID{home, saturday}}, []jobs.GigID{saturday, home}},
		"none of them":          {jobs.Wish{Only: []jobs.GigID{}}, nil},
		"some, in their order":  {jobs.Wish{Only: []jobs.GigID{home, saturday}, Ranked: true}, []jobs.GigID{home, saturday}},
		"none, in their order":  {jobs.Wish{Only: []jobs.GigID{}, Ranked: true}, nil},
		"one that is not there": {jobs.Wish{Only: []jobs.GigID{monday, {1}, home}, Ranked: true}, []jobs.GigID{monday, home}},
		"some that are light":   {jobs.Wish{Only: []jobs.GigID{home, monday, saturday}, Ranked: true, Loads: []jobs.Load{jobs.Light}}, []jobs.GigID{home, saturday}},
		"the soonest of some":   {jobs.Wish{Only: []jobs.GigID{home, saturday}, Ranked: true, Sort: jobs.Soonest}, []jobs.GigID{saturday, home}},
		"a page beyond":         {jobs.Wish{Only: []jobs.GigID{home, saturday}, Ranked: true, Page: 2}, nil},
		"a beginning":           {jobs.Wish{Text: "enveloppen vul"}, []jobs.GigID{home}},
		"a part of a long word": {jobs.Wish{Text: "wieden cafepa"}, []jobs.GigID{monday}},
		"a skill's other name":  {jobs.Wish{Text: "glazenwassen"}, []jobs.GigID{saturday, home}},
		"a place":               {jobs.Wish{Text: "nijmegen"}, []jobs.GigID{monday}},
		"a group":               {jobs.Wish{Groups: []string{h.group(t)}}, []jobs.GigID{saturday, home}},
		"a second page":         {jobs.Wish{Sort: jobs.Nearest, Page: 2}, nil},
	} {
		for by, index := range map[string]jobs.Index{"postgres": nil, "the index": index} {
			if found := h.browse(t, index, h.member, tt.wish); !slices.Equal(ids(found), tt.want) || tt.wish.Page == 0 && found.Total != len(tt.want) {
				t.Errorf("%s by %s: %v of %d, want %v", name, by, ids(found), found.Total, tt.want)
			}
		}
	}
	narrow := jobs.Wish{Loads: []jobs.Load{jobs.Light}, Parts: []jobs.DayPart{jobs.Morning}}
	counts := h.browse(t, nil, h.member, narrow).Counts
	alike := h.browse(t, index, h.member, narrow).Counts
	for _, facet := range jobs.Facets() {
		if !maps.Equal(counts[facet], alike[facet]) {
			t.Errorf("Postgres counts %v by %s, and the index %v", counts[facet], facet, alike[facet])
		}
	}
	for _, tt := range []struct {
		facet jobs.Facet
		value string
		want  int
	}{
		{jobs.LoadFacet, "heavy", 1}, {jobs.LoadFacet, "light", 1}, {jobs.PartFacet, "evening", 1}, {jobs.DayFacet, "6", 1}, {jobs.DayFacet, "2", 0},
		{jobs.PayFacet, "1600", 1}, {jobs.PayFacet, "1700", 0}, {jobs.SupportFacet, "true", 1}, {jobs.PlaceFacet, "arnhem", 1}, {jobs.RemoteFacet, "true", 0},
	} {
		if got := counts[tt.facet][tt.value]; got != tt.want {
			t.Errorf("%d with %s %s, want %d", got, tt.facet, tt.value, tt.want)
		}
	}
}

// TestPlainLeavesOutFullShifts: a shift without a seat is none on which somebody
// can begin.
func TestPlainLeavesOutFullShifts(t *testing.T) {
	h := newHouse(t)
	n := h.gig() // on Wednesday
	n.Shifts = append(n.Shifts, jobs.NewShift{Starts: n.Shifts[0].Starts.Add(24 * time.Hour), Ends: n.Shifts[0].Ends.Add(24 * time.Hour), Seats: 2})
	gig := h.post(h.client, n)
	h.fillUp(t, gig)
	for day, want := range map[time.Weekday]int{time.Wednesday: 0, time.Thursday: 1} {
		if found := h.browse(t, nil, h.member, jobs.Wish{Days: []time.Weekday{day}}); found.Total != want {
			t.Errorf("%v: %d, want %d", day, found.Total, want)
		}
	}
}
