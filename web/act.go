package web

import (
	"errors"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// Why a page does not come while, or after, somebody acts for a member.
var (
	errTheirs  = errors.New("web: the member does this alone")
	errActOver = errors.New("web: may not act for the member any more")
)

// beginActing handles POST /caseload/:member/act: from now on the coach's pages
// are the member's, until one of them ends it.
func beginActing(r *request) error {
	if _, err := r.web.Coaching.Act(r.Request.Context(), r.actor, r.member.Member); err != nil {
		return err
	}
	r.web.sessions.Put(r.Request.Context(), sessionActing, r.member.Member.String())
	return r.to("/home")
}

// stopActing handles POST /act/stop.
func stopActing(r *request) error {
	path := "/home"
	if member := r.web.sessions.GetString(r.Request.Context(), sessionActing); member != "" {
		path = "/caseload/" + member
	}
	r.standBack()
	return r.to(path)
}

// standBack ends acting for a member.
func (r *request) standBack() {
	r.web.sessions.Remove(r.Request.Context(), sessionActing)
}

// stepIn puts the member in the place of the coach who acts for them, on pages
// that allow it; elsewhere it says that the member does this alone. The member's
// yes is asked for again each time: without it the coach is themselves again.
func (r *request) stepIn(route route) error {
	member, err := id.Parse[members.Member](r.web.sessions.GetString(r.Request.Context(), sessionActing))
	if err != nil || r.actor.Person.IsZero() || r.half || route.access.all || route.access.still {
		return nil // for oneself
	}
	as, err := r.web.Coaching.ActorFor(r.Request.Context(), r.actor, member)
	switch {
	case errors.Is(err, members.ErrNotFound):
		r.standBack()
		return errActOver
	case errors.Is(err, members.ErrNotGranted), errors.Is(err, members.ErrRestricted):
		r.standBack()
		r.stoodBack = true
		return err
	case err != nil:
		return err
	}
	r.actor, r.roles = as, nil
	if !route.access.help {
		return errTheirs
	}
	return nil
}

// actingBar stands on every page of who acts for somebody.
func (r *request) actingBar() *ui.Acting {
	if !r.actor.Helped() {
		return nil
	}
	return &ui.Acting{Text: r.t("act.bar", "Name", r.actor.Name), Stop: r.t("act.stop"), Path: "/act/stop"}
}
