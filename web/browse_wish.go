package web

import (
	"math"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// sought is what the address of the list of open gigs says, and a form that
// keeps such a search: q, kind, km, load, day, part, pay, support, others, can,
// place, sort and view. What is not a choice does not limit, and nothing of it
// goes to the log.
type sought struct {
	wish   jobs.Wish
	member bool     // a member looks
	can    bool     // only what that member can do
	places []string // codes; for the page alone, see browse.only
	onMap  bool
}

// longestSearch is how many characters of a search text are read.
const longestSearch = 100

// mostPlaces is how many places one list can be about.
const mostPlaces = 40

// sought reads what somebody looks for. A member sees what they can do unless
// the address says can=0: that is what they come for, and what does not fit is
// one press away, each with the reason. Distance and can are a member's alone.
func (r *request) sought(values url.Values, groups []jobs.SkillGroup) sought {
	s := sought{wish: r.wish(values, groups), onMap: values.Get("view") == "map", member: r.actor.Kind == members.RoleMember}
	s.can = s.member && values.Get("can") != "0"
	for _, code := range values["place"] {
		if isPlaceCode(code) && len(s.places) < mostPlaces && !slices.Contains(s.places, code) {
			s.places = append(s.places, code)
		}
	}
	return s
}

func (r *request) wish(values url.Values, groups []jobs.SkillGroup) jobs.Wish {
	w := jobs.Wish{
		Text:    searchText(values.Get("q")),
		Groups:  chosen(values["kind"], groupCodes(groups), func(code string) string { return code }),
		Loads:   chosen(values["load"], jobs.Loads(), func(l jobs.Load) string { return string(l) }),
		Days:    chosen(values["day"], jobs.Weekdays(), dayValue),
		Parts:   chosen(values["part"], jobs.DayParts(), func(p jobs.DayPart) string { return string(p) }),
		Support: values.Get("support") == "1",
		Others:  values.Get("others") == "1",
	}
	if pay := chosen(values["pay"], jobs.PayChoices(), payValue); len(pay) > 0 {
		w.LeastPay = pay[0]
	}
	if values.Get("sort") == string(jobs.Soonest) {
		w.Sort = jobs.Soonest
	}
	if r.actor.Kind == members.RoleMember {
		w.Metres = metresOf(values.Get("km"))
		if values.Get("sort") == string(jobs.Nearest) {
			w.Sort = jobs.Nearest
		}
	}
	return w
}

// values is the same as an address says it, at its shortest.
func (s sought) values() url.Values {
	v := url.Values{}
	add := func(name, value string) {
		if value != "" {
			v.Add(name, value)
		}
	}
	add("q", s.wish.Text)
	v["kind"] = s.wish.Groups
	for _, l := range s.wish.Loads {
		add("load", string(l))
	}
	for _, d := range s.wish.Days {
		add("day", dayValue(d))
	}
	for _, p := range s.wish.Parts {
		add("part", string(p))
	}
	v["place"] = s.places
	add("pay", payValue(s.wish.LeastPay))
	add("support", oneIf(s.wish.Support))
	add("others", oneIf(s.wish.Others))
	add("km", kmValue(s.wish.Metres))
	add("sort", string(s.wish.Sort))
	if s.member && !s.can {
		add("can", "0")
	}
	if s.onMap {
		add("view", "map")
	}
	for name, all := range v {
		if len(all) == 0 {
			delete(v, name)
		}
	}
	return v
}

// chosen are the choices that were named, in their own order, each once.
func chosen[T any](named []string, choices []T, value func(T) string) (picked []T) {
	for _, choice := range choices {
		if slices.Contains(named, value(choice)) {
			picked = append(picked, choice)
		}
	}
	return picked
}

func groupCodes(groups []jobs.SkillGroup) []string {
	codes := make([]string, len(groups))
	for i, g := range groups {
		codes[i] = g.Code
	}
	return codes
}

// dayValue is 0 on Sunday to 6, as the index counts.
func dayValue(d time.Weekday) string { return strconv.Itoa(int(d)) }

// payValue is cents, or nothing.
func payValue(c payments.Cents) string {
	if c <= 0 {
		return ""
	}
	return strconv.Itoa(int(c))
}

func oneIf(is bool) string {
	if is {
		return "1"
	}
	return ""
}

// kmValue is 2.5, or nothing.
func kmValue(metres int) string {
	if metres <= 0 {
		return ""
	}
	return strconv.FormatFloat(float64(metres)/1000, 'f', -1, 64)
}

// metresOf reads kilometres; beyond what a member can reach there is no limit.
func metresOf(km string) int {
	n, err := strconv.ParseFloat(km, 64)
	if metres := math.Round(1000 * n); err == nil && metres >= members.MinReach && metres <= members.MaxReach {
		return int(metres)
	}
	return 0
}

func isPlaceCode(text string) bool {
	return text != "" && len(text) <= 60 && strings.Trim(text, "abcdefghijklmnopqrstuvwxyz0123456789-") == ""
}

// searchText makes what was typed fit to be looked for and shown again.
func searchText(typed string) string {
	text := []rune(strings.Map(func(r rune) rune {
		if r < ' ' {
			return ' '
		}
		return r
	}, strings.ToValidUTF8(typed, " ")))
	return strings.TrimSpace(string(text[:min(len(text), longestSearch)]))
}
