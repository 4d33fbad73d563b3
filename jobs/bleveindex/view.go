package bleveindex

import (
	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"

	"meent/internal/id"
)

// view is the index as it is at one moment, of one cooperative.
type view struct {
	snapshot *scorch.IndexSnapshot
	pieces   []*piece
}

// piece is a part with its segment.
type piece struct {
	*part
	segment segment.Segment
	fields  map[string]segment.TermDictionary // opened so far
	here    *roaring.Bitmap                   // the gigs of the cooperative
	err     error                             // the first; then nothing is found any more
}

// view is to be closed.
func (x *Index) view(c id.Cooperative) (*view, error) {
	snapshot, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	v := &view{snapshot: snapshot}
	loaded, err := x.parts.load(snapshot.Segments())
	for i, p := range loaded {
		v.pieces = append(v.pieces, newPiece(p, snapshot.Segments()[i], c))
	}
	if err != nil {
		v.close()
		return nil, err
	}
	return v, nil
}

// snapshot is to be closed.
func (x *Index) snapshot() (*scorch.IndexSnapshot, error) {
	inner, err := x.bleve.Advanced()
	if err != nil {
		return nil, err
	}
	opened, err := inner.Reader()
	if err != nil {
		return nil, err
	}
	if snapshot, ok := opened.(*scorch.IndexSnapshot); ok && snapshot != nil {
		return snapshot, nil
	}
	return nil, bleve.ErrorIndexClosed
}

func newPiece(p *part, s *scorch.SegmentSnapshot, c id.Cooperative) *piece {
	made := &piece{part: p, segment: s.Segment(), fields: map[string]segment.TermDictionary{}}
	made.here = made.with(cooperative, c.String())
	if gone := s.Deleted(); gone != nil {
		made.here.AndNot(gone)
	}
	return made
}

// with are the gigs that have one of the terms in the field, of any cooperative
// and gone ones too.
func (p *piece) with(field string, terms ...string) *roaring.Bitmap {
	found := roaring.New()
	p.addWith(found, field, terms...)
	return found
}

func (p *piece) addWith(found *roaring.Bitmap, field string, terms ...string) {
	dictionary := p.dictionary(field)
	for _, term := range terms {
		if p.err != nil {
			return
		}
		list, err := dictionary.PostingsList([]byte(term), nil, nil)
		if err != nil {
			p.err = err
			return
		}
		p.err = join(found, list)
	}
}

func (p *piece) dictionary(field string) segment.TermDictionary {
	if p.fields[field] == nil && p.err == nil {
		p.fields[field], p.err = p.segment.Dictionary(field)
	}
	return p.fields[field]
}

// join adds a list of gigs, all at once where the list can do so.
func join(found *roaring.Bitmap, list segment.PostingsList) error {
	if quick, ok := list.(interface{ OrInto(*roaring.Bitmap) }); ok {
		quick.OrInto(found)
		return nil
	}
	each := list.Iterator(false, false, false, nil)
	for {
		next, err := each.Next()
		if err != nil || next == nil {
			return err
		}
		found.Add(uint32(next.Number()))
	}
}

func (v *view) err() error {
	for _, p := range v.pieces {
		if p.err != nil {
			return p.err
		}
	}
	return nil
}

func (v *view) close() { _ = v.snapshot.Close() } // only lets go of files
