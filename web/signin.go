package web

import (
	"errors"
	"net/http"
	"strings"
	"unicode"

	"meent/members"
	"meent/web/ui"
)

// showSignIn handles GET /signin.
func showSignIn(r *request) error {
	if !r.actor.Person.IsZero() {
		return r.to("/home")
	}
	return r.signInPage(http.StatusOK, r.emptyForm())
}

// askSignIn handles POST /signin. Known and unknown addresses and numbers get the
// same answer; what else happens, happens in a task.
func askSignIn(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limitAsking(f.text("email")); err != nil {
		return err
	}
	browser, err := r.browserSecret()
	if err != nil {
		return err
	}
	ask := members.AskSignIn{Email: f.text("email"), Texts: r.web.Texts, Browser: browser, Locale: r.words.Locale}
	err = r.web.Members.AskSignIn(r.Request.Context(), ask)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.signInPage(http.StatusUnprocessableEntity, f)
	}
	r.rememberNext(f.text("next"))
	if ask.ByText() {
		return r.to("/signin/sent?by=" + byText)
	}
	return r.to("/signin/sent")
}

// byText in an address or a form says that the code went by text message. That
// somebody typed a number shows; which, nowhere.
const byText = "text"

func (r *request) byText(f *form) bool { return f.text("by") == byText || r.Query("by") == byText }

func (r *request) limitAsking(email string) error {
	if err := r.limit(asksOfNetwork, r.network()); err != nil {
		return err
	}
	email = strings.ToLower(email)
	if mobile, ok := members.ParseMobile(email); ok {
		email = string(mobile) // however it was written
	}
	if err := r.limit(asksFromNetwork, r.network()+" "+email); err != nil {
		return err
	}
	return r.limit(asksOfAddress, email)
}

func (r *request) signInPage(status int, f *form) error {
	next := localPath(r.Query("next"), "")
	if f.text("next") != "" {
		next = localPath(f.text("next"), "")
	}
	work, err := r.publicList()
	if err != nil {
		return err
	}
	return r.page(status, r.t("signin.title"), signInForm(r, f, next, work))
}

// whoField asks who wants to sign in. Where text messages go out it takes a
// number, too: one question has one field. Who reads with difficulty need not
// choose between two, and what was typed tells by itself what it is.
func (r *request) whoField(f *form) ui.Field {
	field := ui.Field{Name: "email", Label: r.t("signin.email"), Hint: r.t("signin.email_hint"), Wrong: f.problem("email"),
		Value: f.typed("email"), Type: "email", Complete: "email", Most: 254}
	if r.web.Texts {
		field.Label, field.Hint = r.t("signin.either"), r.t("signin.either_hint")
		field.Type, field.Complete = "text", "username"
	}
	return field
}

// showSent handles GET /signin/sent: where the code goes.
func showSent(r *request) error {
	return r.page(http.StatusOK, r.t("signin.sent_title"), codeForm(r, r.emptyForm()))
}

// useCode handles POST /signin/code.
func useCode(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(codesOfNetwork, r.network()); err != nil {
		return err
	}
	code, ok := readCode(f.text("code"))
	if !ok {
		f.problems.Add("code", "not_a_code", nil)
		return r.page(http.StatusUnprocessableEntity, r.t("signin.sent_title"), codeForm(r, f))
	}
	person, err := r.web.Members.UseCode(r.Request.Context(), code, r.web.readCookie(r.Request, browserCookie))
	if rule, ok := codeRule(err); ok {
		f.problems.Add("code", rule, nil)
		return r.page(http.StatusUnprocessableEntity, r.t("signin.sent_title"), codeForm(r, f))
	}
	if err != nil {
		return err
	}
	return r.enter(person)
}

// readCode takes six digits out of what was typed, with or without spaces.
func readCode(text string) (string, bool) {
	code := strings.Map(func(c rune) rune {
		if unicode.IsSpace(c) || c == '-' {
			return -1
		}
		return c
	}, text)
	return code, len(code) == 6 && strings.Trim(code, "0123456789") == ""
}

func codeRule(err error) (string, bool) {
	switch {
	case errors.Is(err, members.ErrWrongCode):
		return "wrong_code", true
	case errors.Is(err, members.ErrSignInSpent):
		return "code_spent", true
	}
	return "", false
}

// showLink handles GET /signin/link/:secret. It changes nothing, because mail
// programs open links by themselves.
func showLink(r *request) error {
	return r.page(http.StatusOK, r.t("signin.link_title"), linkForm(r, r.Param("secret"), ""))
}

// useLink handles POST /signin/link/:secret.
func useLink(r *request) error {
	browser := r.web.readCookie(r.Request, browserCookie)
	person, err := r.web.Members.UseLink(r.Request.Context(), r.Param("secret"), browser)
	if errors.Is(err, members.ErrSignInSpent) {
		return r.page(http.StatusUnprocessableEntity, r.t("signin.link_title"), linkForm(r, "", r.t("signin.link_spent")))
	}
	if err != nil {
		return err
	}
	return r.enter(person)
}

// enter begins a session and goes where the person wanted to be.
func (r *request) enter(person members.PersonID) error {
	next := localPath(r.web.readCookie(r.Request, nextCookie), "/home")
	if err := r.signInAs(person); err != nil {
		return err
	}
	r.setFresh()
	r.setCookie(browserCookie, "", -1)
	r.setCookie(nextCookie, "", -1)
	return r.to(next)
}

// rememberNext keeps the way for after the sign-in, in this browser only.
func (r *request) rememberNext(path string) {
	if path := localPath(path, ""); path != "" {
		r.setCookie(nextCookie, path, members.SignInLife)
	}
}

// signOut handles POST /signout.
func signOut(r *request) error {
	if err := r.endSession(); err != nil {
		return err
	}
	r.Header("Clear-Site-Data", `"storage"`) // what offline.js kept in this browser, too
	return r.to("/")
}

// signOutEverywhere handles POST /signout/everywhere.
func signOutEverywhere(r *request) error {
	if err := r.web.Members.SignOutEverywhere(r.Request.Context(), r.actor.Person); err != nil {
		return err
	}
	return signOut(r)
}
