package web

import (
	"errors"
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/ui"
)

// callOff handles POST /engagements/:engagement/off: the member cannot come.
func callOff(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	home := r.work.GoesHome(r.web.Now())
	reason := jobs.OffReason{Why: jobs.OffWhy(f.text("why")), Text: f.text("text")}
	if err := f.wrong(r.web.Jobs.CallOff(r.Request.Context(), r.actor, r.work.ID, reason)); err != nil {
		return err
	}
	if f.bad() {
		return r.engagementPage(http.StatusUnprocessableEntity, f)
	}
	if home {
		r.flash("off.went_home")
		return r.to(r.engagementPath())
	}
	return r.to(r.engagementPath() + "/arranged")
}

// showArranged handles GET /engagements/:engagement/arranged: it is arranged.
func showArranged(r *request) error { return r.arrangedPage(http.StatusOK, "") }

func (r *request) arrangedPage(status int, wrong string) error {
	said, err := r.web.Jobs.OwnOff(r.Request.Context(), r.actor, r.work.ID)
	if errors.Is(err, members.ErrNotFound) {
		return r.to(r.engagementPath())
	}
	if err != nil {
		return err
	}
	return r.page(status, r.t("off.arranged"), arrangedBody(r, r.work, said, wrong))
}

// comeBack handles POST /engagements/:engagement/back: the member can come after
// all.
func comeBack(r *request) error {
	again, err := r.web.Matching.ComeBack(r.Request.Context(), r.actor, r.work.ID)
	for _, taken := range []error{jobs.ErrNoSeat, jobs.ErrBusy, jobs.ErrStarted, matching.ErrCannotCome} {
		if errors.Is(err, taken) {
			return r.arrangedPage(http.StatusConflict, r.t("off.back_cannot"))
		}
	}
	if err != nil {
		return err
	}
	r.flash("off.back_done")
	return r.to("/engagements/" + again.String())
}

// wasThere handles POST /engagements/:engagement/there.
func wasThere(r *request) error {
	if err := r.web.Jobs.WasThere(r.Request.Context(), r.actor, r.work.ID); err != nil {
		return err
	}
	r.flash("off.there_sent")
	return r.to(r.engagementPath())
}

// runsWork finds the engagement of the path for who runs its gig, or nothing.
func (r *request) runsWork() error {
	engagement, err := id.Parse[jobs.Engagement](r.Param("engagement"))
	if err != nil {
		return err
	}
	r.work, err = r.web.Jobs.RunWork(r.Request.Context(), r.actor, engagement)
	return err
}

// showMissed handles GET /engagements/:engagement/missed: somebody did not come.
func showMissed(r *request) error {
	return r.missedPage(http.StatusOK, r.emptyForm())
}

// sayMissed handles POST /engagements/:engagement/missed.
func sayMissed(r *request) error {
	if err := r.web.Jobs.Miss(r.Request.Context(), r.actor, r.work.ID); err != nil {
		return err
	}
	r.flash("off.missed_said")
	return r.to(r.engagementPath() + "/missed")
}

// undoMissed handles POST /engagements/:engagement/missed/undo: they were there.
func undoMissed(r *request) error {
	if err := r.web.Jobs.PutRight(r.Request.Context(), r.actor, r.work.ID); err != nil {
		return err
	}
	r.flash("off.put_right")
	return r.to(r.engagementPath() + "/missed")
}

// comes reports whether the work can still be called off.
func (r *request) comes(w jobs.Work) bool {
	return (w.State == jobs.Confirmed || w.State == jobs.Started) && !w.Over(r.web.Now())
}

// offState is how work does not come, for the words of each side; empty: it does.
func offState(w jobs.Work) string {
	switch {
	case w.State == jobs.Absent:
		return "missed"
	case !w.Off.Called():
		return ""
	case w.Off.By == jobs.ByMember:
		return "off_member"
	case w.Off.Moved != nil && w.Off.PartPay:
		return "off_moved_paid"
	case w.Off.Moved != nil:
		return "off_moved"
	case w.Off.PartPay, w.Owed():
		return "off_paid"
	default:
		return "off_client"
	}
}

// workedWord is what agreed time is called: nobody worked what is paid in part.
func (r *request) workedWord(w jobs.Work) string {
	if w.Off.PartPay {
		return r.t("off.paid_time")
	}
	return r.t("hours.worked")
}

// next is the first work to come of a list, to call off with one tap.
func (r *request) next(works []jobs.Work) (w jobs.Work, ok bool) {
	for _, one := range works {
		if r.comes(one) && (!ok || one.Shift.Starts.Before(w.Shift.Starts)) {
			w, ok = one, true
		}
	}
	return w, ok
}

// workLine is work in one line.
func (r *request) workLine(w jobs.Work) string {
	return r.words.LongDate(w.Shift.Starts) + ", " + r.words.Span(w.Shift.Starts, w.Shift.Ends)
}

// shiftPeople are who comes on each shift of a gig that has not ended.
type shiftPeople struct {
	jobs.Shift
	people []jobs.Work
}

func (r *request) peopleByShift(g gigView) (list []shiftPeople) {
	for _, shift := range g.Shifts {
		one := shiftPeople{Shift: shift}
		for _, w := range g.engaged {
			if w.Shift.ID == shift.ID {
				one.people = append(one.people, w)
			}
		}
		if shift.Ends.After(r.web.Now()) || len(one.people) > 0 {
			list = append(list, one)
		}
	}
	return list
}

// personTone is how somebody's work stands, for who runs the gig.
func (r *request) personTone(w jobs.Work) ui.Tone {
	if offState(w) != "" {
		return ui.Neutral
	}
	return ui.Good
}

// personWord says it.
func (r *request) personWord(w jobs.Work) string {
	if state := offState(w); state != "" {
		return r.words.With("hours.state_client."+state, nil)
	}
	return r.words.With("off.person."+string(w.State), nil)
}

// coming counts who comes on a shift.
func (r *request) coming(s shiftPeople) (n int) {
	for _, w := range s.people {
		if offState(w) == "" {
			n++
		}
	}
	return n
}

// missedFacts are workFacts with the person, whoever reads them.
func (r *request) missedFacts(w jobs.Work) []ui.Fact {
	facts := []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.LongDate(w.Shift.Starts)}, {Icon: ui.IconClock, Text: r.words.Span(w.Shift.Starts, w.Shift.Ends)},
		{Icon: ui.IconPerson, Text: w.MemberName},
	}
	if r.actor.Kind == members.RoleClient { // who knows their own name
		return facts
	}
	return append(facts, ui.Fact{Icon: ui.IconClient, Text: w.ClientName})
}

// hasShiftLeft reports whether a shift of the gig has not ended.
func (r *request) hasShiftLeft(g jobs.Gig) bool {
	return slices.ContainsFunc(g.Shifts, func(s jobs.Shift) bool { return s.Ends.After(r.web.Now()) })
}
