package web

import "net/http"

// showEmail handles GET /account/email: another e-mail address.
func showEmail(r *request) error {
	return r.emailPage(http.StatusOK, r.emptyForm())
}

func (r *request) emailPage(status int, f *form) error {
	me, err := r.web.Members.Addressee(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	return r.page(status, r.t("email.title"), emailBody(r, f, string(me.Email)))
}

// askEmail handles POST /account/email. Whether somebody has the address shows
// nowhere; what else happens, happens in a task.
func askEmail(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(emailsOfPerson, r.actor.Person.String()); err != nil {
		return err
	}
	if err := f.wrong(r.web.Members.AskEmail(r.Request.Context(), r.actor.Person, f.text("email"))); err != nil {
		return err
	}
	if f.bad() {
		return r.emailPage(http.StatusUnprocessableEntity, f)
	}
	return r.to("/account/email/code")
}

// showEmailCode handles GET /account/email/code.
func showEmailCode(r *request) error {
	return r.page(http.StatusOK, r.t("email.code_title"), emailCodeBody(r, r.emptyForm()))
}

// useEmailCode handles POST /account/email/code: the new address is shown to be
// the person's, and every session but this one ends.
func useEmailCode(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(codesOfNetwork, r.network()); err != nil {
		return err
	}
	if err := r.changeEmail(f); err != nil {
		return err
	}
	if f.bad() {
		return r.page(http.StatusUnprocessableEntity, r.t("email.code_title"), emailCodeBody(r, f))
	}
	if err := r.beginAnew(); err != nil {
		return err
	}
	r.flash("email.changed")
	return r.to("/account")
}

func (r *request) changeEmail(f *form) error {
	code, ok := readCode(f.text("code"))
	if !ok {
		f.problems.Add("code", "not_a_code", nil)
		return nil
	}
	err := r.web.Members.ChangeEmail(r.Request.Context(), r.actor, code)
	if rule, ok := codeRule(err); ok {
		f.problems.Add("code", rule, nil)
		return nil
	}
	return err
}
