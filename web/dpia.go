package web

import (
	"net/http"

	"meent/matching/engine"
	"meent/web/ui"
)

// showDPIA handles GET /matching/dpia: where a data protection impact assessment of
// choosing begins, for the cooperative to complete.
func showDPIA(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.page(http.StatusOK, r.t("dpia.title"), dpiaBody(r, r.dpiaDoc(w)))
}

// dpiaText handles GET /matching/dpia/md: the same as a text.
func dpiaText(r *request) error {
	w, err := r.web.Matching.Weights(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	return r.sendFile(r.t("dpia.file")+".md", "text/markdown; charset=utf-8", r.dpiaDoc(w).markdown())
}

// dpiaPart is a part of the text: what the program knows of itself, what it asks the
// cooperative, or both.
type dpiaPart struct {
	name string
	asks bool // the cooperative has to answer something
}

// dpiaParts follow what the GDPR, article 35(7) and (9), asks of an assessment: what is
// done and why, whether it must be, the risks, the measures, and what members say of it.
func dpiaParts() []dpiaPart {
	return []dpiaPart{
		{name: "what"}, {name: "goal", asks: true}, {name: "people"}, {name: "data"}, {name: "rules"}, {name: "points"}, {name: "kept"},
		{name: "readers"}, {name: "need", asks: true}, {name: "ground", asks: true}, {name: "rights"}, {name: "risks", asks: true},
		{name: "views", asks: true}, {name: "decision", asks: true},
	}
}

// dpiaRisks are those to begin with; what Meent does about each stands beside it.
func dpiaRisks() []string {
	return []string{"wrong", "unfair", "health", "pressure", "opaque", "machine", "leak", "long"}
}

func (r *request) dpiaDoc(w engine.Weights) document {
	d := document{title: r.t("dpia.title"), head: r.ownHead(w), note: r.t("dpia.note")}
	for _, one := range dpiaParts() {
		p := part{}
		switch one.name {
		case "data":
			p.table = r.datumTable()
		case "rules":
			p = r.rulePart()
		case "points":
			p = r.pointPart(w)
		case "kept":
			p = r.keptPart()
		case "risks":
			p.table = r.dpiaRiskTable()
		}
		if p.id == "" {
			p.id, p.before = one.name, []string{r.words.With("dpia.text."+one.name, nil)}
		}
		p.heading = r.words.With("dpia.part."+one.name, nil)
		if one.asks {
			p.after = append(p.after, r.t("algorithm.open"), r.words.With("dpia.ask."+one.name, nil))
		}
		d.parts = append(d.parts, p)
	}
	return d
}

func (r *request) dpiaRiskTable() ui.Table {
	t := ui.Table{Caption: r.t("dpia.risks"), Heads: []ui.Head{{Text: r.t("dpia.head_risk")}, {Text: r.t("dpia.head_measure")}, {Text: r.t("dpia.head_own")}}}
	for _, risk := range dpiaRisks() {
		t.Rows = append(t.Rows, []string{r.words.With("dpia.risk."+risk, nil), r.words.With("dpia.measure."+risk, nil), r.t("algorithm.open")})
	}
	return t
}
