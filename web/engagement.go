package web

import (
	"net/http"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// isTheirWork finds the engagement of the path for its member or its client, or
// nothing.
func (r *request) isTheirWork() error {
	engagement, err := id.Parse[jobs.Engagement](r.Param("engagement"))
	if err != nil {
		return err
	}
	r.work, err = r.web.Jobs.Work(r.Request.Context(), r.actor, engagement)
	return err
}

// showEngagement handles GET /engagements/:engagement.
func showEngagement(r *request) error {
	f, worked := r.emptyForm(), r.work.Sheet.Worked
	if worked == 0 {
		worked = r.work.Shift.Worked()
	}
	f.set("hours", strconv.Itoa(int(worked/time.Hour)))
	f.set("minutes", strconv.Itoa(int(worked%time.Hour/time.Minute)))
	return r.engagementPage(http.StatusOK, f)
}

// proposeHours handles POST /engagements/:engagement/hours.
func proposeHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	hours := jobs.Hours{Worked: f.worked("hours", "minutes"), Reason: f.text("reason")}
	if !f.bad() {
		if err := f.wrong(r.web.Jobs.ProposeHours(r.Request.Context(), r.actor, r.work.ID, hours)); err != nil {
			return err
		}
		f.move("worked", "hours")
	}
	if f.bad() {
		return r.engagementPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("hours.proposed")
	return r.to(r.engagementPath())
}

// worked reads hours and minutes; no minutes are none.
func (f *form) worked(hours, minutes string) time.Duration {
	h, m := f.number(hours), 0
	if f.text(minutes) != "" {
		m = f.number(minutes)
	}
	if h < 0 || h > 100 || m < 0 || m > 59 {
		f.problems.Add(hours, "wrong_hours", map[string]any{"Hours": int(jobs.LongestShift.Hours())})
	}
	return time.Duration(h)*time.Hour + time.Duration(m)*time.Minute
}

// agreeHours handles POST /engagements/:engagement/agree.
func agreeHours(r *request) error {
	if err := r.web.Jobs.AgreeHours(r.Request.Context(), r.actor, r.work.ID); err != nil {
		return err
	}
	r.flash("hours.agreed")
	return r.to(r.engagementPath())
}

func (r *request) engagementPath() string { return "/engagements/" + r.work.ID.String() }

func (r *request) engagementPage(status int, f *form) error {
	e, billed, err := r.earning(r.work)
	if err != nil {
		return err
	}
	if !billed {
		return r.page(status, r.t("hours.title"), engagementBody(r, r.work, f, nil))
	}
	return r.page(status, r.t("hours.title"), engagementBody(r, r.work, f, &e))
}

// workFacts are when, where and who. The client reads who comes, the member for
// whom.
func (r *request) workFacts(w jobs.Work) []ui.Fact {
	who := ui.Fact{Icon: ui.IconClient, Text: w.ClientName}
	if r.actor.Kind == members.RoleClient {
		who = ui.Fact{Icon: ui.IconPerson, Text: w.MemberName}
	}
	place := w.PlaceName
	if w.Address != "" {
		place = w.Address + ", " + place
	}
	return []ui.Fact{
		{Icon: ui.IconCalendar, Text: r.words.LongDate(w.Shift.Starts)},
		{Icon: ui.IconClock, Text: r.words.Span(w.Shift.Starts, w.Shift.Ends)},
		{Icon: ui.IconPlace, Text: place}, who,
	}
}

// workState is what the engagement waits for, as this side reads it.
func (r *request) workState(w jobs.Work) string {
	switch {
	case w.State == jobs.CalledOff || w.State == jobs.Absent:
		return "off"
	case w.Sheet.State == jobs.SheetAgreed:
		return "agreed"
	case !w.Over(r.web.Now()):
		return "coming"
	case w.WaitsFor(r.actor.Kind, r.web.Now()):
		return "yours"
	default:
		return "theirs"
	}
}

func workTone(state string) ui.Tone {
	switch state {
	case "yours":
		return ui.Waits
	case "agreed", "coming":
		return ui.Good
	default:
		return ui.Neutral
	}
}

// side is whose voice a sentence has: of the member, or of the client.
func (r *request) side() string {
	if r.actor.Kind == members.RoleClient {
		return "client."
	}
	return "member."
}

// stateWord is the state in a few words, lead what happened and what now.
func (r *request) stateWord(w jobs.Work) string {
	return r.words.With("hours.state_"+r.side()+r.workState(w), nil)
}

func (r *request) lead(w jobs.Work) string {
	if lead := r.unpaidLead(w); lead != "" {
		return lead
	}
	return r.words.With("hours.lead_"+r.side()+r.workState(w), nil)
}
