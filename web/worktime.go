package web

import (
	"net/http"
	"strconv"
	"time"

	"meent/jobs"
	"meent/web/ui"
)

// showWorktime handles GET /worktime: how much somebody may work, and what
// happens when it would be more.
func showWorktime(r *request) error { return r.worktimePage(http.StatusOK, r.emptyForm(), "") }

// changeWorktime handles POST /worktime: one rule.
func changeWorktime(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	code := jobs.WorktimeCode(f.text("code"))
	typed := func(part string) string { return f.text(jobs.WorktimeField(code, part)) }
	limit := time.Duration(f.number(jobs.WorktimeField(code, "hours"))) * time.Hour
	if err := f.wrong(r.web.Jobs.ChangeWorktime(r.Request.Context(), r.actor, code, limit, jobs.WorktimeEffect(typed("effect")), typed("why"))); err != nil {
		return err
	}
	if f.bad() {
		return r.worktimePage(http.StatusUnprocessableEntity, f, code)
	}
	r.flash("worktime.saved")
	return r.to("/worktime")
}

// worktimePage shows the rules, with what was typed about one of them.
func (r *request) worktimePage(status int, f *form, code jobs.WorktimeCode) error {
	rules, err := r.web.Jobs.Worktime(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	for _, rule := range rules {
		if rule.Code != code {
			f.set(jobs.WorktimeField(rule.Code, "hours"), wholeHours(rule.Limit))
			f.set(jobs.WorktimeField(rule.Code, "effect"), string(rule.Effect))
		}
	}
	return r.page(status, r.t("worktime.title"), worktimeBody(r, rules, f))
}

func wholeHours(d time.Duration) string { return strconv.Itoa(int(d / time.Hour)) }

func worktimeTone(effect jobs.WorktimeEffect) ui.Tone {
	if effect == jobs.WorktimeBlocks {
		return ui.Good
	}
	return ui.Waits
}

// worktimeFields are the fields of all rules, for the list of problems.
func worktimeFields() (fields []string) {
	for _, code := range jobs.WorktimeCodes() {
		for _, part := range []string{"hours", "effect", "why"} {
			fields = append(fields, jobs.WorktimeField(code, part))
		}
	}
	return fields
}

func (r *request) worktimeEffects() (choices []ui.Choice) {
	for _, effect := range jobs.WorktimeEffects() {
		choices = append(choices, ui.Choice{Value: string(effect), Text: r.words.With("worktime.effect."+string(effect), nil)})
	}
	return choices
}

// worktimeField names the field after its rule, and fills in what was typed.
func (r *request) worktimeField(code jobs.WorktimeCode, f *form, field ui.Field) ui.Field {
	field.Name = jobs.WorktimeField(code, field.Name)
	field.Wrong, field.Value, field.Complete = f.problem(field.Name), f.typed(field.Name), "off"
	return field
}
