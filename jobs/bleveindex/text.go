package bleveindex

import (
	"unicode"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
)

// What a match is worth; a gig that matches in several ways has the sum.
const (
	inTitle    = 8
	inText     = 4
	inPieces   = 2 // the two words that it is made of
	inMore     = 1
	asTyped    = 1 // anywhere, More too
	titleClose = 3 // begins so, or has one letter wrong
	textClose  = 1
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

// words are those that somebody typed.
func (l *languages) words(typed []string) []word {
	nl, en, all := l.nl.stems(typed), l.en.stems(typed), make([]word, len(typed))
	for i := range typed {
		all[i] = word{typed: typed[i], dutch: nl[i], english: en[i], last: i == len(typed)-1}
	}
	return all
}

// part is a word that stands in another.
func (l *languages) part(typed string) word {
	w := l.words([]string{typed})[0]
	w.last = false
	return w
}

// match is where a piece has a word.
type match struct {
	any  *roaring.Bitmap // in one of the ways
	ways []way
}

type way struct {
	worth uint16
	gigs  *roaring.Bitmap
}

func (m *match) add(worth uint16, gigs *roaring.Bitmap) {
	if gigs.IsEmpty() {
		return
	}
	m.ways = append(m.ways, way{worth, gigs})
	m.any.Or(gigs)
}

// matches finds the word in each piece. Typos count only where no gig of the
// cooperative has the word: who looks for "koken" does not want "kopen".
func (v *view) matches(w word, l *languages) []match {
	found, known := make([]match, len(v.pieces)), false
	for i, p := range v.pieces {
		found[i] = p.match(w, l)
		known = known || !found[i].any.IsEmpty()
	}
	if !known && w.mayBeWrong() {
		for i, p := range v.pieces {
			found[i] = p.mistyped(w)
		}
	}
	return found
}

func (p *piece) match(w word, l *languages) match {
	m := match{any: roaring.New()}
	m.add(inTitle, p.stems(w, titleNL, titleEN))
	m.add(inText, p.stems(w, textNL, textEN))
	m.add(inMore, p.with(more, w.dutch))
	m.add(asTyped, p.with(wordsAsIs, w.typed))
	if w.last && utf8.RuneCountInString(w.typed) >= shortestPrefix {
		m.add(titleClose, p.with(titleAsIs, p.title.starting(w.typed)...))
		m.add(textClose, p.with(wordsAsIs, p.words.starting(w.typed)...))
	}
	for _, two := range p.words.pieces(w.typed) {
		m.add(inPieces, roaring.And(p.whole(l.part(two[0])), p.whole(l.part(two[1]))))
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
	m.add(titleClose, p.with(titleAsIs, p.title.like(w.typed)...))
	m.add(textClose, p.with(wordsAsIs, p.words.like(w.typed)...))
	m.any.And(p.here)
	return m
}

func (w word) mayBeWrong() bool {
	first, _ := utf8.DecodeRuneInString(w.typed)
	return unicode.IsLetter(first) && utf8.RuneCountInString(w.typed) >= shortestTypo
}
