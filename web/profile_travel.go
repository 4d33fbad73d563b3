package web

import (
	"strconv"

	"meent/members"
)

func beginTravel(f *form, k known) {
	f.set("place", k.PlaceName)
	f.set("reach", strconv.Itoa(k.ReachMetres/1000))
	f.set("travel", string(k.Travel))
}

// A number that could not be read is 0, which the domain refuses too.
func readTravel(f *form, _ known) members.Answer {
	return members.Journey{Place: f.text("place"), ReachMetres: f.kilometres("reach"), Travel: members.Travel(f.text("travel"))}
}

func saysTravel(r *request, k known) []string {
	return []string{k.PlaceName, r.words.With("travel."+string(k.Travel), nil) + ", " + r.t("profile.reach_text", "Distance", r.words.Distance(k.ReachMetres))}
}

// kilometres reads whole kilometres from 1 to 100, as metres.
func (f *form) kilometres(field string) (metres int) {
	n := f.number(field)
	if !f.problems.At(field) {
		f.problems.Between(field, n, 1, members.MaxReach/1000)
	}
	if f.problems.At(field) {
		return 0
	}
	return n * 1000
}
