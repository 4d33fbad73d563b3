package web

import "net/http"

// landing handles GET /: what Meent is, for everybody; whoever is signed in
// goes home.
func landing(r *request) error {
	if !r.actor.Person.IsZero() {
		return r.to("/home")
	}
	return r.page(http.StatusOK, r.t("landing.short"), landingBody(r))
}
