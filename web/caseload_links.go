package web

import (
	"meent/web/ui"
)

// caseloadLinks are the pages about one member of the caseload, in the order in
// which a coach uses them. What is behind a link asks for its own key.
func (r *request) caseloadLinks() []ui.Link {
	at := r.timelinePath()
	return []ui.Link{
		{Text: r.t("progress.of", "Name", r.member.Name), Path: at + "/progress", Icon: ui.IconCheck},
		{Text: r.t("caseload.profile", "Name", r.member.Name), Path: at + "/profile", Icon: ui.IconPerson},
	}
}
