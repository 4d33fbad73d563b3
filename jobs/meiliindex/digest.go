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
		some, err := x.fetch(ctx, x.name, &meilisearch.DocumentsQuery{Fields: []string{primaryKey, "digest"}, Limit: batchSize, Offset: offset})
		if err != nil {
			return nil, err
		}
		if err := addDigests(digests, some.Results); err != nil {
			return nil, err
		}
		if len(some.Results) < batchSize {
			return digests, nil
		}
	}
}

func addDigests(digests map[jobs.GigID]string, some meilisearch.Hits) error {
	for _, one := range some {
		var d struct {
			ID     string `json:"id"`
			Digest string `json:"digest"`
		}
		if one.DecodeInto(&d) != nil {
			return errOdd
		}
		if d.ID == filledID {
			continue
		}
		gig, err := id.Parse[jobs.Gig](d.ID)
		if err != nil {
			return errOdd
		}
		digests[gig] = d.Digest
	}
	return nil
}

func (x *Index) fetch(ctx context.Context, name string, q *meilisearch.DocumentsQuery) (some meilisearch.DocumentsResult, err error) {
	if err = x.server.Index(name).GetDocumentsWithContext(ctx, q, &some); err != nil {
		err = ended(ctx, err)
	}
	return some, err
}
