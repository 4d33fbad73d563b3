package web

import (
	"errors"
	"net/http"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web/ui"
)

// payLine is one wage for a piece of work, with all that the member may ask of it.
type payLine struct {
	payments.Earning
	part  string // which bill of the work it is
	moves []payments.Movement
	got   payments.Received
	offer payments.AdvanceOffer
}

// payWork handles GET /pay/:engagement: where the money for one piece of work is.
func payWork(r *request) error { return r.payWorkPage(http.StatusOK, r.emptyForm()) }

func (r *request) payWorkPage(status int, f *form) error {
	lines, err := r.payLines()
	if err != nil {
		return err
	}
	if len(lines) == 0 {
		return members.ErrNotFound
	}
	return r.page(status, r.t("payof.title"), payWorkBody(r, lines, f))
}

func (r *request) payLines() (lines []payLine, err error) {
	for i, ref := range jobs.BillRefs(r.work.ID) {
		e, err := r.web.Payments.Earning(r.Request.Context(), r.actor, ref)
		if errors.Is(err, members.ErrNotFound) {
			continue
		}
		if err != nil {
			return nil, err
		}
		l := payLine{Earning: e, part: [...]string{"first", "rest"}[i]}
		if l.moves, err = r.web.Payments.EarningMovements(r.Request.Context(), r.actor, ref); err != nil {
			return nil, err
		}
		if l.got, err = r.web.Payments.Received(r.Request.Context(), r.actor, ref); err != nil {
			return nil, err
		}
		if l.offer, err = r.web.Payments.AdvanceFor(r.Request.Context(), r.actor, ref); err != nil {
			return nil, err
		}
		lines = append(lines, l)
	}
	return lines, nil
}

// amountField is the field for how much of a bill's wage is asked; a piece of work has
// two bills at most.
func amountField(part string) string {
	if part == "rest" {
		return "amount-rest"
	}
	return "amount"
}

func amountFields() []string { return []string{amountField("first"), amountField("rest")} }

// askAdvance handles POST /pay/:engagement/advance.
func askAdvance(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	refs, ref := jobs.BillRefs(r.work.ID), payments.Reference("")
	if ref = refs[0]; f.text("part") == "rest" {
		ref = refs[1]
	}
	field := amountField(f.text("part"))
	amount := f.cents(field)
	if f.bad() {
		return r.payWorkPage(http.StatusUnprocessableEntity, f)
	}
	_, err = r.web.Payments.AskAdvance(r.Request.Context(), r.actor, ref, amount)
	if errors.Is(err, payments.ErrNoAdvance) {
		r.flash("advance.not_now")
		return r.to(r.payPath())
	}
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		f.move("amount", field)
		return r.payWorkPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("advance.asked")
	return r.to(r.payPath())
}

// takeAdvanceBack handles POST /pay/:engagement/advance/back.
func takeAdvanceBack(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	advance, err := id.Parse[payments.Advanced](f.text("advance"))
	if err != nil {
		return err
	}
	if err := r.web.Payments.TakeAdvanceBack(r.Request.Context(), r.actor, advance); err != nil {
		return err
	}
	r.flash("advance.taken_back")
	return r.to(r.payPath())
}

func (r *request) payPath() string { return "/pay/" + r.work.ID.String() }

// payOf is the page of a wage's money.
func payOf(e payments.Earning) string {
	work, err := jobs.EngagementOf(e.Ref)
	if err != nil {
		return "/pay"
	}
	return "/pay/" + work.String()
}

// paySum is how a wage came about.
func (r *request) paySum(e payments.Earning) []ui.Line {
	list := []ui.Line{
		{Text: r.t("hours.worked"), Amount: r.words.Duration(e.Worked)},
		{Text: r.t("gig.hour"), Amount: r.words.Money(e.Rate)},
		{Text: r.t("payof.wage"), Amount: r.words.Money(e.Amount), Total: true},
	}
	if e.Advanced > 0 {
		list = append(list, ui.Line{Text: r.t("payof.had"), Amount: r.words.Money(-e.Advanced)},
			ui.Line{Text: r.t("payof.left"), Amount: r.words.Money(e.Amount - e.Advanced), Total: true})
	}
	if e.Reversed > 0 {
		list = append(list, ui.Line{Text: r.t("payof.taken_back"), Amount: r.words.Money(-e.Reversed)},
			ui.Line{Text: r.t("payof.yours"), Amount: r.words.Money(e.Amount - e.Advanced - e.Reversed), Total: true})
	}
	return list
}

// paySteps are the places on the way of a wage, and how many are behind it.
func paySteps() []string { return []string{"agreed", "client", "moving", "gateway", "bank"} }

func payStep(e payments.Earning) int {
	switch {
	case e.Stage() == payments.StagePaid:
		return 5
	case e.Sent:
		return 4
	case e.Stage() == payments.StageBilled:
		return 1
	default:
		return 2
	}
}

// arrives is when the money should be there; nothing is promised while it waits, or once
// that day is over.
func (r *request) arrives(e payments.Earning) string {
	switch e.Stage() {
	case payments.StageMoving:
		if day := e.Arrives(); day >= payments.DayOf(r.web.Now()) {
			return r.t("payof.arrives", "Date", r.words.DayOf(day))
		}
		return r.t("payof.late")
	case payments.StageBilled:
		return r.t("payof.arrives_after")
	default:
		return ""
	}
}

// advanceWord is how far an advance is, in a sentence.
func (r *request) advanceWord(a payments.Advanced) string {
	return r.words.With("advance.state."+string(a.State), map[string]any{"Amount": r.words.Money(a.Amount), "Left": r.words.Money(a.Left())})
}
