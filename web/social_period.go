package web

import (
	"fmt"
	"regexp"
	"slices"
	"strconv"

	"meent/members"
	"meent/web/ui"
)

// freePeriod is the choice of other days than those of a month, quarter or year.
const freePeriod = "free"

var (
	aMonth   = regexp.MustCompile(`^\d{4}-(0[1-9]|1[0-2])$`)
	aQuarter = regexp.MustCompile(`^\d{4}-q[1-4]$`)
	aYear    = regexp.MustCompile(`^\d{4}$`)
)

// periodDays are the first and last day of a month ("2026-11"), a quarter
// ("2026-q4") or a year ("2026"); false for what is none of them.
func periodDays(text string) (from, until members.Day, ok bool) {
	months := 0
	switch {
	case aMonth.MatchString(text):
		from, months = members.Day(text+"-01"), 1
	case aQuarter.MatchString(text):
		n, _ := strconv.Atoi(text[6:])
		from, months = members.Day(fmt.Sprintf("%s-%02d-01", text[:4], n*3-2)), 3
	case aYear.MatchString(text):
		from, months = members.Day(text+"-01-01"), 12
	}
	if months == 0 || !from.Real() {
		return "", "", false
	}
	return from, from.AddMonths(months).AddDays(-1), true
}

// quarterOf names the quarter of a day.
func quarterOf(d members.Day) string {
	month, _ := strconv.Atoi(string(d[5:7]))
	return fmt.Sprintf("%s-q%d", d[:4], (month+2)/3)
}

// periodChoices are the periods that somebody asks for most, and the one that is
// asked for now.
func (r *request) periodChoices(today members.Day, now string) []ui.Choice {
	first := today[:8] + "01"
	month := func(d members.Day) ui.Choice {
		return ui.Choice{Value: string(d[:7]), Text: r.monthWord(string(d[:7]))}
	}
	quarter := func(d members.Day) ui.Choice {
		q := quarterOf(d)
		return ui.Choice{Value: q, Text: r.t("social.quarter", "Number", q[6:], "Year", q[:4])}
	}
	year := func(d members.Day) ui.Choice {
		return ui.Choice{Value: string(d[:4]), Text: r.t("social.year", "Year", string(d[:4]))}
	}
	list := []ui.Choice{month(first), month(first.AddMonths(-1)), quarter(first), quarter(first.AddMonths(-3)), year(first), year(first.AddMonths(-12))}
	if now == freePeriod {
		return append([]ui.Choice{{Value: freePeriod, Text: r.t("social.free")}}, list...)
	}
	from, _, ok := periodDays(now)
	switch known := slices.ContainsFunc(list, func(c ui.Choice) bool { return c.Value == now }); {
	case known || !ok:
	case aMonth.MatchString(now):
		list = append(list, month(from))
	case aQuarter.MatchString(now):
		list = append(list, quarter(from))
	default:
		list = append(list, year(from))
	}
	return list
}
