package web

import (
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// hourWords explains an hour of one person: the wage, what comes on top, and both.
func (r *request) hourWords(rate payments.Cents, contribution members.BasisPoints) string {
	price := jobs.HourPrice(rate, contribution)
	return r.t("newgig.per_hour", "Wage", r.words.Money(price.Wage), "Contribution", r.words.Money(price.Contribution),
		"Percent", r.words.Percent(contribution), "Together", r.words.Money(price.Total()))
}

// lowestWords say what the law and the cooperative ask.
func (r *request) lowestWords(l jobs.Lowest) (sentences []string) {
	on := func(o jobs.LowestOn) {
		switch {
		case o.Day == "":
		case o.Rate == 0:
			sentences = append(sentences, r.t("newgig.lowest_unknown", "Day", r.words.DayOf(o.Day)))
		default:
			sentences = append(sentences, r.t("newgig.lowest", "Day", r.words.DayOf(o.Day), "Amount", r.words.Money(o.Rate)))
		}
	}
	on(l.First)
	if l.Differs() {
		on(l.Last)
	}
	if l.Own > max(l.First.Rate, l.Last.Rate) {
		sentences = append(sentences, r.t("newgig.lowest_own", "Amount", r.words.Money(l.Own)))
	}
	return sentences
}

// shiftPrice explains one seat of a shift to this person: to a member what they
// earn, to those who run the gig also what comes on top.
func (r *request) shiftPrice(g gigView, s jobs.Shift) []ui.Line {
	lines := []ui.Line{
		{Text: r.t("gig.hour"), Amount: r.words.Money(g.Rate)},
		{Text: r.t("gig.first_shift", "Date", r.words.Date(s.Starts)), Amount: r.words.Duration(s.Worked())},
	}
	if !r.runs() {
		return append(lines, ui.Line{Text: r.t("gig.earn"), Amount: r.words.Money(s.Pay(g.Rate)), Total: true})
	}
	price := s.Price(g.Rate, g.contribution)
	return append(lines,
		ui.Line{Text: r.t("gig.one_earns"), Amount: r.words.Money(price.Wage)},
		ui.Line{Text: r.t("gig.on_top", "Percent", r.words.Percent(g.contribution)), Amount: r.words.Money(price.Contribution)},
		ui.Line{Text: r.t("gig.one_costs"), Amount: r.words.Money(price.Total()), Total: true})
}

// runs reports whether this person is on the side that runs gigs.
func (r *request) runs() bool {
	return r.actor.Kind == members.RoleClient || r.actor.Kind == members.RoleCoordinator
}
