package web

import (
	"net/http"
	"strings"

	"meent/members"
	"meent/payments"
)

// showDays handles GET /days: dates that are not as the ordinary week.
func showDays(r *request) error { return r.daysPage(http.StatusOK, r.emptyForm()) }

func (r *request) daysPage(status int, f *form) error {
	profile, err := r.web.Members.Profile(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	if !f.values.Has("day-year") {
		f.set("day-year", string(members.DayOf(r.web.Now())[:4]))
	}
	return r.page(status, r.t("days.title"), daysBody(r, profile, f))
}

// changeWeek handles POST /days/week: not this week, or yes after all, in one
// tap from several pages.
func changeWeek(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	off := f.yes("off")
	if !f.bad() {
		if err := f.wrong(r.web.Members.WeekOff(r.Request.Context(), r.actor, members.Day(f.text("from")), off)); err != nil {
			return err
		}
	}
	f.move("off", "day")
	switch {
	case f.bad():
		return r.daysPage(http.StatusUnprocessableEntity, f)
	case off:
		r.flash("days.week_off")
	default:
		r.flash("days.week_on")
	}
	return r.to(daysBack(f.text("back")))
}

// daysBack is one of the pages that have the button.
func daysBack(path string) string {
	if path == "/home" || path == "/profile" {
		return path
	}
	return "/days"
}

// addDay handles POST /days: a date that is otherwise.
func addDay(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := r.addedDay(f); err != nil {
		return err
	}
	if f.bad() {
		return r.daysPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("days.saved")
	return r.to("/days")
}

func (r *request) addedDay(f *form) error {
	day, _ := f.day("day")
	var span *members.Span
	extra := f.oneOf("kind", "off", "extra") == "extra"
	if extra {
		span = f.span("from", "until")
	}
	if f.bad() {
		return nil
	}
	ctx := r.Request.Context()
	if extra {
		return f.wrong(r.web.Members.ExtraTime(ctx, r.actor, members.Day(day), *span))
	}
	return f.wrong(r.web.Members.DayOff(ctx, r.actor, members.Day(day)))
}

// oneOf reads one of the choices; another is a problem at the field.
func (f *form) oneOf(field string, choices ...string) string {
	for _, choice := range choices {
		if f.text(field) == choice {
			return choice
		}
	}
	f.problems.Add(field, "not_a_choice", nil)
	return ""
}

// usualDay handles POST /days/usual: a date is as ever again.
func usualDay(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Members.UsualDay(r.Request.Context(), r.actor, members.Day(f.text("day")))); err != nil {
		return err
	}
	if f.bad() {
		return members.ErrNotFound
	}
	r.flash("days.usual_again")
	return r.to("/days")
}

// weekOff is the button of one week.
type weekOff struct {
	from           members.Day
	off            bool
	told, do, undo string
}

// thisWeek is the rest of it.
func (r *request) thisWeek(p members.Profile) weekOff {
	from := members.DayOf(r.web.Now())
	return weekOff{from: from, off: p.OffFrom(from), told: r.t("days.off_now"), do: r.t("days.not_this_week"), undo: r.t("days.this_week_again")}
}

func (r *request) nextWeek(p members.Profile) weekOff {
	today := members.DayOf(r.web.Now())
	from := today.Add(7 - today.Weekday())
	return weekOff{from: from, off: p.OffFrom(from), told: r.t("days.off_next"), do: r.t("days.not_next_week"), undo: r.t("days.next_week_again")}
}

// exceptionWords say how a date is.
func (r *request) exceptionWords(e members.Exception) string {
	var parts []string
	if e.Off {
		parts = append(parts, r.t("days.off"))
	}
	for _, s := range e.Spans() {
		parts = append(parts, r.t("days.extra", "Time", r.words.QuarterSpan(s.From, s.Until)))
	}
	return strings.Join(parts, " ")
}

// dayWord is a date with its weekday.
func (r *request) dayWord(day members.Day) string {
	return r.words.Weekday(day.Weekday()) + " " + r.words.DayOf(payments.Day(day))
}
