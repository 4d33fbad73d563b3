package web

import (
	"net/http"
	"strconv"

	"meent/internal/id"
	"meent/payments"
	"meent/web/ui"
)

// figures handles GET /figures: the amounts that the law sets, and those that
// wait for a second person.
func figures(r *request) error {
	f := r.emptyForm()
	f.set("kind", string(payments.AdultMinimumWage))
	return r.figuresPage(http.StatusOK, f)
}

// proposeFigure handles POST /figures.
func proposeFigure(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	n := payments.NewFigure{Kind: payments.FigureKind(f.text("kind")), Amount: f.cents("amount"), Source: f.text("source")}
	// Days that could not be read are refused by the domain too: so all problems
	// are found at once, and nothing is written while there is one.
	n.From, _ = f.day("from")
	n.Until, _ = f.day("until")
	if err := f.wrong(r.web.Payments.ProposeFigure(r.Request.Context(), r.actor, n)); err != nil {
		return err
	}
	if f.bad() {
		return r.figuresPage(http.StatusUnprocessableEntity, f)
	}
	r.flash("figures.proposed")
	return r.to("/figures")
}

// approveFigure handles POST /figures/:figure/approve.
func approveFigure(r *request) error {
	figure, err := id.Parse[payments.Figure](r.Param("figure"))
	if err != nil {
		return err
	}
	if err := r.web.Payments.ApproveFigure(r.Request.Context(), r.actor, figure); err != nil {
		return err
	}
	r.flash("figures.approved")
	return r.to("/figures")
}

// takeFigureBack handles POST /figures/:figure/back.
func takeFigureBack(r *request) error {
	figure, err := id.Parse[payments.Figure](r.Param("figure"))
	if err != nil {
		return err
	}
	if err := r.web.Payments.TakeFigureBack(r.Request.Context(), r.actor, figure); err != nil {
		return err
	}
	r.flash("figures.taken_back")
	return r.to("/figures")
}

func (r *request) figuresPage(status int, f *form) error {
	list, err := r.web.Payments.LegalFigures(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	waiting := 0
	for waiting < len(list) && list[waiting].State == payments.FigureProposed { // they come first
		waiting++
	}
	return r.page(status, r.t("figures.title"), figuresBody(r, f, list[:waiting], list[waiting:]))
}

func (r *request) figureKind(kind payments.FigureKind) string {
	return r.words.With("figures.kind."+string(kind), nil)
}

func (r *request) figureKinds() (choices []ui.Choice) {
	for _, kind := range payments.FigureKinds() {
		choices = append(choices, ui.Choice{Value: string(kind), Text: r.figureKind(kind)})
	}
	return choices
}

func (r *request) figureDays(f payments.Figure) string {
	return r.t("figures.days", "From", r.words.DayOf(f.From), "Until", r.words.DayOf(f.Until))
}

// figureLine says a figure as a deed wrote it down.
func (r *request) figureLine(detail map[string]string) string {
	cents, _ := strconv.ParseInt(detail["cents"], 10, 64)
	f := payments.Figure{Kind: payments.FigureKind(detail["kind"]), From: payments.Day(detail["from"]), Until: payments.Day(detail["until"])}
	return r.t("figures.line", "Kind", r.figureKind(f.Kind), "Amount", r.words.Money(payments.Cents(cents)), "Days", r.figureDays(f))
}

// figureHands says who added and who approved it.
func (r *request) figureHands(f payments.Figure) string {
	switch {
	case f.Example:
		return r.t("figures.example")
	case f.AddedBy.IsZero():
		return r.t("figures.program")
	}
	return r.t("figures.hands", "Added", f.AddedName, "Approved", f.ApprovedName)
}

// figureTable lists those that count.
func (r *request) figureTable(list []payments.Figure) ui.Table {
	t := ui.Table{Caption: r.t("figures.count"), Heads: []ui.Head{
		{Text: r.t("figures.kind_head")}, {Text: r.t("figures.amount"), Number: true}, {Text: r.t("figures.when")}, {Text: r.t("figures.source")}, {Text: r.t("figures.who")},
	}}
	for _, f := range list {
		t.Rows = append(t.Rows, []string{r.figureKind(f.Kind), r.words.Money(f.Amount), r.figureDays(f), f.Source, r.figureHands(f)})
	}
	return t
}
