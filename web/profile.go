package web

import (
	"net/http"
	"strconv"

	"meent/members"
	"meent/web/ui"
)

// showProfile handles GET /profile.
func showProfile(r *request) error {
	profile, err := r.web.Members.Profile(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	f := r.emptyForm()
	f.set("name", profile.Name)
	f.set("place", profile.PlaceName)
	f.set("reach", strconv.Itoa(profile.ReachMetres/1000))
	f.set("travel", string(profile.Travel))
	return r.profilePage(http.StatusOK, profile, f)
}

// changeProfile handles POST /profile.
func changeProfile(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	change := members.ProfileChange{
		Name: f.text("name"), Place: f.text("place"), ReachMetres: f.kilometres("reach"), Travel: members.Travel(f.text("travel")),
	}
	// A number that could not be read is 0, which the domain refuses too: so all
	// problems are found at once, and nothing is written while there is one.
	if err := f.wrong(r.web.Members.ChangeProfile(r.Request.Context(), r.actor, change)); err != nil {
		return err
	}
	if !f.bad() {
		r.flash("profile.saved")
		return r.to("/profile")
	}
	profile, err := r.web.Members.Profile(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.profilePage(http.StatusUnprocessableEntity, profile, f)
}

// kilometres reads whole kilometres from 1 to 100, as metres.
func (f *form) kilometres(field string) (metres int) {
	n := f.number(field)
	if !f.problems.At(field) {
		f.problems.Between(field, n, 1, members.MaxReach/1000)
	}
	if f.problems.At(field) {
		return 0
	}
	return n * 1000
}

func (r *request) profilePage(status int, profile members.Profile, f *form) error {
	return r.page(status, r.t("profile.title"), profileBody(r, profile, f))
}

// travels are the ways to go to work, to choose from.
func (r *request) travels() (choices []ui.Choice) {
	for _, travel := range members.Travels() {
		choices = append(choices, ui.Choice{Value: string(travel), Text: r.words.With("travel."+string(travel), nil)})
	}
	return choices
}
