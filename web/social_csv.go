package web

import (
	"strconv"
	"strings"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// socialColumns name the columns of a statement for social return as a table.
func socialColumns() []string {
	return []string{"what", "gig", "works", "minutes", "people", "wages_paid", "contribution_paid", "wages_due", "contribution_due"}
}

// socialRows are a row for each gig, one for all work and one for what was called
// off. People are counted once in each row, so that they do not add up.
func (r *request) socialRows(s jobs.SocialReturn) [][]string {
	var head []string
	for _, name := range socialColumns() {
		head = append(head, r.words.With("social.csv."+name, nil))
	}
	rows := [][]string{head}
	add := func(what, title string, sum jobs.SocialSum) {
		rows = append(rows, append([]string{r.words.With("social.row."+what, nil), title, strconv.Itoa(sum.Works), strconv.Itoa(sum.Minutes), strconv.Itoa(sum.People)},
			r.euros(sum.Paid.Wages), r.euros(sum.Paid.Contribution), r.euros(sum.Due.Wages), r.euros(sum.Due.Contribution)))
	}
	for _, g := range s.Gigs {
		add("gig", r.socialTitle(g), g.SocialSum)
	}
	add("total", s.ClientName+", "+string(s.From)+"/"+string(s.Until), s.Work)
	add("off", "", s.Off)
	return rows
}

// euros writes euros as spreadsheets of the reader's language take numbers.
func (r *request) euros(amount payments.Cents) string {
	if r.words.Locale == members.Dutch {
		return strings.Replace(amount.String(), ".", ",", 1)
	}
	return amount.String()
}
