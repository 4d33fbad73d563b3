package bleveindex

import (
	"context"
	"fmt"

	"github.com/blevesearch/bleve/v2"

	"meent/internal/id"
	"meent/jobs"
)

var _ jobs.Digester = (*Index)(nil)

// digestField is the only one that is stored.
const digestField = "digest"

// Digests gives the digest of each document in the index.
func (x *Index) Digests(ctx context.Context) (map[jobs.GigID]string, error) {
	digests := map[jobs.GigID]string{}
	for last := ""; ; {
		r := bleve.NewSearchRequestOptions(bleve.NewMatchAllQuery(), batchSize, 0, false)
		r.Fields = []string{digestField}
		r.SortBy([]string{"_id"})
		if last != "" {
			r.SetSearchAfter([]string{last})
		}
		found, err := x.bleve.SearchInContext(ctx, r)
		if err != nil {
			return nil, err
		}
		for _, hit := range found.Hits {
			gig, err := id.Parse[jobs.Gig](hit.ID)
			if err != nil {
				return nil, err
			}
			digests[gig], last = fmt.Sprint(hit.Fields[digestField]), hit.ID
		}
		if len(found.Hits) < batchSize {
			return digests, nil
		}
	}
}
