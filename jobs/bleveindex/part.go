package bleveindex

import (
	"slices"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"meent/internal/id"
	"meent/jobs"
)

// part is what a search needs of a segment of the index beside its lists: Bleve
// never changes a segment, so it is read once.
type part struct {
	cards        []card // by number in the segment
	title, words vocabulary
}

// parts keeps those of the segments that are in use.
type parts struct {
	mu    sync.Mutex
	of    map[uint64]*part
	names names
}

// load gives the parts of the segments, and forgets those of others.
func (p *parts) load(segments []*scorch.SegmentSnapshot) ([]*part, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	loaded, of := make([]*part, len(segments)), make(map[uint64]*part, len(segments))
	for i, s := range segments {
		one, ok := p.of[s.Id()]
		if !ok {
			var err error
			if one, err = readPart(s.Segment(), &p.names); err != nil {
				return nil, err
			}
		}
		loaded[i], of[s.Id()] = one, one
	}
	p.of = of
	return loaded, nil
}

func readPart(s segment.Segment, n *names) (*part, error) {
	p := &part{cards: make([]card, s.Count())}
	for i := range p.cards {
		if err := p.readCard(s, i, n); err != nil {
			return nil, err
		}
	}
	var err error
	if p.title, err = readVocabulary(s, titleAsIs); err != nil {
		return nil, err
	}
	p.words, err = readVocabulary(s, wordsAsIs)
	return p, err
}

func (p *part) readCard(s segment.Segment, number int, n *names) error {
	var gig jobs.GigID
	err := errCard
	failed := s.VisitStoredFields(uint64(number), func(field string, _ byte, value []byte, _ []uint64) bool {
		if field != cardField {
			gig, err = id.Parse[jobs.Gig](string(value)) // its id comes first
			return err == nil
		}
		p.cards[number], err = decodeCard(gig, value, n)
		return false
	})
	if failed != nil {
		return failed
	}
	return err
}

// vocabulary are the words of a field, sorted.
type vocabulary []string

func readVocabulary(s segment.Segment, field string) (all vocabulary, err error) {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return nil, err
	}
	terms := dictionary.AutomatonIterator(nil, nil, nil)
	if quick, ok := dictionary.(interface {
		AutomatonIteratorOmitCount(segment.Automaton, []byte, []byte) segment.DictionaryIterator
	}); ok {
		terms = quick.AutomatonIteratorOmitCount(nil, nil, nil)
	}
	var term *index.DictEntry
	for term, err = terms.Next(); err == nil && term != nil; term, err = terms.Next() {
		all = append(all, term.Term)
	}
	return slices.Clip(all), err
}

// knows reports whether the word is one of them.
func (v vocabulary) knows(word string) bool {
	_, found := slices.BinarySearch(v, word)
	return found
}

// starting are those that start so.
func (v vocabulary) starting(with string) vocabulary {
	from, _ := slices.BinarySearch(v, with)
	until, _ := slices.BinarySearch(v, with+"\xff") // no word has this byte
	return v[from:until]
}
