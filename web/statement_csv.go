package web

import (
	"strconv"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// csvColumns name the columns of a statement as a table.
func csvColumns() []string {
	return []string{"what", "day", "who", "kind", "minutes", "goal", "state", "score", "text", "next"}
}

// statementRows are all of a statement in one table: what each row is about
// stands first, and days and numbers as programs read them.
func (r *request) statementRows(p coaching.StatementPage) [][]string {
	c := p.Content
	var head []string
	for _, name := range csvColumns() {
		head = append(head, r.words.With("statement.csv."+name, nil))
	}
	rows := [][]string{head}
	add := func(what string, cells map[string]string) {
		row := []string{r.words.With("statement.row."+what, nil)}
		for _, name := range csvColumns()[1:] {
			row = append(row, cells[name])
		}
		rows = append(rows, row)
	}
	add("period", map[string]string{"day": string(c.From) + "/" + string(c.Until), "who": c.Member, "text": r.funderWord(c.FunderKind, c.Funder)})
	if c.Summary != "" {
		add("summary", map[string]string{"who": c.Coach, "text": c.Summary})
	}
	for _, state := range goalStates() {
		for _, g := range c.GoalsIn(state) {
			add("goal", map[string]string{"day": string(g.Ended), "who": c.Member, "goal": g.Text, "state": r.goalWord(g.State)})
			for _, s := range g.Steps {
				add("step", map[string]string{"day": string(s.Done), "who": c.Member, "goal": g.Text, "text": s.Text})
			}
		}
	}
	for _, k := range c.Contacts {
		add("help", map[string]string{"day": string(k.Day), "who": k.By, "kind": r.helpWord(k.Kind), "minutes": strconv.Itoa(k.Minutes), "goal": k.Goal, "text": k.Why, "next": k.Next})
	}
	for _, m := range c.Hours {
		add("hours", map[string]string{"day": m.Month, "who": c.Member, "minutes": strconv.Itoa(m.Minutes), "text": strconv.Itoa(m.Times)})
	}
	for _, g := range c.Rungs {
		add("ladder", map[string]string{"day": string(g.Day), "who": r.t("statement.both", "One", g.By, "Other", g.With),
			"kind": r.words.With("statement.occasion_of."+string(g.Occasion), nil), "score": strconv.Itoa(g.Step), "text": r.stepWord(g.Step)})
	}
	for _, f := range c.Forms {
		r.opinionRows(c, f, add)
	}
	signed := func(who string, at time.Time) {
		day := ""
		if !at.IsZero() {
			day = string(members.DayOf(at))
		}
		add("signature", map[string]string{"day": day, "who": who, "text": coaching.Code(p.Hash)})
	}
	signed(c.Coach, p.CoachSigned)
	signed(c.Member, p.MemberSigned)
	return rows
}

// opinionRows are one a question, and the words.
func (r *request) opinionRows(c coaching.Content, f coaching.SaidScores, add func(string, map[string]string)) {
	who := r.formBy(c, f)
	if f.Given == "" {
		add("opinion", map[string]string{"day": string(f.Asked), "who": who, "state": r.notGiven(f)})
		return
	}
	for _, name := range coaching.ScoreNames() {
		add("opinion", map[string]string{"day": string(f.Given), "who": who, "kind": r.words.With("statement.score."+name, nil), "score": strconv.Itoa(f.Scores.Of(name))})
	}
	if f.Words != "" {
		add("opinion", map[string]string{"day": string(f.Given), "who": who, "text": f.Words})
	}
}
