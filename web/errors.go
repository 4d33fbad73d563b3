package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/payments"
)

// failure is how an error is answered: a status, and the keys of what happened
// and what to do now.
type failure struct {
	err    error
	status int
	key    string
}

// failures is the one table from error to answer; the first that fits counts.
// What is not in it is our own fault: 500.
func failures() []failure {
	return []failure{
		{members.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{tasks.ErrNotFound, http.StatusNotFound, "error.not_found"},
		{id.ErrInvalid, http.StatusNotFound, "error.not_found"},
		{members.ErrInvitationSpent, http.StatusGone, "error.invitation_spent"},
		{members.ErrImportWrong, http.StatusConflict, "error.import_wrong"},
		{members.ErrWrongMove, http.StatusConflict, "error.membership_moved"},
		{members.ErrNoConsent, http.StatusConflict, "error.no_consent"},
		{members.ErrNotGranted, http.StatusForbidden, "error.not_granted"},
		{errForbidden, http.StatusForbidden, "error.forbidden"},
		{errCrossOrigin, http.StatusForbidden, "error.cross_origin"},
		{errTooLarge, http.StatusRequestEntityTooLarge, "error.too_large"},
		{errTooOften, http.StatusTooManyRequests, "error.too_often"},
		{errMethod, http.StatusMethodNotAllowed, "error.not_found"},
		{errForm, http.StatusBadRequest, "error.form"},
		{payments.ErrForged, http.StatusBadRequest, "error.form"},
		{jobs.ErrNotOver, http.StatusConflict, "error.not_over"},
		{jobs.ErrNotTheirTurn, http.StatusConflict, "error.not_their_turn"},
		{matching.ErrOver, http.StatusConflict, "error.offer_over"},
		{payments.ErrNoFigure, http.StatusConflict, "error.no_floor"},
		{payments.ErrBelowFloor, http.StatusConflict, "error.no_floor"},
		{payments.ErrNoGateway, http.StatusServiceUnavailable, "error.busy"},
		{matching.ErrDecided, http.StatusConflict, "error.decided"},
		{matching.ErrManyAsked, http.StatusConflict, "error.many_asked"},
		{matching.ErrCannotCome, http.StatusConflict, "error.cannot_come"},
		{matching.ErrNotOpen, http.StatusConflict, "error.gig_not_open"},
		{jobs.ErrNoSeat, http.StatusConflict, "error.no_seat"},
		{jobs.ErrStarted, http.StatusConflict, "error.started"},
		{context.DeadlineExceeded, http.StatusServiceUnavailable, "error.busy"},
		{errUnavailable, http.StatusServiceUnavailable, "error.busy"},
	}
}

// Errors that arise in this package alone.
var (
	errCrossOrigin = errors.New("web: a form from another site")
	errTooLarge    = errors.New("web: too large")
	errTooOften    = errors.New("web: too often")
	errMethod      = errors.New("web: method not allowed")
	errForm        = errors.New("web: not a form")
	errUnavailable = errors.New("web: a part does not answer")
)

func notFound(*request) error   { return members.ErrNotFound }
func notAllowed(*request) error { return errMethod }

// failureOf looks an error up.
func failureOf(err error) failure {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		err = errTooLarge
	}
	if pg.Unavailable(err) {
		err = errUnavailable
	}
	for _, f := range failures() {
		if errors.Is(err, f.err) {
			return f
		}
	}
	return failure{err: err, status: http.StatusInternalServerError, key: "error.fault"}
}

// fail answers with the page of an error.
func (r *request) fail(err error) {
	if errors.Is(err, context.Canceled) && r.Request.Context().Err() != nil {
		return // nobody waits for the answer
	}
	if errors.Is(err, errSignIn) {
		r.askToSignIn()
		return
	}
	f := failureOf(err)
	if f.status >= http.StatusInternalServerError {
		r.web.Log.Error("request failed", "route", r.route, "id", requestID(r.Request.Context()), "error", err)
	}
	if f.status == http.StatusTooManyRequests {
		r.Header("Retry-After", "60")
	}
	if err := r.failurePage(f); err != nil {
		http.Error(r.Writer, r.t(f.key+".what"), f.status)
	}
}

// askToSignIn leads to the sign-in page, and back afterwards.
func (r *request) askToSignIn() {
	path := "/signin"
	if r.Request.Method == http.MethodGet && r.Request.URL.Path != "/home" {
		path += "?" + url.Values{"next": {r.Request.URL.Path}}.Encode()
	}
	r.Redirect(http.StatusSeeOther, path)
}

// guard turns a panic of f into an error that names the place, not the values.
func guard(f func() error) (err error) {
	defer func() {
		if value := recover(); value != nil {
			err = fmt.Errorf("web: panic with a %T\n%s", value, debug.Stack())
		}
	}()
	return f()
}

func (r *request) failurePage(f failure) error {
	return r.page(f.status, r.words.With(f.key+".title", nil), failureBody(r, f))
}
