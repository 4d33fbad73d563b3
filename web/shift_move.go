package web

import (
	"errors"
	"net/http"
	"slices"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

func moveShiftPath(gig jobs.GigID, shift jobs.ShiftID) string {
	return shiftsPath(gig) + "/" + shift.String() + "/move"
}

// showMoveShift handles GET /gigs/:gig/shifts/:shift/move: another time for one
// shift, and who hears of it or is asked again.
func showMoveShift(r *request) error {
	if r.gig.State == jobs.Draft {
		return r.to(stepPath(r.gig.ID, stepWhen))
	}
	shift, err := r.shiftToMove()
	if err != nil {
		return err
	}
	f := &addingForm{form: r.emptyForm()}
	f.fillTime(shift)
	return r.moveShiftPage(http.StatusOK, shift, f, "")
}

// moveShift handles POST /gigs/:gig/shifts/:shift/move. What it costs was seen;
// where that is more by now the page comes back.
func moveShift(r *request) error {
	shift, err := r.shiftToMove()
	if err != nil {
		return err
	}
	f, err := r.addingForm()
	if err != nil {
		return err
	}
	to := f.newTime()
	seen, err := strconv.ParseInt(f.text("seen"), 10, 64)
	if err != nil {
		return r.moveShiftPage(http.StatusOK, shift, f, "") // nobody has seen what it costs
	}
	if !f.bad() {
		_, err := r.web.Jobs.MoveShift(r.Request.Context(), r.actor, shift.ID, to, payments.Cents(seen))
		if errors.Is(err, jobs.ErrCostMoved) {
			return r.moveShiftPage(http.StatusConflict, shift, f, r.t("off.cost_moved"))
		}
		if err := f.wrong(err); err != nil {
			return err
		}
	}
	if f.bad() {
		return r.moveShiftPage(http.StatusUnprocessableEntity, shift, f, "")
	}
	r.flash("move.done")
	return r.to(shiftsPath(r.gig.ID))
}

// shiftToMove finds the shift of the path. One that got another time in another
// tab is jobs.ErrShiftMoved.
func (r *request) shiftToMove() (jobs.Shift, error) {
	shift, err := id.Parse[jobs.Shift](r.Param("shift"))
	if err != nil {
		return jobs.Shift{}, err
	}
	if s, there := r.shiftOf(shift); there {
		return s, nil
	}
	if _, err := r.web.Jobs.MoveCosts(r.Request.Context(), r.actor, shift); errors.Is(err, jobs.ErrShiftMoved) {
		return jobs.Shift{}, err
	}
	return jobs.Shift{}, errNoShift
}

// fillTime shows when the shift is.
func (f *addingForm) fillTime(s jobs.Shift) {
	from, until := s.Starts.In(members.Amsterdam()), s.Ends.In(members.Amsterdam())
	for part, number := range map[string]int{
		"date-day": from.Day(), "date-month": int(from.Month()), "date-year": from.Year(),
		"starts-hour": from.Hour(), "ends-hour": until.Hour(), "break": int(s.Break / time.Minute),
	} {
		f.set(rowField(1, part), strconv.Itoa(number))
	}
	f.set(rowField(1, "starts-minute"), from.Format("04"))
	f.set(rowField(1, "ends-minute"), until.Format("04"))
	if from.Day() != until.Day() {
		f.set(rowField(1, "next"), "yes")
	}
}

// newTime reads the fields of a time.
func (f *addingForm) newTime() (to jobs.NewTime) {
	to.Break = f.minutes(rowField(1, "break"))
	day, okDay := f.day(rowField(1, "date"))
	from, okFrom := f.clock(rowField(1, "starts"))
	until, okUntil := f.clock(rowField(1, "ends"))
	if f.text(rowField(1, "next")) != "" {
		until += 24 * time.Hour
	}
	if okDay && okFrom && okUntil {
		to.Starts, _ = f.moment(rowField(1, "starts"), day, from)
		to.Ends, _ = f.moment(rowField(1, "ends"), day, until)
	}
	return to
}

// movingView is the page of another time.
type movingView struct {
	*addingForm
	shift jobs.Shift
	cost  cancelling
}

func (r *request) moveShiftPage(status int, shift jobs.Shift, f *addingForm, wrong string) error {
	costs, err := r.web.Jobs.MoveCosts(r.Request.Context(), r.actor, shift.ID)
	if err != nil {
		return err
	}
	v := movingView{addingForm: f, shift: shift, cost: cancelling{costs: costs, wrong: wrong}}
	settings, err := r.web.Members.Settings(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	v.cost.share, v.cost.hour = r.words.Percent(settings.LateShare), r.words.N("settings.hours", settings.NoticeHours)
	return r.page(status, r.t("move.title"), moveShiftBody(r, v))
}

// names are who would have come.
func (v movingView) names() (list []string) {
	for _, one := range v.cost.costs {
		list = append(list, one.MemberName)
	}
	slices.Sort(list)
	return list
}

// timeProblems is what is wrong, in the order of the page.
func (v movingView) timeProblems() []ui.Problem {
	return v.list(rowField(1, "date"), rowField(1, "starts"), rowField(1, "ends"), rowField(1, "break"), "rate", "form", "shifts")
}
