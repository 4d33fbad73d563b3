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

// linkGroup is pages that belong together, what is used most first.
type linkGroup struct {
	id, title string
	links     []hintedLink
}

// hintedLink says in a few words what is behind it; the hint may be empty.
type hintedLink struct {
	ui.Link
	hint string
}

// coachLinks are the pages of /coach.
func (r *request) coachLinks() []linkGroup {
	return []linkGroup{
		{"together", r.t("coach.together"), []hintedLink{
			{ui.Link{Text: r.t("coach.ask"), Path: "/coach/ask", Icon: ui.IconMail}, r.t("coach.ask_hint")},
			{ui.Link{Text: r.t("why.title"), Path: "/whys", Icon: ui.IconInfo}, r.t("coach.whys_hint")},
			{ui.Link{Text: r.t("progress.title"), Path: "/progress", Icon: ui.IconSteps}, r.t("coach.progress_hint")},
			{ui.Link{Text: r.t("contacts.own_title"), Path: "/notes", Icon: ui.IconPen}, r.t("coach.notes_hint")},
		}},
		{"agreed", r.t("coach.agreed"), []hintedLink{
			{ui.Link{Text: r.t("rails.title"), Path: "/coach/rails", Icon: ui.IconCheck}, r.t("coach.rails_hint")},
			{ui.Link{Text: r.t("statement.title"), Path: "/statements", Icon: ui.IconPaper}, r.t("coach.statements_hint")},
			{ui.Link{Text: r.t("handover.own_title"), Path: "/coach/handover", Icon: ui.IconSwap}, r.t("coach.handover_hint")},
		}},
		{"others", r.t("coach.others"), []hintedLink{
			{ui.Link{Text: r.t("sharing.title"), Path: "/sharing", Icon: ui.IconKey}, r.t("coach.sharing_hint")},
			{ui.Link{Text: r.t("shown.title"), Path: "/sharing/clients", Icon: ui.IconClient}, r.t("coach.clients_hint")},
			{ui.Link{Text: r.t("buddy.title"), Path: "/buddy", Icon: ui.IconPeople}, r.t("coach.buddy_hint")},
			{ui.Link{Text: r.t("buddy.buddies"), Path: "/buddies", Icon: ui.IconHand}, r.t("coach.buddies_hint")},
		}},
	}
}
