package web

import "net/http"

// landing handles GET /: what Meent is, for everybody; whoever is signed in
// goes home, and whoever finds no cooperative makes the first.
func landing(r *request) error {
	if !r.actor.Person.IsZero() {
		return r.to("/home")
	}
	open, err := r.firstOpen()
	if err != nil {
		return err
	}
	if open {
		return r.to("/first")
	}
	work, err := r.publicList()
	if err != nil {
		return err
	}
	r.indexed()
	return r.page(http.StatusOK, r.t("landing.short"), landingBody(r, work))
}
