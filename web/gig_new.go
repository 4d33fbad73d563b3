package web

import (
	"net/http"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// showNewGig handles GET /gigs/new: how to begin. A coordinator first chooses for
// whom, which ?client= says.
func showNewGig(r *request) error {
	f := r.emptyForm()
	f.set("gig", id.New[jobs.Gig](nil).String()) // so that pressing twice begins one
	f.set("client", r.Query("client"))
	if r.actor.Kind == members.RoleClient {
		f.set("client", r.actor.Client.String())
	}
	return r.newGigPage(http.StatusOK, f)
}

// beginGig handles POST /gigs/new: a draft, and its first step.
func beginGig(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	b, err := f.beginning()
	if err != nil {
		return err
	}
	gig, err := r.web.Jobs.Begin(r.Request.Context(), r.actor, b)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		f.set("client", "")
		return r.newGigPage(http.StatusUnprocessableEntity, f)
	}
	return r.to(stepPath(gig, stepWhat))
}

// beginning reads how to begin. A contact begins for their own client.
func (f *form) beginning() (b jobs.Beginning, err error) {
	b = jobs.Beginning{Client: f.request.actor.Client, Language: f.request.words.Locale, Template: f.text("template")}
	b.ID, _ = id.Parse[jobs.Gig](f.text("gig")) // one that cannot be read is drawn anew
	if f.text("from") != "" {
		if b.From, err = id.Parse[jobs.Gig](f.text("from")); err != nil {
			return b, err
		}
	}
	if f.request.actor.Kind == members.RoleCoordinator && f.text("client") != "" {
		b.Client, err = id.Parse[members.Client](f.text("client"))
	}
	return b, err
}

// gigStarts is what a new gig can begin from.
type gigStarts struct {
	clients   []ui.Choice // to a coordinator, the first of them is none
	chosen    string      // the name of the client that a coordinator chose
	templates []jobs.Template
	groups    []jobs.SkillGroup
	earlier   []jobs.Earlier
}

// ready reports whether it is known for whom the gig is.
func (s gigStarts) ready() bool { return s.clients == nil || s.chosen != "" }

func (r *request) newGigPage(status int, f *form) error {
	starts, err := r.gigStarts(f.text("client"))
	if err != nil {
		return err
	}
	return r.page(status, r.t("newgig.title"), newGigBody(r, f, starts))
}

func (r *request) gigStarts(client string) (s gigStarts, err error) {
	if s.clients, err = r.clientChoices(); err != nil {
		return s, err
	}
	if s.groups, err = r.web.Jobs.SkillGroups(r.Request.Context()); err != nil {
		return s, err
	}
	if s.templates, err = jobs.Templates(); err != nil || client == "" {
		return s, err
	}
	one, err := id.Parse[members.Client](client)
	if err != nil {
		return s, err
	}
	for _, choice := range s.clients {
		if choice.Value == one.String() {
			s.chosen = choice.Text
		}
	}
	if !s.ready() {
		return s, members.ErrNotFound
	}
	s.earlier, err = r.web.Jobs.Earlier(r.Request.Context(), r.actor, one)
	return s, err
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
