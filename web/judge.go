package web

import (
	"context"
	"net/http"

	"meent/members"
)

// judge lets the acting coordinator decide about the person of the path, with
// the reason from the form.
func (r *request) judge(flash string, decide func(context.Context, members.Actor, members.PersonID, string) error) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(decide(r.Request.Context(), r.actor, r.restrictable.Person, f.text("why"))); err != nil {
		return err
	}
	if f.bad() {
		return r.restrictablePage(http.StatusUnprocessableEntity, f)
	}
	r.flash(flash)
	return r.to(r.restrictablePath())
}
