package web

import (
	"net/http"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// reports handles GET /reports: unsafe work, what waits longest on top.
func reports(r *request) error { return r.reportsPage(http.StatusOK, r.emptyForm()) }

func (r *request) reportsPage(status int, f *form) error {
	list, err := r.web.Coaching.Reports(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	occasions, err := r.occasions(list)
	if err != nil {
		return err
	}
	return r.page(status, r.t("unsafe.reports"), reportsBody(r, list, occasions, f))
}

// occasions says what work the reports are about. Who reads a report may know:
// the member told them.
func (r *request) occasions(list []coaching.Report) (map[string]jobs.Occasion, error) {
	var refs []string
	for _, one := range list {
		refs = append(refs, one.Ref)
	}
	return r.web.Jobs.Occasions(r.Request.Context(), r.actor.Cooperative, refs)
}

// takeReport handles POST /reports/:report/take.
func takeReport(r *request) error {
	report, err := id.Parse[coaching.Report](r.Param("report"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.Take(r.Request.Context(), r.actor, report); err != nil {
		return err
	}
	r.flash("unsafe.taken")
	return r.to("/reports")
}

// closeReport handles POST /reports/:report/close.
func closeReport(r *request) error {
	report, err := id.Parse[coaching.Report](r.Param("report"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Coaching.Close(r.Request.Context(), r.actor, report, f.text(doneField(report)))); err != nil {
		return err
	}
	if !f.bad() {
		r.flash("unsafe.closed")
		return r.to("/reports")
	}
	list, err := r.web.Coaching.OpenReports(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	for _, one := range list {
		if one.ID == report && r.mayClose(one) {
			f.move("done", doneField(report))
			return r.reportsPage(http.StatusUnprocessableEntity, f)
		}
	}
	return members.ErrNotFound
}

// mayClose reports whether the page has the form to close it.
func (r *request) mayClose(one coaching.Report) bool {
	return one.State == coaching.ReportTaken && (one.Mine || r.actor.Kind == members.RoleCoordinator)
}

// doneField is the field for what was done; each report on the page has one.
func doneField(report coaching.ReportID) string { return "done-" + report.String() }

func doneFields(list []coaching.Report) (fields []string) {
	for _, one := range list {
		fields = append(fields, doneField(one.ID))
	}
	return fields
}

// clock says how much time is left to look, or for how long it has run out.
func (r *request) clock(one coaching.Report) string {
	left := one.LookBefore.Sub(r.web.Now())
	if one.Late(r.web.Now()) {
		return r.t("unsafe.late", "Time", r.age(-left))
	}
	return r.t("unsafe.left", "Time", r.age(left), "Moment", r.moment(one.LookBefore))
}

func (r *request) reportTone(one coaching.Report) ui.Tone {
	if one.Late(r.web.Now()) {
		return ui.Bad
	}
	return ui.Waits
}

// reportFacts are what, where and when.
func (r *request) reportFacts(one coaching.Report, o jobs.Occasion) []ui.Fact {
	facts := []ui.Fact{{Icon: ui.IconWarning, Text: r.words.With("unsafe.kind."+string(one.Kind), nil)}, {Icon: ui.IconClock, Text: r.moment(one.At)}}
	if o.ClientName != "" {
		facts = append(facts, ui.Fact{Icon: ui.IconGig, Text: o.Text}, ui.Fact{Icon: ui.IconClient, Text: o.ClientName},
			ui.Fact{Icon: ui.IconCalendar, Text: r.words.LongDate(o.Starts)})
	}
	return facts
}

// oldestReport is since when the first of the open reports waits.
func oldestReport(list []coaching.Report) (oldest time.Time) {
	for _, one := range list {
		if oldest.IsZero() || one.At.Before(oldest) {
			oldest = one.At
		}
	}
	return oldest
}
