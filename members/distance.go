package members

import "math"

// Point is a place on earth in degrees (WGS84).
type Point struct{ Lat, Lon float64 }

const earthMetres = 6_371_000 // mean radius

// Metres is the distance along the earth's surface, as the crow flies
// (haversine), to the nearest metre.
func (p Point) Metres(q Point) int {
	lat1, lat2 := radians(p.Lat), radians(q.Lat)
	north, east := lat2-lat1, radians(q.Lon-p.Lon)
	h := square(math.Sin(north/2)) + math.Cos(lat1)*math.Cos(lat2)*square(math.Sin(east/2))
	return int(math.Round(2 * earthMetres * math.Asin(math.Min(1, math.Sqrt(h)))))
}

func radians(degrees float64) float64 { return degrees * math.Pi / 180 }

func square(x float64) float64 { return x * x }
