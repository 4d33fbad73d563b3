package web

import "meent/web/ui"

// officeLinks lead to the pages on which a cooperative is run.
func (r *request) officeLinks() []ui.Link {
	links := []ui.Link{
		{Text: r.t("settings.title"), Path: "/settings", Icon: ui.IconPen},
		{Text: r.t("staff.title"), Path: "/team", Icon: ui.IconCoach},
		{Text: r.t("worktime.title"), Path: "/worktime", Icon: ui.IconClock},
		{Text: r.t("matching.title"), Path: "/matching", Icon: ui.IconInfo},
		{Text: r.t("municipality.title"), Path: "/municipalities", Icon: ui.IconPlace},
		{Text: r.t("review.title"), Path: "/reviews", Icon: ui.IconPeople},
		{Text: r.t("why.title"), Path: "/whys", Icon: ui.IconMail},
		{Text: r.t("refusal.list.coordinator"), Path: "/refusals", Icon: ui.IconInfo},
		{Text: r.t("job.list.coordinator"), Path: "/jobs", Icon: ui.IconGig},
		{Text: r.t("deeds.title"), Path: "/deeds", Icon: ui.IconSearch},
		{Text: r.t("figures.title"), Path: "/figures", Icon: ui.IconEuro},
		{Text: r.t("admission.title"), Path: "/admissions", Icon: ui.IconClient},
	}
	for i := range links {
		links[i].Current = links[i].Path == r.Request.URL.Path
	}
	return links
}
