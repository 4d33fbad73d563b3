package web

import (
	"net/http"
	"strconv"

	"meent/matching"
	"meent/matching/engine"
	"meent/payments"
	"meent/web/ui"
)

// showMatching handles GET /matching: how Meent chooses, by the weights of now.
func showMatching(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("matching.title"), matchingBody(r, w))
}

// matchingTable is what counts, how, and for how much at the most.
func (r *request) matchingTable(w engine.Weights) ui.Table {
	t := ui.Table{Caption: r.t("matching.table"), Heads: []ui.Head{{Text: r.t("matching.head_what")}, {Text: r.t("matching.head_how")}, {Text: r.t("matching.head_most"), Number: true}}}
	for i, kind := range matching.PointKinds() {
		t.Rows = append(t.Rows, []string{r.words.With("matching.kind."+string(kind), nil), r.words.With("matching.how."+string(kind), nil), strconv.Itoa(w.Of[i])})
	}
	return t
}

// matchingExample tells how the points of the example come about.
func (r *request) matchingExample(e matching.Explanation) (lines []ui.Line) {
	f := e.Facts
	for _, p := range e.Points {
		text := r.words.With("matching.example."+string(p.Kind), map[string]any{"Distance": r.words.Distance(f.Metres), "Reach": r.words.Distance(f.Reach), "Times": f.Times,
			"Pay": r.words.Money(payments.Cents(f.Pay)), "Left": r.words.Money(payments.Cents(f.Left)), "Time": wholeHours(f.Received), "Wanted": wholeHours(f.Wanted)})
		lines = append(lines, ui.Line{Text: text, Amount: r.t("offer.of", "Points", p.Points, "Of", p.Of)})
	}
	return append(lines, ui.Line{Text: r.t("offer.total"), Amount: strconv.Itoa(e.Total), Total: true})
}

// showWeights handles GET /matching/weights: the weights, to change them, and what
// was decided before.
func showWeights(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	f := r.emptyForm()
	f.set("version", strconv.Itoa(w.Version))
	for i, kind := range matching.PointKinds() {
		f.set(string(kind), strconv.Itoa(w.Of[i]))
	}
	return r.weightsPage(http.StatusOK, f, nil)
}

// changeWeights handles POST /matching/weights: first what it would change, then the
// change.
func changeWeights(r *request) error {
	f, err := r.form()
	if err != nil {
		return err
	}
	w := engine.Weights{Version: f.number("version")}
	if f.bad() {
		return errForm // nobody types it
	}
	for i, kind := range matching.PointKinds() {
		w.Of[i] = f.number(string(kind))
	}
	if f.text("do") == "preview" {
		return r.previewWeights(f, w)
	}
	if !f.bad() {
		if err := f.wrong(r.web.Matching.ChangeWeights(r.Request.Context(), r.actor, w, f.text("why"))); err != nil {
			return err
		}
	}
	if f.bad() {
		return r.weightsPage(http.StatusUnprocessableEntity, f, nil)
	}
	r.flash("matching.saved")
	return r.to("/matching")
}

func (r *request) previewWeights(f *form, w engine.Weights) error {
	if f.bad() {
		return r.weightsPage(http.StatusUnprocessableEntity, f, nil)
	}
	p, err := r.web.Matching.PreviewWeights(r.Request.Context(), r.actor, w)
	if err := f.wrong(err); err != nil {
		return err
	}
	if f.bad() {
		return r.weightsPage(http.StatusUnprocessableEntity, f, nil)
	}
	return r.weightsPage(http.StatusOK, f, &p)
}

func (r *request) weightsPage(status int, f *form, p *matching.Preview) error {
	history, err := r.web.Matching.WeightHistory(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(status, r.t("matching.weights_title"), weightsBody(r, f, p, history))
}

// weightFields are the fields of the form, for the list of problems.
func weightFields() (fields []string) {
	for _, kind := range matching.PointKinds() {
		fields = append(fields, string(kind))
	}
	return append(fields, "why")
}

// weighed says since when a version holds, and who wrote it down.
func (r *request) weighed(w matching.Weighing) string {
	if w.Since.IsZero() {
		return r.t("matching.house")
	}
	return r.t("matching.since", "Date", r.words.LongDate(w.Since), "Name", w.By)
}

// weightTerms are the weights of a version.
func (r *request) weightTerms(w engine.Weights) (terms []ui.Term) {
	for i, kind := range matching.PointKinds() {
		terms = append(terms, ui.Term{Word: r.words.With("matching.kind."+string(kind), nil), Meaning: strconv.Itoa(w.Of[i])})
	}
	return terms
}

// previewLines say what other weights would change.
func (r *request) previewLines(p matching.Preview) []string {
	if p.People == 0 {
		return []string{r.t("matching.preview_none")}
	}
	return []string{r.words.N("matching.preview_shifts", p.Shifts), r.words.N("matching.preview_rise", p.Rise), r.words.N("matching.preview_fall", p.Fall)}
}
