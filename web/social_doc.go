package web

import (
	"strconv"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// toFillIn is a line to write on.
const toFillIn = "…………………………"

// socialDoc is a statement for social return in words, for the page and for the
// PDF. It names nobody who worked. What a lender writes is left open.
func (r *request) socialDoc(s jobs.SocialReturn) document {
	d := document{title: r.t("social.heading"), note: r.t("social.note")}
	d.head = []ui.Term{
		{Word: r.t("social.client"), Meaning: s.ClientName},
		{Word: r.t("social.cooperative"), Meaning: r.actor.CooperativeName},
		{Word: r.t("social.period"), Meaning: r.periodWord(s.From, s.Until)},
		{Word: r.t("social.made"), Meaning: r.words.DayOf(members.DayOf(r.web.Now()))},
		{Word: r.t("social.lender"), Meaning: toFillIn},
		{Word: r.t("social.admission"), Meaning: toFillIn},
	}
	d.foot = r.t("social.page_of", "Name", s.ClientName, "Page", "{page}", "Pages", "{pages}")
	d.parts = []part{r.socialTotal(s), r.socialGigs(s)}
	if s.Off.Works > 0 || s.Off.Total() > 0 {
		d.parts = append(d.parts, r.socialOff(s))
	}
	return d
}

func (r *request) socialTotal(s jobs.SocialReturn) part {
	p := part{id: "total", heading: r.t("social.total"), widths: []int{40, 20, 20, 20}}
	p.before = []string{r.t("social.sum", "Time", r.minutes(s.Work.Minutes), "Works", s.Work.Works, "People", s.Work.People)}
	p.table = r.socialAmounts(r.t("social.total_caption"), s.Bills)
	return p
}

// socialAmounts are wages and contribution, paid and due.
func (r *request) socialAmounts(caption string, c jobs.BilledSum) ui.Table {
	t := ui.Table{Caption: caption, Heads: r.socialHeads("amount", "paid", "due", "together")}
	for i := range t.Heads[1:] {
		t.Heads[i+1].Number = true
	}
	row := func(word string, one func(jobs.Amounts) string, sum string) {
		t.Rows = append(t.Rows, []string{word, one(c.Paid), one(c.Due), sum})
	}
	money := r.words.Money
	row(r.t("social.wages"), func(a jobs.Amounts) string { return money(a.Wages) }, money(c.Paid.Wages+c.Due.Wages))
	row(r.t("social.contribution"), func(a jobs.Amounts) string { return money(a.Contribution) }, money(c.Paid.Contribution+c.Due.Contribution))
	row(r.t("social.together"), func(a jobs.Amounts) string { return money(a.Total()) }, money(c.Total()))
	return t
}

func (r *request) socialGigs(s jobs.SocialReturn) part {
	p := part{id: "gigs", heading: r.t("social.gigs"), none: r.t("social.none"), widths: []int{24, 9, 12, 10, 13, 16, 16}}
	p.table = ui.Table{Caption: r.t("social.gigs_caption"), Heads: r.socialHeads("gig", "works", "time", "people", "wages", "contribution", "due_of")}
	for i := range p.table.Heads[1:] {
		p.table.Heads[i+1].Number = true
	}
	for _, g := range s.Gigs {
		p.table.Rows = append(p.table.Rows, []string{r.socialTitle(g), strconv.Itoa(g.Works), r.minutes(g.Minutes), strconv.Itoa(g.People),
			r.words.Money(g.Paid.Wages + g.Due.Wages), r.words.Money(g.Paid.Contribution + g.Due.Contribution), r.words.Money(g.Due.Total())})
	}
	if len(s.Gigs) > 0 {
		p.after = []string{r.t("social.people_twice")}
	}
	return p
}

// socialTitle is what the gig is called; of old bills that was taken out.
func (r *request) socialTitle(g jobs.SocialGig) string {
	if g.Gig.IsZero() {
		return r.t("bill.long_ago")
	}
	return g.Title
}

func (r *request) socialOff(s jobs.SocialReturn) part {
	p := part{id: "off", heading: r.t("social.off"), widths: []int{40, 20, 20, 20}}
	p.before = []string{r.t("social.off_text"), r.t("social.off_sum", "Works", s.Off.Works, "People", s.Off.People)}
	p.table = r.socialAmounts(r.t("social.off_caption"), s.Off.BilledSum)
	return p
}

func (r *request) socialHeads(keys ...string) (heads []ui.Head) {
	for _, key := range keys {
		heads = append(heads, ui.Head{Text: r.words.With("social.head."+key, nil)})
	}
	return heads
}
