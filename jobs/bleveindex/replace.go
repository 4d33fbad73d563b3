package bleveindex

import (
	"context"

	"github.com/blevesearch/bleve/v2"

	"meent/jobs"
)

// Replace makes these the only documents: it puts them and then removes what
// was there besides, so that searches find no gap.
func (x *Index) Replace(ctx context.Context, docs []jobs.Document) error {
	x.write.Lock()
	defer x.write.Unlock()
	before, err := x.all(ctx)
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

// all lists the gigs in the index.
func (x *Index) all(ctx context.Context) ([]string, error) {
	count, err := x.bleve.DocCount()
	if err != nil {
		return nil, err
	}
	request := bleve.NewSearchRequestOptions(bleve.NewMatchAllQuery(), int(count), 0, false)
	found, err := x.bleve.SearchInContext(ctx, request)
	if err != nil {
		return nil, err
	}
	ids := make([]string, len(found.Hits))
	for i, hit := range found.Hits {
		ids[i] = hit.ID
	}
	return ids, nil
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
