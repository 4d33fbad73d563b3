package jobs

import (
	"strings"
	"unicode"
	"unicode/utf8"

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

// saysNothing knows the words that people type around what they look for: in a
// list of work, work too.
func saysNothing(word string) bool {
	switch word {
	case "iets", "wat", "iemand", "werk", "werken", "werkje", "baan", "baantje", "doen", "zoeken", "helpen", "help", "graag", "leuk", "leuke", "kan", "kunnen",
		"mag", "willen", "ben", "heb", "hebben", "work", "working", "job", "jobs", "do", "helping", "something", "some", "can", "looking":
		return true
	}
	return isSmall(word)
}

// isSmall knows words that are in every text.
func isSmall(word string) bool {
	switch word {
	case "de", "het", "een", "en", "of", "in", "op", "bij", "met", "van", "voor", "naar", "aan", "te", "ik", "wil", "zoek", "om", "er", "is", "die", "dat",
		"als", "ook", "mij", "me", "mijn", "je",
		"the", "an", "and", "or", "at", "on", "with", "for", "to", "want", "my", "am":
		return true
	}
	return false
}

func isLetter(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsLetter(r) && r < 0x3000 // there, one sign is a word
}
