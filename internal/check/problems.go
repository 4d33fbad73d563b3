package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Problem is one broken rule at one field. Args fill the sentence.
type Problem struct {
	Field string
	Rule  string
	Args  map[string]any
}

// Problems is everything that is wrong with a form; as an error it means that
// nothing was written.
type Problems []Problem

// Error names fields and rules, never what was typed.
func (p Problems) Error() string {
	parts := make([]string, len(p))
	for i, problem := range p {
		parts[i] = problem.Field + ": " + problem.Rule
	}
	return "check: " + strings.Join(parts, ", ")
}

// Err is nil when nothing is wrong.
func (p Problems) Err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

// Add notes a broken rule, with at most one pair of arguments a name.
func (p *Problems) Add(field, rule string, args map[string]any) {
	*p = append(*p, Problem{Field: field, Rule: rule, Args: args})
}

// At reports whether something is wrong at the field.
func (p Problems) At(field string) bool {
	return slices.ContainsFunc(p, func(one Problem) bool { return one.Field == field })
}

// Text asks for min to max characters of readable text on one line.
func (p *Problems) Text(field, value string, min, max int) {
	p.text(field, value, value, min, max)
}

// Paragraphs is Text that may have several lines.
func (p *Problems) Paragraphs(field, value string, min, max int) {
	p.text(field, value, strings.NewReplacer("\r\n", "", "\n", "").Replace(value), min, max)
}

func (p *Problems) text(field, value, line string, min, max int) {
	switch n := utf8.RuneCountInString(value); {
	case !readable(line):
		p.Add(field, "unreadable", nil)
	case min > 0 && strings.TrimSpace(value) == "":
		p.Add(field, "missing", nil)
	case n < min:
		p.Add(field, "too_short", map[string]any{"Min": min})
	case n > max:
		p.Add(field, "too_long", map[string]any{"Max": max})
	}
}

// OneOf asks for one of the choices.
func OneOf[T ~string](p *Problems, field string, value T, choices ...T) {
	for _, choice := range choices {
		if value == choice {
			return
		}
	}
	p.Add(field, "not_a_choice", nil)
}

// Between asks for a whole number from min to max.
func (p *Problems) Between(field string, value, min, max int) {
	if value < min || value > max {
		p.Add(field, "out_of_range", map[string]any{"Min": min, "Max": max})
	}
}

func readable(s string) bool {
	return utf8.ValidString(s) && strings.IndexFunc(s, unicode.IsControl) < 0
}
