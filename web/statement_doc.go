package web

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// document is a statement in words, for the page and for the PDF.
type document struct {
	title string
	head  []ui.Term
	parts []part
	end   []ui.Term // signatures
	note  string    // about what is not in it
	foot  string    // how pages are counted, with {page} and {pages}
}

// part is one section: sentences, and a table that may be empty.
type part struct {
	id, heading string
	before      []string
	table       ui.Table
	widths      []int // of its columns on paper, as parts of a whole
	none        string
	after       []string
}

func (r *request) documentOf(p coaching.StatementPage) document {
	c := p.Content
	d := document{title: r.t("statement.heading"), note: r.t("statement.no_medical")}
	d.head = []ui.Term{
		{Word: r.t("statement.member"), Meaning: p.MemberName},
		{Word: r.t("statement.coach"), Meaning: p.CoachName},
		{Word: r.t("statement.cooperative"), Meaning: r.actor.CooperativeName},
		{Word: r.t("statement.funder"), Meaning: r.funderWord(p.Funder.Kind, p.Funder.Name)},
		{Word: r.t("statement.period"), Meaning: r.periodWord(p.From, p.Until)},
	}
	if p.State.Frozen() { // as they were called then
		d.head[0].Meaning, d.head[1].Meaning, d.head[2].Meaning = c.Member, c.Coach, c.Cooperative
		d.head[3].Meaning = r.funderWord(c.FunderKind, c.Funder)
		d.end = r.signatures(p)
	}
	d.foot = r.t("statement.page_of", "Code", coaching.Code(p.Hash), "Page", "{page}", "Pages", "{pages}")
	if p.State != coaching.StatementWithdrawn && !p.Gone {
		d.parts = r.statementParts(p)
	}
	return d
}

// statementParts leaves out what the coach may not read.
func (r *request) statementParts(p coaching.StatementPage) (list []part) {
	missing := map[members.Scope]bool{}
	for _, scope := range p.Missing {
		missing[scope] = true
	}
	c := p.Content
	if !missing[members.ProgressScope] {
		if c.Summary != "" {
			list = append(list, part{id: "summary", heading: r.t("statement.summary"), before: []string{c.Summary}})
		}
		list = append(list, r.goalsPart(c))
	}
	if !missing[members.SharedNotesScope] {
		list = append(list, r.helpPart(c))
	}
	if !missing[members.HoursScope] {
		list = append(list, r.hoursPart(c))
	}
	if !missing[members.ProgressScope] {
		list = append(list, r.ladderPart(c), r.opinionPart(c))
	}
	return list
}

// signatures say who signed when, and what.
func (r *request) signatures(p coaching.StatementPage) []ui.Term {
	signed := func(name string, at time.Time) string {
		if at.IsZero() {
			return r.t("statement.not_signed", "Name", name)
		}
		return r.t("statement.signed_by", "Name", name, "Day", r.words.DayOf(members.DayOf(at)), "Time", r.words.Time(at))
	}
	return []ui.Term{
		{Word: r.t("statement.coach"), Meaning: signed(p.Content.Coach, p.CoachSigned)},
		{Word: r.t("statement.member"), Meaning: signed(p.Content.Member, p.MemberSigned)},
		{Word: r.t("statement.code"), Meaning: coaching.Code(p.Hash)},
	}
}

// goalStates are in the order in which a funder asks.
func goalStates() []coaching.GoalState {
	return []coaching.GoalState{coaching.GoalMet, coaching.GoalNotMet, coaching.GoalNeedsMore, coaching.GoalOpen}
}

func (r *request) goalsPart(c coaching.Content) part {
	p := part{id: "goals", heading: r.t("statement.goals"), none: r.t("statement.no_goals"), widths: []int{46, 18, 18, 18}}
	p.table = ui.Table{Caption: r.t("statement.goals_caption"), Heads: r.heads("goal", "goal_state", "day", "steps")}
	for _, state := range goalStates() {
		for _, g := range c.GoalsIn(state) {
			done := 0
			for _, s := range g.Steps {
				if s.Done != "" {
					done++
				}
			}
			steps := r.t("statement.none")
			if len(g.Steps) > 0 {
				steps = r.t("statement.of", "Part", done, "Whole", len(g.Steps))
			}
			p.table.Rows = append(p.table.Rows, []string{g.Text, r.goalWord(g.State), r.dayOr(cmp.Or(g.Ended, g.Made)), steps})
		}
	}
	for _, state := range goalStates() {
		p.before = append(p.before, r.t("statement.count", "What", r.goalWord(state), "Count", len(c.GoalsIn(state))))
	}
	p.before = []string{strings.Join(p.before, " · ")}
	return p
}

func (r *request) helpPart(c coaching.Content) part {
	p := part{id: "help", heading: r.t("statement.help"), none: r.t("statement.no_help"), widths: []int{14, 15, 10, 18, 25, 18}}
	p.table = ui.Table{Caption: r.t("statement.help_caption"), Heads: r.heads("day", "how", "minutes", "goal", "why", "next")}
	p.table.Heads[2].Number = true
	for _, k := range c.Contacts {
		p.table.Rows = append(p.table.Rows, []string{r.words.DayOf(k.Day), r.t("statement.how_by", "How", r.helpWord(k.Kind), "Name", k.By),
			strconv.Itoa(k.Minutes), cmp.Or(k.Goal, r.t("statement.none")), k.Why, cmp.Or(k.Next, r.t("statement.none"))})
	}
	p.before = []string{r.t("statement.help_total", "Count", len(c.Contacts), "Time", r.minutes(c.HelpMinutes()))}
	return p
}

func (r *request) hoursPart(c coaching.Content) part {
	p := part{id: "hours", heading: r.t("statement.hours"), none: r.t("statement.no_hours"), widths: []int{50, 25, 25}}
	p.table = ui.Table{Caption: r.t("statement.hours_caption"), Heads: r.heads("month", "times", "time")}
	p.table.Heads[1].Number, p.table.Heads[2].Number = true, true
	for _, m := range c.Hours {
		p.table.Rows = append(p.table.Rows, []string{r.monthWord(m.Month), strconv.Itoa(m.Times), r.minutes(m.Minutes)})
	}
	p.before = []string{r.t("statement.hours_total", "Time", r.minutes(c.WorkMinutes()))}
	return p
}

func (r *request) ladderPart(c coaching.Content) part {
	p := part{id: "ladder", heading: r.t("statement.ladder"), none: r.t("statement.no_ladder"), widths: []int{20, 40, 20, 20}}
	p.table = ui.Table{Caption: r.t("statement.ladder_caption"), Heads: r.heads("day", "step", "occasion", "by")}
	for _, g := range c.Rungs {
		p.table.Rows = append(p.table.Rows, []string{r.words.DayOf(g.Day), r.stepWord(g.Step), r.words.With("statement.occasion_of."+string(g.Occasion), nil),
			r.t("statement.both", "One", g.By, "Other", g.With)})
	}
	return p
}

func (r *request) opinionPart(c coaching.Content) part {
	p := part{id: "opinion", heading: r.t("statement.opinion"), none: r.t("statement.no_opinion"), widths: []int{28, 12, 12, 12, 12, 12, 12}}
	p.table = ui.Table{Caption: r.t("statement.opinion_caption"), Heads: []ui.Head{{Text: r.t("statement.head.who")}}}
	for _, name := range coaching.ScoreNames() {
		p.table.Heads = append(p.table.Heads, ui.Head{Text: r.words.With("statement.score."+name, nil), Number: true})
	}
	p.table.Heads = append(p.table.Heads, ui.Head{Text: r.t("statement.mean"), Number: true})
	for _, f := range c.Forms {
		p.table.Rows = append(p.table.Rows, r.opinionRow(c, f))
		if f.Words != "" {
			p.after = append(p.after, r.t("statement.says", "Name", r.formBy(c, f), "Text", f.Words))
		}
	}
	if mean := c.Mean(""); mean > 0 {
		p.before = []string{r.t("statement.mean_of", "Mean", r.tenths(mean)), r.t("statement.wanted", "Mean", r.tenths(coaching.WantedMean))}
	}
	return p
}

func (r *request) opinionRow(c coaching.Content, f coaching.SaidScores) []string {
	row := []string{r.formBy(c, f)}
	for _, name := range coaching.ScoreNames() {
		if f.Given == "" {
			row = append(row, "–")
		} else {
			row = append(row, strconv.Itoa(f.Scores.Of(name)))
		}
	}
	if f.Given == "" {
		return append(row, r.notGiven(f))
	}
	return append(row, r.tenths(f.Scores.Mean()))
}

// notGiven tells who was not asked from who said nothing.
func (r *request) notGiven(f coaching.SaidScores) string {
	if f.Asked == "" {
		return r.t("statement.not_asked")
	}
	return r.t("statement.not_given")
}

func (r *request) formBy(c coaching.Content, f coaching.SaidScores) string {
	if f.By == coaching.ClientForm {
		return f.Client
	}
	return c.Member
}

func (r *request) heads(keys ...string) (heads []ui.Head) {
	for _, key := range keys {
		heads = append(heads, ui.Head{Text: r.words.With("statement.head."+key, nil)})
	}
	return heads
}

func (r *request) goalWord(s coaching.GoalState) string {
	return r.words.With("statement.goal_of."+string(s), nil)
}

func (r *request) helpWord(k coaching.ContactKind) string {
	return r.words.With("statement.help_of.by_"+string(k), nil)
}

func (r *request) minutes(n int) string { return r.words.Duration(time.Duration(n) * time.Minute) }

func (r *request) dayOr(day members.Day) string {
	if day == "" {
		return r.t("statement.none")
	}
	return r.words.DayOf(day)
}

// monthWord is the day of its first without the day.
func (r *request) monthWord(month string) string {
	return strings.TrimPrefix(r.words.DayOf(members.Day(month+"-01")), "1 ")
}

// tenths writes a mean: 7,4.
func (r *request) tenths(n int) string {
	text := fmt.Sprintf("%d.%d", n/10, n%10)
	if r.words.Locale == members.Dutch {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}
