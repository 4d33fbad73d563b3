package meiliindex

import (
	"context"
	"fmt"
	"slices"

	"github.com/meilisearch/meilisearch-go"

	"meent/internal/id"
	"meent/jobs"
)

// Search gives one page of the gigs that fit. Page and counts come in one
// answer to one request.
func (x *Index) Search(ctx context.Context, q jobs.Query) (jobs.Hits, error) {
	q, err := q.Tidy()
	switch {
	case err != nil:
		return jobs.Hits{}, err
	case q.Only != nil && len(q.Only) == 0:
		return nothing(q), nil
	}
	if err := x.checkWhole(ctx); err != nil {
		return jobs.Hits{}, err
	}
	all := countings(q)
	answers, err := x.ask(ctx, q, all)
	if err != nil {
		x.whole.Store(false) // the server may have been emptied
		return jobs.Hits{}, err
	}
	hits, err := page(answers[0], sizeOf(q))
	hits.Gigs = inRanks(hits.Gigs, q)
	if err != nil || !q.Count {
		return hits, err
	}
	hits.Counts = jobs.FacetCounts{}
	for i, c := range all {
		if err := c.read(hits.Counts, answers[i].FacetDistribution); err != nil {
			return jobs.Hits{}, err
		}
	}
	return hits, nil
}

// checkWhole asks only as long as the answer is no.
func (x *Index) checkWhole(ctx context.Context) error {
	if !x.config.Whole || x.whole.Load() {
		return nil
	}
	filled, err := x.Filled(ctx)
	if err == nil && !filled {
		err = ErrNotFilled
	}
	x.whole.Store(err == nil)
	return err
}

func nothing(q jobs.Query) (none jobs.Hits) {
	if q.Count {
		none.Counts = noCounts()
	}
	return none
}

// ask sends the searches together, the first for a page and the others for
// their counts alone.
func (x *Index) ask(ctx context.Context, q jobs.Query, all []counting) ([]meilisearch.SearchResponse, error) {
	searcher, err := x.searcher(ctx, q)
	if err != nil {
		return nil, err
	}
	several := &meilisearch.MultiSearchRequest{}
	for i, c := range all {
		several.Queries = append(several.Queries, x.request(c, i == 0))
	}
	answer, err := searcher.MultiSearchWithContext(ctx, several)
	if err != nil {
		return nil, x.refused(ended(ctx, err))
	}
	if len(answer.Results) != len(all) {
		return nil, errOdd
	}
	return answer.Results, nil
}

// request asks by page, not by offset: only then are total and counts exact.
func (x *Index) request(c counting, hits bool) *meilisearch.SearchRequest {
	var size, number int64 = 0, 1
	var sort []string
	if hits {
		size, number, sort = int64(sizeOf(c.query)), int64(c.query.Page), order(c.query)
		if c.query.Ranks() != nil {
			number = 1
		}
	}
	return &meilisearch.SearchRequest{
		IndexUID: x.name, Query: wanted(c.query.Words()), MatchingStrategy: meilisearch.All, Locales: locales(),
		Filter: filters(c.query), Sort: sort, Page: number, HitsPerPage: &size, Facets: c.fields(),
		AttributesToRetrieve: []string{"id"},
	}
}

// order is what comes before the best match and the soonest, which the index
// orders by itself.
func order(q jobs.Query) []string {
	switch q.Sort {
	case jobs.Soonest:
		return []string{"first:asc", "id:asc"}
	case jobs.Nearest:
		return []string{"away:asc", fmt.Sprintf("_geoPoint(%f, %f):asc", q.Near.Lat, q.Near.Lon), "first:asc", "id:asc"}
	}
	return nil
}

// sizeOf is how many hits are asked for: all, where the server cannot know the order.
func sizeOf(q jobs.Query) int {
	if q.Ranks() != nil {
		return min(len(q.Only), jobs.MostFound)
	}
	return q.Size
}

// inRanks is the page in the order of the query; where that has none, what the server
// gave.
func inRanks(gigs []jobs.GigID, q jobs.Query) []jobs.GigID {
	ranks := q.Ranks()
	if ranks == nil {
		return gigs
	}
	slices.SortFunc(gigs, func(a, b jobs.GigID) int { return ranks[a] - ranks[b] })
	from := min(len(gigs), (q.Page-1)*q.Size)
	return gigs[from:min(len(gigs), from+q.Size)]
}

func page(answer meilisearch.SearchResponse, size int) (jobs.Hits, error) {
	if answer.TotalHits < 0 || len(answer.Hits) > size {
		return jobs.Hits{}, errOdd
	}
	hits := jobs.Hits{Total: int(answer.TotalHits)}
	for _, hit := range answer.Hits {
		var found struct {
			ID string `json:"id"`
		}
		if hit.DecodeInto(&found) != nil {
			return jobs.Hits{}, errOdd
		}
		gig, err := id.Parse[jobs.Gig](found.ID)
		if err != nil {
			return jobs.Hits{}, errOdd
		}
		hits.Gigs = append(hits.Gigs, gig)
	}
	return hits, nil
}
