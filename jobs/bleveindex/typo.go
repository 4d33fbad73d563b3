package bleveindex

import (
	"strings"
	"unicode/utf8"
)

// like are the words with one letter more, less or else, or two swapped, but
// the same first letter. It looks at every word with that letter: thousands
// cost less than walking through Bleve's dictionary with an automaton.
func (v vocabulary) like(word string) (found vocabulary) {
	_, first := utf8.DecodeRuneInString(word)
	for _, other := range v.starting(word[:first]) {
		if oneOff(word[first:], other[first:]) {
			found = append(found, other)
		}
	}
	return found
}

func oneOff(a, b string) bool {
	if len(a)-len(b) > utf8.UTFMax || len(b)-len(a) > utf8.UTFMax {
		return false
	}
	same := sameStart(a, b)
	a, b = a[same:], b[same:]
	same = sameEnd(a, b)
	a, b = a[:len(a)-same], b[:len(b)-same]
	return utf8.RuneCountInString(a) <= 1 && utf8.RuneCountInString(b) <= 1 || swapped(a, b)
}

// sameStart counts the bytes of the whole letters with which both start.
func sameStart(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	for n > 0 && (inLetter(a, n) || inLetter(b, n)) {
		n--
	}
	return n
}

func sameEnd(a, b string) int {
	n := 0
	for n < len(a) && n < len(b) && a[len(a)-1-n] == b[len(b)-1-n] {
		n++
	}
	for n > 0 && !utf8.RuneStart(a[len(a)-n]) {
		n--
	}
	return n
}

// inLetter reports whether a letter goes on at the byte.
func inLetter(s string, at int) bool { return at < len(s) && !utf8.RuneStart(s[at]) }

func swapped(a, b string) bool {
	x, y := []rune(a), []rune(b)
	return len(x) == 2 && len(y) == 2 && x[0] == y[1] && x[1] == y[0]
}

// pieces are the ways in which the word is made of two that are known; an s
// between them is left out.
func (v vocabulary) pieces(word string) (all [][2]string) {
	for at := range word {
		left, right := word[:at], word[at:]
		if utf8.RuneCountInString(left) < shortestPiece || utf8.RuneCountInString(right) < shortestPiece || !v.knows(right) {
			continue
		}
		for _, one := range []string{left, strings.TrimSuffix(left, "s")} {
			if v.knows(one) {
				all = append(all, [2]string{one, right})
				break
			}
		}
	}
	return all
}
