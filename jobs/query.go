package jobs

import (
	"errors"
	"slices"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// ErrNoCooperative means that a search names no cooperative.
var ErrNoCooperative = errors.New("jobs: a search needs a cooperative")

// Query says which gigs are wanted. What is left out does not limit; where a
// list has several choices, one of them is enough.
type Query struct {
	Cooperative id.Cooperative // always needed
	Text        string         // every word of it, in Dutch or English; the last may be unfinished
	Skills      []string       // codes
	Groups      []string       // kinds of work: codes of groups of skills
	Loads       []Load
	Days        []time.Weekday // with Parts: one shift must begin on such a day in such a part
	Parts       []DayPart
	LeastPay    payments.Cents // an hour, one of PayChoices
	Support     bool           // somebody there helps
	Others      bool           // nobody works alone
	Near        members.Point
	Metres      int       // from Near, as the crow flies; 0 is everywhere. Work at home is always near
	From, Until time.Time // the first shift starts at From or later, and before Until
	Dates       []string  // a shift begins on one of these days, as 2006-01-02
	Only        []GigID   // of these gigs; nil is any, empty is none
	Ranked      bool      // Only stands in the order in which they are wanted, see Ranks
	Sort        Sort
	Page        int  // from 1
	Size        int  // gigs a page, PageSize when 0
	Count       bool // also fill Hits.Counts
}

// Sort is the order of what was found.
type Sort string

// The orders. Equals come in one order always.
const (
	Best    Sort = ""        // the best match of the words first, then the soonest
	Soonest Sort = "soonest" // by the first shift
	Nearest Sort = "nearest" // to Near, work at home first; then the soonest
)

// Sorts lists them.
func Sorts() []Sort { return []Sort{Best, Soonest, Nearest} }

// PayChoices are the amounts an hour that somebody may want at least, in cents.
func PayChoices() []payments.Cents { return []payments.Cents{1500, 1600, 1700, 1800, 2000, 2500} }

// Facet is something that gigs are counted by.
type Facet string

// The facets. The values are: codes of groups; loads; days as "0" (Sunday) to
// "6"; parts; amounts of PayChoices in cents, each gig at all that it reaches;
// "true"; codes of places.
const (
	GroupFacet   Facet = "group"
	LoadFacet    Facet = "load"
	DayFacet     Facet = "day"
	PartFacet    Facet = "part"
	PayFacet     Facet = "pay"
	SupportFacet Facet = "support"
	OthersFacet  Facet = "others"
	RemoteFacet  Facet = "remote"
	PlaceFacet   Facet = "place" // not under Metres, work at home left out
)

// Facets lists them.
func Facets() []Facet {
	return []Facet{GroupFacet, LoadFacet, DayFacet, PartFacet, PayFacet, SupportFacet, OthersFacet, RemoteFacet, PlaceFacet}
}

// FacetCounts is how many gigs there are of each value. Each facet counts under all
// that the query says but what it says of this facet: so many there would be,
// if that were chosen instead. Days count under Parts, and Parts under Days.
type FacetCounts map[Facet]map[string]int

// Hits is one page of gigs, and how many fit in all.
type Hits struct {
	Gigs   []GigID
	Total  int
	Counts FacetCounts // nil unless Query.Count

	read []candidate // what Postgres read to find nothing, see Wider; nil of an index
}

// The bounds of a search.
const (
	MostWords   = 10
	LongestWord = 40 // letters; the rest is dropped
	MostFound   = 10_000
	mostOnPage  = 100
)

// Tidy puts page and size within their bounds. It returns ErrNoCooperative.
func (q Query) Tidy() (Query, error) {
	if q.Cooperative.IsZero() {
		return q, ErrNoCooperative
	}
	if q.Size <= 0 {
		q.Size = PageSize
	}
	q.Size = min(q.Size, mostOnPage)
	q.Page = min(max(1, q.Page), MostFound/q.Size)
	return q, nil
}

// Words are the words to look for: without the small ones that say nothing and
// single letters, which are words to come, and at most MostWords.
func (q Query) Words() []string {
	words := slices.DeleteFunc(Words(q.Text), func(word string) bool { return saysNothing(word) || isLetter(word) })
	return words[:min(len(words), MostWords)]
}

// Ranks is where each gig stands in the order that the query gives: nil where the words
// or Sort give one.
func (q Query) Ranks() map[GigID]int {
	if !q.Ranked || q.Only == nil || q.Sort != Best || len(q.Words()) > 0 {
		return nil
	}
	ranks := make(map[GigID]int, len(q.Only))
	for i, gig := range slices.Backward(q.Only) {
		ranks[gig] = i
	}
	return ranks
}

// Without is the query without what it says of the facet.
func (q Query) Without(f Facet) Query {
	switch f {
	case GroupFacet:
		q.Groups = nil
	case LoadFacet:
		q.Loads = nil
	case DayFacet:
		q.Days = nil
	case PartFacet:
		q.Parts = nil
	case PayFacet:
		q.LeastPay = 0
	case SupportFacet:
		q.Support = false
	case OthersFacet:
		q.Others = false
	case PlaceFacet:
		q.Metres = 0
	}
	return q
}
