package web

import (
	"slices"
	"strconv"
	"time"

	"meent/jobs"
)

// facet is one thing to choose by.
type facet struct {
	Name    string // of the address
	Title   string
	One     bool // one choice only
	Two     bool // short choices, two beside each other
	Choices []facetChoice
}

// facetChoice is one choice. Count is how many gigs it would give, -1 where that
// is not known.
type facetChoice struct {
	Value, Text string
	Count       int
	Chosen      bool
	Hidden      bool // would give nothing, and the list of choices is long
}

// ID is of its field.
func (f facet) ID(c facetChoice) string { return f.Name + "-" + c.Value }

// open reports whether something is chosen.
func (f facet) open() bool {
	for _, c := range f.Choices {
		if c.Chosen && c.Value != "" {
			return true
		}
	}
	return false
}

// empty reports that there is nothing to choose now.
func (f facet) empty() bool {
	return !slices.ContainsFunc(f.Choices, func(c facetChoice) bool { return !c.Hidden })
}

// facets are all that somebody can choose by.
func (r *request) facets(b browse) (list []facet) {
	list = append(list, r.kindFacet(b))
	if b.member {
		list = append(list, r.reachFacet(b))
	}
	list = append(list, r.dayFacet(b), r.partFacet(b), r.payFacet(b), r.loadFacet(b), r.helpFacet(b), r.othersFacet(b), r.sortFacet(b))
	return list
}

// choice is one choice of a facet that the index counts.
func (b browse) choice(name string, counted jobs.Facet, value, text string) facetChoice {
	return facetChoice{Value: value, Text: text, Count: b.count(counted, value), Chosen: b.has(name, value)}
}

// count is how many gigs have this value, or -1.
func (b browse) count(f jobs.Facet, value string) int {
	if b.found.Counts == nil {
		return -1
	}
	return b.found.Counts[f][value]
}

// has reports whether the value is chosen; "" is where nothing is.
func (b browse) has(name, value string) bool {
	values := b.values()[name]
	if value == "" {
		return len(values) == 0
	}
	for _, v := range values {
		if v == value {
			return true
		}
	}
	return false
}

func (r *request) kindFacet(b browse) facet {
	f := facet{Name: "kind", Title: r.t("browse.kind")}
	for _, g := range b.groups {
		c := b.choice("kind", jobs.GroupFacet, g.Code, g.Label(r.words.Locale))
		c.Hidden = c.Count == 0 && !c.Chosen
		f.Choices = append(f.Choices, c)
	}
	return f
}

func (r *request) reachFacet(b browse) facet {
	f := facet{Name: "km", Title: r.t("browse.distance"), One: true, Choices: []facetChoice{b.any("km", r.t("browse.any_distance"))}}
	for _, one := range reaches(b.travel, b.wish.Metres) {
		value := kmValue(one.metres)
		f.Choices = append(f.Choices, facetChoice{Value: value, Text: r.reachText(b.travel, one), Count: b.near(one.metres), Chosen: b.has("km", value)})
	}
	return f
}

// near is how many gigs there are so far from home, or -1. Work at home is near.
func (b browse) near(metres int) int {
	if b.found.Counts == nil || b.home == nil {
		return -1
	}
	n := b.found.Counts[jobs.RemoteFacet]["true"]
	for _, p := range b.places {
		if p.Middle.Metres(b.home.Middle) <= metres {
			n += b.found.Counts[jobs.PlaceFacet][p.Code]
		}
	}
	return n
}

func (b browse) any(name, text string) facetChoice {
	return facetChoice{Text: text, Count: -1, Chosen: b.has(name, "")}
}

func (r *request) dayFacet(b browse) facet {
	f := facet{Name: "day", Title: r.t("browse.days"), Two: true}
	for _, d := range jobs.Weekdays() {
		f.Choices = append(f.Choices, b.choice("day", jobs.DayFacet, dayValue(d), r.weekday(d)))
	}
	return f
}

func (r *request) weekday(d time.Weekday) string { return r.words.Weekday((int(d) + 6) % 7) }

func (r *request) partFacet(b browse) facet {
	f := facet{Name: "part", Title: r.t("browse.parts"), Two: true}
	for _, p := range jobs.DayParts() {
		f.Choices = append(f.Choices, b.choice("part", jobs.PartFacet, string(p), r.dayPart(p)))
	}
	return f
}

func (r *request) dayPart(p jobs.DayPart) string {
	switch p {
	case jobs.Morning:
		return r.t("browse.morning")
	case jobs.Afternoon:
		return r.t("browse.afternoon")
	case jobs.Evening:
		return r.t("browse.evening")
	default:
		return r.t("browse.night")
	}
}

func (r *request) payFacet(b browse) facet {
	f := facet{Name: "pay", Title: r.t("browse.pay"), One: true, Choices: []facetChoice{b.any("pay", r.t("browse.any_pay"))}}
	for _, least := range jobs.PayChoices() {
		f.Choices = append(f.Choices, b.choice("pay", jobs.PayFacet, payValue(least), r.t("browse.least", "Amount", r.words.Money(least))))
	}
	return f
}

func (r *request) loadFacet(b browse) facet {
	f := facet{Name: "load", Title: r.t("gig.load")}
	for _, l := range jobs.Loads() {
		f.Choices = append(f.Choices, b.choice("load", jobs.LoadFacet, string(l), r.gigLoad(l)))
	}
	return f
}

func (r *request) helpFacet(b browse) facet {
	return facet{Name: "support", Title: r.t("gig.help"), Choices: []facetChoice{
		{Value: "1", Text: r.t("browse.support"), Count: b.count(jobs.SupportFacet, "true"), Chosen: b.wish.Support}}}
}

func (r *request) othersFacet(b browse) facet {
	return facet{Name: "others", Title: r.t("gig.together"), Choices: []facetChoice{
		{Value: "1", Text: r.t("browse.others"), Count: b.count(jobs.OthersFacet, "true"), Chosen: b.wish.Others}}}
}

func (r *request) sortFacet(b browse) facet {
	f := facet{Name: "sort", Title: r.t("browse.sort"), One: true, Choices: []facetChoice{
		{Text: r.t("browse.best"), Count: -1, Chosen: b.wish.Sort == jobs.Best},
		{Value: string(jobs.Soonest), Text: r.t("browse.soonest"), Count: -1, Chosen: b.wish.Sort == jobs.Soonest}}}
	if b.member {
		f.Choices = append(f.Choices, facetChoice{Value: string(jobs.Nearest), Text: r.t("browse.nearest"), Count: -1, Chosen: b.wish.Sort == jobs.Nearest})
	}
	return f
}

// number is a count as it stands behind a choice.
func (c facetChoice) number() string {
	if c.Count < 0 {
		return ""
	}
	return "(" + strconv.Itoa(c.Count) + ")"
}
