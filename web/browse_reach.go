package web

import (
	"meent/members"
)

// metresAMinute is how far somebody comes in a minute, as the crow flies: an
// estimate on the slow side, from door to door. Roads are about 1.3 times as
// long, so this is walking at 4.7 km an hour, cycling at 15.6, driving at 39
// with parking, and a bus or train with the way to the stop and the wait. No
// timetable and no road is asked; pages say "about".
func metresAMinute(by members.Travel) int {
	switch by {
	case members.Walk:
		return 60
	case members.Transit:
		return 250
	case members.Car:
		return 500
	default:
		return 200
	}
}

// reachMinutes are the choices.
func reachMinutes() []int { return []int{10, 20, 30, 45, 60, 90} }

// reach is a distance as a member chooses it.
type reach struct{ minutes, metres int }

// reaches are the choices for a way of travel, and what was chosen otherwise.
func reaches(by members.Travel, chosen int) (list []reach) {
	other := chosen > 0
	for _, minutes := range reachMinutes() {
		metres := minutes * metresAMinute(by)
		list = append(list, reach{minutes, metres})
		other = other && metres != chosen
	}
	if other {
		list = append(list, reach{metres: chosen})
	}
	return list
}

// reachText is "10 minuten fietsen (ongeveer 2 km)".
func (r *request) reachText(by members.Travel, one reach) string {
	about := r.words.Distance(one.metres)
	if one.minutes == 0 {
		return r.t("browse.about", "Distance", about)
	}
	key := "browse.by_bike"
	switch by {
	case members.Walk:
		key = "browse.by_walk"
	case members.Transit:
		key = "browse.by_transit"
	case members.Car:
		key = "browse.by_car"
	}
	return r.t(key, "Minutes", one.minutes, "Distance", about)
}
