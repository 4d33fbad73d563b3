package meiliindex

import (
	"context"

	"github.com/meilisearch/meilisearch-go"

	"meent/internal/id"
	"meent/jobs"
)

var _ jobs.Digester = (*Index)(nil)

// Digests gives the digest of each document in the index. It needs them all at
// once, and the server gives some at a time: what changes meanwhile may be missed,
// so that whoever finds a difference looks again.
func (x *Index) Digests(ctx context.Context) (map[jobs.GigID]string, error) {
	if err := x.SetUp(ctx); err != nil {
		return nil, err
	}
	digests := map[jobs.GigID]string{}
	for offset := int64(0); ; offset += batchSize {
		var some meilisearch.DocumentsResult
		q := &meilisearch.DocumentsQuery{Fields: []string{"id", "digest"}, Limit: batchSize, Offset: offset}
		if err := x.index.GetDocumentsWithContext(ctx, q, &some); err != nil {
			return nil, err
		}
		var docs []struct {
			ID     string `json:"id"`
			Digest string `json:"digest"`
		}
		if err := some.Results.DecodeInto(&docs); err != nil {
			return nil, err
		}
		for _, d := range docs {
			if d.ID == filledID {
				continue
			}
			gig, err := id.Parse[jobs.Gig](d.ID)
			if err != nil {
				return nil, err
			}
			digests[gig] = d.Digest
		}
		if len(docs) < batchSize {
			return digests, nil
		}
	}
}
