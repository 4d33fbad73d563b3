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

// bound is a ball that holds the places of a page, and how far these reach.
type bound struct {
	centre vector
	most   float32 // from the centre, with the reach
}

func boundOf(places []vector, reach int32) (b bound) {
	for i := range b.centre {
		for _, p := range places {
			b.centre[i] += p[i] / float32(len(places))
		}
	}
	var radius float64
	for _, p := range places { // max keeps what is no number, and nothing is beyond that
		radius = max(radius, math.Sqrt(float64(b.centre.squared(p))))
	}
	b.most = float32(radius) + float32(reach)/earthMetres + 2*slack
	return b
}

// beyond reports that nobody there reaches the place for sure.
func (b *bound) beyond(v vector) bool { return b.centre.squared(v) > b.most*b.most }

// cell is where a row stands: the 10 km cell and, within it, a finer square, along a
// curve on which neighbours stay neighbours.
func cell(p members.Point) uint64 {
	return spread(square(p.Lat, 90, 111.2)) | spread(square(p.Lon, 180, 68))<<1
}

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
