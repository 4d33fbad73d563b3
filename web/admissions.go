package web

import (
	"net/http"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// showAdmissions handles GET /admissions: who may lend people out, and until when.
func showAdmissions(r *request) error {
	f := r.emptyForm()
	f.set("kind", string(members.OwnLender))
	return r.admissionsPage(http.StatusOK, f)
}

func (r *request) admissionsPage(status int, f *form) error {
	list, err := r.web.Members.Admissions(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("admission.title"), admissionsBody(r, f, list))
}

// addAdmission handles POST /admissions.
func addAdmission(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	a := members.Admission{Kind: members.LenderKind(f.text("kind")), Name: f.text("name"), Number: f.text("number")}
	// Days that could not be read are refused by the domain too, as of a figure.
	a.From, _ = f.day("from")
	a.Until, _ = f.day("until")
	if err := f.wrong(r.web.Members.AddAdmission(r.Request.Context(), r.actor, a)); err != nil {
		return err
	}
	if f.bad() {
		return r.admissionsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("admission.added")
	return r.to("/admissions")
}

// endAdmission handles POST /admissions/:admission/end.
func endAdmission(r *request) error {
	admission, err := id.Parse[members.Admission](r.Param("admission"))
	if err != nil {
		return err
	}
	if err := r.web.Members.EndAdmission(r.Request.Context(), r.actor, admission); err != nil {
		return err
	}
	r.flash("admission.ended")
	return r.to("/admissions")
}

// admissionFacts say for whom it is, its number and its days.
func (r *request) admissionFacts(a members.Admission) string {
	return r.words.With("admission."+string(a.Kind), nil) + " · " + a.Number + " · " +
		r.t("admission.days", "From", r.words.DayOf(a.From), "Until", r.words.DayOf(a.Until))
}

func (r *request) lenderKinds() (choices []ui.Choice) {
	for _, kind := range members.LenderKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.words.With("admission."+string(kind), nil)})
	}
	return choices
}
