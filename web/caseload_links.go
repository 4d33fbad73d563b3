package web

import (
	"meent/web/ui"
)

// caseloadLinks are the pages about one member of the caseload, in the order in
// which a coach uses them. What is behind a link asks for its own key.
func (r *request) caseloadLinks() []linkGroup {
	at, name := r.timelinePath(), firstName(r.member.Name)
	link := func(text, path string, icon ui.Icon) hintedLink {
		return hintedLink{ui.Link{Text: text, Path: at + path, Icon: icon}, ""}
	}
	groups := []linkGroup{
		{"daily", r.t("caseload.daily"), []hintedLink{
			link(r.t("contacts.title"), "/contacts", ui.IconPen),
			link(r.t("progress.of", "Name", name), "/progress", ui.IconSteps),
			link(r.t("coachfirst.of", "Name", name), "/offers", ui.IconGig),
			link(r.t("caseload.profile", "Name", name), "/profile", ui.IconPerson),
		}},
		{"agreed", r.t("caseload.agreed"), []hintedLink{
			link(r.t("rails.of", "Name", name), "/rails", ui.IconCheck),
			link(r.t("statement.title"), "/statements", ui.IconPaper),
		}},
		{"others", r.t("caseload.others"), []hintedLink{
			link(r.t("shown.of", "Name", name), "/releases", ui.IconClient),
			link(r.t("job.of", "Name", name), "/jobs", ui.IconGig),
			link(r.t("refusal.of", "Name", name), "/refusals", ui.IconInfo),
		}},
	}
	if !r.member.StandsIn() {
		others := &groups[len(groups)-1]
		others.links = append(others.links, link(r.t("buddy.propose", "Name", name), "/buddy", ui.IconPeople), link(r.t("handover.link"), "/handover", ui.IconSwap))
	}
	return groups
}
