package web

import (
	"strconv"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// priced are the shifts of the gig that have a price.
func (g *gigForm) priced() (shifts []jobs.Shift) {
	for _, s := range g.gig.Shifts {
		if s.Sound() && g.gig.Rate > 0 {
			shifts = append(shifts, s)
		}
	}
	return shifts
}

// priceTable explains what each shift costs when every seat is taken.
func (r *request) priceTable(g *gigForm, contribution members.BasisPoints) ui.Table {
	t := ui.Table{Caption: r.words.N("newgig.price_of", len(g.priced())), Heads: []ui.Head{
		{Text: r.t("newgig.price_when")}, {Text: r.t("newgig.worked"), Number: true}, {Text: r.t("newgig.one_earns"), Number: true},
		{Text: r.t("newgig.people"), Number: true}, {Text: r.t("newgig.wage"), Number: true},
		{Text: r.t("newgig.contribution"), Number: true}, {Text: r.t("newgig.together"), Number: true},
	}}
	for _, s := range g.priced() {
		full := s.FullPrice(g.gig.Rate, contribution)
		t.Rows = append(t.Rows, []string{
			r.words.Date(s.Starts) + ", " + r.words.Span(s.Starts, s.Ends), r.words.Duration(s.Worked()), r.words.Money(s.Pay(g.gig.Rate)),
			strconv.Itoa(s.Seats), r.words.Money(full.Wage), r.words.Money(full.Contribution), r.words.Money(full.Total()),
		})
	}
	return t
}

// priceLines are the totals.
func (r *request) priceLines(g *gigForm, contribution members.BasisPoints) []ui.Line {
	var sum jobs.Price
	for _, s := range g.priced() {
		sum = sum.Plus(s.FullPrice(g.gig.Rate, contribution))
	}
	return []ui.Line{
		{Text: r.t("newgig.all_wages"), Amount: r.words.Money(sum.Wage)},
		{Text: r.t("newgig.all_contributions", "Percent", r.words.Percent(contribution)), Amount: r.words.Money(sum.Contribution)},
		{Text: r.t("newgig.to_pay"), Amount: r.words.Money(sum.Total()), Total: true},
	}
}
