package meiliindex

import (
	"context"
	"strings"

	"github.com/meilisearch/meilisearch-go"

	"meent/internal/id"
	"meent/jobs"
)

// Search gives one page of the gigs that fit.
func (x *Index) Search(ctx context.Context, q jobs.Query) (jobs.Hits, error) {
	q, err := q.Tidy()
	if err != nil {
		return jobs.Hits{}, err
	}
	found, err := x.index.SearchWithContext(ctx, "", request(q))
	if err != nil {
		return jobs.Hits{}, err
	}
	hits := jobs.Hits{Total: int(found.TotalHits)}
	for _, hit := range found.Hits {
		var e entry
		if err := hit.DecodeInto(&e); err != nil {
			return jobs.Hits{}, err
		}
		gig, err := id.Parse[jobs.Gig](e.ID)
		if err != nil {
			return jobs.Hits{}, err
		}
		hits.Gigs = append(hits.Gigs, gig)
	}
	return hits, nil
}

// request asks by page, not by offset: only then is the total exact.
func request(q jobs.Query) *meilisearch.SearchRequest {
	size := int64(q.Size)
	return &meilisearch.SearchRequest{
		Query: text(q.Words()), MatchingStrategy: meilisearch.All, Filter: filter(q), Sort: []string{"first:asc", "id:asc"},
		Page: int64(q.Page), HitsPerPage: &size, AttributesToRetrieve: []string{"id"},
	}
}

// text is the words' stems.
func text(words []string) string {
	stems := make([]string, len(words))
	for i, word := range words {
		stems[i] = stem(word)
	}
	return strings.Join(stems, " ")
}
