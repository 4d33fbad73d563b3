package web

import (
	"errors"
	"net/http"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/members"
	"meent/web/ui"
)

// devPeople handles GET /dev/people: everybody whom a demo lets one be.
func devPeople(r *request) error {
	everyone, err := r.web.Members.Everyone(r.Request.Context())
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("dev.people"), devPeopleBody(r, everyone))
}

// devSignIn handles POST /dev/signin: be somebody of the demo, at once.
func devSignIn(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	person, err := id.Parse[members.Person](f.text("person"))
	if err != nil {
		return err
	}
	role, err := id.Parse[members.Role](f.text("role"))
	if err != nil {
		return err
	}
	actor, err := r.web.Members.Actor(r.Request.Context(), person, role)
	if err != nil {
		return err
	}
	if err := r.signInAs(person); err != nil {
		return err
	}
	r.actAs(actor.Role)
	return r.to("/home")
}

// devMailbox handles GET /dev/mailbox: mail that was not sent.
func devMailbox(r *request) error {
	if r.web.Mailbox == nil {
		return members.ErrNotFound
	}
	list, err := r.web.Mailbox.List(r.Request.Context(), 50)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("dev.mailbox"), devMailboxBody(r, list))
}

// devMessage handles GET /dev/mailbox/:message.
func devMessage(r *request) error {
	message, err := id.Parse[mail.Stored](r.Param("message"))
	if err != nil || r.web.Mailbox == nil {
		return members.ErrNotFound
	}
	stored, err := r.web.Mailbox.Get(r.Request.Context(), message)
	if errors.Is(err, mail.ErrNotFound) {
		return members.ErrNotFound
	}
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, stored.Subject, devMessageBody(r, stored))
}

// devComponents handles GET /dev/components: every component in every state.
func devComponents(r *request) error {
	return r.page(http.StatusOK, "Components", ui.Gallery())
}
