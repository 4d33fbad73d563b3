package web

import (
	"net/http"
	"slices"

	"meent/internal/id"
	"meent/jobs"
	"meent/web/ui"
)

// addToStep shows what a series or the copy of a week would bring to a draft, or
// adds it. What else was typed stays as it is.
func (r *request) addToStep(g *gigForm) error {
	added, err := g.more.press()
	if err != nil {
		return err
	}
	if !added {
		status := http.StatusOK
		if g.bad() {
			status = http.StatusUnprocessableEntity
		}
		return r.whenPage(status, g)
	}
	before := r.gig.Shifts
	if r.gig, err = r.web.Jobs.Gig(r.Request.Context(), r.actor, r.gig.ID); err != nil {
		return err
	}
	g.gig = r.gig
	for _, shift := range r.gig.Shifts {
		if !slices.ContainsFunc(before, func(s jobs.Shift) bool { return s.ID == shift.ID }) {
			g.keep(shift.ID)
		}
	}
	g.more = &addingForm{form: g.form}
	g.more.forget()
	return r.whenPage(http.StatusOK, g)
}

// forget empties the fields of what was added.
func (f *addingForm) forget() {
	for field := range f.values {
		if len(field) > 7 && (field[:7] == "series-" || field[:5] == "copy-") {
			f.values.Del(field)
		}
	}
	f.beginSeries()
}

// changeMeeting writes how the day goes, where the step asked for it.
func (g *gigForm) changeMeeting() error {
	if !g.values.Has("point") {
		return nil
	}
	r := g.request
	return g.form.wrong(r.web.Jobs.ChangeMeeting(r.Request.Context(), r.actor, g.gig.ID, g.meeting()))
}

// keep shows a shift as one that stays as it is.
func (g *gigForm) keep(shift jobs.ShiftID) {
	g.values.Add("kept", shift.String())
	g.values.Add("keep", shift.String())
}

// kept are the shifts that stay; what is none is left out.
func (g *gigForm) kept() (list []jobs.ShiftID) {
	for _, text := range g.values["keep"] {
		if shift, err := id.Parse[jobs.Shift](text); err == nil {
			list = append(list, shift)
		}
	}
	return list
}

// keepChoices are the shifts that came of a series or a copy, to keep or not.
func (g *gigForm) keepChoices() (choices []ui.Choice) {
	r := g.request
	for _, s := range g.gig.Shifts {
		if one := s.ID.String(); slices.Contains(g.values["kept"], one) {
			text := r.dayAndTime(s.Starts, s.Ends) + ", " + r.words.N("times.people", s.Seats)
			choices = append(choices, ui.Choice{Value: one, Text: text, Chosen: slices.Contains(g.values["keep"], one)})
		}
	}
	return choices
}
