package web

import (
	"net/http"
	"strings"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// showRegister handles GET /register.
func showRegister(r *request) error { return r.registerPage(http.StatusOK, r.emptyForm()) }

func (r *request) registerPage(status int, f *form) error {
	list, err := r.web.Members.Cooperatives(r.Request.Context())
	if err != nil {
		return err
	}
	return r.page(status, r.t("register.title"), registerBody(r, f, list))
}

// register handles POST /register. Known and unknown addresses get the same
// answer; who asked signs in as everybody does.
func register(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limitRegistering(f.text("email")); err != nil {
		return err
	}
	ask := members.AskClient{Place: f.text("place"), Contact: members.NewPerson{Name: f.text("person"), Email: f.text("email"), Locale: r.words.Locale}}
	ask.NewClient = members.NewClient{Name: f.text("name"), Kind: members.ClientKind(f.text("kind")), Address: f.text("address")}
	if c, err := id.Parse[struct{}](f.text("cooperative")); err == nil {
		ask.Cooperative = id.Cooperative(c)
	}
	if err := f.wrong(r.web.Members.AskClient(r.Request.Context(), ask)); err != nil {
		return err
	}
	if f.bad() {
		return r.registerPage(http.StatusUnprocessableEntity, f)
	}
	return r.to("/register/sent")
}

// limitRegistering is as strict as asking to sign in, and counts apart: nobody
// can use up somebody's mails by registering.
func (r *request) limitRegistering(email string) error {
	if err := r.limit(registersOfNetwork, r.network()); err != nil {
		return err
	}
	email = strings.ToLower(email)
	if err := r.limit(registersFromNetwork, r.network()+" "+email); err != nil {
		return err
	}
	return r.limit(registersOfAddress, email)
}

// showRegistered handles GET /register/sent.
func showRegistered(r *request) error {
	return r.page(http.StatusOK, r.t("register.sent_title"), registeredBody(r))
}

func (r *request) cooperativeChoices(list []members.Cooperative) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("register.choose")}}
	if len(list) == 1 {
		choices = nil
	}
	for _, c := range list {
		choices = append(choices, ui.Choice{Value: c.ID.String(), Text: c.Name})
	}
	return choices
}

func (r *request) clientKinds() (choices []ui.Choice) {
	for _, kind := range members.ClientKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.words.With("client."+string(kind), nil)})
	}
	return choices
}
