package web

import (
	"net/http"

	"meent/jobs"
)

// officeHours handles GET /hours: the hours that the office answers for clients of
// whom nobody can sign in, and the work that the law keeps off a bill.
func officeHours(r *request) error {
	answer, unbilled, err := r.findOfficeHours()
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("forclient.title"), officeHoursBody(r, answer, unbilled))
}

func (r *request) findOfficeHours() (answer, unbilled []jobs.Work, err error) {
	if answer, err = r.web.Jobs.ForClients(r.Request.Context(), r.actor); err != nil {
		return nil, nil, err
	}
	unbilled, err = r.web.Jobs.UnbilledWorks(r.Request.Context(), r.actor)
	return answer, unbilled, err
}

func (r *request) countOfficeHours() (int, error) {
	answer, unbilled, err := r.findOfficeHours()
	return len(answer) + len(unbilled), err
}

// forClientWord says to a coordinator for whom they answer, or that they do not
// answer for themselves.
func (r *request) forClientWord(w jobs.Work) string {
	if w.OwnOf(r.actor) {
		return r.t("forclient.own")
	}
	return r.t("forclient.you", "Client", w.ClientName)
}

// owedWord says that pay waits, to each who reads it.
func (r *request) owedWord() string { return r.words.With("forclient.owed_"+string(r.actor.Kind), nil) }
