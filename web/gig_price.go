package web

import (
	"net/http"

	"meent/jobs"
	"meent/members"
)

// showGigPrice handles GET /gigs/:gig/price, the third step.
func showGigPrice(r *request) error {
	g, err := r.begunStep(stepPrice, (*gigForm).fillPrice)
	if err != nil {
		return err
	}
	return r.pricePage(http.StatusOK, g)
}

// changeGigPrice handles POST /gigs/:gig/price: the price, or the gig.
func changeGigPrice(r *request) error {
	g, err := r.stepForm(stepPrice)
	if err != nil {
		return err
	}
	if !g.draft() && !g.pressed("post") { // what a draft's price would be is kept: nobody sees it
		g.rates()
		return r.pricePage(http.StatusOK, g)
	}
	if err := g.wrong(r.web.Jobs.ChangePrice(r.Request.Context(), r.actor, r.gig.ID, g.rates())); err != nil {
		return err
	}
	switch {
	case g.bad():
		return r.pricePage(http.StatusUnprocessableEntity, g)
	case !g.draft():
		return r.changed()
	case g.pressed("post"):
		return r.openGig()
	}
	return r.pricePage(http.StatusOK, g)
}

// openGig posts the gig, or leads to the first step with a mistake.
func (r *request) openGig() error {
	f := r.emptyForm()
	if err := f.wrong(r.web.Jobs.Open(r.Request.Context(), r.actor, r.gig.ID)); err != nil {
		return err
	}
	for _, s := range gigSteps() {
		for _, p := range f.problems {
			if s.asks(p.Field) {
				return r.to(stepPath(r.gig.ID, s) + "?check=yes")
			}
		}
	}
	r.flash("newgig.posted")
	return r.to("/gigs/" + r.gig.ID.String())
}

func (r *request) pricePage(status int, g *gigForm) error {
	settings, err := r.web.Members.Settings(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	lowest, err := r.web.Jobs.Lowest(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return err
	}
	public, err := r.web.Jobs.IsForAll(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return err
	}
	return r.page(status, r.t("newgig.price"), gigPriceBody(r, g, settings, lowest, public && g.draft()))
}

// fillPrice shows what the gig has.
func (g *gigForm) fillPrice() {
	g.fillForm()
	if g.gig.Rate > 0 {
		g.set("rate", g.amount(int(g.gig.Rate)))
	}
}

// rates reads the step; the prices on the page are those of the rate that was
// typed.
func (g *gigForm) rates() jobs.Rates {
	g.gig.Rate, g.gig.Form = 0, members.WorkForm(g.text("form"))
	if !paysNothing(g.gig.Form) {
		g.gig.Rate = g.cents("rate")
	}
	return jobs.Rates{Rate: g.gig.Rate, Form: g.gig.Form}
}
