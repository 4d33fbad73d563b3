package web

import (
	"net/http"

	"meent/web/ui"
)

// showCoach handles GET /coach: everything between a member and who helps them,
// one line each.
func showCoach(r *request) error {
	coach, err := r.web.Coaching.CoachOf(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("coach.title"), coachBody(r, coach, r.coachLinks()))
}

// coachLinks are the pages of /coach, what is used most first.
func (r *request) coachLinks() []ui.Link {
	return []ui.Link{
		{Text: r.t("coach.ask"), Path: "/coach/ask", Icon: ui.IconMail},
		{Text: r.t("contacts.own_title"), Path: "/notes", Icon: ui.IconPen},
		{Text: r.t("rails.title"), Path: "/coach/rails", Icon: ui.IconCheck},
		{Text: r.t("progress.title"), Path: "/progress", Icon: ui.IconCheck},
		{Text: r.t("buddy.title"), Path: "/buddy", Icon: ui.IconPeople},
		{Text: r.t("buddy.buddies"), Path: "/buddies", Icon: ui.IconPeople},
		{Text: r.t("handover.own_title"), Path: "/coach/handover", Icon: ui.IconHand},
		{Text: r.t("coach.sharing"), Path: "/sharing", Icon: ui.IconKey},
		{Text: r.t("shown.title"), Path: "/sharing/clients", Icon: ui.IconClient},
		{Text: r.t("statement.title"), Path: "/statements", Icon: ui.IconPen},
	}
}
