package web

import (
	"meent/web/ui"
)

// caseloadLinks are the pages about one member of the caseload, in the order in
// which a coach uses them. What is behind a link asks for its own key.
func (r *request) caseloadLinks() []ui.Link {
	at := r.timelinePath()
	links := []ui.Link{
		{Text: r.t("caseload.profile", "Name", r.member.Name), Path: at + "/profile", Icon: ui.IconPerson},
	}
	if !r.member.StandsIn() {
		links = append(links, ui.Link{Text: r.t("buddy.propose", "Name", r.member.Name), Path: at + "/buddy", Icon: ui.IconPeople})
		links = append(links, ui.Link{Text: r.t("handover.link"), Path: at + "/handover", Icon: ui.IconHand})
	}
	return links
}
