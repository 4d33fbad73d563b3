package web

import (
	"strings"

	"meent/web/ui"
)

// markdown is the document as a text that word processors and registers take in. What
// somebody wrote stays what they wrote: it makes no heading, link or table.
func (d document) markdown() []byte {
	var b strings.Builder
	b.WriteString("# " + plainMark(d.title) + "\n\n")
	for _, term := range d.head {
		b.WriteString("- **" + plainMark(term.Word) + "**: " + plainMark(term.Meaning) + "\n")
	}
	for _, p := range d.parts {
		p.markdown(&b)
	}
	b.WriteString("\n" + plainMark(d.note) + "\n")
	return []byte(b.String())
}

func (p part) markdown(b *strings.Builder) {
	b.WriteString("\n## " + plainMark(p.heading) + "\n")
	for _, text := range p.before {
		markParagraphs(b, text)
	}
	switch {
	case len(p.table.Rows) > 0:
		markTable(b, p.table)
	case p.none != "":
		markParagraphs(b, p.none)
	}
	for _, text := range p.after {
		markParagraphs(b, text)
	}
}

func markParagraphs(b *strings.Builder, text string) {
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			b.WriteString("\n" + plainMark(line) + "\n")
		}
	}
}

func markTable(b *strings.Builder, t ui.Table) {
	var heads, rules []string
	for _, head := range t.Heads {
		rule := "---"
		if head.Number {
			rule = "---:"
		}
		heads, rules = append(heads, head.Text), append(rules, rule)
	}
	b.WriteString("\n")
	markRow(b, heads)
	b.WriteString("| " + strings.Join(rules, " | ") + " |\n")
	for _, row := range t.Rows {
		markRow(b, row)
	}
}

func markRow(b *strings.Builder, cells []string) {
	for _, cell := range cells {
		b.WriteString("| " + plainMark(cell) + " ")
	}
	b.WriteString("|\n")
}

// plainMark writes text so that it stands there as it is, on one line.
func plainMark(text string) string {
	var b strings.Builder
	digits := true // nothing else yet: with a dot they would begin a list
	for i, c := range strings.Join(strings.Fields(text), " ") {
		special := strings.ContainsRune("\\`*_{}[]<>#|~!&$@", c)
		if special || i == 0 && strings.ContainsRune("-+=", c) || i > 0 && digits && strings.ContainsRune(".)", c) {
			b.WriteByte('\\')
		}
		digits = digits && '0' <= c && c <= '9'
		b.WriteRune(c)
	}
	return strings.NewReplacer("://", `:\//`, "www.", `www\.`).Replace(b.String())
}
