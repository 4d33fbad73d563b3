package web

import (
	"net/http"

	"meent/jobs"
	"meent/web/words"
)

// nameCompany handles POST /engagements/:engagement/company: the office says who
// comes along to a first shift.
func nameCompany(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Jobs.NameCompany(r.Request.Context(), r.actor, r.work.ID, f.text(companyField(r.work.ID)))); err != nil {
		return err
	}
	if f.move("company", companyField(r.work.ID)); f.bad() {
		return r.plannedPage(http.StatusUnprocessableEntity, r.work.Shift.ID, f)
	}
	r.flash("company.named")
	return r.to("/planning/" + r.work.Shift.ID.String())
}

func companyField(e jobs.EngagementID) string { return "company-" + e.String() }

func companyFields(s jobs.PlannedShift) (fields []string) {
	for _, p := range s.People {
		fields = append(fields, companyField(p.Engagement))
	}
	return fields
}

// companyName says who comes along, where somebody said so.
func companyName(say *words.Speaker, name string) string {
	if name == "" {
		return ""
	}
	return say.T("company.is", "Name", name)
}
