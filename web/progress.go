package web

import (
	"net/http"
	"slices"
	"strconv"

	"github.com/a-h/templ"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// progressView is how far a member is, on their own page and on their coach's.
type progressView struct {
	coaching.Progress
	own     bool
	coached bool // somebody sets the ladder with them
	form    *form
}

// progressMember is whom the page is about: the member whom the coach follows, or
// oneself.
func (r *request) progressMember() members.MemberID {
	if r.member.Member.IsZero() {
		return r.actor.Member
	}
	return r.member.Member
}

func (r *request) progressPath() string {
	if r.member.Member.IsZero() {
		return "/progress"
	}
	return r.timelinePath() + "/progress"
}

// showProgress handles GET /progress and GET /caseload/:member/progress.
func showProgress(r *request) error { return r.progressPage(http.StatusOK, r.emptyForm()) }

func (r *request) progressPage(status int, f *form) (err error) {
	ctx := r.Request.Context()
	v := progressView{own: r.member.Member.IsZero(), coached: true, form: f}
	if v.Progress, err = r.web.Coaching.Progress(ctx, r.actor, r.progressMember()); err != nil {
		return err
	}
	if v.own {
		coach, err := r.web.Coaching.CoachOf(ctx, r.actor)
		if err != nil {
			return err
		}
		v.coached = !coach.Role.IsZero()
	}
	return r.page(status, r.progressTitle(), progressBody(r, v))
}

func (r *request) progressTitle() string {
	if r.member.Member.IsZero() {
		return r.t("progress.title")
	}
	return r.t("progress.of", "Name", r.member.Name)
}

// makeGoal handles POST …/progress/goals. Words that look medical are shown once
// before they are kept, here and in a step.
func makeGoal(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if f.looksMedical("text") {
		return r.progressPage(http.StatusUnprocessableEntity, f)
	}
	n := coaching.NewGoal{Text: f.text("text")}
	if f.text("aim-day") != "" || f.text("aim-month") != "" || f.text("aim-year") != "" {
		day, ok := f.day("aim")
		if n.AimOn = members.Day(day); !ok {
			n.AimOn = "0" // the domain refuses it too, so that nothing is written
		}
	}
	_, err = r.web.Coaching.MakeGoal(r.Request.Context(), r.actor, r.progressMember(), n)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.progressPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("goal.made")
	return r.to(r.progressPath() + "#goals")
}

// changeGoal handles POST …/progress/goals/:goal: what the button says that was
// pressed.
func changeGoal(r *request) error {
	goal, err := id.Parse[coaching.Goal](r.Param("goal"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	look := f.text("do") == "add" && f.looksMedical("text")
	if !look {
		if err := f.wrong(r.doToGoal(goal, f)); err != nil {
			return err
		}
	}
	if look || f.bad() {
		f.move("step", "step-"+goal.String())
		f.set("step-"+goal.String(), f.typed("text"))
		f.medical.field = "step-" + goal.String()
		f.values.Del("text")
		return r.progressPage(http.StatusUnprocessableEntity, f)
	}
	return r.to(r.progressPath() + "#goals")
}

func (r *request) doToGoal(goal coaching.GoalID, f *form) error {
	ctx, member, do := r.Request.Context(), r.progressMember(), f.text("do")
	switch {
	case do == "add":
		_, err := r.web.Coaching.AddStep(ctx, r.actor, member, goal, f.text("text"))
		return err
	case do == "away":
		return r.web.Coaching.RemoveGoal(ctx, r.actor, goal)
	case slices.Contains(coaching.GoalStates(), coaching.GoalState(do)):
		return r.web.Coaching.JudgeGoal(ctx, r.actor, member, goal, coaching.GoalState(do))
	}
	step, err := id.Parse[coaching.Step](f.text("step"))
	if err != nil {
		return errForm // nobody types it
	}
	switch do {
	case "done", "undone":
		return r.web.Coaching.TickStep(ctx, r.actor, member, goal, step, do == "done")
	case "drop":
		return r.web.Coaching.RemoveStep(ctx, r.actor, member, goal, step)
	}
	return errForm
}

// changeLadder handles POST …/progress/ladder: a step is proposed, or what was
// proposed is set or dropped.
func changeLadder(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	ctx, said := r.Request.Context(), "ladder.proposed"
	if to := coaching.RungState(f.text("do")); to == "" {
		step, _ := strconv.Atoi(f.text("rung")) // none is 0, which the domain refuses
		_, err = r.web.Coaching.ProposeRung(ctx, r.actor, r.progressMember(), step)
	} else {
		rung, parsed := id.Parse[coaching.Rung](f.text("which"))
		if parsed != nil {
			return errForm // nobody types it
		}
		said = "ladder.settled"
		err = r.web.Coaching.SettleRung(ctx, r.actor, r.progressMember(), rung, to)
	}
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.progressPage(http.StatusUnprocessableEntity, f)
	}
	r.flash(said)
	return r.to(r.progressPath() + "#ladder")
}

// wrongFields are those of the page, in its order.
func (v progressView) wrongFields() []string {
	fields := []string{"text", "aim"}
	for _, g := range v.Goals {
		fields = append(fields, "step-"+g.ID.String())
	}
	return append(fields, "rung", "workstep", "why")
}

// goalsThat picks the goals that are open, or the others.
func (v progressView) goalsThat(open bool) (list []coaching.Goal) {
	for _, g := range v.Goals {
		if (g.State == coaching.GoalOpen) == open {
			list = append(list, g)
		}
	}
	return list
}

// goalTone colours how a goal went; none of them is bad.
func goalTone(s coaching.GoalState) ui.Tone {
	switch s {
	case coaching.GoalMet:
		return ui.Good
	case coaching.GoalNeedsMore:
		return ui.Waits
	}
	return ui.Neutral
}

// stepWord is a step of the ladder with its number.
func (r *request) stepWord(step int) string {
	return r.t("ladder.numbered", "Number", step, "Step", r.words.With("ladder.step."+rungKey(step), nil))
}

// rungKey names a step in the locale files.
func rungKey(step int) string {
	return []string{"none", "alone", "social", "joins", "unpaid", "helped", "free"}[max(0, min(step, coaching.HighestStep))]
}

// stepChoices are the six steps, each with what it means.
func (r *request) stepChoices() (choices []ui.Choice) {
	for step := coaching.LowestStep; step <= coaching.HighestStep; step++ {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(step), Text: r.stepWord(step), Hint: r.words.With("ladder.means."+rungKey(step), nil)})
	}
	return choices
}

// rungSays says who set a step, when and why.
func (r *request) rungSays(g coaching.Rung) string {
	return r.t("ladder.by_both", "One", g.ByName, "Other", g.SettledWho, "Day", r.words.DayOf(members.DayOf(g.Settled)))
}

// ladderDue says when the ladder is looked at again, and whether that is now.
func (r *request) ladderDue(v progressView) (sentence string, now bool) {
	switch today := members.DayOf(r.web.Now()); {
	case v.Due == "":
		return r.t("ladder.first"), true
	case v.Due <= today:
		return r.t("ladder.due"), true
	default:
		return r.t("ladder.later", "Day", r.words.DayOf(v.Due)), false
	}
}

// decides reports whether who looks sets what waits; the other side waits.
func (v progressView) decides(g coaching.Rung) bool { return v.own != g.ByMember }

func (r *request) goalPath(g coaching.Goal) templ.SafeURL {
	return templ.SafeURL(r.progressPath() + "/goals/" + g.ID.String())
}
