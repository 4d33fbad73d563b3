package web

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// isTheirWork finds the engagement of the path for its member or its client, and
// for the office where a route lets it in, or nothing.
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
	return r.engagementPage(http.StatusOK, r.hoursForm())
}

// hoursForm begins with what was proposed, and before that with the clock or the
// plan.
func (r *request) hoursForm() *form {
	f, w := r.clockForm(), r.work
	worked, pause := w.Sheet.Worked, w.Sheet.Break
	from, until, planned := w.Begin()
	if w.Sheet.State == jobs.SheetEmpty {
		worked, pause = until.Sub(from).Truncate(time.Minute)-planned, planned
	}
	f.set("hours", strconv.Itoa(int(worked/time.Hour)))
	f.set("minutes", strconv.Itoa(int(worked%time.Hour/time.Minute)))
	f.set("break", minutesOf(pause))
	f.setClock("from", from)
	f.setClock("until", until)
	return f
}

// proposeHours handles POST /engagements/:engagement/hours: from when until when,
// or how long.
func proposeHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	hours := f.proposal(r.work.Shift)
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

// proposal reads hours from either of the two forms.
func (f *form) proposal(s jobs.Shift) (h jobs.Hours) {
	if f.text("by-clock") == "" {
		h = jobs.Hours{Worked: f.worked("hours", "minutes"), Break: f.pause("break")}
	} else {
		from, fromOK := f.clock("from")
		until, untilOK := f.clock("until")
		pause := f.pause("break")
		if fromOK && untilOK && !f.bad() {
			found, problems := jobs.Times{From: from, Until: until, Break: pause}.Hours(s)
			_ = f.wrong(problems.Err()) // problems, and nothing else
			h = found
		}
	}
	h.Reason = f.text("reason")
	return h
}

// setClock fills the two fields of a time.
func (f *form) setClock(field string, at time.Time) {
	clock := at.In(members.Amsterdam())
	f.set(field+"-hour", strconv.Itoa(clock.Hour()))
	f.set(field+"-minute", fmt.Sprintf("%02d", clock.Minute()))
}

// typedOr is what was typed, or else this.
func (f *form) typedOr(field, other string) string {
	if _, has := f.values[field]; has {
		return f.typed(field)
	}
	return other
}

func minutesOf(d time.Duration) string { return strconv.Itoa(int(d / time.Minute)) }

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

// agreeHours handles POST /engagements/:engagement/agree, to what stood on the
// page.
func agreeHours(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if round := f.text("round"); round == "" {
		err = r.web.Jobs.AgreeHours(r.Request.Context(), r.actor, r.work.ID)
	} else {
		err = r.web.Jobs.AgreeSeen(r.Request.Context(), r.actor, r.work.ID, f.number("round"))
	}
	if err != nil {
		return err
	}
	r.flash("hours.agreed")
	return r.to(r.engagementPath())
}

func (r *request) engagementPath() string { return "/engagements/" + r.work.ID.String() }

func (r *request) engagementPage(status int, f *form) error {
	var err error
	if r.day, err = r.workDay(); err != nil {
		return err
	}
	p, err := r.workPage(f)
	if err != nil {
		return err
	}
	return r.page(status, r.t("hours.title"), engagementBody(r, r.work, p))
}

// workPage is what the page of an engagement shows beside the work.
type workPage struct {
	form    *form
	wages   []payments.Earning
	steps   []jobs.Step
	dispute jobs.DisputedWork // none: no ID
	absence jobs.Answered     // that it stays that they did not come
}

func (r *request) workPage(f *form) (p workPage, err error) {
	p.form = f
	if p.absence, err = r.absenceAnswer(); err != nil {
		return p, err
	}
	if p.wages, err = r.earnings(r.work); err != nil || r.work.Sheet.State == jobs.SheetEmpty {
		return p, err
	}
	if p.dispute, err = r.web.Jobs.DisputeOf(r.Request.Context(), r.actor, r.work.ID); err == nil {
		p.steps = p.dispute.Steps
		return p, nil
	}
	if !errors.Is(err, members.ErrNotFound) {
		return p, err
	}
	p.steps, err = r.web.Jobs.Steps(r.Request.Context(), r.actor, r.work.ID)
	return p, err
}

// workFacts are when, where and who. The client reads who comes, the member for
// whom.
func (r *request) workFacts(w jobs.Work) []ui.Fact {
	who := ui.Fact{Icon: ui.IconClient, Text: w.ClientName}
	if r.actor.Kind != members.RoleMember {
		who = ui.Fact{Icon: ui.IconPerson, Text: w.MemberName}
	}
	place := w.PlaceName
	if w.Address != "" {
		place = w.Address + ", " + place
	}
	if r.day.Remote && w.ID == r.work.ID {
		place = r.t("meeting.home")
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
	case offState(w) != "":
		return offState(w)
	case w.Sheet.State == jobs.SheetAgreed && w.Sheet.Auto:
		return "silent"
	case w.Sheet.State == jobs.SheetAgreed:
		return "agreed"
	case w.Sheet.State == jobs.Disputed:
		return "disputed"
	case !w.Over(r.web.Now()):
		return "coming"
	case w.WaitsFor(r.hoursSide(), r.web.Now()):
		return "yours"
	default:
		return "theirs"
	}
}

func workTone(state string) ui.Tone {
	switch state {
	case "yours":
		return ui.Waits
	case "agreed", "silent", "coming":
		return ui.Good
	default:
		return ui.Neutral
	}
}

// side is whose voice a sentence has: of the member, or of the client.
func (r *request) side() string { return string(r.hoursSide()) + "." }

// hoursSide is whose word about hours the reader has: the office answers for the
// client.
func (r *request) hoursSide() members.RoleKind {
	if r.actor.Kind == members.RoleMember {
		return members.RoleMember
	}
	return members.RoleClient
}

// stateWord is the state in a few words, lead what happened and what now.
func (r *request) stateWord(w jobs.Work) string {
	return r.words.With("hours.state_"+r.side()+r.workEnd(w), nil)
}

func (r *request) lead(w jobs.Work) string {
	if lead := r.unpaidLead(w); lead != "" {
		return lead
	}
	return r.words.With("hours.lead_"+r.side()+r.workEnd(w), nil)
}

// heldWord says for whom hours wait that are not agreed by silence, and until when.
func (r *request) heldWord(w jobs.Work) string {
	if w.Sheet.State == jobs.MemberProposed && w.Sheet.Worked > w.Planned() {
		return r.t("hours.held_more")
	}
	return r.t("hours.held")
}
