package web

import (
	"net/http"
	"strconv"
	"strings"

	"meent/internal/id"
	"meent/members"
)

// waysIn handles GET /lost-phone: how the people of the cooperative sign in.
func waysIn(r *request) error {
	list, err := r.web.Members.WaysIn(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("lost.title"), waysInBody(r, list))
}

// inHouse finds the person of the path in the actor's cooperative.
func (r *request) inHouse() (err error) {
	person, err := id.Parse[members.Person](r.Param("person"))
	if err != nil {
		return err
	}
	r.someone, err = r.web.Members.WayIn(r.Request.Context(), r.actor, person)
	return err
}

// showReset handles GET /lost-phone/:person.
func showReset(r *request) error { return r.resetPage(http.StatusOK, r.emptyForm()) }

func (r *request) resetPage(status int, f *form) error {
	return r.page(status, r.someone.Name, resetBody(r, f, r.someone))
}

// resetFactors handles POST /lost-phone/:person: the person begins anew.
func resetFactors(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Members.ResetFactors(r.Request.Context(), r.actor, r.someone.Person, f.text("why"))); err != nil {
		return err
	}
	if f.bad() {
		return r.resetPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("lost.done")
	return r.to("/lost-phone")
}

// hasWord says what a person has besides a mail.
func (r *request) hasWord(who members.WayIn) string {
	has, words := who.Has, []string{r.t("lost.mail")}
	if has.Passkeys > 0 {
		words = append(words, r.t("lost.passkeys", "Count", strconv.Itoa(has.Passkeys)))
	}
	if has.App {
		words = append(words, r.t("lost.app"))
	}
	if who.Phone {
		words = append(words, r.t("lost.phone"))
	}
	return strings.Join(words, ", ")
}

// kindsWord says what a person is here.
func (r *request) kindsWord(kinds []members.RoleKind) string {
	var words []string
	for _, kind := range kinds {
		words = append(words, r.words.With("lost.kind_"+string(kind), nil))
	}
	return strings.Join(words, ", ")
}
