package web

import (
	"errors"
	"net/http"
	"strings"
	"unicode"

	"meent/members"
)

// showApp handles GET /account/app: an app that shows codes.
func showApp(r *request) error { return r.appPage(http.StatusOK, r.emptyForm()) }

// appPage shows how it stands: an app, one that waits for its first code, or none.
func (r *request) appPage(status int, f *form) error {
	has, err := r.web.Members.Factors(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	secret, err := r.web.Members.NewApp(r.Request.Context(), r.actor.Person)
	if err != nil && !errors.Is(err, members.ErrNotFound) {
		return err
	}
	code, err := qrOf(secret, r.actor.Name)
	if err != nil {
		return err
	}
	return r.page(status, r.t("codeapp.title"), appBody(r, f, has, secret, code))
}

// beginApp handles POST /account/app/begin: a secret for a new app.
func beginApp(r *request) error {
	if err := r.web.Members.BeginApp(r.Request.Context(), r.actor.Person, r.half); err != nil {
		return err
	}
	return r.to("/account/app")
}

// confirmApp handles POST /account/app: the first code. The spare codes are
// shown here and never again.
func confirmApp(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	var spare []string
	err = r.withAppCode(f, func(code string) (err error) {
		spare, err = r.web.Members.ConfirmApp(r.Request.Context(), r.actor, code, r.half)
		return err
	})
	if errors.Is(err, members.ErrNotFound) {
		return r.to("/account/app") // it waited too long: begin again
	}
	if err != nil {
		return err
	}
	if f.bad() {
		return r.appPage(http.StatusUnprocessableEntity, f)
	}
	if err := r.renew(); err != nil {
		return err
	}
	r.setSecond()
	r.half = false
	return r.page(http.StatusOK, r.t("codeapp.spare_title"), spareBody(r, spare))
}

// removeApp handles POST /account/app/remove.
func removeApp(r *request) error {
	if err := r.web.Members.RemoveApp(r.Request.Context(), r.actor); err != nil {
		return err
	}
	r.flash("codeapp.removed")
	return r.to("/account")
}

// withAppCode reads a code of an app and uses it. What is wrong with it becomes
// a problem at the field; everything else is given back.
func (r *request) withAppCode(f *form, use func(code string) error) error {
	code, ok := readAppCode(f.text("code"))
	if !ok {
		f.problems.Add("code", "not_an_app_code", nil)
		return nil
	}
	err := use(code)
	var wait members.TooManyGuesses
	switch {
	case errors.As(err, &wait):
		f.problems.Add("code", "guesses_wait", map[string]any{"Time": r.words.Time(wait.Until)})
	case errors.Is(err, members.ErrWrongCode):
		f.problems.Add("code", "wrong_app_code", nil)
	default:
		return err
	}
	return nil
}

// readAppCode takes six digits, or the sixteen signs of a spare code, out of
// what was typed.
func readAppCode(text string) (string, bool) {
	code := strings.ToUpper(strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '-' {
			return -1
		}
		return c
	}, text))
	digits := len(code) == 6 && strings.Trim(code, "0123456789") == ""
	spare := len(code) == 16 && strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567") == ""
	return code, digits || spare
}

// inFours cuts a long text so that it can be copied by hand.
func inFours(text string) string {
	var parts []string
	for ; len(text) > 4; text = text[4:] {
		parts = append(parts, text[:4])
	}
	return strings.Join(append(parts, text), " ")
}
