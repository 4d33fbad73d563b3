package web

import (
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
