package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// clientsList handles GET /clients: those that wait for an answer first.
func clientsList(r *request) error {
	list, err := r.web.Members.Clients(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("nav.clients"), clientsBody(r, list))
}

// theirClient finds the client of the path in the coordinator's cooperative, or
// nothing.
func (r *request) theirClient() error {
	client, err := id.Parse[members.Client](r.Param("client"))
	if err != nil {
		return err
	}
	r.client, err = r.web.Members.Client(r.Request.Context(), r.actor, client)
	return err
}

// showClient handles GET /clients/:client.
func showClient(r *request) error { return r.clientPage(http.StatusOK, r.emptyForm()) }

func (r *request) clientPage(status int, f *form) error {
	return r.page(status, r.client.Name, clientBody(r, r.client, f))
}

// approveClient handles POST /clients/:client/approve.
func approveClient(r *request) error {
	if err := r.web.Members.ApproveClient(r.Request.Context(), r.actor, r.client.ID); err != nil {
		return err
	}
	r.flash("clients.approved")
	return r.to(r.clientPath())
}

// refuseClient handles POST /clients/:client/refuse.
func refuseClient(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Members.RefuseClient(r.Request.Context(), r.actor, r.client.ID, f.text("why"))); err != nil {
		return err
	}
	if f.bad() {
		return r.clientPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("clients.refused")
	return r.to(r.clientPath())
}

func (r *request) clientPath() string { return "/clients/" + r.client.ID.String() }

func (r *request) clientState(s members.ClientState) string {
	return r.words.With("clients.state."+string(s), nil)
}

func clientTone(s members.ClientState) ui.Tone {
	switch s {
	case members.ClientAsked:
		return ui.Waits
	case members.ClientApproved:
		return ui.Good
	default:
		return ui.Neutral
	}
}

func (r *request) clientFacts(c members.Client) []ui.Fact {
	return []ui.Fact{
		{Icon: ui.IconClient, Text: r.words.With("client."+string(c.Kind), nil)},
		{Icon: ui.IconPlace, Text: c.Address + ", " + c.PlaceName},
		{Icon: ui.IconCalendar, Text: r.t("clients.since", "Date", r.words.LongDate(c.Since))},
	}
}

// waitingClients is how many wait for an answer.
func waitingClients(list []members.Client) (n int) {
	for _, c := range list {
		if c.State == members.ClientAsked {
			n++
		}
	}
	return n
}

// clientWaits is what a client sees that is not approved.
func (r *request) clientWaits() error {
	page, err := r.web.Members.Client(r.Request.Context(), r.actor, r.actor.Client)
	if err != nil {
		return err
	}
	r.client = page
	return nil
}

// whyField asks for a reason; each page says for what.
func (r *request) whyField(f *form, name, label, hint string) ui.Field {
	return ui.Field{Name: name, Label: label, Hint: hint, Wrong: f.problem(name), Value: f.typed(name), Complete: "off", Most: members.LongestWhy}
}
