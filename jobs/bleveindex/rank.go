package bleveindex

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/search"
)

// rank sorts by score, the best first, in steps of a thousandth: equal texts
// differ by less, because their floats are added in any order, and the same
// search must give the same pages.
type rank struct{ search.SortScore }

// Value sorts as text.
func (rank) Value(hit *search.DocumentMatch) string { return fmt.Sprintf("%012.3f", hit.Score) }

func (r *rank) Copy() search.SearchSort { c := *r; return &c }

// order is the best first when there are words, then the soonest.
func order(words bool) search.SortOrder {
	soonest := search.SortOrder{&search.SortField{Field: "first", Type: search.SortFieldAsNumber}, &search.SortDocID{}}
	if !words {
		return soonest
	}
	return append(search.SortOrder{&rank{search.SortScore{Desc: true}}}, soonest...)
}
