package bleveindex

import (
	"context"

	"meent/jobs"
)

// Replace makes these the only documents: it puts them and then removes what
// was there besides, so that searches find no gap.
func (x *Index) Replace(ctx context.Context, docs []jobs.Document) error {
	x.write.Lock()
	defer x.write.Unlock()
	before, err := x.all()
	if err != nil {
		return err
	}
	if err := x.put(ctx, docs); err != nil {
		return err
	}
	if err := x.remove(ctx, except(before, docs)); err != nil {
		return err
	}
	return x.bleve.SetInternal([]byte(filledKey), []byte{1})
}

// all lists the gigs in the index, of every cooperative.
func (x *Index) all() (ids []string, err error) {
	snapshot, err := x.snapshot()
	if err != nil {
		return nil, err
	}
	defer snapshot.Close()
	loaded, err := x.parts.load(snapshot.Segments())
	for i, p := range loaded {
		gone := snapshot.Segments()[i].Deleted()
		for number, c := range p.cards {
			if gone == nil || !gone.Contains(uint32(number)) {
				ids = append(ids, c.gig.String())
			}
		}
	}
	return ids, err
}

// except are the ids that no document has.
func except(ids []string, docs []jobs.Document) []string {
	stays := make(map[string]bool, len(docs))
	for _, d := range docs {
		stays[d.Gig.String()] = true
	}
	var rest []string
	for _, id := range ids {
		if !stays[id] {
			rest = append(rest, id)
		}
	}
	return rest
}
