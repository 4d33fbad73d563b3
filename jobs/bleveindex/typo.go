package bleveindex

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// like are the words with the same first letter and at most so many mistakes: one
// letter more, less or else, or two swapped. It looks at every word with that
// letter: thousands cost less than walking through Bleve's dictionary with an
// automaton.
func (v vocabulary) like(word string, most int) (found vocabulary) {
	typed, first := []rune(word), 0
	for _, letter := range typed[:1] {
		first = utf8.RuneLen(letter)
	}
	var m mistakes
	for _, other := range v.starting(word[:first]) {
		longer := utf8.RuneCountInString(other) - len(typed)
		if -most <= longer && longer <= most && m.between(typed, other) <= most {
			found = append(found, other)
		}
	}
	return found
}

// mistakes counts in rows that it keeps for the next word.
type mistakes struct {
	other            []rune
	before, row, was []int
}

// between counts the mistakes (optimal string alignment).
func (m *mistakes) between(typed []rune, word string) int {
	m.other = append(m.other[:0], []rune(word)...)
	n := len(m.other)
	m.before, m.was, m.row = slices.Grow(m.before[:0], n+1)[:n+1], slices.Grow(m.was[:0], n+1)[:n+1], slices.Grow(m.row[:0], n+1)[:n+1]
	for j := range m.row {
		m.row[j] = j
	}
	for i := 1; i <= len(typed); i++ {
		m.before, m.was, m.row = m.was, m.row, m.before
		m.next(typed, i)
	}
	return m.row[n]
}

func (m *mistakes) next(typed []rune, i int) {
	m.row[0] = i
	for j := 1; j < len(m.row); j++ {
		wrong := 1
		if typed[i-1] == m.other[j-1] {
			wrong = 0
		}
		m.row[j] = min(m.was[j]+1, m.row[j-1]+1, m.was[j-1]+wrong)
		if i > 1 && j > 1 && typed[i-1] == m.other[j-2] && typed[i-2] == m.other[j-1] {
			m.row[j] = min(m.row[j], m.before[j-2]+1)
		}
	}
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

// halves are the longest known words with which the word begins and ends.
func (v vocabulary) halves(word string) (found []string) {
	letters := []rune(word)
	for n := len(letters) - 1; n >= shortestPiece; n-- {
		if begin := string(letters[:n]); v.knows(begin) {
			found = append(found, begin)
			break
		}
	}
	for n := len(letters) - 1; n >= shortestPiece; n-- {
		if end := string(letters[len(letters)-n:]); v.knows(end) {
			return append(found, end)
		}
	}
	return found
}
