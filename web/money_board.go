package web

import (
	"net/http"
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// moneyBoard handles GET /money: where the cooperative's money is, and what asks
// for somebody.
func moneyBoard(r *request) error {
	board, err := r.web.Payments.Board(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	asks, err := r.web.Payments.Asks(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	silent, err := r.web.Payments.Silent(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("moneyboard.title"), moneyBoardBody(r, board, asks, silent))
}

// compareBooks handles POST /money/look: have the books compared now.
func compareBooks(r *request) error {
	if err := r.web.Payments.AskReconcile(r.Request.Context(), r.actor); err != nil {
		return err
	}
	r.flash("moneyboard.looking")
	return r.to("/money/differences")
}

// differences handles GET /money/differences.
func differences(r *request) error {
	return r.differencesPage(http.StatusOK, r.emptyForm())
}

func (r *request) differencesPage(status int, f *form) error {
	list, err := r.web.Payments.Differences(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("difference.title"), differencesBody(r, list, f))
}

// takeDifference handles POST /money/differences/:difference/take.
func takeDifference(r *request) error {
	difference, err := id.Parse[payments.Difference](r.Param("difference"))
	if err != nil {
		return err
	}
	if err := r.web.Payments.TakeDifference(r.Request.Context(), r.actor, difference); err != nil {
		return err
	}
	r.flash("difference.taken")
	return r.to("/money/differences")
}

// explainDifference handles POST /money/differences/:difference/explain: in one's own
// words, or, with agree, in exactly those that were shown.
func explainDifference(r *request) error {
	difference, err := id.Parse[payments.Difference](r.Param("difference"))
	if err != nil {
		return err
	}
	f, err := r.form()
	if err != nil {
		return err
	}
	if seen := f.text("agree"); seen != "" {
		if err := r.web.Payments.AgreeDifference(r.Request.Context(), r.actor, difference, seen); err != nil {
			return err
		}
		r.flash("difference.explained")
		return r.to("/money/differences")
	}
	done, err := r.web.Payments.ExplainDifference(r.Request.Context(), r.actor, difference, f.text(noteField(difference)))
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.explainAgain(difference, f)
	}
	if done {
		r.flash("difference.explained")
	} else {
		r.flash("difference.asked")
	}
	return r.to("/money/differences")
}

// explainAgain shows the page with what is wrong at the difference's own field.
func (r *request) explainAgain(difference payments.DifferenceID, f *form) error {
	list, err := r.web.Payments.Differences(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	for _, d := range list {
		if d.ID == difference && d.Open() {
			f.move("note", noteField(difference))
			return r.page(http.StatusUnprocessableEntity, r.t("difference.title"), differencesBody(r, list, f))
		}
	}
	return members.ErrNotFound
}

// noteField is the field for an explanation; each difference on the page has one.
func noteField(d payments.DifferenceID) string { return "note-" + d.String() }

func differenceFields(list []payments.Difference) (names []string) {
	for _, d := range list {
		names = append(names, claimField(d.ID), claimNoteField(d.ID), noteField(d.ID))
	}
	return names
}

// payStops handles GET /money/stops: why no money leaves.
func payStops(r *request) error { return r.payStopsPage(http.StatusOK, r.emptyForm()) }

func (r *request) payStopsPage(status int, f *form) error {
	list, err := r.web.Payments.StopsOf(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	lasting := 0
	for lasting < len(list) && !list[lasting].Over() { // they come first
		lasting++
	}
	return r.page(status, r.t("paystop.title"), payStopsBody(r, f, list[:lasting], list[lasting:]))
}

// stoppedByHand holds where somebody stopped payouts, which nobody does twice.
func stoppedByHand(lasting []payments.Stopped) bool {
	return slices.ContainsFunc(lasting, func(s payments.Stopped) bool { return s.Cause == payments.StopByHand })
}

// stopPayouts handles POST /money/stops.
func stopPayouts(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	if err := f.wrong(r.web.Payments.StopPayouts(r.Request.Context(), r.actor, f.text("reason"))); err != nil {
		return err
	}
	if f.bad() {
		return r.payStopsPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("paystop.stopped")
	return r.to("/money/stops")
}

// resumePayouts handles POST /money/stops/:stop/resume.
func resumePayouts(r *request) error {
	stop, err := id.Parse[payments.Stop](r.Param("stop"))
	if err != nil {
		return err
	}
	lifted, err := r.web.Payments.Resume(r.Request.Context(), r.actor, stop)
	if err != nil {
		return err
	}
	if lifted {
		r.flash("paystop.resumed")
	} else {
		r.flash("paystop.asked")
	}
	return r.to("/money/stops")
}

// moneyFigures counts what is where.
func (r *request) moneyFigures(b payments.Board) []ui.Figure {
	sum := func(key string, s payments.Sum, path string) ui.Figure {
		return ui.Figure{Number: r.words.Money(s.Amount), Text: r.words.N("moneyboard."+key, s.Count), Path: path}
	}
	return []ui.Figure{
		sum("bills", b.Bills, "/bills"), sum("due", b.Due, ""), sum("account", b.NoAccount, ""), sum("sent", b.Sent, ""), sum("failed", b.Failed, "/payouts"),
	}
}

// lookedSentence says when the books were compared last.
func (r *request) lookedSentence(b payments.Board) string {
	if b.LookedAt.IsZero() {
		return r.t("moneyboard.never")
	}
	return r.t("moneyboard.looked", "When", r.moneyMoment(b.LookedAt))
}

func (r *request) moneyMoment(at time.Time) string { return r.words.Date(at) + ", " + r.words.Time(at) }

// ageWord is how long something stands there, in hours or days.
func (r *request) ageWord(since time.Time) string {
	hours := int(r.web.Now().Sub(since).Hours())
	switch {
	case hours < 1:
		return r.t("moneyboard.fresh")
	case hours < 48:
		return r.words.N("moneyboard.hours", hours)
	}
	return r.words.N("moneyboard.days", hours/24)
}

// silentLine says what Stripe was asked, and did not answer.
func (r *request) silentLine(u payments.Silent) string {
	return r.words.With("moneyboard.asked."+u.Kind, nil) + ": " + r.t("moneyboard.asked_for", "Age", r.ageWord(u.Since), "Times", r.words.N("moneyboard.times", u.Tries))
}

// differenceTerms are the two sums, since when they differ, and how long that is.
func (r *request) differenceTerms(d payments.Difference) []ui.Term {
	list := []ui.Term{
		{Word: r.t("difference.ours"), Meaning: r.words.Money(d.Ours)},
		{Word: r.t("difference.theirs"), Meaning: r.words.Money(d.Theirs)},
		{Word: r.t("difference.found"), Meaning: r.moneyMoment(d.FoundAt)},
	}
	if d.Open() {
		list = append(list, ui.Term{Word: r.t("difference.age"), Meaning: r.ageWord(d.FoundAt)})
	}
	return list
}

// differenceName says what differs, in one line.
func (r *request) differenceName(d payments.Difference) string {
	return r.words.With("difference.about."+d.About, nil)
}

// differencePath is where the thing itself can be read; "" nowhere.
func differencePath(d payments.Difference) string {
	switch d.About {
	case "bill":
		return "/bills/" + string(d.Subject)
	case "member":
		return "/members/" + string(d.Subject)
	}
	return ""
}
