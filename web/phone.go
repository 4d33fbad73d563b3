package web

import (
	"errors"
	"net/http"

	"meent/members"
)

// textsGoOut holds where there is a way to send text messages.
func (r *request) textsGoOut() error {
	if !r.web.Texts {
		return members.ErrNotFound
	}
	return nil
}

// showPhone handles GET /account/phone: the mobile number to sign in with.
func showPhone(r *request) error {
	return r.phonePage(http.StatusOK, r.emptyForm())
}

func (r *request) phonePage(status int, f *form) error {
	now, err := r.web.Members.OwnPhone(r.Request.Context(), r.actor.Person)
	if err != nil && !errors.Is(err, members.ErrNotFound) {
		return err
	}
	return r.page(status, r.t("phone.title"), phoneBody(r, f, string(now)))
}

// askPhone handles POST /account/phone. Whether somebody has the number shows
// nowhere; what else happens, happens in a task.
func askPhone(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(asksOfNetwork, r.network()); err != nil {
		return err
	}
	if err := r.limit(phonesOfPerson, r.actor.Person.String()); err != nil {
		return err
	}
	if err := f.wrong(r.web.Members.AskPhone(r.Request.Context(), r.actor.Person, f.text("phone"))); err != nil {
		return err
	}
	if f.bad() {
		return r.phonePage(http.StatusUnprocessableEntity, f)
	}
	return r.to("/account/phone/code")
}

// showPhoneCode handles GET /account/phone/code.
func showPhoneCode(r *request) error {
	return r.page(http.StatusOK, r.t("signin.texted_title"), phoneCodeBody(r, r.emptyForm()))
}

// usePhoneCode handles POST /account/phone/code: the number is shown to be the
// person's.
func usePhoneCode(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(codesOfNetwork, r.network()); err != nil {
		return err
	}
	if err := r.confirmPhone(f); err != nil {
		return err
	}
	if f.bad() {
		return r.page(http.StatusUnprocessableEntity, r.t("signin.texted_title"), phoneCodeBody(r, f))
	}
	r.flash("phone.added")
	return r.to("/account")
}

func (r *request) confirmPhone(f *form) error {
	code, ok := readCode(f.text("code"))
	if !ok {
		f.problems.Add("code", "not_a_code", nil)
		return nil
	}
	err := r.web.Members.ConfirmPhone(r.Request.Context(), r.actor, code)
	if rule, ok := codeRule(err); ok {
		f.problems.Add("code", rule, nil)
		return nil
	}
	return err
}

// removePhone handles POST /account/phone/remove.
func removePhone(r *request) error {
	if err := r.web.Members.RemovePhone(r.Request.Context(), r.actor); err != nil {
		return err
	}
	r.flash("phone.removed")
	return r.to("/account")
}
