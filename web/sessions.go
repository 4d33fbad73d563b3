package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/members"
)

// showSessions handles GET /account/sessions: where the person is signed in.
func showSessions(r *request) error {
	list, err := r.web.Members.Sessions(r.Request.Context(), r.actor.Person)
	if err != nil {
		return err
	}
	lately, err := r.wayInDeeds()
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("sessions.title"), sessionsBody(r, list, lately))
}

// wayInDeeds lists what was done lately about how the person signs in, by
// themselves and by others.
func (r *request) wayInDeeds() (lately []members.Audited, err error) {
	deeds, err := r.web.Members.Concerning(r.Request.Context(), r.actor.Person)
	for _, deed := range deeds {
		if deed.For == r.actor.Person && slices.Contains(members.WayInDeeds(), deed.What) {
			lately = append(lately, deed)
		}
	}
	return lately, err
}

// endOneSession handles POST /account/sessions/:session/end.
func endOneSession(r *request) error {
	session, err := id.Parse[members.Session](r.Param("session"))
	if err != nil {
		return err
	}
	if session == r.here() {
		return signOut(r)
	}
	if err := r.web.Members.EndSession(r.Request.Context(), r.actor.Person, session); err != nil {
		return err
	}
	r.flash("sessions.ended")
	return r.to("/account/sessions")
}

// seenWord says on which day a session was used last.
func (r *request) seenWord(s members.Session) string {
	today := members.DayOf(r.web.Now())
	switch s.Seen {
	case "":
		return r.t("sessions.seen_unknown")
	case today:
		return r.t("sessions.seen_today")
	default:
		return r.t("sessions.seen", "Day", r.words.DayOf(s.Seen))
	}
}
