package web

import (
	"net/http"
	"slices"

	"meent/members"
)

// needsSecond reports whether the person must show a second factor: whoever
// coordinates anywhere, in whichever role they act now.
func (r *request) needsSecond() bool {
	return r.web.SecondFactor && (r.actor.Kind == members.RoleCoordinator ||
		slices.ContainsFunc(r.roles, func(role members.Role) bool { return role.Kind == members.RoleCoordinator }))
}

func (r *request) hasSecond() bool {
	return r.web.sessions.GetString(r.Request.Context(), sessionSecond) == "yes"
}

func (r *request) setSecond() {
	r.web.sessions.Put(r.Request.Context(), sessionSecond, "yes")
}

// showSecond handles GET /signin/second: show a second factor, or set one up.
func showSecond(r *request) error {
	if !r.half {
		return r.to(localPath(r.Query("next"), "/home"))
	}
	return r.secondPage(http.StatusOK, r.emptyForm())
}

func (r *request) secondPage(status int, f *form) error {
	has, err := r.web.Members.Factors(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	next := r.nextOf(f)
	if next == "/account" {
		next = "/home"
	}
	if !has.Any() {
		return r.page(status, r.t("second.set_up_title"), setUpBody(r))
	}
	return r.page(status, r.t("second.title"), secondBody(r, f, has, next))
}

// useSecond handles POST /signin/second: a code of the app, or a spare code.
func useSecond(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if !r.half {
		return r.to(localPath(f.text("next"), "/home"))
	}
	if err := r.useAppCode(f); err != nil {
		return err
	}
	if f.bad() {
		return r.secondPage(http.StatusUnprocessableEntity, f)
	}
	if err := r.renew(); err != nil {
		return err
	}
	r.setFresh()
	r.setSecond()
	return r.to(localPath(f.text("next"), "/home"))
}

// confirmByApp handles POST /confirm/app.
func confirmByApp(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.useAppCode(f); err != nil {
		return err
	}
	if f.bad() {
		return r.confirmPage(http.StatusUnprocessableEntity, f)
	}
	return r.confirmed(r.nextOf(f))
}

func (r *request) useAppCode(f *form) error {
	if err := r.limit(codesOfNetwork, r.network()); err != nil {
		return err
	}
	return r.withAppCode(f, func(code string) error {
		return r.web.Members.UseApp(r.Request.Context(), r.actor.Person, code)
	})
}
