package web

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// rails are what a member and their coach agreed, as one of the two reads it.
type rails struct {
	list   []coaching.Rail
	groups []jobs.SkillGroup
	kind   coaching.RailKind // of the form; empty: choose one first
	coach  coaching.Coach    // of the reading member
	shown  bool              // the coach may read them
}

// byMember reports whether the member reads them, and not the coach.
func (r *request) byMember() bool { return r.actor.Kind == members.RoleMember }

// railed is whose guard rails the page is about.
func (r *request) railed() members.MemberID {
	if r.byMember() {
		return r.actor.Member
	}
	return r.member.Member
}

func (r *request) railsPath() string {
	if r.byMember() {
		return "/coach/rails"
	}
	return r.timelinePath() + "/rails"
}

// showRails handles GET /coach/rails and GET /caseload/:member/rails: what is
// agreed, what waits, and with ?kind=… the form for a new one.
func showRails(r *request) error {
	f := r.emptyForm()
	f.set("kind", r.Query("kind"))
	review := strings.Split(string(members.DayOf(r.web.Now()).AddMonths(coaching.UsualReviewMonths)), "-")
	f.set("review-year", review[0])
	f.set("review-month", strings.TrimPrefix(review[1], "0"))
	f.set("review-day", strings.TrimPrefix(review[2], "0"))
	return r.railsPage(http.StatusOK, f)
}

// proposeRail handles POST /coach/rails and POST /caseload/:member/rails. A reason
// that looks medical is shown once before it is kept.
func proposeRail(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := coaching.NewRail{Kind: coaching.RailKind(f.text("kind")), Groups: f.values["groups"], Reason: f.text("reason")}
	switch n.Kind {
	case coaching.HoursDayRail, coaching.HoursWeekRail:
		n.Minutes = f.number("minutes")
	case coaching.ReachRail:
		n.Metres = f.number("metres")
	}
	n.Review, _ = f.day("review")
	look := !f.bad() && f.looksMedical("reason")
	if !look && !f.bad() {
		_, err = r.web.Coaching.ProposeRail(r.Request.Context(), r.actor, r.railed(), n)
		if err := f.wrong(err); err != nil {
			return err
		}
	}
	if look || f.bad() {
		return r.railsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("rails.proposed")
	return r.to(r.railsPath())
}

// agreeRail handles POST …/rails/:rail/yes.
func agreeRail(r *request) error { return r.answerRail(true, "rails.agreed") }

// refuseRail handles POST …/rails/:rail/no.
func refuseRail(r *request) error { return r.answerRail(false, "rails.refused") }

func (r *request) answerRail(agree bool, said string) error {
	rail, err := id.Parse[coaching.Rail](r.Param("rail"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.AnswerRail(r.Request.Context(), r.actor, rail, agree); err != nil {
		return err
	}
	r.flash(said)
	return r.to(r.railsPath())
}

// endRail handles POST …/rails/:rail/end, also for what one proposed oneself.
func endRail(r *request) error {
	rail, err := id.Parse[coaching.Rail](r.Param("rail"))
	if err != nil {
		return err
	}
	if err := r.web.Coaching.EndRail(r.Request.Context(), r.actor, rail); err != nil {
		return err
	}
	r.flash("rails.ended")
	return r.to(r.railsPath())
}

func (r *request) railsPage(status int, f *form) (err error) {
	ctx, v := r.Request.Context(), rails{shown: true}
	if v.list, err = r.web.Coaching.Rails(ctx, r.actor, r.railed()); err != nil {
		return err
	}
	if v.groups, err = r.web.Jobs.SkillGroups(ctx); err != nil {
		return err
	}
	if r.byMember() {
		if v.coach, err = r.web.Coaching.CoachOf(ctx, r.actor); err != nil {
			return err
		}
		grants, err := r.web.Members.Grants(ctx, r.actor)
		if err != nil {
			return err
		}
		v.shown = slices.ContainsFunc(grants, func(g members.Grant) bool { return g.Grantee == v.coach.Role && g.Scope == members.ProgressScope })
	}
	if kind := coaching.RailKind(f.text("kind")); slices.Contains(coaching.RailKinds(), kind) {
		v.kind = kind
	}
	return r.page(status, r.railsTitle(), railsBody(r, v, f))
}

func (r *request) railsTitle() string {
	if r.byMember() {
		return r.t("rails.title")
	}
	return r.t("rails.of", "Name", r.member.Name)
}

// current are the rails that wait or hold.
func (v rails) current() []coaching.Rail {
	return slices.DeleteFunc(slices.Clone(v.list), coaching.Rail.Past)
}

// past are those that are over.
func (v rails) past() []coaching.Rail {
	return slices.DeleteFunc(slices.Clone(v.list), func(rail coaching.Rail) bool { return !rail.Past() })
}

// proposable reports whether the reader can propose something: a member needs a
// coach who can answer.
func (r *request) proposable(v rails) bool { return !r.byMember() || !v.coach.Role.IsZero() }

// railSays is what was agreed, in one sentence.
func (r *request) railSays(rail coaching.Rail, groups []jobs.SkillGroup) string {
	var names []string
	for _, g := range groups {
		if slices.Contains(rail.Groups, g.Code) {
			names = append(names, g.Label(r.words.Locale))
		}
	}
	return r.words.With("rails.says."+string(rail.Kind), map[string]any{
		"Time": r.words.Duration(time.Duration(rail.Minutes) * time.Minute), "Distance": r.words.Distance(rail.Metres), "Groups": strings.Join(names, ", "),
	})
}

// railState is how it stands for the reader.
func (r *request) railState(rail coaching.Rail) string {
	state := string(rail.State)
	if rail.State == coaching.RailProposed && rail.ByMember != r.byMember() {
		state = "to_answer"
	}
	return r.words.With("rails.state."+state, nil)
}

func (r *request) railTone(rail coaching.Rail) ui.Tone {
	switch rail.State {
	case coaching.RailProposed:
		return ui.Waits
	case coaching.RailAgreed:
		return ui.Good
	default:
		return ui.Neutral
	}
}

// answers reports whether the reader is the one who answers.
func (r *request) answers(rail coaching.Rail) bool {
	return rail.State == coaching.RailProposed && rail.ByMember != r.byMember()
}

// lookAgain reports whether the day is there on which both look again.
func (r *request) lookAgain(rail coaching.Rail) bool {
	return rail.LookAgain(members.DayOf(r.web.Now()))
}

// railKinds lead to the form of each kind.
func (r *request) railKinds() (links []ui.Link) {
	for _, kind := range coaching.RailKinds() {
		links = append(links, ui.Link{Text: r.words.With("rails.kind."+string(kind), nil), Path: r.railsPath() + "?kind=" + string(kind) + "#new", Icon: ui.IconPlus})
	}
	return links
}

// railTimes are the choices of hours, by half hours a day and whole ones a week.
func (r *request) railTimes(kind coaching.RailKind) []ui.Choice {
	step, most := 30, coaching.MostDayMinutes
	if kind == coaching.HoursWeekRail {
		step, most = 60, coaching.MostWeekMinutes
	}
	choices := []ui.Choice{{Text: r.t("rails.choose")}}
	for n := coaching.LeastRailMinutes; n <= most; n += step {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Text: r.words.Duration(time.Duration(n) * time.Minute)})
	}
	return choices
}

func (r *request) railReaches() []ui.Choice {
	choices := []ui.Choice{{Text: r.t("rails.choose")}}
	for _, km := range []int{1, 2, 3, 5, 7, 10, 15, 20, 25, 30, 40, 50, 60} {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(1000 * km), Text: r.words.Distance(1000 * km)})
	}
	return choices
}

func railGroups(r *request, groups []jobs.SkillGroup, f *form) (choices []ui.Choice) {
	for _, g := range groups {
		choices = append(choices, ui.Choice{Value: g.Code, Text: g.Label(r.words.Locale), Chosen: slices.Contains(f.values["groups"], g.Code)})
	}
	return choices
}
