package web

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"runtime/debug"
	"strings"

	"meent/internal/id"
	"meent/internal/pg"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
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
		{members.ErrAlumni, http.StatusConflict, "error.alumni_keys"},
		{members.ErrNotGranted, http.StatusForbidden, "error.not_granted"},
		{members.ErrRestricted, http.StatusForbidden, "error.restricted"},
		{members.ErrNotApproved, http.StatusForbidden, "error.not_approved"},
		{members.ErrDecided, http.StatusConflict, "error.someone_first"},
		{members.ErrHeld, http.StatusConflict, "error.held"},
		{members.ErrOneself, http.StatusConflict, "error.oneself"},
		{members.ErrOwnDecision, http.StatusConflict, "error.own_decision"},
		{members.ErrLastCoordinator, http.StatusConflict, "error.last_coordinator"},
		{coaching.ErrFollows, http.StatusConflict, "error.follows"},
		{members.ErrLastManager, http.StatusConflict, "error.last_manager"},
		{members.ErrHasFactor, http.StatusConflict, "error.has_factor"},
		{members.ErrManyPasskeys, http.StatusConflict, "error.many_passkeys"},
		{members.ErrPasskey, http.StatusUnprocessableEntity, "error.passkey"},
		{members.ErrNoKey, http.StatusServiceUnavailable, "error.no_key"},
		{errForbidden, http.StatusForbidden, "error.forbidden"},
		{errTheirs, http.StatusForbidden, "error.theirs"},
		{errActOver, http.StatusForbidden, "error.act_over"},
		{errCrossOrigin, http.StatusForbidden, "error.cross_origin"},
		{errTooLarge, http.StatusRequestEntityTooLarge, "error.too_large"},
		{errTooOften, http.StatusTooManyRequests, "error.too_often"},
		{errMethod, http.StatusMethodNotAllowed, "error.not_found"},
		{errForm, http.StatusBadRequest, "error.form"},
		{payments.ErrForged, http.StatusBadRequest, "error.form"},
		{payments.ErrOtherVersion, http.StatusBadRequest, "error.form"},
		{members.ErrStale, http.StatusConflict, "error.stale"},
		{payments.ErrNotPaid, http.StatusConflict, "error.not_paid"},
		{payments.ErrDisputed, http.StatusConflict, "error.bank_decides"},
		{payments.ErrOwnBack, http.StatusConflict, "error.own_back"},
		{payments.ErrBackDecided, http.StatusConflict, "error.back_decided"},
		{payments.ErrClaimed, http.StatusConflict, "error.claimed"},
		{payments.ErrNotThere, http.StatusConflict, "error.not_there"},
		{payments.ErrReversing, http.StatusConflict, "error.reversing"},
		{payments.ErrObjected, http.StatusConflict, "error.objected"},
		{payments.ErrNoAnswer, http.StatusConflict, "error.no_bank_answer"},
		{payments.ErrOwnRelease, http.StatusConflict, "error.own_release"},
		{payments.ErrOwnPolicy, http.StatusConflict, "error.own_limits"},
		{payments.ErrPolicyDecided, http.StatusConflict, "error.limits_decided"},
		{payments.ErrPolicyWaits, http.StatusConflict, "error.limits_wait"},
		{payments.ErrOwnManual, http.StatusConflict, "error.own_manual"},
		{payments.ErrManualDecided, http.StatusConflict, "error.manual_decided"},
		{payments.ErrOverdrawn, http.StatusConflict, "error.overdrawn"},
		{payments.ErrStopped, http.StatusConflict, "error.stopped_money"},
		{payments.ErrOwnOffice, http.StatusConflict, "error.own_office"},
		{payments.ErrDifferenceOver, http.StatusConflict, "error.difference_over"},
		{payments.ErrStoppedBefore, http.StatusConflict, "error.stopped_before"},
		{payments.ErrDiffers, http.StatusConflict, "error.differs"},
		{payments.ErrNotLooked, http.StatusConflict, "error.not_looked"},
		{payments.ErrOwnResume, http.StatusConflict, "error.own_resume"},
		{payments.ErrOwnFigure, http.StatusConflict, "error.own_figure"},
		{payments.ErrFigureDecided, http.StatusConflict, "error.figure_decided"},
		{payments.ErrFigureThere, http.StatusConflict, "error.figure_decided"},
		{jobs.ErrPosted, http.StatusConflict, "error.posted"},
		{jobs.ErrGigOver, http.StatusConflict, "error.gig_over"},
		{jobs.ErrManySearches, http.StatusConflict, "error.many_searches"},
		{jobs.ErrManyDrafts, http.StatusConflict, "error.many_drafts"},
		{jobs.ErrBriefingChanged, http.StatusConflict, "error.briefing_changed"},
		{jobs.ErrBusy, http.StatusConflict, "error.works_then"},
		{jobs.ErrWorkMoved, http.StatusConflict, "error.work_moved"},
		{jobs.ErrGigMoved, http.StatusConflict, "error.gig_moved"},
		{jobs.ErrShiftOver, http.StatusConflict, "error.shift_over"},
		{jobs.ErrShiftMoved, http.StatusConflict, "error.shift_moved"},
		{jobs.ErrCostMoved, http.StatusConflict, "error.work_moved"},
		{jobs.ErrTooEarly, http.StatusConflict, "error.too_early"},
		{jobs.ErrFoundThere, http.StatusConflict, "error.found_there"},
		{jobs.ErrShiftsToCome, http.StatusConflict, "error.shifts_to_come"},
		{jobs.ErrNotOver, http.StatusConflict, "error.not_over"},
		{jobs.ErrNotTheirTurn, http.StatusConflict, "error.not_their_turn"},
		{jobs.ErrOtherHours, http.StatusConflict, "error.other_hours"},
		{jobs.ErrClockEarly, http.StatusConflict, "error.clock_early"},
		{jobs.ErrClockClosed, http.StatusConflict, "error.clock_closed"},
		{jobs.ErrNotPresent, http.StatusConflict, "error.not_present"},
		{jobs.ErrNoFeedback, http.StatusConflict, "error.no_feedback"},
		{jobs.ErrFeedbackClosed, http.StatusConflict, "error.feedback_closed"},
		{jobs.ErrFeedbackFixed, http.StatusConflict, "error.feedback_fixed"},
		{jobs.ErrNotWorked, http.StatusConflict, "error.not_worked"},
		{jobs.ErrFavouriteThere, http.StatusConflict, "error.favourite_there"},
		{jobs.ErrFavouriteMoved, http.StatusConflict, "error.favourite_moved"},
		{jobs.ErrAskedLately, http.StatusConflict, "error.asked_lately"},
		{jobs.ErrJobThere, http.StatusConflict, "error.job_there"},
		{jobs.ErrJobMoved, http.StatusConflict, "error.job_moved"},
		{jobs.ErrNoReader, http.StatusConflict, "error.no_reader"},
		{matching.ErrOver, http.StatusConflict, "error.offer_over"},
		{payments.ErrNoFigure, http.StatusConflict, "error.no_floor"},
		{payments.ErrBelowFloor, http.StatusConflict, "error.no_floor"},
		{payments.ErrMinor, http.StatusConflict, "error.unlawful"},
		{jobs.ErrUnlawful, http.StatusConflict, "error.unlawful"},
		{payments.ErrNoGateway, http.StatusServiceUnavailable, "error.busy"},
		{payments.ErrTooEarly, http.StatusServiceUnavailable, "error.early"},
		{matching.ErrDecided, http.StatusConflict, "error.decided"},
		{matching.ErrManyAsked, http.StatusConflict, "error.many_asked"},
		{matching.ErrNobodyLooks, http.StatusConflict, "error.nobody_looks"},
		{matching.ErrAskedBefore, http.StatusConflict, "error.asked_before"},
		{matching.ErrCannotCome, http.StatusConflict, "error.cannot_come"},
		{coaching.ErrBuddyThere, http.StatusConflict, "error.buddy_there"},
		{coaching.ErrBuddyMoved, http.StatusConflict, "error.buddy_moved"},
		{coaching.ErrManyMessages, http.StatusConflict, "error.many_messages"},
		{coaching.ErrHandOverOpen, http.StatusConflict, "error.handover_open"},
		{coaching.ErrHandOverMoved, http.StatusConflict, "error.handover_moved"},
		{coaching.ErrHasCoach, http.StatusConflict, "error.has_coach"},
		{coaching.ErrManyQuestions, http.StatusConflict, "error.many_questions"},
		{coaching.ErrManyGoals, http.StatusConflict, "error.many_goals"},
		{coaching.ErrManySteps, http.StatusConflict, "error.many_steps"},
		{coaching.ErrGoalMoved, http.StatusConflict, "error.goal_moved"},
		{coaching.ErrGoalStays, http.StatusConflict, "error.goal_stays"},
		{coaching.ErrRungWaits, http.StatusConflict, "error.rung_waits"},
		{coaching.ErrRungMoved, http.StatusConflict, "error.rung_moved"},
		{coaching.ErrOwnRung, http.StatusConflict, "error.own_rung"},
		{coaching.ErrManyReports, http.StatusConflict, "error.many_reports"},
		{coaching.ErrReportMoved, http.StatusConflict, "error.report_moved"},
		{coaching.ErrNotYours, http.StatusConflict, "error.report_moved"},
		{coaching.ErrContactStays, http.StatusConflict, "error.contact_stays"},
		{coaching.ErrRailWaits, http.StatusConflict, "error.rail_waits"},
		{coaching.ErrRailMoved, http.StatusConflict, "error.rail_moved"},
		{coaching.ErrNoCoach, http.StatusConflict, "error.no_coach"},
		{coaching.ErrReleaseOver, http.StatusConflict, "error.release_over"},
		{coaching.ErrAlumni, http.StatusConflict, "error.alumni_shown"},
		{coaching.ErrAnswered, http.StatusConflict, "error.answered"},
		{coaching.ErrStatementMoved, http.StatusConflict, "error.statement_moved"},
		{coaching.ErrStatementChanged, http.StatusConflict, "error.statement_changed"},
		{coaching.ErrOtherCoach, http.StatusConflict, "error.other_coach"},
		{coaching.ErrFormClosed, http.StatusConflict, "error.form_closed"},
		{matching.ErrNotOpen, http.StatusConflict, "error.gig_not_open"},
		{payments.ErrNoAdvance, http.StatusConflict, "error.no_advance"},
		{payments.ErrNoRoom, http.StatusConflict, "error.no_room"},
		{payments.ErrAdvanceMoved, http.StatusConflict, "error.advance_moved"},
		{jobs.ErrNotPrepaid, http.StatusConflict, "error.not_prepaid"},
		{payments.ErrNothingDue, http.StatusConflict, "error.nothing_due"},
		{payments.ErrTooMuch, http.StatusConflict, "error.too_much"},
		{payments.ErrUnderway, http.StatusConflict, "error.underway"},
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
	if path, ok := r.wayIn(err); ok {
		r.Redirect(http.StatusSeeOther, path)
		return
	}
	f := failureOf(err)
	if f.status >= http.StatusInternalServerError {
		r.web.Log.Error("request failed", "route", r.route, "id", requestID(r.Request.Context()), "error", err)
	}
	if f.status == http.StatusTooManyRequests {
		r.Header("Retry-After", "60")
	}
	if err := r.failurePage(f, err); err != nil {
		http.Error(r.Writer, r.t(f.key+".what"), f.status)
	}
}

// wayIn leads to where the person shows who they are, and back afterwards.
func (r *request) wayIn(err error) (path string, ok bool) {
	next := r.nextPath()
	switch {
	case errors.Is(err, errSignIn):
		path = "/signin"
		if r.Request.Method != http.MethodGet || next == "/home" {
			return path, true
		}
	case errors.Is(err, errSecond):
		path = "/signin/second"
	case errors.Is(err, errConfirm):
		path = "/confirm"
	default:
		return "", false
	}
	return withNext(path, next), true
}

// nextPath is this page; for a form, the page of its kind: the first two parts
// of the path.
func (r *request) nextPath() string {
	path := r.Request.URL.Path
	if r.Request.Method == http.MethodGet {
		return path
	}
	parts := strings.SplitN(path, "/", 4)
	return strings.Join(parts[:min(len(parts), 3)], "/")
}

func withNext(path, next string) string {
	return path + "?" + url.Values{"next": {next}}.Encode()
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

func (r *request) failurePage(f failure, err error) error {
	var refused *members.NotGranted
	if errors.As(err, &refused) && f.status == http.StatusForbidden {
		return r.refusedPage(refused)
	}
	if errors.Is(f.err, members.ErrRestricted) {
		return r.restrictedPage(f)
	}
	return r.page(f.status, r.words.With(f.key+".title", nil), failureBody(r, f))
}
