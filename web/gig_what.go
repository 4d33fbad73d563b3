package web

import (
	"net/http"
	"strings"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/web/ui"
)

// showGigWhat handles GET /gigs/:gig/what, the first step.
func showGigWhat(r *request) error {
	g, err := r.begunStep(stepWhat, (*gigForm).fillWhat)
	if err != nil {
		return err
	}
	return r.whatPage(http.StatusOK, g)
}

// changeGigWhat handles POST /gigs/:gig/what.
func changeGigWhat(r *request) error {
	g, picture, err := r.photoForm()
	if err != nil {
		return err
	}
	if g.draft() || !g.pressed("add") {
		if err := g.wrong(r.web.Jobs.ChangeWhat(r.Request.Context(), r.actor, r.gig.ID, g.what())); err != nil {
			return err
		}
	}
	if g.pressed("add") {
		g.problems = nil // the button is about the photo alone
	}
	if g.pressed("add") || len(picture) > 0 {
		if err := r.addPhoto(g, picture); err != nil {
			return err
		}
	}
	switch {
	case g.pressed("refresh") && g.draft() && !g.problems.At("skills"): // what else is wrong may still be filled in
		g.problems = nil
		return r.whatPage(http.StatusOK, g)
	case g.bad():
		return r.whatPage(http.StatusUnprocessableEntity, g)
	case g.pressed("add"):
		return r.whatPage(http.StatusOK, g)
	case !g.draft():
		return r.changed()
	}
	return r.to(stepPath(r.gig.ID, stepWhen))
}

func (r *request) whatPage(status int, g *gigForm) error {
	skills, err := r.web.Jobs.SkillGroups(r.Request.Context())
	if err != nil {
		return err
	}
	public, err := r.web.Jobs.IsForAll(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return err
	}
	return r.page(status, r.t("newgig.what"), gigWhatBody(r, g, skills, public))
}

// fillWhat shows what the gig has.
func (g *gigForm) fillWhat() {
	g.set("photo-id", id.New[jobs.Photo](nil).String()) // so that pressing twice adds one
	g.set("title", g.gig.Title)
	g.set("description", g.gig.Description)
	g.fillAsking()
}

// fillAsking shows whom the work suits.
func (g *gigForm) fillAsking() {
	g.values.Del("skills")
	g.set("load", string(g.gig.Load))
	g.setAnswer("support", g.gig.Support)
	g.setAnswer("others", g.gig.Others)
	for _, skill := range g.gig.Skills {
		g.values.Add("skills", skill.Code)
	}
	g.fillAsks()
}

// what reads the step. Once members were asked the form has its texts alone.
func (g *gigForm) what() jobs.What {
	if !g.draft() {
		g.fillAsking()
	}
	return jobs.What{
		Title: g.text("title"), Description: strings.ReplaceAll(g.text("description"), "\r\n", "\n"), Language: g.request.words.Locale,
		Load: jobs.Load(g.text("load")), Support: g.answer("support"), Others: g.answer("others"), Skills: g.values["skills"], Needs: g.asks(),
	}
}

// answer reads the answer to a question with yes and no; nil is none.
func (f *form) answer(field string) *bool {
	yes := f.yes(field)
	if f.problems.At(field) {
		return nil
	}
	return &yes
}

// yes reads the answer to a question with yes and no.
func (f *form) yes(field string) bool {
	check.OneOf(&f.problems, field, f.text(field), "yes", "no")
	return f.text(field) == "yes"
}

func (f *form) setAnswer(field string, answer *bool) {
	switch {
	case answer == nil:
	case *answer:
		f.set(field, "yes")
	default:
		f.set(field, "no")
	}
}

// chosenSkills are the codes that were chosen, known or not.
func (g *gigForm) chosenSkills() map[string]bool {
	chosen := map[string]bool{}
	for _, code := range g.values["skills"] {
		chosen[code] = true
	}
	return chosen
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
