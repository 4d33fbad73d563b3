package web

import (
	"errors"
	"net/http"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/web/ui"
)

func shiftsPath(gig jobs.GigID) string  { return "/gigs/" + gig.String() + "/shifts" }
func meetingPath(gig jobs.GigID) string { return "/gigs/" + gig.String() + "/meeting" }

// showShifts handles GET /gigs/:gig/shifts: the times of a gig, and what may come.
// Those of a draft are on its own page.
func showShifts(r *request) error {
	switch r.gig.State {
	case jobs.Draft:
		return r.to(stepPath(r.gig.ID, stepWhen))
	case jobs.Open, jobs.Paused:
	default:
		return jobs.ErrGigOver
	}
	return r.shiftsPage(http.StatusOK, r.beginAdding())
}

// addShifts handles POST /gigs/:gig/shifts: one time, or what a series or the copy
// of a week would make, or that.
func addShifts(r *request) error {
	if r.gig.State == jobs.Draft {
		return r.to(stepPath(r.gig.ID, stepWhen))
	}
	f, err := r.addingForm()
	if err != nil {
		return err
	}
	added, err := f.press()
	if err != nil {
		return err
	}
	if added {
		r.flash("times.added")
		return r.to(shiftsPath(r.gig.ID))
	}
	status := http.StatusOK
	if f.bad() {
		status = http.StatusUnprocessableEntity
	}
	return r.shiftsPage(status, f)
}

// changeSeats handles POST /gigs/:gig/shifts/:shift/seats.
func changeSeats(r *request) error {
	shift, f, err := r.shiftForm()
	if err != nil {
		return err
	}
	to := jobs.SeatChange{Seats: f.number(seatField(shift, "seats")), BuddySeats: f.numberOr(seatField(shift, "buddies"), 0), Pieces: f.numberOr(seatField(shift, "pieces"), 0)}
	if !f.bad() {
		if err := f.seatsWrong(shift, r.web.Jobs.ChangeSeats(r.Request.Context(), r.actor, shift, to)); err != nil {
			return err
		}
	}
	if f.bad() {
		return r.shiftsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("times.changed")
	return r.to(shiftsPath(r.gig.ID))
}

// removeShift handles POST /gigs/:gig/shifts/:shift/remove.
func removeShift(r *request) error {
	shift, f, err := r.shiftForm()
	if err != nil {
		return err
	}
	if err := f.seatsWrong(shift, r.web.Jobs.RemoveShift(r.Request.Context(), r.actor, shift)); err != nil {
		return err
	}
	if f.bad() {
		return r.shiftsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("times.removed")
	return r.to(shiftsPath(r.gig.ID))
}

// shiftForm is what was sent about a shift of the gig of the path.
func (r *request) shiftForm() (shift jobs.ShiftID, f *addingForm, err error) {
	if shift, err = id.Parse[jobs.Shift](r.Param("shift")); err != nil {
		return shift, nil, err
	}
	if _, there := r.shiftOf(shift); !there {
		return shift, nil, errNoShift
	}
	f, err = r.addingForm()
	return shift, f, err
}

// shiftOf finds a shift of the gig of the path.
func (r *request) shiftOf(shift jobs.ShiftID) (jobs.Shift, bool) {
	for _, s := range r.gig.Shifts {
		if s.ID == shift {
			return s, true
		}
	}
	return jobs.Shift{}, false
}

// seatField names a field of the form of one shift, of which the page has many.
func seatField(shift jobs.ShiftID, part string) string { return part + "-" + shift.String() }

// seatsWrong puts what is wrong with the seats of a shift at its own fields.
func (f *addingForm) seatsWrong(shift jobs.ShiftID, err error) error {
	var taken *jobs.SeatsTaken
	if errors.As(err, &taken) {
		seats := seatField(shift, "seats")
		f.problems.Add(seats, "seats_taken", map[string]any{"Taken": taken.Taken})
		f.changed = shift
		return nil
	}
	if err = f.wrong(err); err != nil {
		return err
	}
	for _, part := range []string{"seats", "buddies", "pieces"} {
		f.move(jobs.ShiftField(0, part), seatField(shift, part))
	}
	f.changed = shift
	return nil
}

// numberOr reads a number that may be left out.
func (f *form) numberOr(field string, none int) int {
	if f.text(field) == "" {
		return none
	}
	return f.number(field)
}

// shiftsView is the page of a gig's times.
type shiftsView struct {
	*addingForm
	taken   map[jobs.ShiftID]int
	coming  []jobs.Shift
	past    int
	sources []ui.Choice
	remote  bool
}

func (r *request) shiftsPage(status int, f *addingForm) error {
	v := shiftsView{addingForm: f, remote: r.gig.Meeting.Remote}
	for _, s := range r.gig.Shifts {
		if s.Starts.After(r.web.Now()) {
			v.coming = append(v.coming, s)
		} else {
			v.past++
		}
	}
	var err error
	if v.taken, err = r.web.Jobs.Taken(r.Request.Context(), r.actor, r.gig); err != nil {
		return err
	}
	if v.sources, err = r.weekChoices(); err != nil {
		return err
	}
	return r.page(status, r.t("times.title"), shiftsBody(r, v))
}

// weekChoices are the gigs of which a week can be copied, this one first.
func (r *request) weekChoices() ([]ui.Choice, error) {
	list, err := r.web.Jobs.WeekSources(r.Request.Context(), r.actor, r.gig)
	choices := []ui.Choice{{Text: r.t("times.this_gig")}}
	for _, one := range list {
		if one.ID != r.gig.ID {
			choices = append(choices, ui.Choice{Value: one.ID.String(), Text: one.Title + ", " + r.words.Date(one.Last)})
		}
	}
	return choices, err
}

// seatValue is what stands in a field of a shift's own form.
func (v shiftsView) seatValue(s jobs.Shift, part string, now int) string {
	if v.changed == s.ID && v.values.Has(seatField(s.ID, part)) {
		return v.typed(seatField(s.ID, part))
	}
	return numberText(now)
}

// timesProblems is what is wrong, in the order of the page.
func (v shiftsView) timesProblems() (list []ui.Problem) {
	for _, s := range v.coming {
		list = append(list, v.list(seatField(s.ID, "seats"), seatField(s.ID, "buddies"), seatField(s.ID, "pieces"))...)
	}
	return append(list, v.addingProblems()...)
}

// timeFacts are when the shift is, and who comes.
func (r *request) timeFacts(s jobs.Shift, taken int) []ui.Fact {
	facts := []ui.Fact{
		{Icon: ui.IconClock, Text: r.words.Span(s.Starts, s.Ends)},
		{Icon: ui.IconPeople, Text: r.t("times.taken", "Taken", taken, "Seats", s.Seats)},
	}
	if s.Break > 0 {
		facts = append(facts, ui.Fact{Icon: ui.IconWait, Text: r.t("times.break", "Time", r.words.Duration(s.Break))})
	}
	return append(facts, r.seatFacts(s)...)
}

// seatFacts are what not every shift has.
func (r *request) seatFacts(s jobs.Shift) (facts []ui.Fact) {
	if s.BuddySeats > 0 {
		facts = append(facts, ui.Fact{Icon: ui.IconSteps, Text: r.words.N("times.buddies", s.BuddySeats)})
	}
	if s.Pieces > 0 {
		facts = append(facts, ui.Fact{Icon: ui.IconPaper, Text: r.words.N("times.pieces", s.Pieces)})
	}
	return facts
}

// dayAndTime is a shift on one line.
func (r *request) dayAndTime(starts, ends time.Time) string {
	return r.words.LongDate(starts) + ", " + r.words.Span(starts, ends)
}
