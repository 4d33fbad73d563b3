package web

import (
	"net/http"
	"time"

	"meent/members"
)

// freshFor is how long a person needs not show again who they are.
const freshFor = 10 * time.Minute

func (r *request) setFresh() {
	r.web.sessions.Remove(r.Request.Context(), sessionCard)
	until := r.web.Now().Add(freshFor).UTC().Format(time.RFC3339Nano)
	r.web.sessions.Put(r.Request.Context(), sessionFresh, until)
}

// fresh reports whether the person has just shown who they are.
func (r *request) fresh() bool {
	until, err := time.Parse(time.RFC3339Nano, r.web.sessions.GetString(r.Request.Context(), sessionFresh))
	return err == nil && r.web.Now().Before(until)
}

// byCard reports whether all that brought the person in is a card.
func (r *request) byCard() bool {
	return r.web.sessions.GetString(r.Request.Context(), sessionCard) != ""
}

// confirmed goes on to where the person wanted to be.
func (r *request) confirmed(next string) error {
	if err := r.renew(); err != nil {
		return err
	}
	r.setFresh()
	r.setCookie(nextCookie, "", -1)
	return r.to(localPath(next, "/account"))
}

// mailConfirms reports whether a code by mail is enough. Who must have a second
// factor shows that one.
func (r *request) mailConfirms() bool { return !r.needsSecond() || r.half }

// showConfirm handles GET /confirm: show once more who you are.
func showConfirm(r *request) error {
	return r.confirmPage(http.StatusOK, r.emptyForm())
}

func (r *request) confirmPage(status int, f *form) error {
	has, err := r.web.Members.Factors(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	phone, err := r.textsReach()
	if err != nil {
		return err
	}
	return r.page(status, r.t("confirm.title"), confirmBody(r, f, has, phone, r.nextOf(f)))
}

// textsReach reports whether a code can go to a number of the person.
func (r *request) textsReach() (bool, error) {
	if !r.web.Texts || r.needsSecond() {
		return false, nil
	}
	return r.web.Members.HasPhone(r.Request.Context(), r.actor.Person)
}

// nextOf is the way back that a form or an address carries.
func (r *request) nextOf(f *form) string {
	if next := f.text("next"); next != "" {
		return localPath(next, "/account")
	}
	return localPath(r.Query("next"), "/account")
}

// askConfirm handles POST /confirm: a code to the person's own address, or to
// the number with which they sign in.
func askConfirm(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if !r.mailConfirms() {
		return errForbidden
	}
	if err := r.limitAsking(r.actor.Person.String()); err != nil {
		return err
	}
	browser, err := r.browserSecret()
	if err != nil {
		return err
	}
	next := r.nextOf(f)
	r.rememberNext(next) // for the link in the mail
	if r.byText(f) {
		return r.askConfirmByText(browser, next)
	}
	if err := r.web.Members.AskConfirm(r.Request.Context(), r.actor.Person, browser); err != nil {
		return err
	}
	return r.to(withNext("/confirm/code", next))
}

func (r *request) askConfirmByText(browser, next string) error {
	if !r.web.Texts {
		return members.ErrNotFound
	}
	if err := r.web.Members.AskConfirmByText(r.Request.Context(), r.actor.Person, browser); err != nil {
		return err
	}
	return r.to(withNext("/confirm/code", next) + "&by=" + byText)
}

// showConfirmCode handles GET /confirm/code.
func showConfirmCode(r *request) error {
	return r.confirmCodePage(http.StatusOK, r.emptyForm())
}

func (r *request) confirmCodePage(status int, f *form) error {
	return r.page(status, r.t("signin.sent_title"), confirmCodeBody(r, f, r.nextOf(f)))
}

// useConfirmCode handles POST /confirm/code. The code of somebody else, asked in
// the same browser, is as good as none.
func useConfirmCode(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if !r.mailConfirms() {
		return errForbidden
	}
	if err := r.limit(codesOfNetwork, r.network()); err != nil {
		return err
	}
	code, ok := readCode(f.text("code"))
	if !ok {
		f.problems.Add("code", "not_a_code", nil)
		return r.confirmCodePage(http.StatusUnprocessableEntity, f)
	}
	person, err := r.web.Members.UseCode(r.Request.Context(), code, r.web.readCookie(r.Request, browserCookie))
	if err == nil && person != r.actor.Person {
		err = members.ErrSignInSpent
	}
	if rule, ok := codeRule(err); ok {
		f.problems.Add("code", rule, nil)
		return r.confirmCodePage(http.StatusUnprocessableEntity, f)
	}
	if err != nil {
		return err
	}
	return r.confirmed(r.nextOf(f))
}
