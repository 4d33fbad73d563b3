package web

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"meent/jobs"
	"meent/members"
)

// The ground of the map, in units of which a phone shows nine in ten as points of
// the screen.
const (
	mapWide    = 400
	mapLowest  = 300 // how high it is at least
	mapHighest = 520
	mapEdge    = 50     // kept free on all sides for circles and names
	mapLeast   = 12_000 // metres across: nearer than that places would say too much
	leastRound = 27     // of a circle, so that a thumb can hit it: 48 points of a phone
	mostRound  = 42
	leastRing  = 34    // of a distance: smaller it would be lost around home
	homeMetres = 5_500 // of ground on all sides of home, so that the least ring is whole
)

// gigMap is a plain map of where the work is: no land, no roads, and of no other
// site. North is up, and a kilometre is as long everywhere on it.
type gigMap struct {
	High    int
	Circles []mapCircle
	Rings   []mapRing
	Home    *mapPoint // where the member lives; nil for everybody else
}

type mapPoint struct{ X, Y int }

// mapCircle is a place with work, and those so near that they would lie over it.
type mapCircle struct {
	mapPoint
	Round  int
	Count  int
	Places []jobs.Place // the one with the most work first
	Name   int          // where the name stands, from above; 0: there is no room
}

// codes are the places' codes.
func (c mapCircle) codes() []string {
	codes := make([]string, len(c.Places))
	for i, p := range c.Places {
		codes[i] = p.Code
	}
	return codes
}

// mapRing is a distance from home.
type mapRing struct {
	mapPoint
	Round, Metres int
	Named         bool // its top is on the ground
}

// ringMetres are the distances that are drawn.
func ringMetres() []int { return []int{5_000, 10_000, 20_000} }

// drawMap places what is counted on the ground.
func drawMap(places []jobs.Place, counts map[string]int, home *jobs.Place) gigMap {
	with := slices.DeleteFunc(slices.Clone(places), func(p jobs.Place) bool { return counts[p.Code] == 0 })
	slices.SortStableFunc(with, func(a, b jobs.Place) int { return cmp.Compare(counts[b.Code], counts[a.Code]) })
	g := newGround(with, home)
	m := gigMap{High: g.high}
	for _, p := range with {
		m.add(p, g.point(p.Middle), counts[p.Code])
	}
	m.grow()
	if home != nil {
		at := g.point(home.Middle)
		m.Home = &at
		for _, metres := range ringMetres() {
			m.ring(at, metres, g.length(metres))
		}
	}
	m.nameThem()
	return m
}

// add draws a place, or counts it with the one that it would lie over.
func (m *gigMap) add(p jobs.Place, at mapPoint, count int) {
	round := roundOf(count)
	for i, c := range m.Circles {
		if apart(c.mapPoint, at) < c.Round+round {
			m.Circles[i].Count += count
			m.Circles[i].Places = append(c.Places, p)
			return
		}
	}
	m.Circles = append(m.Circles, mapCircle{mapPoint: at, Round: round, Count: count, Places: []jobs.Place{p}})
}

// grow gives circles of several places their size, where there is room.
func (m *gigMap) grow() {
	for i, c := range m.Circles {
		round := roundOf(c.Count)
		touches := slices.ContainsFunc(m.Circles, func(o mapCircle) bool {
			return o.mapPoint != c.mapPoint && apart(o.mapPoint, c.mapPoint) < o.Round+round
		})
		if !touches {
			m.Circles[i].Round = round
		}
	}
}

// roundOf grows with the number, slowly: the number itself stands in the circle,
// and large ones would lie over each other.
func roundOf(count int) int {
	return min(mostRound, leastRound-1+int(math.Round(math.Sqrt(float64(count)))))
}

// ring draws a distance, unless it would be lost around home or beyond the ground.
func (m *gigMap) ring(at mapPoint, metres, round int) {
	if round < leastRing || round > mapWide {
		return
	}
	r := mapRing{mapPoint: at, Round: round, Metres: metres}
	label := r.label()
	r.Named = label.top > 0 && !slices.ContainsFunc(m.Circles, func(c mapCircle) bool { return c.box().touches(label) })
	m.Rings = append(m.Rings, r)
}

// nameThem writes the names that lie over nothing, of the most work first.
func (m *gigMap) nameThem() {
	var taken []box
	for _, c := range m.Circles {
		taken = append(taken, c.box())
	}
	if m.Home != nil {
		taken = append(taken, box{m.Home.X - 14, m.Home.Y - 14, m.Home.X + 14, m.Home.Y + 14})
	}
	for _, r := range m.Rings {
		if r.Named {
			taken = append(taken, r.label())
		}
	}
	for i, c := range m.Circles {
		for _, label := range c.labels() {
			if label.left >= 0 && label.right <= mapWide && label.top >= 0 && label.bottom <= m.High && !slices.ContainsFunc(taken, label.touches) {
				taken = append(taken, label)
				m.Circles[i].Name = label.bottom - 5
				break
			}
		}
	}
}

// box is a part of the ground.
type box struct{ left, top, right, bottom int }

func (b box) touches(o box) bool {
	return b.left < o.right && o.left < b.right && b.top < o.bottom && o.top < b.bottom
}

func (c mapCircle) box() box { return box{c.X - c.Round, c.Y - c.Round, c.X + c.Round, c.Y + c.Round} }

// nameHigh and letterWide are about the size of the letters.
const nameHigh, letterWide = 20, 9

// label is where a ring is named, on top of it.
func (r mapRing) label() box {
	return box{r.X - 24, r.Y - r.Round - 4 - nameHigh, r.X + 24, r.Y - r.Round - 2}
}

// labels are where the name may stand: under the circle, or above it.
func (c mapCircle) labels() []box {
	half := len([]rune(c.Places[0].Name)) * letterWide / 2
	under, above := c.Y+c.Round+1, c.Y-c.Round-2-nameHigh
	return []box{{c.X - half, under, c.X + half, under + nameHigh}, {c.X - half, above, c.X + half, above + nameHigh}}
}

func apart(a, b mapPoint) int { return int(math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y))) }

// ground turns points of the earth into those of the picture: metres east and
// south of a corner, at the width of the middle. Over the Netherlands that is
// wrong by less than one in a hundred.
type ground struct {
	north, west float64 // of the corner, in degrees
	metres      float64 // a unit
	wide        float64 // how much shorter a degree of longitude is
	high        int
}

// degreeMetres is a degree of latitude.
const degreeMetres = 111_195

func newGround(places []jobs.Place, home *jobs.Place) ground {
	points := make([]members.Point, 0, len(places)+1)
	for _, p := range places {
		points = append(points, p.Middle)
	}
	if home != nil {
		points = append(points, around(home.Middle)...)
	}
	if len(points) == 0 {
		points = append(points, members.Point{Lat: 52.1, Lon: 5.3}) // the middle of the country
	}
	low, top := points[0], points[0]
	for _, p := range points {
		low.Lat, low.Lon = min(low.Lat, p.Lat), min(low.Lon, p.Lon)
		top.Lat, top.Lon = max(top.Lat, p.Lat), max(top.Lon, p.Lon)
	}
	middle := members.Point{Lat: (low.Lat + top.Lat) / 2, Lon: (low.Lon + top.Lon) / 2}
	g := ground{wide: math.Cos(middle.Lat * math.Pi / 180)}
	east, south := (top.Lon-low.Lon)*g.wide*degreeMetres, (top.Lat-low.Lat)*degreeMetres
	g.metres = max(mapLeast, east) / (mapWide - 2*mapEdge)
	g.metres = max(g.metres, south/(mapHighest-2*mapEdge))
	g.high = min(mapHighest, max(mapLowest, int(south/g.metres)+2*mapEdge))
	g.north = middle.Lat + float64(g.high)/2*g.metres/degreeMetres
	g.west = middle.Lon - mapWide/2*g.metres/degreeMetres/g.wide
	return g
}

// around are the corners of the ground that is kept around home.
func around(home members.Point) []members.Point {
	up := float64(homeMetres) / degreeMetres
	aside := up / math.Cos(home.Lat*math.Pi/180)
	return []members.Point{{Lat: home.Lat - up, Lon: home.Lon - aside}, {Lat: home.Lat + up, Lon: home.Lon + aside}}
}

func (g ground) point(p members.Point) mapPoint {
	return mapPoint{
		X: int(math.Round((p.Lon - g.west) * g.wide * degreeMetres / g.metres)),
		Y: int(math.Round((g.north - p.Lat) * degreeMetres / g.metres)),
	}
}

func (g ground) length(metres int) int { return int(math.Round(float64(metres) / g.metres)) }

// num writes a number of the picture.
func num(n int) string { return strconv.Itoa(n) }
