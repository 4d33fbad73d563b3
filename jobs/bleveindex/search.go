package bleveindex

import (
	"context"
	"strconv"
	"time"

	"github.com/blevesearch/bleve/v2"
	"github.com/blevesearch/bleve/v2/search/query"

	"meent/internal/id"
	"meent/jobs"
)

// Search gives one page of the gigs that fit.
func (x *Index) Search(ctx context.Context, q jobs.Query) (jobs.Hits, error) {
	q, err := q.Tidy()
	if err != nil {
		return jobs.Hits{}, err
	}
	found, err := x.bleve.SearchInContext(ctx, request(q))
	if err != nil {
		return jobs.Hits{}, err
	}
	hits := jobs.Hits{Total: int(found.Total)}
	for _, hit := range found.Hits {
		gig, err := id.Parse[jobs.Gig](hit.ID)
		if err != nil {
			return jobs.Hits{}, err
		}
		hits.Gigs = append(hits.Gigs, gig)
	}
	return hits, nil
}

func request(q jobs.Query) *bleve.SearchRequest {
	fits := bleve.NewConjunctionQuery(facts(q)...)
	words := q.Words()
	var all query.Query = fits
	if len(words) > 0 {
		both := bleve.NewBooleanQuery()
		both.AddMust(text(words)...)
		both.AddFilter(fits)
		all = both
	}
	r := bleve.NewSearchRequestOptions(all, q.Size, (q.Page-1)*q.Size, false)
	r.SortByCustom(order(len(words) > 0))
	return r
}

// facts are the conditions that a gig meets or not, its cooperative always.
func facts(q jobs.Query) []query.Query {
	all := []query.Query{term("cooperative", q.Cooperative.String())}
	if len(q.Skills) > 0 {
		all = append(all, oneOf("skills", q.Skills))
	}
	if len(q.Groups) > 0 {
		all = append(all, oneOf("groups", q.Groups))
	}
	if q.Load != "" {
		all = append(all, term("load", string(q.Load)))
	}
	if q.Metres > 0 {
		near := bleve.NewGeoDistanceQuery(q.Near.Lon, q.Near.Lat, strconv.Itoa(q.Metres)+"m")
		near.SetField("place")
		all = append(all, near)
	}
	if !q.From.IsZero() || !q.Until.IsZero() {
		all = append(all, between("first", q.From, q.Until))
	}
	return all
}

func term(field, value string) query.Query {
	t := bleve.NewTermQuery(value)
	t.SetField(field)
	return t
}

func oneOf(field string, values []string) query.Query {
	any := bleve.NewDisjunctionQuery()
	for _, value := range values {
		any.AddQuery(term(field, value))
	}
	return any
}

func between(field string, from, until time.Time) query.Query {
	r := bleve.NewNumericRangeQuery(seconds(from), seconds(until))
	r.SetField(field)
	return r
}

// seconds rounds up, so that a whole second is at or after it as it is at or
// after the moment. The zero time has none.
func seconds(moment time.Time) *float64 {
	if moment.IsZero() {
		return nil
	}
	s := float64(moment.Add(time.Second - time.Nanosecond).Unix())
	return &s
}
