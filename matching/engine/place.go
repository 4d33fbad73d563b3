package engine

import (
	"math"

	"meent/members"
)

// vector is a place on the ball with radius 1: what is near there is near on earth,
// over the poles and the date line too.
type vector [3]float32

const (
	earthMetres = 6_371_000
	slack       = 40.0 / earthMetres // more than a vector is ever beside its place
)

// vectorOf a place that the world does not have is no number: it is never left out as
// too far, and its distance is computed in full.
func vectorOf(p members.Point) vector {
	if !(math.Abs(p.Lat) <= 90 && math.Abs(p.Lon) <= 180) {
		nan := float32(math.NaN())
		return vector{nan, nan, nan}
	}
	lat, lon := p.Lat*math.Pi/180, p.Lon*math.Pi/180
	return vector{float32(math.Cos(lat) * math.Cos(lon)), float32(math.Cos(lat) * math.Sin(lon)), float32(math.Sin(lat))}
}

// squared is the square of the straight line between two: never more than the way.
func (v vector) squared(w vector) float32 {
	x, y, z := v[0]-w[0], v[1]-w[1], v[2]-w[2]
	return x*x + y*y + z*z
}

// beyond reports that the straight line is longer than the metres for sure.
func (v vector) beyond(w vector, metres float32) bool {
	most := metres/earthMetres + slack
	return v.squared(w) > most*most
}

// least is how many metres the way between two is for sure.
func (v vector) least(w vector) int {
	if way := (math.Sqrt(float64(v.squared(w))) - slack) * earthMetres; way > 0 { // no number is not
		return int(way)
	}
	return 0
}

// bound is a ball that holds the places of a page, and how far these reach.
type bound struct {
	centre vector
	most   float32 // from the centre, with the reach
}

func boundOf(n int, at func(int) vector, reach int32) (b bound) {
	for i := range b.centre {
		for k := range n {
			b.centre[i] += at(k)[i] / float32(n)
		}
	}
	var radius float64
	for k := range n { // max keeps what is no number, and nothing is beyond that
		radius = max(radius, math.Sqrt(float64(b.centre.squared(at(k)))))
	}
	b.most = float32(radius) + float32(reach)/earthMetres + 2*slack
	return b
}

// blocks are the bounds of the blocks of a page, in the order of its rows; where a block has
// no rows, zero, which is beyond every place.
type blocks [pageRows / blockRows]bound

// boundsOf are those of a page, and of each of its blocks.
func boundsOf(rows []hot) (all bound, each blocks) {
	of := func(some []hot) bound {
		reach := int32(0)
		for i := range some {
			reach = max(reach, some[i].reach)
		}
		return boundOf(len(some), func(i int) vector { return some[i].at }, reach)
	}
	for from := 0; from < len(rows); from += blockRows {
		each[from/blockRows] = of(rows[from:min(len(rows), from+blockRows)])
	}
	return of(rows), each
}

// beyond reports that nobody there reaches the place for sure.
func (b *bound) beyond(v vector) bool { return b.beyondBy(v, 0) }

// beyondBy is of who reaches so far themselves.
func (b *bound) beyondBy(v vector, metres float32) bool {
	most := b.most + metres/earthMetres
	return b.centre.squared(v) > most*most
}
