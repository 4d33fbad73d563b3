package web

import (
	"net/http"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// showNewGig handles GET /gigs/new; ?template= fills in a usual kind of work.
func showNewGig(r *request) error {
	g := &gigForm{form: r.emptyForm(), rows: 1}
	if err := g.begin(r.Query("template")); err != nil {
		return err
	}
	return r.newGigPage(http.StatusOK, g)
}

// postNewGig handles POST /gigs/new: one more time, the price, or the gig.
func postNewGig(r *request) error {
	g, err := r.gigForm()
	if err != nil {
		return err
	}
	if g.pressed("more") {
		g.addRow()
		return r.newGigPage(http.StatusOK, g)
	}
	if err := g.read(); err != nil {
		return err
	}
	if g.pressed("post") {
		return r.postGig(g)
	}
	return r.priceGig(g)
}

// postGig posts the gig, unless anything is wrong with it.
func (r *request) postGig(g *gigForm) error {
	if err := g.wrong(r.web.Jobs.Check(r.Request.Context(), r.actor, g.gig)); err != nil {
		return err
	}
	if g.bad() {
		return r.newGigPage(http.StatusUnprocessableEntity, g)
	}
	gig, err := r.web.Jobs.Post(r.Request.Context(), r.actor, g.gig)
	if err != nil {
		return err
	}
	r.flash("newgig.posted")
	return r.to("/gigs/" + gig.String())
}

// priceGig shows what the gig would cost; only what the price needs must be
// right for that.
func (r *request) priceGig(g *gigForm) error {
	if err := g.wrong(r.web.Jobs.Check(r.Request.Context(), r.actor, g.gig)); err != nil {
		return err
	}
	g.forgetAllButPrice()
	if g.bad() {
		return r.newGigPage(http.StatusUnprocessableEntity, g)
	}
	return r.newGigPage(http.StatusOK, g)
}

// gigChoices is what the page of a new gig offers.
type gigChoices struct {
	clients   []ui.Choice // to a coordinator
	places    []string
	skills    []jobs.SkillGroup
	templates []jobs.Template

	contribution members.BasisPoints // what the cooperative asks on top
}

func (r *request) newGigPage(status int, g *gigForm) error {
	choices, err := r.gigChoices()
	if err != nil {
		return err
	}
	return r.page(status, r.t("newgig.title"), newGigBody(r, g, choices))
}

func (r *request) gigChoices() (c gigChoices, err error) {
	ctx := r.Request.Context()
	if c.clients, err = r.clientChoices(); err != nil {
		return c, err
	}
	settings, err := r.web.Members.Settings(ctx, r.actor)
	if err != nil {
		return c, err
	}
	c.contribution = settings.Contribution
	if c.places, err = r.web.Jobs.PlaceNames(ctx, r.actor); err != nil {
		return c, err
	}
	if c.skills, err = r.web.Jobs.SkillGroups(ctx); err != nil {
		return c, err
	}
	c.templates, err = jobs.Templates()
	return c, err
}

// clientChoices lists the clients for whom a coordinator may post; a client's
// contact chooses none.
func (r *request) clientChoices() ([]ui.Choice, error) {
	if r.actor.Kind != members.RoleCoordinator {
		return nil, nil
	}
	clients, err := r.web.Members.Clients(r.Request.Context(), r.actor)
	choices := []ui.Choice{{Text: r.t("newgig.choose_client")}}
	for _, c := range clients {
		if c.State == members.ClientApproved {
			choices = append(choices, ui.Choice{Value: c.ID.String(), Text: c.Name})
		}
	}
	return choices, err
}

// templateLinks lead to this page with a usual kind of work filled in.
func (r *request) templateLinks(templates []jobs.Template) (links []ui.Link) {
	for _, t := range templates {
		links = append(links, ui.Link{Text: t.Title(r.words.Locale), Path: "/gigs/new?template=" + t.Code, Current: r.Query("template") == t.Code})
	}
	return links
}

// loads are how heavy work can be, to choose from.
func (r *request) loads() (choices []ui.Choice) {
	for _, load := range jobs.Loads() {
		choices = append(choices, ui.Choice{Value: string(load), Text: r.words.With("load."+string(load), nil)})
	}
	return choices
}

// skillChoices is the vocabulary; a kind of which something is chosen is open.
func (r *request) skillChoices(groups []jobs.SkillGroup, chosen map[string]bool) (kinds []ui.Choices) {
	for _, group := range groups {
		kind := ui.Choices{Text: group.Label(r.words.Locale)}
		n := 0
		for _, skill := range group.Skills {
			kind.List = append(kind.List, ui.Choice{Value: skill.Code, Text: skill.Label(r.words.Locale), Chosen: chosen[skill.Code]})
			if chosen[skill.Code] {
				n++
			}
		}
		if n > 0 {
			kind.Open, kind.Note = true, r.t("newgig.chosen", "Count", n)
		}
		kinds = append(kinds, kind)
	}
	return kinds
}
