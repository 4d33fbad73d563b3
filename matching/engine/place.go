package engine

import (
	"math"
	"math/bits"

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

func (p *page) boundOf() bound {
	reach := int32(0)
	for i := range p.hot {
		reach = max(reach, p.hot[i].reach)
	}
	return boundOf(len(p.hot), func(i int) vector { return p.hot[i].at }, reach)
}

// beyond reports that nobody there reaches the place for sure.
func (b *bound) beyond(v vector) bool { return b.centre.squared(v) > b.most*b.most }

// cell is where a place stands along a curve on which neighbours stay neighbours.
func cell(p members.Point) uint64 {
	return spread(square(p.Lat, 90, 111.2)) | spread(square(p.Lon, 180, 68))<<1
}

// stand is where a row stands: beside those who travel about as far and live near, so
// that one bound tells of many whether they reach a place.
func stand(p members.Point, reach int32) uint64 {
	return uint64(bits.Len32(uint32(max(0, reach))/reachStep))<<cellBits | cell(p)
}

const (
	reachStep = 3000 // metres; each kind of reach goes until twice the one before
	cellBits  = 36
)

// square counts pieces of 1.25 km, about; eight of them are a cell.
func square(degrees, most, kilometres float64) uint32 {
	if !(math.Abs(degrees) <= most) {
		return 0
	}
	return uint32((degrees + most) * kilometres / 1.25)
}

// spread puts a zero before each bit.
func spread(n uint32) uint64 {
	x := uint64(n)
	x = (x | x<<16) & 0x0000ffff0000ffff
	x = (x | x<<8) & 0x00ff00ff00ff00ff
	x = (x | x<<4) & 0x0f0f0f0f0f0f0f0f
	x = (x | x<<2) & 0x3333333333333333
	return (x | x<<1) & 0x5555555555555555
}
