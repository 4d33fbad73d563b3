package meiliindex_test

import (
	"strings"
	"unicode"
)

// matcher looks for words in documents, and remembers how far words are apart.
type matcher struct {
	index *fakeIndex
	apart map[[2]string]int
}

// match wants every word, at most ten as the server does, or what means the same.
func (m *matcher) match(doc *fakeDoc, words []string) (found, bool) {
	one := found{doc: doc}
	words = words[:min(10, len(words))]
	for i, word := range words {
		typos, attribute, ok := m.best(doc, word, i == len(words)-1)
		for _, same := range m.index.settings.Synonyms[word] {
			if !ok {
				attribute, ok = m.exactly(doc, strings.Fields(same))
				typos = 0
			}
		}
		if !ok {
			return one, false
		}
		one.typos, one.attribute = one.typos+typos, one.attribute+attribute
	}
	return one, true
}

// exactly finds all of the words as they are.
func (m *matcher) exactly(doc *fakeDoc, words []string) (worst int, ok bool) {
	for _, word := range words {
		typos, attribute, ok := m.best(doc, word, false)
		if !ok || typos > 0 {
			return 0, false
		}
		worst = max(worst, attribute)
	}
	return worst, true
}

// best is where the word matches best, and with how many typos.
func (m *matcher) best(doc *fakeDoc, word string, last bool) (typos, attribute int, ok bool) {
	typos = 3
	allowed := m.allowed(word)
	for i, name := range m.index.settings.Searchable {
		for _, have := range doc.words[name] {
			n := m.distance(word, have, allowed)
			if last && m.index.settings.PrefixSearch == "indexingTime" && strings.HasPrefix(have, word) {
				n = 0
			}
			if n < typos && n <= allowed {
				typos, attribute, ok = n, i, true
			}
		}
	}
	return typos, attribute, ok
}

// allowed is how many typos a word of this length may have.
func (m *matcher) allowed(word string) int {
	typo := m.index.settings.Typo
	switch letters := len([]rune(word)); {
	case !typo.Enabled, typo.DisableOnNumbers && strings.IndexFunc(word, unicode.IsLetter) < 0:
		return 0
	case letters >= typo.MinWordSize.TwoTypos:
		return 2
	case letters >= typo.MinWordSize.OneTypo:
		return 1
	}
	return 0
}

func (m *matcher) distance(a, b string, most int) int {
	if a == b {
		return 0
	}
	if off := len(a) - len(b); most == 0 || off > 8 || off < -8 {
		return 3
	}
	n, known := m.apart[[2]string{a, b}]
	if !known {
		n = distance(a, b)
		m.apart[[2]string{a, b}] = n
	}
	return n
}

// distance counts letters changed, missing, too many or swapped; a wrong first
// letter counts twice. It gives up at 3.
func distance(a, b string) int {
	s, t := []rune(a), []rune(b)
	if len(s)-len(t) > 2 || len(t)-len(s) > 2 {
		return 3
	}
	d := make([][]int, len(s)+1)
	for i := range d {
		d[i] = make([]int, len(t)+1)
		for j := range d[i] {
			d[i][j] = edits(d, s, t, i, j)
		}
	}
	if n := d[len(s)][len(t)]; len(s) == 0 || len(t) == 0 || s[0] == t[0] {
		return n
	} else {
		return n + 1
	}
}

func edits(d [][]int, s, t []rune, i, j int) int {
	if i == 0 || j == 0 {
		return i + j
	}
	change := 1
	if s[i-1] == t[j-1] {
		change = 0
	}
	n := min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
	if i > 1 && j > 1 && s[i-1] == t[j-2] && s[i-2] == t[j-1] {
		n = min(n, d[i-2][j-2]+1)
	}
	return n
}
