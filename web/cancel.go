package web

import (
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/a-h/templ"

	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// cancelling is what calling off does, before it is done.
type cancelling struct {
	what        string // work, shift or gig: whose words
	title       string // of the gig
	language    members.Locale
	lines       []string // when
	action      string   // where the form goes
	back        string
	costs       jobs.Costs
	share, hour string // of the planned wage, and how long before it is late
	wrong       string
}

// showCancelWork handles GET /engagements/:engagement/cancel.
func showCancelWork(r *request) error { return r.cancelWorkPage(http.StatusOK, "") }

func (r *request) cancelWorkPage(status int, wrong string) error {
	costs, err := r.web.Jobs.WorkCosts(r.Request.Context(), r.actor, r.work.ID)
	if err != nil {
		return err
	}
	return r.cancelPage(status, cancelling{what: "work", title: r.work.Title, language: r.work.Language, lines: []string{r.workLine(r.work)},
		action: r.engagementPath() + "/cancel", back: "/gigs/" + r.work.Gig.String(), costs: costs, wrong: wrong})
}

// cancelWork handles POST /engagements/:engagement/cancel.
func cancelWork(r *request) error {
	return r.cancel(func(seen payments.Cents) error {
		return r.web.Jobs.CallOffWork(r.Request.Context(), r.actor, r.work.ID, seen)
	}, r.cancelWorkPage, "/gigs/"+r.work.Gig.String())
}

// showCancelShift handles GET /gigs/:gig/shifts/:shift/cancel.
func showCancelShift(r *request) error { return r.cancelShiftPage(http.StatusOK, "") }

func (r *request) cancelShiftPage(status int, wrong string) error {
	shift, err := r.shiftOfGig()
	if err != nil {
		return err
	}
	costs, err := r.web.Jobs.ShiftCosts(r.Request.Context(), r.actor, shift)
	if err != nil {
		return err
	}
	c := cancelling{what: "shift", title: r.gig.Title, language: r.gig.Language, action: r.gigPath() + "/shifts/" + shift.String() + "/cancel",
		back: r.gigPath(), costs: costs, wrong: wrong}
	for _, one := range r.gig.Shifts {
		if one.ID == shift {
			c.lines = []string{r.workLine(jobs.Work{Engagement: jobs.Engagement{Seat: jobs.Seat{Shift: one}}})}
		}
	}
	return r.cancelPage(status, c)
}

// cancelShift handles POST /gigs/:gig/shifts/:shift/cancel.
func cancelShift(r *request) error {
	shift, err := r.shiftOfGig()
	if err != nil {
		return err
	}
	return r.cancel(func(seen payments.Cents) error {
		return r.web.Jobs.CallOffShift(r.Request.Context(), r.actor, shift, seen)
	}, r.cancelShiftPage, r.gigPath())
}

// showCancelGig handles GET /gigs/:gig/cancel.
func showCancelGig(r *request) error { return r.cancelGigPage(http.StatusOK, "") }

func (r *request) cancelGigPage(status int, wrong string) error {
	costs, err := r.web.Jobs.GigCosts(r.Request.Context(), r.actor, r.gig.ID)
	if err != nil {
		return err
	}
	return r.cancelPage(status, cancelling{what: "gig", title: r.gig.Title, language: r.gig.Language,
		action: r.gigPath() + "/cancel", back: r.gigPath(), costs: costs, wrong: wrong})
}

// cancelGig handles POST /gigs/:gig/cancel.
func cancelGig(r *request) error {
	return r.cancel(func(seen payments.Cents) error {
		return r.web.Jobs.CancelGig(r.Request.Context(), r.actor, r.gig.ID, seen)
	}, r.cancelGigPage, r.gigPath())
}

// cancel calls off for what the page said that it costs; where it costs more by
// now the page comes back.
func (r *request) cancel(do func(payments.Cents) error, again func(int, string) error, then string) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	seen, err := strconv.ParseInt(f.text("seen"), 10, 64)
	if err != nil {
		return again(http.StatusOK, "") // nobody has seen what it costs
	}
	switch err := do(payments.Cents(seen)); {
	case errors.Is(err, jobs.ErrCostMoved):
		return again(http.StatusConflict, r.t("off.cost_moved"))
	case err != nil:
		return err
	}
	r.flash("off.done")
	return r.to(then)
}

func (r *request) cancelPage(status int, c cancelling) error {
	settings, err := r.web.Members.Settings(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	terms := jobs.Terms{LateShare: settings.LateShare, Notice: time.Duration(settings.NoticeHours) * time.Hour}
	if len(c.costs) > 0 { // what was agreed with them
		terms = c.costs[0].Terms
	}
	c.share, c.hour = r.words.Percent(terms.LateShare), r.words.N("settings.hours", int(terms.Notice/time.Hour))
	return r.page(status, r.words.With("off.cancel_title."+c.what, nil), cancelBody(r, c))
}

// costLines are what each person gets, and what it comes to.
func (r *request) costLines(c cancelling) (lines []ui.Line) {
	for _, one := range c.costs {
		if one.Part > 0 {
			lines = append(lines, ui.Line{Text: r.t("off.cost_of", "Name", one.MemberName, "Time", r.words.Duration(one.Part)), Amount: r.words.Money(one.Price.Wage)})
		}
	}
	sum := c.costs.Price()
	return append(lines,
		ui.Line{Text: r.t("off.cost_contribution"), Amount: r.words.Money(sum.Contribution)},
		ui.Line{Text: r.t("off.cost_total"), Amount: r.words.Money(sum.Total()), Total: true})
}

// pauseGig handles POST /gigs/:gig/pause.
func pauseGig(r *request) error {
	return r.moveGig(r.web.Jobs.Pause(r.Request.Context(), r.actor, r.gig.ID), "off.paused")
}

// resumeGig handles POST /gigs/:gig/resume.
func resumeGig(r *request) error {
	return r.moveGig(r.web.Jobs.Resume(r.Request.Context(), r.actor, r.gig.ID), "off.resumed")
}

// finishGig handles POST /gigs/:gig/finish.
func finishGig(r *request) error {
	return r.moveGig(r.web.Jobs.Finish(r.Request.Context(), r.actor, r.gig.ID), "off.finished")
}

func (r *request) moveGig(err error, said string) error {
	if err != nil {
		return err
	}
	r.flash(said)
	return r.to(r.gigPath())
}

func (r *request) gigPath() string { return "/gigs/" + r.gig.ID.String() }

// gigRunner reports whether the person runs the gigs that they see.
func (r *request) gigRunner() bool {
	return r.actor.Kind == members.RoleClient || r.actor.Kind == members.RoleCoordinator
}

// goes reports whether the gig goes on: it has not ended in one of the two ways.
func goes(g jobs.Gig) bool { return g.State == jobs.Open || g.State == jobs.Paused }

// offURL is a path below the engagement.
func offURL(w jobs.Work, what string) templ.SafeURL {
	return templ.SafeURL("/engagements/" + w.ID.String() + "/" + what)
}

// seenCost is what the page says that it costs, for the form.
func seenCost(c cancelling) string { return strconv.FormatInt(int64(c.costs.Price().Total()), 10) }
