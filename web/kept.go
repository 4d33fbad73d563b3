package web

import (
	"net/http"

	"meent/internal/retention"
	"meent/web/ui"
)

// kept handles GET /kept: what is kept and how long, as the tidying tasks do it.
func kept(r *request) error {
	return r.page(http.StatusOK, r.t("kept.title"), keptBody(r, r.keptTables()))
}

// keptTables is one table an area, in the order of the rules.
func (r *request) keptTables() (tables []ui.Table) {
	var last retention.Area
	for _, rule := range retention.Rules() {
		if rule.Area != last {
			tables = append(tables, ui.Table{Caption: r.keptWord("area", string(rule.Area)),
				Heads: []ui.Head{{Text: r.t("kept.head_what")}, {Text: r.t("kept.head_long")}, {Text: r.t("kept.head_why")}}})
		}
		last = rule.Area
		t := &tables[len(tables)-1]
		t.Rows = append(t.Rows, []string{r.keptWord("what", string(rule.Name)), r.keptLong(rule), r.keptWhy(rule)})
	}
	return tables
}

// keptLong says how long, and from when.
func (r *request) keptLong(rule retention.Rule) string {
	switch from := r.keptWord("from", string(rule.From)); {
	case rule.Stays:
		return r.t("kept.stays")
	case rule.Newest > 0:
		return r.t("kept.newest", "Count", rule.Newest)
	case rule.Keep.YearEnd:
		return r.t("kept.year_end", "Period", r.period(rule.Keep), "From", from)
	default:
		return r.t("kept.long", "Period", r.period(rule.Keep), "From", from)
	}
}

// period is in one unit, as retention's are.
func (r *request) period(p retention.Period) string {
	switch {
	case p.Years > 0:
		return r.words.N("kept.years", p.Years)
	case p.Months > 0:
		return r.words.N("kept.months", p.Months)
	case p.Days > 0:
		return r.words.N("kept.days", p.Days)
	default:
		return r.words.N("kept.hours", p.Hours)
	}
}

func (r *request) keptWhy(rule retention.Rule) string {
	why := r.keptWord("why", string(rule.Why))
	if rule.Law != "" {
		why += " " + r.keptWord("law", string(rule.Law))
	}
	return why
}

func (r *request) keptWord(part, name string) string { return r.words.With("kept."+part+"."+name, nil) }
