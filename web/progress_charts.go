package web

import (
	"strconv"
	"strings"
	"time"

	"meent/members"
	"meent/members/coaching"
	"meent/web/ui"
)

// monthChart is counts by month; value writes one as a number, says in words.
func (r *request) monthChart(key string, kind chartKind, unit int, months []coaching.Month, value, says func(int) string) (c chart, t ui.Table) {
	c = chart{ID: "chart-" + key, Title: r.words.With("progress.chart."+key, nil), Kind: kind, Unit: unit}
	t = ui.Table{Caption: c.Title, Heads: []ui.Head{{Text: r.t("progress.month")}, {Text: r.words.With("progress.count."+key, nil), Number: true}}}
	best := 0
	for i, m := range months {
		short, long := r.words.Month(m.First)
		c.Points = append(c.Points, chartPoint{Name: short, Value: m.N, Mark: value(m.N)})
		t.Rows = append(t.Rows, []string{long, says(m.N)})
		if m.N >= months[best].N {
			best = i
		}
	}
	if len(months) > 0 {
		_, long := r.words.Month(months[best].First)
		c.Says = r.t("progress.says", "Most", says(months[best].N), "Month", long, "Last", says(months[len(months)-1].N))
	}
	return c, t
}

func (r *request) hoursChart(months []coaching.Month) (chart, ui.Table) {
	return r.monthChart("hours", barChart, 60, months, r.hoursMark, func(n int) string { return r.words.Duration(time.Duration(n) * time.Minute) })
}

func (r *request) gigsChart(months []coaching.Month) (chart, ui.Table) {
	return r.monthChart("gigs", barChart, 1, months, someOf, strconv.Itoa)
}

func (r *request) skillsChart(months []coaching.Month) (chart, ui.Table) {
	return r.monthChart("skills", stepChart, 1, months, changed(months), strconv.Itoa)
}

// changed writes each number once: what stays as it was says nothing new.
func changed(months []coaching.Month) func(int) string {
	last := -1
	return func(n int) string {
		if n == last {
			return ""
		}
		last = n
		return strconv.Itoa(n)
	}
}

// someOf writes a number, and nothing for none: the axis says so.
func someOf(n int) string {
	if n == 0 {
		return ""
	}
	return strconv.Itoa(n)
}

// hoursMark writes minutes as hours in little room: 12, or 2,5; nothing for none.
func (r *request) hoursMark(minutes int) string {
	tenths := (minutes + 3) / 6
	if tenths == 0 {
		return ""
	}
	if tenths%10 == 0 || tenths >= 1000 {
		return strconv.Itoa((tenths + 5) / 10)
	}
	return r.decimal(tenths)
}

// decimal writes tenths: 2,5 in Dutch and 2.5 in English.
func (r *request) decimal(tenths int) string {
	text := strconv.Itoa(tenths/10) + "." + strconv.Itoa(tenths%10)
	if r.words.Locale == members.Dutch {
		return strings.Replace(text, ".", ",", 1)
	}
	return text
}

// mean is what the three answers give together, in tenths.
func mean(s coaching.SelfScore) int { return ((s.Feel+s.Work+s.Next)*20 + 3) / 6 }

// scoresChart is half a year of weeks, with gaps where nothing was said.
func (r *request) scoresChart(scores []coaching.SelfScore) (c chart, t ui.Table) {
	c = chart{ID: "chart-scores", Title: r.t("score.chart"), Kind: lineChart, Unit: 10, Steps: coaching.HighestScore}
	given := map[members.Day]coaching.SelfScore{}
	for _, s := range scores {
		given[s.Week] = s
	}
	week := coaching.WeekOf(r.web.Now())
	for i := coaching.MostScores - 1; i >= 0; i-- {
		day := week.AddDays(-7 * i)
		s, said := given[day]
		c.Points = append(c.Points, chartPoint{Name: r.words.ShortDay(day), Value: mean(s), Mark: r.decimal(mean(s)), None: !said})
	}
	if len(scores) > 0 {
		c.Says = r.t("score.says", "Week", r.words.DayOf(scores[0].Week), "Mean", r.decimal(mean(scores[0])))
	}
	return c, r.scoresTable(scores)
}

func (r *request) scoresTable(scores []coaching.SelfScore) ui.Table {
	t := ui.Table{Caption: r.t("score.chart"), Heads: []ui.Head{{Text: r.t("score.week")}, {Text: r.t("score.feel")}, {Text: r.t("score.work")}, {Text: r.t("score.next")}}}
	for _, s := range scores {
		t.Rows = append(t.Rows, []string{r.words.DayOf(s.Week), r.answerWord(s.Feel), r.answerWord(s.Work), r.answerWord(s.Next)})
	}
	return t
}

// ladderChart is on which step somebody stood at the end of each month.
func (r *request) ladderChart(set []coaching.Rung) (c chart, t ui.Table) {
	c = chart{ID: "chart-ladder", Title: r.t("ladder.chart"), Kind: stepChart, Steps: coaching.HighestStep}
	t = ui.Table{Caption: c.Title, Heads: []ui.Head{{Text: r.t("ladder.day")}, {Text: r.t("ladder.rung")}, {Text: r.t("ladder.why")}}}
	first := members.DayOf(r.web.Now())[:8] + "01"
	for i := 1 - coaching.ShownMonths; i <= 0; i++ {
		month := first.AddMonths(i)
		short, _ := r.words.Month(month)
		step := stepBefore(set, month.AddMonths(1))
		c.Points = append(c.Points, chartPoint{Name: short, Value: step, None: step == 0})
	}
	for _, g := range set {
		t.Rows = append(t.Rows, []string{r.words.DayOf(members.DayOf(g.Settled)), r.stepWord(g.Step), r.words.With("ladder.occasion."+string(g.Occasion), nil)})
	}
	if len(set) > 0 {
		c.Says = r.t("ladder.says", "Step", r.stepWord(set[0].Step))
	}
	return c, t
}

// stepBefore is the newest step that was set before a day; 0: none was.
func stepBefore(set []coaching.Rung, day members.Day) int {
	for _, g := range set { // the newest first
		if members.DayOf(g.Settled) < day {
			return g.Step
		}
	}
	return 0
}
