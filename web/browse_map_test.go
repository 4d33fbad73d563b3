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

// TestReaches: the choices grow, and a distance that was chosen otherwise is one.
func TestReaches(t *testing.T) {
	for _, by := range members.Travels() {
		list := reaches(by, 0)
		for i, one := range list {
			if one.metres < members.MinReach || one.metres > members.MaxReach || i > 0 && one.metres <= list[i-1].metres {
				t.Errorf("%s: %+v", by, list)
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
