package web

import (
	"net/http"
	"strings"

	"meent/members"
	"meent/web/ui"
)

// showJoin handles GET /join/:secret: who invites, and the form. It changes
// nothing, because mail programs open links by themselves. Who made the
// invitation goes to where they fill it in together.
func showJoin(r *request) error {
	i, err := r.web.Members.Look(r.Request.Context(), r.Param("secret"))
	if err != nil {
		return err
	}
	if i.Card && i.MadeBy(r.actor) {
		return r.to(togetherPath(i))
	}
	f := r.emptyForm()
	f.set("email", string(i.Email))
	return r.joinPage(http.StatusOK, i, f)
}

// join handles POST /join/:secret. The one who joins is not signed in by it, but
// gets the mail with which anybody signs in.
func join(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.limit(joinsOfNetwork, r.network()); err != nil {
		return err
	}
	i, err := r.web.Members.Look(r.Request.Context(), r.Param("secret"))
	if err != nil {
		return err
	}
	if i.Card && i.MadeBy(r.actor) {
		return r.to(togetherPath(i))
	}
	joined, err := r.web.Coaching.Join(r.Request.Context(), r.Param("secret"), f.joining())
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.joinPage(http.StatusUnprocessableEntity, i, f)
	}
	return r.askSignInFor(joined.Email)
}

// askSignInFor asks for the mail, for this browser.
func (r *request) askSignInFor(email members.Email) error {
	browser, err := r.browserSecret()
	if err != nil {
		return err
	}
	err = r.web.Members.AskSignIn(r.Request.Context(), members.AskSignIn{Email: string(email), Browser: browser, Locale: r.words.Locale})
	if err != nil {
		return err
	}
	return r.to("/signin/sent")
}

// joining reads what somebody who joins tells. What cannot be read is refused by
// the domain too: so all problems are found at once.
func (f *form) joining() members.Joining {
	birth, _ := f.day("birth")
	return members.Joining{
		Name: f.text("name"), Email: f.text("email"), Birth: birth, Place: f.text("place"),
		ReachMetres: f.kilometres("reach"), Travel: members.Travel(f.text("travel")), Locale: f.request.words.Locale,
	}
}

// joinProblems is what is wrong in the order of the page, each with the name of
// its field.
func (r *request) joinProblems(f *form) (list []ui.Problem) {
	for _, one := range [][2]string{{"name", r.t("join.name")}, {"email", r.t("signin.email")}, {"birth", r.t("join.birth")},
		{"place", r.t("profile.place")}, {"travel", r.t("profile.travel")}, {"reach", r.t("profile.reach")}} {
		for _, p := range f.list(one[0]) {
			list = append(list, ui.Problem{Field: p.Field, Text: strings.TrimSuffix(one[1], "?") + ": " + p.Text})
		}
	}
	return list
}

func (r *request) joinPage(status int, i members.Invitation, f *form) error {
	return r.page(status, r.t("join.title"), joinBody(r, i, f))
}
