package web

import (
	"net/http"
	"strconv"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// showNewContact handles GET /caseload/:member/contacts/new: one screen.
func showNewContact(r *request) error {
	f := r.emptyForm()
	f.set("id", id.New[coaching.Contact](nil).String())
	f.set("by", r.actor.Role.String())
	return r.newContactPage(http.StatusOK, f)
}

// logContact handles POST /caseload/:member/contacts/new: from the form, and from
// a phone that kept it, which wants no page (offline.js). Words that look medical
// are shown once before they are kept.
func logContact(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if by := f.text("by"); by != "" && by != r.actor.Role.String() {
		return members.ErrNotFound // somebody else's phone kept it
	}
	n, err := f.contact(r.member.Member)
	if err != nil {
		return err
	}
	look := !f.bad() && f.looksMedical("why", "next")
	if !look && !f.bad() {
		err = f.wrong(r.web.Coaching.LogContact(r.Request.Context(), r.actor, n))
		f.move("at", "day")
	}
	switch {
	case err != nil:
		return err
	case f.bad() || look:
		return r.newContactPage(http.StatusUnprocessableEntity, f)
	case r.GetHeader("Accept") == "application/json":
		r.Status(http.StatusCreated)
		return nil
	}
	r.flash("contacts.logged")
	return r.to(r.contactsPath())
}

func (r *request) newContactPage(status int, f *form) error {
	goals, err := r.web.Coaching.ContactGoals(r.Request.Context(), r.actor, r.member.Member)
	if err != nil {
		return err
	}
	return r.page(status, r.t("contacts.new"), newContactBody(r, f, goals))
}

// contact reads the form. What was typed wrongly is a problem; an id that nobody
// types is not found.
func (f *form) contact(m members.MemberID) (n coaching.NewContact, err error) {
	if n.ID, err = id.Parse[coaching.Contact](f.text("id")); err != nil {
		return n, err
	}
	n.Member, n.Kind, n.Why, n.Next = m, coaching.ContactKind(f.text("kind")), f.text("why"), f.text("next")
	if goal := f.text("goal"); goal != "" {
		if n.Goal, err = id.Parse[coaching.Goal](goal); err != nil {
			return n, err
		}
	}
	n.Minutes, n.At = f.contactMinutes(), f.contactAt()
	return n, nil
}

// contactMinutes are one of the quick choices, or one's own.
func (f *form) contactMinutes() int {
	if f.text("own") != "" {
		n := f.number("own")
		f.move("own", "minutes")
		return n
	}
	return f.number("minutes")
}

// contactAt is the day and time that were typed, as many seconds ago as a phone
// kept it, or zero for now. A day without a time is noon, or now when that is sooner.
func (f *form) contactAt() time.Time {
	if f.text("day-day")+f.text("day-month") == "" {
		ago, err := strconv.ParseUint(f.text("ago"), 10, 31) // nobody types it: what is none is now
		if err != nil {
			return time.Time{}
		}
		return f.request.web.Now().Add(-time.Duration(ago) * time.Second)
	}
	if f.text("day-year") == "" {
		f.set("day-year", strconv.Itoa(f.request.web.Now().Year()))
	}
	day, ok := f.day("day")
	if !ok {
		return time.Time{}
	}
	clock, timed := 12*time.Hour, f.text("time-hour") != ""
	if timed {
		if clock, ok = f.clock("time"); !ok {
			return time.Time{}
		}
	}
	at, _ := f.moment("day", day, clock)
	if now := f.request.web.Now(); !timed && at.After(now) && string(day) == string(members.DayOf(now)) {
		return now
	}
	return at
}

// contactKinds are the tiles.
func (r *request) contactKinds() (choices []ui.Choice) {
	for _, kind := range coaching.ContactKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.contactKind(kind)})
	}
	return choices
}

// quickMinutes are most of what coaches choose.
func (r *request) quickMinutes() (choices []ui.Choice) {
	for _, n := range []int{5, 10, 15, 30, 60} {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(n), Text: strconv.Itoa(n)})
	}
	return choices
}

// goalChoices are the member's open goals, after none of them.
func (r *request) goalChoices(goals []coaching.Goal) []ui.Choice {
	choices := []ui.Choice{{Text: r.t("contacts.no_goal")}}
	for _, g := range goals {
		choices = append(choices, ui.Choice{Value: g.ID.String(), Text: r.inLine(g.Text, g.Gone)})
	}
	return choices
}

// contactPart is one of the short fields of a day or a time.
func (r *request) contactPart(f *form, name, label string) ui.Field {
	return ui.Field{Name: name, Label: label, Value: f.typed(name)}
}
