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
	if g.pressed("more") {
		g.addRow()
		return r.whenPage(http.StatusOK, g)
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
	return r.page(status, r.t("newgig.when"), gigWhenBody(r, g, places))
}

// fillWhen shows what the gig has, and a row to begin with.
func (g *gigForm) fillWhen() {
	g.set("place", g.gig.FullPlace)
	g.set("address", g.gig.Address)
	for _, shift := range g.gig.Shifts {
		if g.rows < mostRows {
			g.rows++
			g.rowsOf = append(g.rowsOf, g.rows)
			g.fillRow(g.rows, shift)
		}
	}
	if g.rows == 0 {
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
	return jobs.When{Place: g.text("place"), Address: g.text("address"), Shifts: g.shifts}
}
