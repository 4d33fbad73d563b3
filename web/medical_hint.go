package web

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"

	"meent/members/coaching"
)

// medical gives the words in these fields that look medical, unless who writes
// has looked at exactly this text and keeps it. A form with any is shown again
// with medicalHint, and nothing is kept meanwhile.
func (f *form) medical(fields ...string) []string {
	text := f.allOf(fields)
	if f.text("looked") == lookedAt(text) {
		return nil
	}
	return coaching.MedicalWords(text)
}

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
