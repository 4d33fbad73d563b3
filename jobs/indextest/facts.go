package indextest

import (
	"slices"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

func facts(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	finds(t, x, jobs.Query{Skills: []string{"vacuuming"}}, 2)
	finds(t, x, jobs.Query{Skills: []string{"shopping", "gardening"}}, 4, 5)
	finds(t, x, jobs.Query{Skills: []string{"no-such-skill"}})
	finds(t, x, jobs.Query{Loads: []jobs.Load{jobs.Heavy}}, 4, 6)
	finds(t, x, jobs.Query{Loads: []jobs.Load{jobs.Heavy}, Skills: []string{"gardening", "shopping"}}, 4)
	finds(t, x, jobs.Query{Loads: []jobs.Load{jobs.Heavy}, Text: "opruimen"}, 6)
	finds(t, x, jobs.Query{Loads: []jobs.Load{jobs.Light}, Text: "opruimen"})
}

func place(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	finds(t, x, jobs.Query{Near: arnhem(), Metres: 5_000}, 1, 3, 4, 6)
	finds(t, x, jobs.Query{Near: nijmegen(), Metres: 5_000}, 2, 5)
	finds(t, x, jobs.Query{Near: nijmegen(), Metres: 20_000}, 1, 2, 3, 4, 5, 6)
	finds(t, x, jobs.Query{Near: members.Point{Lat: 53.2, Lon: 6.56}, Metres: 50_000})
	finds(t, x, jobs.Query{Near: nijmegen(), Metres: 5_000, Text: "stofzuigen"}, 2)
	finds(t, x, jobs.Query{Near: arnhem(), Metres: 5_000, Text: "stofzuigen"})
	put(t, x, gig(7, "Ramen tellen op een foto", atHome, inNijmegen))
	finds(t, x, jobs.Query{Near: arnhem(), Metres: 5_000}, 1, 3, 4, 6, 7)
	finds(t, x, jobs.Query{Near: members.Point{Lat: 53.2, Lon: 6.56}, Metres: 50_000}, 7)
	finds(t, x, jobs.Query{Near: arnhem(), Metres: 1}, 1, 3, 4, 6, 7) // at the door
}

// nearest: the first in the list is the least far, and work at home is no way at all.
func nearest(t *testing.T, x jobs.Index) {
	zwolle := members.Point{Lat: 52.51, Lon: 6.09}
	inZwolle := func(d *jobs.Document) { d.PlaceCode, d.PlaceName, d.Place = "zwolle", "Zwolle", zwolle }
	put(t, x, gig(1, "Ramen lappen", inZwolle), gig(2, "Ramen lappen", inNijmegen), gig(5, "Tuin", atHome), gig(3, "Ramen lappen"),
		gig(4, "Ramen lappen", inZwolle, atHome), gig(6, "Tuin", inNijmegen), gig(7, "Ramen lappen", of(2)))
	finds(t, x, jobs.Query{Near: arnhem(), Sort: jobs.Nearest}, 4, 5, 3, 2, 6, 1)
	finds(t, x, jobs.Query{Near: zwolle, Sort: jobs.Nearest}, 4, 5, 1, 3, 2, 6)
	finds(t, x, jobs.Query{Near: nijmegen(), Sort: jobs.Nearest, Text: "ramen"}, 4, 2, 3, 1)
	finds(t, x, jobs.Query{Near: nijmegen(), Sort: jobs.Nearest, Metres: 20_000}, 4, 5, 2, 6, 3)
	finds(t, x, jobs.Query{Near: nijmegen(), Sort: jobs.Soonest, Metres: 20_000}, 2, 3, 4, 5, 6)
	paged := search(t, x, jobs.Query{Near: arnhem(), Sort: jobs.Nearest, Size: 2, Page: 2})
	if paged.Total != 6 || !slices.Equal(paged.Gigs, []jobs.GigID{GigID(3), GigID(2)}) {
		t.Errorf("the second page is %+v", paged)
	}
}

func dates(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	third := Morning().Add(2 * time.Hour)
	finds(t, x, jobs.Query{From: third}, 3, 4, 5, 6)
	finds(t, x, jobs.Query{From: third.Add(time.Nanosecond)}, 4, 5, 6)
	finds(t, x, jobs.Query{Until: third}, 1, 2)
	finds(t, x, jobs.Query{From: third, Until: third.Add(2 * time.Hour)}, 3, 4)
	finds(t, x, jobs.Query{From: third, Until: third})
	finds(t, x, jobs.Query{From: third, Text: "nijmegen"}, 5)
}
