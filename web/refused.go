package web

import (
	"net/http"

	"meent/members"
)

// logRefusal notes for who runs this that a read was refused: ids alone.
func (r *request) logRefusal(refused *members.NotGranted) {
	r.web.Log.Info("read refused", "route", r.route, "id", requestID(r.Request.Context()),
		"reader", r.actor.Role.String(), "member", refused.Member.String(), "scope", string(refused.Scope))
}

// refusedPage explains that the member does not let the reader: what it needs,
// who decides, and what to do.
func (r *request) refusedPage(refused *members.NotGranted) error {
	r.logRefusal(refused)
	return r.page(http.StatusForbidden, r.t("refused.title"), refusedBody(r, refused))
}
