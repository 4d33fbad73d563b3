package web

import "net/http"

// showNamed handles GET /client/record: whether members may name the client on
// their records of work.
func showNamed(r *request) error {
	named, err := r.web.Members.NamedOnRecords(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("named.title"), namedBody(r, named))
}

// changeNamed handles POST /client/record.
func changeNamed(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.web.Members.NameOnRecords(r.Request.Context(), r.actor, f.text("named") == "yes"); err != nil {
		return err
	}
	r.flash("named.saved")
	return r.to("/client/record")
}

// yesWhere ticks a box.
func yesWhere(is bool) string {
	if is {
		return "yes"
	}
	return ""
}
