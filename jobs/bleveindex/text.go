package bleveindex

import (
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
)

// What a match is worth; a gig that matches in several ways has the sum.
const (
	inTitle      = 8
	inText       = 4
	inPieces     = 2 // the two words that it is made of
	inMore       = 1
	asTyped      = 1 // anywhere, More too
	titleClose   = 3 // begins so, or has one letter wrong
	textClose    = 1
	mostExpanded = 2_000 // words with one beginning or one typo; more than any real beginning has
)

// Shorter words are taken as they are.
const (
	shortestTypo   = 4
	shortestPrefix = 2
	shortestPiece  = 4
)

// word is one that somebody typed.
type word struct {
	typed, dutch, english string
	last                  bool // and so perhaps unfinished
}

func newWords(index bleve.Index, typed []string) []word {
	all := make([]word, len(typed))
	for i, text := range typed {
		all[i] = newWord(index, text)
		all[i].last = i == len(typed)-1
	}
	return all
}

func newWord(index bleve.Index, typed string) word {
	return word{typed: typed, dutch: stem(index, dutch, typed), english: stem(index, english, typed)}
}

func stem(index bleve.Index, language, typed string) string {
	for _, token := range index.Mapping().AnalyzerNamed(language).Analyze([]byte(typed)) {
		return string(token.Term)
	}
	return typed
}

// match is where a piece has a word.
type match struct {
	any  *roaring.Bitmap // in one of the ways
	ways []way
}

type way struct {
	worth int
	gigs  *roaring.Bitmap
}

func (m *match) add(worth int, gigs *roaring.Bitmap) {
	if gigs.IsEmpty() {
		return
	}
	m.ways = append(m.ways, way{worth, gigs})
	m.any.Or(gigs)
}

// matches finds the word in each piece. Typos count only where no gig of the
// cooperative has the word: who looks for "koken" does not want "kopen".
func (v *view) matches(w word, split func(typed string) word) []match {
	found, known := make([]match, len(v.pieces)), false
	for i, p := range v.pieces {
		found[i] = p.match(w, split)
		known = known || !found[i].any.IsEmpty()
	}
	if !known && w.mayBeWrong() {
		for i, p := range v.pieces {
			found[i] = p.mistyped(w)
		}
	}
	return found
}

func (p *piece) match(w word, split func(typed string) word) match {
	m := match{any: roaring.New()}
	m.add(inTitle, p.stems(w, titleNL, titleEN))
	m.add(inText, p.stems(w, textNL, textEN))
	m.add(inMore, p.with(more, w.dutch))
	m.add(asTyped, p.with(wordsAsIs, w.typed))
	if w.last && utf8.RuneCountInString(w.typed) >= shortestPrefix {
		m.add(titleClose, p.with(titleAsIs, few(p.title.starting(w.typed))...))
		m.add(textClose, p.with(wordsAsIs, few(p.words.starting(w.typed))...))
	}
	for _, two := range p.words.pieces(w.typed) {
		m.add(inPieces, roaring.And(p.whole(split(two[0])), p.whole(split(two[1]))))
	}
	m.any.And(p.here)
	return m
}

func (p *piece) stems(w word, nl, en string) *roaring.Bitmap {
	found := p.with(nl, w.dutch)
	p.addWith(found, en, w.english)
	return found
}

// whole is where the word is in title or text.
func (p *piece) whole(w word) *roaring.Bitmap {
	found := p.stems(w, titleNL, titleEN)
	p.addWith(found, textNL, w.dutch)
	p.addWith(found, textEN, w.english)
	p.addWith(found, wordsAsIs, w.typed)
	return found
}

func (p *piece) mistyped(w word) match {
	m := match{any: roaring.New()}
	m.add(titleClose, p.with(titleAsIs, few(p.title.like(w.typed))...))
	m.add(textClose, p.with(wordsAsIs, few(p.words.like(w.typed))...))
	m.any.And(p.here)
	return m
}

func (w word) mayBeWrong() bool {
	first, _ := utf8.DecodeRuneInString(w.typed)
	return unicode.IsLetter(first) && utf8.RuneCountInString(w.typed) >= shortestTypo
}

func few(words vocabulary) vocabulary { return words[:min(len(words), mostExpanded)] }
