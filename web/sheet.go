package web

import (
	"time"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// hourLines are the hours and what they come to; of hours in dispute, those that
// are beyond doubt.
func (r *request) hourLines(w jobs.Work) []ui.Line {
	worked := r.workedWord(w)
	if w.Sheet.State == jobs.Disputed {
		worked = r.t("dispute.beyond")
	}
	lines := []ui.Line{{Text: worked, Amount: r.words.Duration(w.Sheet.Worked)}}
	if w.Sheet.Break > 0 {
		lines = append(lines, ui.Line{Text: r.t("clock.break"), Amount: r.words.Duration(w.Sheet.Break)})
	}
	return append(lines, ui.Line{Text: r.t("gig.hour"), Amount: r.words.Money(w.Rate)},
		ui.Line{Text: r.t("hours.earned"), Amount: r.words.Money(w.Earned()), Total: true})
}

// whoSaid is whose last word the reason is.
func (r *request) whoSaid(w jobs.Work) string {
	if w.Sheet.State == jobs.MemberProposed {
		return "member"
	}
	return "client"
}

// silentWord is what happens to hours about which nobody says anything.
func (r *request) silentWord(w jobs.Work) string {
	if w.Sheet.State == jobs.SheetEmpty && r.hoursSide() == members.RoleClient && w.MayAnswer(r.actor, r.web.Now()) {
		return "say"
	}
	if w.Sheet.State == jobs.SheetEmpty {
		return "planned"
	}
	return r.workState(w)
}

// clockPart is one of the short fields of a time.
func (r *request) clockPart(f *form, name, key string) ui.Field {
	return ui.Field{Name: name, Label: r.t(key), Value: f.typed(name)}
}

// saidWord says what somebody said about hours.
func (r *request) saidWord(s jobs.Step) string {
	args := map[string]any{"Name": s.Name, "Worked": r.words.Duration(s.Worked), "Break": int(s.Break / time.Minute)}
	if s.Break > 0 && s.What == jobs.StepProposed {
		return r.words.With("hours.step.proposed_break", args)
	}
	return r.words.With("hours.step."+string(s.What), args)
}

// sideWord is who of the two it is.
func (r *request) sideWord(kind members.RoleKind) string {
	return r.words.With("dispute.side."+string(kind), nil)
}
