package web

import (
	"errors"
	"net/http"

	"meent/members"
)

// printCard handles POST /caseload/:member/card: a card with which the member
// signs in once. It is shown here and never again.
func printCard(r *request) error {
	secret, err := r.web.Coaching.PrintCard(r.Request.Context(), r.actor, r.member.Member)
	var refused *members.NotGranted
	if errors.As(err, &refused) {
		r.logRefusal(refused)
		return r.page(http.StatusForbidden, r.t("card.not_yet"), cardNotYetBody(r))
	}
	if err != nil {
		return err
	}
	address := r.web.URL.JoinPath("card", secret).String()
	code, err := codeOf(address)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("card.title"), printedCardBody(r, code, r.words.Time(r.web.Now().Add(members.CardLife))))
}

// showCard handles GET /card/:secret. It changes nothing: phones look at links
// by themselves.
func showCard(r *request) error {
	return r.page(http.StatusOK, r.t("card.use_title"), cardBody(r, r.Param("secret")))
}

// useCard handles POST /card/:secret. Used, late, or somebody else's: one page.
// The member is in, and still shows who they are before they change the way in.
func useCard(r *request) error {
	if err := r.limit(codesOfNetwork, r.network()); err != nil {
		return err
	}
	person, err := r.web.Members.UseCard(r.Request.Context(), r.Param("secret"), r.actor.Person)
	if errors.Is(err, members.ErrSignInSpent) {
		return r.page(http.StatusUnprocessableEntity, r.t("card.over_title"), cardOverBody(r))
	}
	if err != nil {
		return err
	}
	if err := r.signInAs(person); err != nil {
		return err
	}
	r.web.sessions.Put(r.Request.Context(), sessionCard, "yes")
	return r.to("/home")
}
