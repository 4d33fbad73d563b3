package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// followedMember is a member whom the acting coach follows.
type followedMember = coaching.Follow

// caseload handles GET /caseload: the members that the coach follows, by signal;
// ?signal= shows those with one. Reading what members share is noted for them to
// see.
func caseload(r *request) error {
	list, err := r.web.Coaching.Caseload(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	if err := r.aheadOfCases(list); err != nil {
		return err
	}
	chosen := coaching.SignalKind(r.Query("signal"))
	if !slices.Contains(coaching.Signals(), chosen) {
		chosen = ""
	}
	return r.page(http.StatusOK, r.t("caseload.title"), caseloadBody(r, list, chosen))
}

// followsMember finds the member of the path in the coach's own caseload, or
// nothing.
func (r *request) followsMember() error {
	member, err := id.Parse[members.Member](r.Param("member"))
	if err != nil {
		return err
	}
	r.member, err = r.web.Coaching.Member(r.Request.Context(), r.actor, member)
	return err
}
