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

// The least letters of a word that may be mistyped, once or twice, and of one that
// stands in another.
const (
	shortestTypo  = 4
	shortestTypos = 6
	shortestPiece = 4
)

// word is one that somebody typed.
type word struct {
	typed          string
	dutch, english []string // stems
	last           bool     // and so perhaps unfinished
}

func (l *languages) words(typed []string) []word {
	all := make([]word, len(typed))
	for i := range typed {
		all[i] = l.word(typed[i])
		all[i].last = i == len(typed)-1
	}
	return all
}

func (l *languages) word(typed string) word {
	return word{typed: typed, dutch: l.nl.stems(typed), english: l.en.stems(typed)}
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

// matches finds the word in each piece. Less sure ways count only where no gig
// of the cooperative has the word in a surer one: who looks for "koken" does not
// want "kopen".
func (v *view) matches(w word, l *languages) (found []match) {
	for _, how := range []func(*piece, word, *languages) match{(*piece).match, (*piece).mistyped, (*piece).like} {
		found = make([]match, len(v.pieces))
		known := false
		for i, p := range v.pieces {
			found[i] = how(p, w, l)
			found[i].any.And(p.here)
			known = known || !found[i].any.IsEmpty()
		}
		if known {
			break
		}
	}
	return found
}

func (p *piece) match(w word, l *languages) match {
	m := match{any: roaring.New()}
	m.add(inTitle, p.stems(w, titleNL, titleEN))
	m.add(inText, p.stems(w, textNL, textEN))
	m.add(inMore, p.with(more, w.dutch...))
	m.add(asTyped, p.with(wordsAsIs, w.typed))
	if w.last {
		m.add(titleClose, p.with(titleAsIs, p.title.starting(w.typed)...))
		m.add(textClose, p.with(wordsAsIs, p.words.starting(w.typed)...))
	}
	for _, two := range p.words.pieces(w.typed) {
		m.add(inPieces, roaring.And(p.whole(l.word(two[0])), p.whole(l.word(two[1]))))
	}
	return m
}

func (p *piece) stems(w word, nl, en string) *roaring.Bitmap {
	found := p.with(nl, w.dutch...)
	p.addWith(found, en, w.english...)
	return found
}

// whole is where the word is in title or text.
func (p *piece) whole(w word) *roaring.Bitmap {
	found := p.stems(w, titleNL, titleEN)
	p.addWith(found, textNL, w.dutch...)
	p.addWith(found, textEN, w.english...)
	p.addWith(found, wordsAsIs, w.typed)
	return found
}

// mistyped is where one letter is wrong.
func (p *piece) mistyped(w word, _ *languages) match {
	m := match{any: roaring.New()}
	p.addTypos(&m, w, 1, shortestTypo)
	return m
}

// like is where two letters are wrong, or only half of a long word is known.
func (p *piece) like(w word, l *languages) match {
	m := match{any: roaring.New()}
	p.addTypos(&m, w, 2, shortestTypos)
	for _, half := range p.words.halves(w.typed) {
		m.add(titleClose, p.stems(l.word(half), titleNL, titleEN))
		m.add(textClose, p.whole(l.word(half)))
	}
	return m
}

func (p *piece) addTypos(m *match, w word, most, shortest int) {
	first, _ := utf8.DecodeRuneInString(w.typed)
	if unicode.IsLetter(first) && utf8.RuneCountInString(w.typed) >= shortest {
		m.add(titleClose, p.with(titleAsIs, p.title.like(w.typed, most)...))
		m.add(textClose, p.with(wordsAsIs, p.words.like(w.typed, most)...))
	}
}
