package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
)

// account handles GET /account: who am I here, and the way out.
func account(r *request) error {
	roles, err := r.web.Members.Roles(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("account.title"), accountBody(r, roles))
}

// chooseRole handles POST /role: act in another of one's own roles.
func chooseRole(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	role, err := id.Parse[members.Role](f.text("role"))
	if err != nil {
		return err
	}
	roles, err := r.web.Members.Roles(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	for _, own := range roles {
		if own.ID == role {
			r.actAs(role)
			return r.to("/home")
		}
	}
	return members.ErrNotFound
}
