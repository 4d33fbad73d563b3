package web

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"meent/members/coaching"
)

// medicalWords are words that look medical, and the field that they stand in.
type medicalWords struct {
	field string // the first, where a form has several
	words []string
}

// looksMedical looks for words in these fields that look medical, unless who
// writes has looked at exactly this text and keeps it. A form with any is shown
// again with medicalHint, and nothing is kept meanwhile.
func (f *form) looksMedical(fields ...string) bool {
	f.medical = medicalWords{}
	if text := f.allOf(fields); f.text("looked") != lookedAt(text) {
		f.medical = medicalWords{fields[0], coaching.MedicalWords(text)}
	}
	return len(f.medical.words) > 0
}

// hinted reports whether the form that begins with this field has a hint, where a
// page has several.
func (f *form) hinted(field string) bool { return f.medical.field == field && len(f.medical.words) > 0 }

func (f *form) allOf(fields []string) string {
	texts := make([]string, len(fields))
	for i, field := range fields {
		texts[i] = f.text(field)
	}
	return strings.Join(texts, "\n\n")
}

// lookedAt stands for a text: another text is looked at anew.
func lookedAt(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// quoted puts the words behind each other, as they were typed.
func quoted(words []string) string { return "“" + strings.Join(words, "”, “") + "”" }
