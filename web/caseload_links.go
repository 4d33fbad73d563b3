package web

import (
	"meent/web/ui"
)

// caseloadLinks are the pages about one member of the caseload, in the order in
// which a coach uses them. What is behind a link asks for its own key.
func (r *request) caseloadLinks() []ui.Link {
	at := r.timelinePath()
	links := []ui.Link{
		{Text: r.t("contacts.new"), Path: at + "/contacts/new", Icon: ui.IconPlus},
		{Text: r.t("contacts.title"), Path: at + "/contacts", Icon: ui.IconPen},
		{Text: r.t("progress.of", "Name", r.member.Name), Path: at + "/progress", Icon: ui.IconCheck},
		{Text: r.t("caseload.profile", "Name", r.member.Name), Path: at + "/profile", Icon: ui.IconPerson},
		{Text: r.t("statement.title"), Path: at + "/statements", Icon: ui.IconPen},
		{Text: r.t("rails.of", "Name", r.member.Name), Path: at + "/rails", Icon: ui.IconCheck},
		{Text: r.t("coachfirst.of", "Name", r.member.Name), Path: at + "/offers", Icon: ui.IconGig},
		{Text: r.t("shown.of", "Name", r.member.Name), Path: at + "/releases", Icon: ui.IconClient},
	}
	if !r.member.StandsIn() {
		links = append(links, ui.Link{Text: r.t("buddy.propose", "Name", r.member.Name), Path: at + "/buddy", Icon: ui.IconPeople})
		links = append(links, ui.Link{Text: r.t("handover.link"), Path: at + "/handover", Icon: ui.IconHand})
	}
	return links
}
