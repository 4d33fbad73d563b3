package web

import (
	"errors"
	"slices"
	"strings"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// gigForm is the form of a new gig: a row of fields for each shift, and the gig
// that was read from it.
type gigForm struct {
	*form
	rows   int         // that are shown, from 1
	gig    jobs.NewGig // zero until read
	rowsOf []int       // the row of each of its shifts
}

// gigForm reads what was sent.
func (r *request) gigForm() (*gigForm, error) {
	f, err := r.form()
	if err != nil {
		return nil, err
	}
	g := &gigForm{form: f, rows: 1}
	for g.rows < mostRows && f.values.Has(rowField(g.rows+1, "date")+"-day") {
		g.rows++
	}
	return g, nil
}

// pressed reports which button sent the form.
func (f *form) pressed(button string) bool { return f.values.Has(button) }

// begin fills what is known: a contact's own client, the work of a template.
func (g *gigForm) begin(template string) error {
	g.set("gig", id.New[jobs.Gig](nil).String()) // so that pressing twice posts once
	g.beginRow(1)
	if err := g.beginPlace(); err != nil || template == "" {
		return err
	}
	templates, err := jobs.Templates()
	at := slices.IndexFunc(templates, func(t jobs.Template) bool { return t.Code == template })
	if err != nil || at < 0 {
		return errors.Join(err, members.ErrNotFound)
	}
	t, locale := templates[at], g.request.words.Locale
	g.set("title", t.Title(locale))
	g.set("description", t.Description(locale))
	g.set("load", string(t.Load))
	g.values["skills"] = t.Skills
	return nil
}

// beginPlace fills where the acting contact's client is.
func (g *gigForm) beginPlace() error {
	r := g.request
	if r.actor.Kind != members.RoleClient {
		return nil
	}
	clients, err := r.web.Members.Clients(r.Request.Context(), r.actor)
	for _, c := range clients {
		if c.ID == r.actor.Client {
			g.set("place", c.PlaceName)
			g.set("address", c.Address)
		}
	}
	return err
}

// read makes a gig of the form. What cannot be read is zero in the gig, and a
// problem at its field.
func (g *gigForm) read() (err error) {
	if g.values.Has(rowField(mostRows+1, "date") + "-day") {
		g.problems.Add("shifts", "too_many", map[string]any{"Max": mostRows})
	}
	g.gig = jobs.NewGig{
		Title: g.text("title"), Description: strings.ReplaceAll(g.text("description"), "\r\n", "\n"), Language: g.request.words.Locale,
		Place: g.text("place"), Address: g.text("address"), Rate: g.cents("rate"), Load: jobs.Load(g.text("load")),
		SupportOnSite: g.yes("support"), WithOthers: g.yes("others"), Skills: g.values["skills"], Shifts: g.shifts(),
	}
	g.gig.ID, _ = id.Parse[jobs.Gig](g.text("gig")) // one that cannot be read is drawn anew
	g.gig.Client, err = g.client()
	return err
}

// client is a contact's own, or the one that a coordinator chose: zero for none.
func (g *gigForm) client() (members.ClientID, error) {
	actor := g.request.actor
	if actor.Kind == members.RoleClient || g.text("client") == "" {
		return actor.Client, nil
	}
	return id.Parse[members.Client](g.text("client"))
}

// yes reads the answer to a question with yes and no.
func (f *form) yes(field string) bool {
	check.OneOf(&f.problems, field, f.text(field), "yes", "no")
	return f.text(field) == "yes"
}

// chosenSkills are the codes that were chosen, known or not.
func (g *gigForm) chosenSkills() map[string]bool {
	chosen := map[string]bool{}
	for _, code := range g.values["skills"] {
		chosen[code] = true
	}
	return chosen
}
