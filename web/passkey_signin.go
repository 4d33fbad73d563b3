package web

import (
	"errors"
	"net/http"

	"meent/members"
)

// askPasskey handles POST /signin/passkey/ask: what the browser needs to sign,
// for the script. It is the same for everybody.
func askPasskey(r *request) error {
	if err := r.limit(passkeysOfNetwork, r.network()); err != nil {
		return err
	}
	browser, err := r.browserSecret()
	if err != nil {
		return err
	}
	options, err := r.web.Members.AskPasskey(r.Request.Context(), browser)
	if err != nil {
		return err
	}
	r.JSON(http.StatusOK, options)
	return nil
}

// usePasskey handles POST /signin/passkey: sign in, or show once more who you
// are. A device that asks its owner for a finger or a code is two factors.
func usePasskey(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(passkeysOfNetwork, r.network()); err != nil {
		return err
	}
	person, err := r.web.Members.UsePasskey(r.Request.Context(), r.web.readCookie(r.Request, browserCookie), f.text("credential"))
	if err == nil && !r.actor.Person.IsZero() && r.actor.Person != person {
		err = members.ErrPasskey
	}
	if errors.Is(err, members.ErrPasskey) {
		return r.page(http.StatusUnprocessableEntity, r.t("passkeys.wrong_title"), passkeyWrongBody(r))
	}
	if err != nil {
		return err
	}
	return r.enterByPasskey(person, localPath(f.text("next"), "/home"))
}

func (r *request) enterByPasskey(person members.PersonID, next string) error {
	begin := r.renew
	if r.actor.Person.IsZero() {
		begin = func() error { return r.signInAs(person) }
	}
	if err := begin(); err != nil {
		return err
	}
	r.setFresh()
	r.setSecond()
	r.setCookie(browserCookie, "", -1)
	return r.to(next)
}
