package web

import (
	"math"
	"net/http"
	"strconv"

	"meent/matching"
	"meent/matching/engine"
	"meent/members"
	"meent/web/ui"
)

// showFairness handles GET /matching/fairness: how work was shared in the last whole
// weeks. Who is no coordinator reads of the hours alone.
func showFairness(r *request) error {
	f := &form{request: r, values: r.Request.URL.Query()}
	if f.text("weeks") == "" {
		f.set("weeks", strconv.Itoa(matching.FairWeeks()[0]))
	}
	weeks, _ := strconv.Atoi(f.text("weeks")) // what is no number is no choice
	fair, err := r.web.Matching.Fairness(r.Request.Context(), r.actor, weeks)
	if err := f.wrong(err); err != nil {
		return err
	}
	status := http.StatusOK
	if f.bad() {
		status = http.StatusUnprocessableEntity
	}
	return r.page(status, r.t("fairness.title"), fairnessBody(r, f, fair))
}

func (r *request) fairWeeks() (choices []ui.Choice) {
	for _, weeks := range matching.FairWeeks() {
		choices = append(choices, ui.Choice{Value: strconv.Itoa(weeks), Text: r.words.N("fairness.weeks", weeks)})
	}
	return choices
}

// fairDays are the first and the last day that are looked at.
func (r *request) fairDays(f matching.Fairness) string {
	return r.t("fairness.days", "From", r.words.DayOf(members.DayOf(f.From)), "Until", r.words.DayOf(members.DayOf(f.Until).AddDays(-1)))
}

// fairSum says what all together wanted, and received.
func (r *request) fairSum(f matching.Fairness) string {
	return r.t("fairness.sum", "People", r.words.Whole(f.Sum.People), "Wanted", r.hours(f.Sum.Wanted), "Received", r.hours(f.Sum.Received), "Percent", percent(f.Sum.Received, f.Sum.Wanted))
}

func (r *request) fairUsual() string {
	return r.t("fairness.usual", "Hours", wholeHours(engine.UsualWant/engine.ShareWeeks))
}

// gini writes the coefficient with two decimals at the most.
func (r *request) gini(g float64) string {
	return r.words.Percent(members.BasisPoints(math.Round(g * 100)))
}

// hours rounds minutes to hours.
func (r *request) hours(minutes int) string { return r.words.Whole((minutes + 30) / 60) }

// percent is rounded to whole ones; of nothing it is 0.
func percent(part, whole int) int {
	if whole <= 0 {
		return 0
	}
	return int(math.Round(float64(part) * 100 / float64(whole)))
}

func withPercent(n int) string { return strconv.Itoa(n) + "%" }

// fairBars is what each group received of what it wants.
func (r *request) fairBars(f matching.Fairness) (c chart, t ui.Table) {
	c = chart{ID: "fair-bars", Title: r.t("fairness.bars"), Kind: barChart}
	t = ui.Table{Caption: c.Title, Heads: r.fairHeads("group", "people", "wanted", "received", "share")}
	for i, g := range f.Groups {
		share := percent(g.Received, g.Wanted)
		c.Points = append(c.Points, chartPoint{Name: strconv.Itoa(i + 1), Value: share, Mark: withPercent(share)})
		t.Rows = append(t.Rows, []string{r.t("fairness.group", "Number", i+1), r.words.Whole(g.People),
			r.hours(g.Wanted), r.hours(g.Received), withPercent(share)})
	}
	last := len(c.Points) - 1
	c.Says = r.t("fairness.bars_says", "Least", c.Points[0].Value, "Most", c.Points[last].Value)
	return c, t
}

// fairHeads are headings; all but the first are of numbers.
func (r *request) fairHeads(names ...string) (heads []ui.Head) {
	for i, name := range names {
		heads = append(heads, ui.Head{Text: r.words.With("fairness.head."+name, nil), Number: i > 0})
	}
	return heads
}

// fairCurve is the curve of Lorenz, in percents of all.
func (r *request) fairCurve(f matching.Fairness) (c curve, t ui.Table) {
	c = curve{ID: "fair-curve", Title: r.t("fairness.curve")}
	t = ui.Table{Caption: c.Title, Heads: r.fairHeads("until", "wanted_sum", "received_sum")}
	for i, sum := range f.Curve() {
		x, y := percent(sum.Wanted, f.Sum.Wanted), percent(sum.Received, f.Sum.Received)
		c.Points = append(c.Points, curvePoint{x, y})
		if i > 0 {
			t.Rows = append(t.Rows, []string{r.t("fairness.group", "Number", i), withPercent(x), withPercent(y)})
		}
	}
	middle := c.Points[len(c.Points)/2]
	c.Says = r.t("fairness.curve_says", "Wanted", middle.X, "Received", middle.Y)
	return c, t
}

// fillTable is a table of seats; kind is region or client.
func (r *request) fillTable(kind string, rows []matching.FillRow) ui.Table {
	t := ui.Table{Caption: r.words.With("fairness.by."+kind, nil), Heads: r.fairHeads(kind, "seats", "filled", "part")}
	for _, row := range rows {
		name := row.Name
		if row.Groups > 1 {
			name = r.words.N("fairness.together_"+kind, row.Groups)
		}
		t.Rows = append(t.Rows, []string{name, r.words.Whole(row.Seats), r.words.Whole(row.Filled), withPercent(percent(row.Filled, row.Seats))})
	}
	return t
}
