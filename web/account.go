package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// account handles GET /account: who am I here, and the way out.
func account(r *request) error {
	roles, err := r.web.Members.Roles(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("account.title"), accountBody(r, roles))
}

// wayInLinks lead to everything about how the person signs in.
func (r *request) wayInLinks() []ui.Link {
	links := []ui.Link{{Text: r.t("account.sessions"), Path: "/account/sessions"}, {Text: r.t("account.email"), Path: "/account/email"}}
	if r.web.Texts {
		links = append(links, ui.Link{Text: r.t("account.phone"), Path: "/account/phone"})
	}
	if r.web.Members.HasPasskeys() {
		links = append(links, ui.Link{Text: r.t("account.passkeys"), Path: "/account/passkeys"})
	}
	links = append(links, ui.Link{Text: r.t("account.app"), Path: "/account/app"})
	if r.actor.Kind == members.RoleCoordinator {
		links = append(links, ui.Link{Text: r.t("account.lost"), Path: "/lost-phone"})
	}
	return links
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
