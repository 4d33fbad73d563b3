package web

import (
	"net/http"

	"meent/jobs"
)

// showGigWhen handles GET /gigs/:gig/when, the second step.
func showGigWhen(r *request) error {
	g, err := r.begunStep(stepWhen, (*gigForm).fillWhen)
	if err != nil {
		return err
	}
	return r.whenPage(http.StatusOK, g)
}

// changeGigWhen handles POST /gigs/:gig/when: one more time, or the step.
func changeGigWhen(r *request) error {
	g, err := r.stepForm(stepWhen)
	if err != nil {
		return err
	}
	g.countRows()
	g.more = &addingForm{form: g.form}
	switch {
	case g.pressed("more"):
		g.addRow()
		return r.whenPage(http.StatusOK, g)
	case g.pressed("look"), g.pressed("add"):
		return r.addToStep(g)
	}
	if err := g.changeMeeting(); err != nil {
		return err
	}
	if err := g.wrong(r.web.Jobs.ChangeWhen(r.Request.Context(), r.actor, r.gig.ID, g.when())); err != nil {
		return err
	}
	if g.bad() {
		return r.whenPage(http.StatusUnprocessableEntity, g)
	}
	return r.to(stepPath(r.gig.ID, stepPrice))
}

func (r *request) whenPage(status int, g *gigForm) error {
	places, err := r.web.Jobs.PlaceNames(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	sources, err := r.weekChoices()
	if err != nil {
		return err
	}
	return r.page(status, r.t("newgig.when"), gigWhenBody(r, g, places, sources))
}

// fillWhen shows what the gig has, and a row to begin with.
func (g *gigForm) fillWhen() {
	g.set("place", g.gig.FullPlace)
	g.set("address", g.gig.Address)
	g.more = &addingForm{form: g.form}
	g.more.beginSeries()
	g.fillMeeting(g.gig.Meeting)
	for _, shift := range g.gig.Shifts {
		if shift.InSeries || g.rows == mostRows {
			g.keep(shift.ID)
		} else {
			g.rows++
			g.rowsOf = append(g.rowsOf, g.rows)
			g.fillRow(g.rows, shift)
		}
	}
	if g.rows == 0 && len(g.values["kept"]) == 0 {
		g.rows = 1
		g.beginRow(1)
	}
}

// when reads the step. What cannot be read is zero, and a problem at its field.
func (g *gigForm) when() jobs.When {
	if g.values.Has(rowField(mostRows+1, "date") + "-day") {
		g.problems.Add("shifts", "too_many", map[string]any{"Max": mostRows})
	}
	g.readShifts()
	return jobs.When{Place: g.text("place"), Address: g.text("address"), Shifts: g.shifts, Keep: g.kept()}
}
