package demo

import (
	"fmt"
	"math"

	"meent/members"
)

// placesNear lists the places within km kilometres of a place.
func placesNear(centre string, km float64) ([]members.Place, error) {
	all, err := members.Places()
	if err != nil {
		return nil, err
	}
	middle, ok := find(all, centre)
	if !ok {
		return nil, fmt.Errorf("demo: no place %q", centre)
	}
	var near []members.Place
	for _, place := range all {
		if kilometres(middle, place) <= km {
			near = append(near, place)
		}
	}
	return near, nil
}

func pointOf(code string) (members.Point, error) {
	all, err := members.Places()
	place, ok := find(all, code)
	if err == nil && !ok {
		err = fmt.Errorf("demo: no place %q", code)
	}
	return members.Point{Lat: place.Lat, Lon: place.Lon}, err
}

func find(places []members.Place, code string) (members.Place, bool) {
	for _, place := range places {
		if place.Code == code {
			return place, true
		}
	}
	return members.Place{}, false
}

// kilometres is the distance on a flat map, good enough within a province: a
// degree of latitude is 111.2 km.
func kilometres(a, b members.Place) float64 {
	north := (a.Lat - b.Lat) * 111.2
	east := (a.Lon - b.Lon) * 111.2 * math.Cos(a.Lat*math.Pi/180)
	return math.Hypot(north, east)
}
