package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members/coaching"
)

// shownPeople handles GET /people: who shows themselves to the client.
func shownPeople(r *request) error {
	list, err := r.web.Coaching.People(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("shown.people"), shownPeopleBody(r, list))
}

// shownPerson handles GET /people/:release: the card, which the member can see
// that the client read.
func shownPerson(r *request) error {
	release, err := id.Parse[coaching.Release](r.Param("release"))
	if err != nil {
		return err
	}
	card, err := r.web.Coaching.ReleasedCard(r.Request.Context(), r.actor, release)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, card.FirstName, shownPersonBody(r, card))
}
