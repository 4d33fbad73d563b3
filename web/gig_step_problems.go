package web

import (
	"errors"
	"strconv"
	"strings"

	"meent/internal/check"
	"meent/web/ui"
)

// wrong is form.wrong: what the domain says of a shift stands at its row, and
// what could not be read has been said already.
func (g *gigForm) wrong(err error) error {
	var problems check.Problems
	if !errors.As(err, &problems) {
		return err
	}
	placed := check.Problems{}
	for _, p := range problems {
		shift, part, ok := shiftPart(p.Field)
		if ok && p.Rule == "missing" {
			continue
		}
		if ok {
			p.Field = rowField(g.rowsOf[shift-1], part)
		}
		placed = append(placed, p)
	}
	return g.form.wrong(placed)
}

// shiftPart takes "shift-2-date" apart.
func shiftPart(field string) (shift int, part string, ok bool) {
	number, part, ok := strings.Cut(strings.TrimPrefix(field, "shift-"), "-")
	shift, err := strconv.Atoi(number)
	return shift, part, ok && err == nil
}

// problemList is what is wrong in the order of the pages. A form is long, so each
// is said with the name of its field.
func (g *gigForm) problemList() (list []ui.Problem) {
	r := g.request
	say := func(name string, fields ...string) {
		for _, p := range g.list(fields...) {
			list = append(list, ui.Problem{Field: p.Field, Text: strings.TrimSuffix(name, "?") + ": " + p.Text})
		}
	}
	say(r.t("newgig.name"), "title")
	say(r.t("newgig.describe"), "description")
	say(r.t("newgig.skills"), "skills")
	say(r.t("newgig.load"), "load")
	say(r.t("newgig.support"), "support")
	say(r.t("newgig.others"), "others")
	say(r.t("photo.add"), "photo")
	say(r.t("photo.alt"), "alt")
	say(r.t("gig.place"), "place")
	say(r.t("gig.address"), "address")
	say(r.t("newgig.times"), "shifts")
	for row := 1; row <= g.rows; row++ {
		say(r.t("newgig.shift", "Number", row), rowField(row, "date"), rowField(row, "starts"), rowField(row, "ends"),
			rowField(row, "break"), rowField(row, "seats"), rowField(row, "buddies"), rowField(row, "pieces"))
	}
	if g.more != nil {
		list = append(list, g.more.moreProblems()...)
	}
	say(r.t("meeting.title"), meetingFieldNames()...)
	if g.more == nil {
		say(r.t("newgig.rate"), "rate")
	}
	return list
}
