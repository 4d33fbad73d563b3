package web

import (
	"net/http"

	"meent/internal/id"
	"meent/payments"
)

// advances handles GET /advances: what waits for a decision, and what is out.
func advances(r *request) error { return r.advancesPage(http.StatusOK, r.emptyForm()) }

func (r *request) advancesPage(status int, f *form) error {
	list, err := r.web.Payments.OpenAdvances(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("advances.title"), advancesBody(r, list, f))
}

func (r *request) advanceID() (payments.AdvanceID, error) {
	return id.Parse[payments.Advanced](r.Param("advance"))
}

// approveAdvance handles POST /advances/:advance/approve.
func approveAdvance(r *request) error {
	advance, err := r.advanceID()
	if err == nil {
		err = r.web.Payments.ApproveAdvance(r.Request.Context(), r.actor, advance)
	}
	if err != nil {
		return err
	}
	r.flash("advances.approved")
	return r.to("/advances")
}

// refuseAdvance handles POST /advances/:advance/refuse.
func refuseAdvance(r *request) error {
	advance, err := r.advanceID()
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Payments.RefuseAdvance(r.Request.Context(), r.actor, advance, f.text(refusalField(advance)))); err != nil {
		return err
	}
	if f.bad() {
		f.move("reason", refusalField(advance))
		return r.advancesPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("advances.refused")
	return r.to("/advances")
}

// refusalField is the field for why not; each advance on the page has one.
func refusalField(a payments.AdvanceID) string { return "reason-" + a.String() }

func refusalFields(list []payments.Advanced) (names []string) {
	for _, a := range list {
		names = append(names, refusalField(a.ID))
	}
	return names
}

// coverAdvance handles POST /advances/:advance/cover.
func coverAdvance(r *request) error {
	advance, err := r.advanceID()
	if err != nil {
		return err
	}
	done, err := r.web.Payments.CoverAdvance(r.Request.Context(), r.actor, advance)
	if err != nil {
		return err
	}
	if done {
		r.flash("advances.covered")
	} else {
		r.flash("advances.proposed")
	}
	return r.to("/advances")
}
