package web

import (
	"meent/members"
)

// pace is how somebody comes somewhere, in metres as the crow flies: some minutes
// before they move, a minute's way close by, and beyond that a longer one.
type pace struct{ start, near, close, far int }

// paceOf is an estimate on the slow side, from door to door. Roads are taken to be
// 1.3 times as long as the crow flies, so this is:
//   - on foot 4.7 km an hour, by bike 15.6, all the way;
//   - by car three minutes to get in and to park, 31 km an hour through the first
//     4 km, which is town, and 62 beyond;
//   - by bus or train six minutes to the stop and of waiting, 20 km an hour for the
//     first 5 km, by bus, and 47 beyond, with a change.
//
// No timetable and no road is asked; pages say "about". Nothing else of Meent knows
// travel times: who can do a gig, and who is asked, goes by metres alone.
func paceOf(by members.Travel) pace {
	switch by {
	case members.Walk:
		return pace{near: 60, far: 60}
	case members.Transit:
		return pace{start: 6, near: 250, close: 5_000, far: 600}
	case members.Car:
		return pace{start: 3, near: 400, close: 4_000, far: 800}
	default:
		return pace{near: 200, far: 200}
	}
}

// metres is how far one comes in so many minutes.
func (p pace) metres(minutes int) int {
	moving := max(0, minutes-p.start)
	if way := moving * p.near; way <= p.close {
		return way
	}
	return p.close + (moving-p.close/p.near)*p.far
}

// minutes is how long the way takes, in steps of five, and never less than that:
// what is said to be so near is found by that choice of time too.
func (p pace) minutes(metres int) int {
	slow, fast := min(metres, p.close), max(0, metres-p.close)
	exact := p.start + upward(slow, p.near) + upward(fast, p.far)
	return upward(exact, 5) * 5
}

// upward divides and rounds up.
func upward(n, by int) int { return (n + by - 1) / by }

// reachMinutes are the choices.
func reachMinutes() []int { return []int{10, 20, 30, 45, 60, 90} }

// reach is a distance as a member chooses it.
type reach struct{ minutes, metres int }

// reaches are the choices for a way of travel, and what was chosen otherwise.
func reaches(by members.Travel, chosen int) (list []reach) {
	other := chosen > 0
	for _, minutes := range reachMinutes() {
		metres := paceOf(by).metres(minutes)
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
	return r.t("browse.in_time", "Time", r.travelTime(by, one.minutes), "Distance", about)
}

// travelTime is "10 minuten fietsen".
func (r *request) travelTime(by members.Travel, minutes int) string {
	switch by {
	case members.Walk:
		return r.t("browse.by_walk", "Minutes", minutes)
	case members.Transit:
		return r.t("browse.by_transit", "Minutes", minutes)
	case members.Car:
		return r.t("browse.by_car", "Minutes", minutes)
	default:
		return r.t("browse.by_bike", "Minutes", minutes)
	}
}

// wayText is "24 km, ongeveer 40 minuten met de auto"; of who has told no way to
// travel, and of what is next door, the distance alone.
func (r *request) wayText(by members.Travel, metres int) string {
	far := r.words.Distance(metres)
	if by == "" || metres < members.MinReach {
		return far
	}
	minutes := paceOf(by).minutes(metres)
	if minutes > 120 {
		return far // nobody goes to work so
	}
	return r.t("browse.far_in_time", "Distance", far, "Time", r.travelTime(by, minutes))
}
