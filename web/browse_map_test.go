package web

import (
	"math"
	"testing"

	"pgregory.net/rapid"

	"meent/jobs"
	"meent/members"
)

func place(code string, lat, lon float64) jobs.Place {
	return jobs.Place{Code: code, Name: code, Middle: members.Point{Lat: lat, Lon: lon}}
}

// TestMapIsTrue: as far apart on the picture as on the earth, north up.
func TestMapIsTrue(t *testing.T) {
	arnhem, nijmegen, home := place("arnhem", 51.985, 5.899), place("nijmegen", 51.8425, 5.8528), place("wijchen", 51.809, 5.725)
	m := drawMap([]jobs.Place{nijmegen, home, arnhem}, map[string]int{"arnhem": 3, "nijmegen": 40}, &home)
	if len(m.Circles) != 2 || m.Home == nil || m.Circles[0].Count != 40 {
		t.Fatalf("%+v", m)
	}
	n, a := m.Circles[0], m.Circles[1]
	if n.Y <= a.Y || m.Home.X >= n.X || n.Round <= a.Round {
		t.Errorf("Nijmegen %v, Arnhem %v, home %v", n, a, *m.Home)
	}
	g := newGround([]jobs.Place{nijmegen, arnhem}, &home)
	want := float64(g.length(arnhem.Middle.Metres(nijmegen.Middle)))
	if drawn := math.Hypot(float64(a.X-n.X), float64(a.Y-n.Y)); math.Abs(drawn-want) > 3 {
		t.Errorf("drawn %.1f apart, want %.1f", drawn, want)
	}
}

// TestMapHoldsTheCountry: whatever is counted lies on the ground, no two circles
// over each other, and no gig is lost.
func TestMapHoldsTheCountry(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var places []jobs.Place
		counts, all := map[string]int{}, 0
		for i := range rapid.IntRange(0, 60).Draw(t, "places") {
			p := place(num(i), rapid.Float64Range(50.75, 53.5).Draw(t, "lat"), rapid.Float64Range(3.4, 7.2).Draw(t, "lon"))
			places, counts[p.Code] = append(places, p), rapid.IntRange(0, 500).Draw(t, "count")
			all += counts[p.Code]
		}
		var home *jobs.Place
		if len(places) > 0 && rapid.Bool().Draw(t, "home") {
			home = &places[0]
		}
		m, drawn := drawMap(places, counts, home), 0
		for i, c := range m.Circles {
			drawn += c.Count
			if box := c.box(); box.left < 0 || box.top < 0 || box.right > mapWide || box.bottom > m.High || c.Round < leastRound {
				t.Errorf("a circle at %+v of %d by %d", box, mapWide, m.High)
			}
			for _, o := range m.Circles[:i] {
				if apart(o.mapPoint, c.mapPoint) < o.Round+c.Round {
					t.Errorf("%+v lies over %+v", c, o)
				}
			}
		}
		if drawn != all {
			t.Errorf("%d gigs are drawn of %d", drawn, all)
		}
	})
}

// TestMapWithoutAnything has a ground.
func TestMapWithoutAnything(t *testing.T) {
	if m := drawMap(nil, nil, nil); m.High < mapLowest || len(m.Circles)+len(m.Rings) > 0 {
		t.Errorf("%+v", m)
	}
}

// TestPace: farther is never sooner, whoever is told so many minutes is found by
// that choice, and long roads go faster than short ones.
func TestPace(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		p := paceOf(rapid.SampledFrom(members.Travels()).Draw(t, "by"))
		near := rapid.IntRange(0, 60_000).Draw(t, "near")
		far := near + rapid.IntRange(0, 5_000).Draw(t, "more")
		if p.minutes(far) < p.minutes(near) || p.metres(p.minutes(far)) < far || p.minutes(far)%5 != 0 {
			t.Errorf("%+v: %d m in %d minutes, %d m in %d", p, near, p.minutes(near), far, p.minutes(far))
		}
	})
	for by, want := range map[members.Travel][2]int{members.Walk: {50, 1000}, members.Bike: {15, 300}, members.Transit: {20, 120}, members.Car: {15, 85}} {
		if p := paceOf(by); p.minutes(3_000) != want[0] || p.minutes(60_000) != want[1] {
			t.Errorf("%s: 3 km in %d minutes, 60 km in %d", by, p.minutes(3_000), p.minutes(60_000))
		}
	}
}

// TestMapKeepsGroundAroundHome: the least ring is whole, also far from all work.
func TestMapKeepsGroundAroundHome(t *testing.T) {
	home := place("langenboom", 51.70, 5.71)
	m := drawMap([]jobs.Place{home, place("arnhem", 51.985, 5.899)}, map[string]int{"arnhem": 9}, &home)
	if len(m.Rings) == 0 {
		t.Fatal("no distance is drawn")
	}
	if r := m.Rings[0]; r.Metres != 5_000 || r.X-r.Round < 0 || r.Y+r.Round > m.High {
		t.Errorf("the ring %+v is cut off on %d by %d", r, mapWide, m.High)
	}
}

// TestReaches: the choices grow, and a distance that was chosen otherwise is one.
func TestReaches(t *testing.T) {
	for _, by := range members.Travels() {
		list := reaches(by, 0)
		for i, one := range list {
			if one.metres < members.MinReach || one.metres > members.MaxReach || i > 0 && one.metres <= list[i-1].metres {
				t.Errorf("%s: %+v", by, list)
			}
			if got := paceOf(by).minutes(one.metres); got != one.minutes {
				t.Errorf("%s: %d minutes are %d metres, and those %d minutes", by, one.minutes, one.metres, got)
			}
			if got := metresOf(kmValue(one.metres)); got != one.metres {
				t.Errorf("%d metres are read as %d", one.metres, got)
			}
		}
		if other := reaches(by, 7777); len(other) != len(list)+1 || other[len(list)].metres != 7777 || len(reaches(by, list[2].metres)) != len(list) {
			t.Errorf("%s: %+v", by, other)
		}
	}
	for _, junk := range []string{"", "0", "-3", "NaN", "Inf", "0.4", "101", "1e9", "2,5", "0x10", " 2"} {
		if got := metresOf(junk); got != 0 && junk != "0x10" {
			t.Errorf("%q is %d metres", junk, got)
		}
	}
}
