package web

import (
	"cmp"
	"strconv"
	"strings"

	"meent/jobs"
	"meent/members"
	"meent/web/ui"
)

// recordDoc is a record in words, for the page and for the PDF. Others read it:
// it speaks of the member by name.
func (r *request) recordDoc(rec jobs.Record) document {
	d := document{title: r.t("record.heading"), note: r.t("record.not_in_it")}
	d.head = []ui.Term{
		{Word: r.t("record.name"), Meaning: r.actor.Name},
		{Word: r.t("record.cooperative"), Meaning: r.actor.CooperativeName},
		{Word: r.t("record.made"), Meaning: r.words.DayOf(members.DayOf(r.web.Now()))},
		{Word: r.t("record.signed"), Meaning: r.t("record.not_yet")},
	}
	if from := cmp.Or(rec.From, rec.First); from != "" {
		d.head = append(d.head, ui.Term{Word: r.t("record.period"), Meaning: r.periodWord(from, rec.Until)})
	}
	d.foot = r.t("record.page_of", "Name", r.actor.Name, "Page", "{page}", "Pages", "{pages}")
	d.parts = []part{r.unsignedPart(), r.recordWork(rec), r.recordClients(rec), r.recordSeen(rec)}
	if len(rec.Feedback) > 0 {
		d.parts = append(d.parts, r.recordFeedback(rec))
	}
	if rec.Own {
		d.parts = append(d.parts, r.recordClaims(rec))
	}
	return d
}

// unsignedPart says what the paper is worth, before anything else.
func (r *request) unsignedPart() part {
	return part{id: "unsigned", heading: r.t("record.unsigned"), before: []string{
		r.t("record.unsigned_means"), r.t("record.unsigned_ask", "Name", r.actor.Name, "Cooperative", r.actor.CooperativeName)}}
}

func (r *request) recordWork(rec jobs.Record) part {
	p := part{id: "work", heading: r.t("record.work"), none: r.t("record.no_work"), widths: []int{50, 25, 25}}
	p.table = ui.Table{Caption: r.t("record.work_caption"), Heads: r.recordHeads("kind", "works", "time")}
	p.table.Heads[1].Number, p.table.Heads[2].Number = true, true
	for _, k := range rec.Kinds {
		name := k.Group.Label(r.words.Locale)
		if k.Group.Code == "" {
			name = r.t("record.other_work")
		}
		p.table.Rows = append(p.table.Rows, []string{name, strconv.Itoa(k.Works), r.minutes(k.Minutes)})
	}
	p.before = []string{r.t("record.both_agreed")}
	if rec.Done.Works > 0 {
		p.before = []string{r.recordSum("record.total", rec.Done), r.t("record.both_agreed")}
		p.after = []string{r.t("record.counted")}
	}
	if rec.Trials.Works > 0 {
		p.after = append(p.after, r.recordSum("record.trials", rec.Trials))
	}
	return p
}

// recordSum says how many pieces of work and how much time.
func (r *request) recordSum(key string, s jobs.RecordSum) string {
	return r.t(key, "Works", s.Works, "Time", r.minutes(s.Minutes))
}

func (r *request) recordClients(rec jobs.Record) part {
	p := part{id: "clients", heading: r.t("record.clients"), none: r.t("record.no_work"), widths: []int{40, 20, 20, 20}}
	p.table = ui.Table{Caption: r.t("record.clients_caption"), Heads: r.recordHeads("client", "clients", "works", "time")}
	for i := range p.table.Heads[1:] {
		p.table.Heads[i+1].Number = true
	}
	var names []string
	for _, c := range rec.Clients {
		p.table.Rows = append(p.table.Rows, []string{r.words.With("client."+string(c.Kind), nil), strconv.Itoa(c.Count), strconv.Itoa(c.Works), r.minutes(c.Minutes)})
		names = append(names, c.Names...)
	}
	if len(names) > 0 {
		p.after = []string{r.t("record.named", "Names", strings.Join(names, ", "))}
	}
	return p
}

func (r *request) recordSeen(rec jobs.Record) part {
	p := part{id: "seen", heading: r.t("record.seen"), none: r.t("record.no_seen"), widths: []int{34, 24, 20, 22}}
	p.table = ui.Table{Caption: r.t("record.seen_caption"), Heads: r.recordHeads("skill", "level", "by", "on")}
	for _, s := range rec.Seen {
		for _, e := range s.Seen {
			p.table.Rows = append(p.table.Rows, []string{s.Label(r.words.Locale), r.recordLevel(s.Level), r.words.With("record.by_"+string(e.By), nil), r.words.DayOf(e.On)})
		}
	}
	return p
}

func (r *request) recordFeedback(rec jobs.Record) part {
	p := part{id: "feedback", heading: r.t("record.feedback"), before: []string{r.t("record.feedback_chosen", "Name", r.actor.Name)}}
	for _, f := range rec.Feedback {
		p.after = append(p.after, r.t("record.feedback_of", "Text", f.Sentence, "Kind", r.words.With("client."+string(f.ClientKind), nil), "Day", r.words.DayOf(f.At)))
	}
	return p
}

func (r *request) recordClaims(rec jobs.Record) part {
	p := part{id: "claims", heading: r.t("record.claims", "Name", r.actor.Name), before: []string{r.t("record.claims_text")}, none: r.t("record.no_claims"), widths: []int{60, 40}}
	p.table = ui.Table{Caption: r.t("record.claims_caption"), Heads: r.recordHeads("skill", "level")}
	for _, s := range rec.Claims {
		p.table.Rows = append(p.table.Rows, []string{s.Label(r.words.Locale), r.recordLevel(s.Level)})
	}
	return p
}

// recordLevel says it of somebody, not in the first person.
func (r *request) recordLevel(l members.SkillLevel) string {
	return r.words.With("record.level."+strings.ReplaceAll(string(l), " ", "_"), nil)
}

func (r *request) recordHeads(keys ...string) (heads []ui.Head) {
	for _, key := range keys {
		heads = append(heads, ui.Head{Text: r.words.With("record.head."+key, nil)})
	}
	return heads
}
