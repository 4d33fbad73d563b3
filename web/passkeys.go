package web

import (
	"errors"
	"net/http"

	"meent/internal/id"
	"meent/members"
)

// showPasskeys handles GET /account/passkeys: the person's own.
func showPasskeys(r *request) error {
	return r.passkeysPage(http.StatusOK, r.emptyForm(), "")
}

func (r *request) passkeysPage(status int, f *form, wrong string) error {
	list, err := r.web.Members.Passkeys(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	return r.page(status, r.t("passkeys.title"), passkeysBody(r, f, list, wrong))
}

// maySetUp lets who is halfway in set up a second factor, as long as there is
// none: otherwise they show the one that they have.
func (r *request) maySetUp() error {
	if !r.half {
		return nil
	}
	has, err := r.web.Members.Factors(r.Request.Context(), r.actor.Person)
	if err == nil && has.Any() {
		err = errSecond
	}
	return err
}

// offerPasskey handles POST /account/passkeys/ask: what the browser needs to
// make a passkey, for the script.
func offerPasskey(r *request) error {
	if err := r.limit(passkeysOfNetwork, r.network()); err != nil {
		return err
	}
	browser, err := r.browserSecret()
	if err != nil {
		return err
	}
	options, err := r.web.Members.OfferPasskey(r.Request.Context(), r.actor.Person, browser)
	if err != nil {
		return err
	}
	r.JSON(http.StatusOK, options)
	return nil
}

// addPasskey handles POST /account/passkeys: the browser has made one.
func addPasskey(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	name := f.text("name")
	if name == "" {
		name = r.deviceWord(deviceOf(r.Request.UserAgent()))
	}
	err = r.web.Members.AddPasskey(r.Request.Context(), r.actor, r.web.readCookie(r.Request, browserCookie), f.text("credential"), name, r.half)
	if errors.Is(err, members.ErrPasskey) {
		return r.passkeysPage(http.StatusUnprocessableEntity, f, r.t("passkeys.not_made"))
	}
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.passkeysPage(http.StatusUnprocessableEntity, f, "")
	}
	return r.gotFactor("passkeys.added", "/account/passkeys")
}

// gotFactor goes on after a factor was set up: who was halfway in is in.
func (r *request) gotFactor(flash, path string) error {
	if err := r.renew(); err != nil {
		return err
	}
	if r.half {
		path = "/home"
	}
	r.setSecond()
	r.flash(flash)
	return r.to(path)
}

// namePasskey handles POST /account/passkeys/:passkey/name.
func namePasskey(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	key, err := id.Parse[members.Passkey](r.Param("passkey"))
	if err != nil {
		return err
	}
	field := passkeyField(key)
	if err := f.wrong(r.web.Members.NamePasskey(r.Request.Context(), r.actor.Person, key, f.text(field))); err != nil {
		return err
	}
	if f.bad() {
		f.move("name", field)
		return r.passkeysPage(http.StatusUnprocessableEntity, f, "")
	}
	r.flash("passkeys.named")
	return r.to("/account/passkeys")
}

// passkeyField is the field for the name of one passkey.
func passkeyField(key members.PasskeyID) string { return "name-" + key.String() }

// removePasskey handles POST /account/passkeys/:passkey/remove.
func removePasskey(r *request) error {
	key, err := id.Parse[members.Passkey](r.Param("passkey"))
	if err != nil {
		return err
	}
	if err := r.web.Members.RemovePasskey(r.Request.Context(), r.actor, key); err != nil {
		return err
	}
	r.flash("passkeys.removed")
	return r.to("/account/passkeys")
}

// usedWord says when a passkey was used last.
func (r *request) usedWord(k members.Passkey) string {
	if k.Used == "" {
		return r.t("passkeys.never")
	}
	return r.t("passkeys.used", "Day", r.words.DayOf(k.Used))
}
