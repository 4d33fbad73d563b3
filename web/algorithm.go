package web

import (
	"encoding/json"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"meent/internal/retention"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
	"meent/web/ui"
)

// showAlgorithm handles GET /matching/register: an entry for the Dutch register of
// algorithms, made of what the program chooses by, for the cooperative to complete.
func showAlgorithm(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("algorithm.title"), algorithmBody(r, r.algorithmDoc(w)))
}

// algorithmText handles GET /matching/register/md: the same as a text.
func algorithmText(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.sendFile(r.t("algorithm.file")+".md", "text/markdown; charset=utf-8", r.algorithmDoc(w).markdown())
}

// algorithmJSON handles GET /matching/register/json: the fields as the register takes them
// in. It takes Dutch alone; what is still open is left empty where it must be there, and
// left out elsewhere.
func algorithmJSON(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	dutch := *r
	dutch.words = r.web.words.In(members.Dutch)
	file, err := json.MarshalIndent(dutch.algorithmFile(w), "", "  ")
	if err != nil {
		return err
	}
	return r.sendFile(r.t("algorithm.file")+".json", "application/json; charset=utf-8", file)
}

// algorithmField is one of the register's, by its name there: version 1.0 of the
// publication standard of the Algoritmeregister (algoritmes.overheid.nl).
type algorithmField struct {
	name string
	most int  // how many characters it may have
	must bool // the register refuses an entry without
	open bool // the cooperative alone can fill it in
}

// algorithmFields are those that are in the entry, in the order of the standard. Those
// that only lead elsewhere are not in it.
func algorithmFields() []algorithmField {
	return []algorithmField{
		{name: "name", most: 100, must: true},
		{name: "description_short", most: 350, must: true},
		{name: "organization", most: 100, must: true},
		{name: "category", most: 100},
		{name: "status", most: 100, must: true},
		{name: "begin_date", most: 7, open: true},
		{name: "contact_email", most: 500, must: true, open: true},
		{name: "publication_category", most: 100, must: true, open: true},
		{name: "goal", most: 2500},
		{name: "proportionality", most: 2500},
		{name: "human_intervention", most: 2500},
		{name: "risks", most: 2500},
		{name: "lawful_basis", most: 2500, open: true},
		{name: "impacttoetsen", most: 2500},
		{name: "source_data", most: 2500},
		{name: "methods_and_models", most: 5000},
		{name: "provider", most: 200},
		{name: "lang", most: 3, must: true},
		{name: "standard_version", most: 3},
		{name: "tags", most: 2500},
	}
}

// mostOpenRows is how many rows a table has that is open from the beginning.
const mostOpenRows = 10

// fieldText is what stands in a field.
func (r *request) fieldText(f algorithmField, w engine.Weights) string {
	switch f.name {
	case "organization":
		return r.actor.CooperativeName
	case "source_data":
		return r.t("algorithm.data_lead") + "\n" + r.bullets(r.datumWords())
	case "methods_and_models":
		return r.t("algorithm.method") + "\n" + r.t("algorithm.rules_lead") + "\n" + r.bullets(r.ruleWords()) + "\n" +
			r.t("algorithm.points_lead", "Version", w.Version) + "\n" + r.bullets(r.pointWords(w))
	}
	return r.words.With("algorithm.text."+f.name, nil)
}

// algorithmFile has the names of the standard.
func (r *request) algorithmFile(w engine.Weights) map[string]any {
	file := map[string]any{}
	for _, f := range algorithmFields() {
		switch {
		case f.open && f.must:
			file[f.name] = ""
		case f.open:
		case f.name == "category":
			file[f.name] = []string{r.fieldText(f, w)}
		default:
			file[f.name] = r.fieldText(f, w)
		}
	}
	return file
}

func (r *request) bullets(lines []string) string {
	var text strings.Builder
	for _, line := range lines {
		text.WriteString("- " + line + "\n")
	}
	return strings.TrimSuffix(text.String(), "\n")
}

func (r *request) datumWord(d matching.Datum) string {
	return r.words.With("algorithm.datum."+string(d), nil)
}

func (r *request) datumWords() (list []string) {
	for _, s := range matching.Sources() {
		list = append(list, r.datumWord(s.Datum))
	}
	return list
}

func (r *request) ruleWord(rule matching.Rule) string {
	return r.words.With("rule."+string(rule), nil)
}

func (r *request) ruleWords() (list []string) {
	for _, rule := range matching.Rules() {
		list = append(list, r.ruleWord(rule))
	}
	return list
}

func (r *request) pointWords(w engine.Weights) (list []string) {
	for i, kind := range matching.PointKinds() {
		list = append(list, r.t("algorithm.point", "Kind", r.pointWord(kind), "Most", w.Of[i], "How", r.words.With("matching.how."+string(kind), nil)))
	}
	return list
}

func (r *request) pointWord(kind matching.PointKind) string {
	return r.words.With("matching.kind."+string(kind), nil)
}

// algorithmDoc is the entry in words: each field, and then the tables of which it is made.
func (r *request) algorithmDoc(w engine.Weights) document {
	d := document{title: r.t("algorithm.title"), note: r.t("algorithm.note")}
	d.head = r.ownHead(w)
	for _, f := range algorithmFields() {
		p := part{id: f.name, heading: r.words.With("algorithm.field."+f.name, nil)}
		switch {
		case f.open:
			p.before = []string{r.t("algorithm.open"), r.words.With("algorithm.ask."+f.name, nil)}
		case f.name == "methods_and_models":
			p.before = []string{r.t("algorithm.method"), r.t("algorithm.tables")}
		case f.name == "source_data":
			p.before = []string{r.t("algorithm.data_lead")}
			p.table = r.datumTable()
		default:
			p.before = []string{r.fieldText(f, w)}
		}
		d.parts = append(d.parts, p)
	}
	d.parts = append(d.parts, r.rulePart(), r.pointPart(w), r.keptPart())
	return d
}

// ownHead says of whom and of when a text is.
func (r *request) ownHead(w engine.Weights) []ui.Term {
	return []ui.Term{
		{Word: r.t("statement.cooperative"), Meaning: r.actor.CooperativeName},
		{Word: r.t("social.made"), Meaning: r.words.DayOf(members.DayOf(r.web.Now()))},
		{Word: r.t("algorithm.weights"), Meaning: r.t("matching.version", "Version", w.Version)},
	}
}

// datumTable is which data enter, of which sort they are, and how long they are kept.
func (r *request) datumTable() ui.Table {
	t := ui.Table{Caption: r.t("algorithm.data"), Heads: []ui.Head{{Text: r.t("algorithm.head_datum")}, {Text: r.t("algorithm.head_class")}, {Text: r.t("kept.head_long")}}}
	for _, s := range matching.Sources() {
		class := matching.PersonalClass
		if s.Sensitive() {
			class = matching.SensitiveClass
		}
		t.Rows = append(t.Rows, []string{r.datumWord(s.Datum), r.words.With("algorithm.class."+string(class), nil), r.sourceKept(s)})
	}
	return t
}

// sourceKept says how long, by each rule that holds for it.
func (r *request) sourceKept(s matching.Source) string {
	var long []string
	if slices.ContainsFunc(s.Columns, func(c matching.Column) bool { return len(c.Kept) == 0 }) {
		long = append(long, r.t("algorithm.as_member"))
	}
	for _, name := range s.Kept() {
		long = append(long, r.keptLong(retention.Of(name)))
	}
	return strings.Join(long, ". ") + "."
}

// rulePart is each rule and what it reads.
func (r *request) rulePart() part {
	p := part{id: "rules", heading: r.t("algorithm.rules"), before: []string{r.t("algorithm.rules_lead")}}
	p.table = ui.Table{Caption: r.t("algorithm.rules_table"), Heads: []ui.Head{{Text: r.t("algorithm.head_rule")}, {Text: r.t("algorithm.head_reads")}}}
	for _, rule := range matching.Rules() {
		p.table.Rows = append(p.table.Rows, []string{r.ruleWord(rule), r.readsWords(rule.Reads())})
	}
	return p
}

func (r *request) readsWords(data []matching.Datum) string {
	var list []string
	for _, d := range data {
		list = append(list, r.datumWord(d))
	}
	return strings.Join(list, ". ") + "."
}

// pointPart is what gives points, how many, and what they are made of.
func (r *request) pointPart(w engine.Weights) part {
	p := part{id: "points", heading: r.t("algorithm.points"), before: []string{r.t("algorithm.points_lead", "Version", w.Version)}}
	p.table = ui.Table{Caption: r.t("matching.table"), Heads: []ui.Head{{Text: r.t("matching.head_what")}, {Text: r.t("matching.head_how")},
		{Text: r.t("algorithm.head_reads")}, {Text: r.t("matching.head_most"), Number: true}}}
	for i, kind := range matching.PointKinds() {
		p.table.Rows = append(p.table.Rows, []string{r.pointWord(kind), r.words.With("matching.how."+string(kind), nil), r.readsWords(kind.Reads()), strconv.Itoa(w.Of[i])})
	}
	return p
}

// keptPart is the rules of retention that hold for what enters matching, and for what
// comes of it.
func (r *request) keptPart() part {
	holds := map[retention.Name]bool{retention.Offers: true, retention.Whys: true, retention.Reviews: true, retention.Deeds: true, retention.Reasons: true, retention.Changes: true}
	for _, s := range matching.Sources() {
		for _, name := range s.Kept() {
			holds[name] = true
		}
	}
	p := part{id: "kept", heading: r.t("algorithm.kept"), before: []string{r.t("algorithm.kept_text")}}
	p.table = ui.Table{Caption: r.t("algorithm.kept_table"), Heads: []ui.Head{{Text: r.t("kept.head_what")}, {Text: r.t("kept.head_long")}, {Text: r.t("kept.head_why")}}}
	for _, rule := range retention.Rules() {
		if holds[rule.Name] {
			p.table.Rows = append(p.table.Rows, []string{r.keptWord("what", string(rule.Name)), r.keptLong(rule), r.keptWhy(rule)})
		}
	}
	return p
}
