package jobs

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// Words splits a text into words of lower-case letters and digits without
// accents. It takes any text; signs are spaces.
func Words(text string) []string {
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return unicode.ToLower(r)
	}, norm.NFKD.String(strings.ToValidUTF8(text, " ")))
	words := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	for i, word := range words {
		words[i] = firstLetters(word, LongestWord)
	}
	return words
}

func firstLetters(word string, most int) string {
	if letters := []rune(word); len(letters) > most {
		return string(letters[:most])
	}
	return word
}

// saysNothing knows the words that people type around what they look for.
func saysNothing(word string) bool {
	switch word {
	case "de", "het", "een", "en", "of", "in", "op", "bij", "met", "van", "voor", "naar", "aan", "te", "ik", "wil", "zoek",
		"the", "a", "an", "and", "or", "at", "on", "with", "for", "to", "i", "want":
		return true
	}
	return false
}
