package indextest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"meent/jobs"
	"meent/payments"
)

// order: without words the soonest comes first, and equals always in one order.
func order(t *testing.T, x jobs.Index) {
	late := gig(1, "Ramen lappen", func(d *jobs.Document) { d.First = Morning().Add(30 * 24 * time.Hour) })
	put(t, x, late, gig(3, "Ramen lappen"), gig(2, "Ramen lappen"))
	finds(t, x, jobs.Query{}, 2, 3, 1)
	finds(t, x, jobs.Query{Text: "ramen lappen"}, 2, 3, 1)
	put(t, x, gig(4, "Schuur opruimen", func(d *jobs.Document) { d.Description = "Ook de ramen." }))
	finds(t, x, jobs.Query{Text: "ramen"}, 2, 3, 1, 4) // in the title weighs more
}

// ranked: who gives an order gets it, on every page and of what fits alone; words and
// other orders go before it.
func ranked(t *testing.T, x jobs.Index) {
	var docs []jobs.Document
	var only []jobs.GigID
	for n := range 60 {
		docs = append(docs, gig(n+1, "Ramen lappen", load(jobs.Loads()[n%3])))
		only = append(only, GigID((n*37)%60+1))
	}
	only = append(only, GigID(99), only[5]) // one that is not there, and one named again
	put(t, x, docs...)
	plain := newOracle(docs)
	for _, q := range []jobs.Query{
		{Only: only}, {Only: only[10:30]}, {Only: only, Loads: []jobs.Load{jobs.Light, jobs.Heavy}}, {Only: only, Sort: jobs.Soonest}, {Only: []jobs.GigID{}}, {},
	} {
		q.Cooperative, q.Size, q.Count, q.Ranked = Cooperative(1), 7, true, true
		for q.Page = 1; q.Page <= 9; q.Page++ {
			want := plain.answer(q)
			got := search(t, x, q)
			if got.Total != want.Total || !slices.Equal(got.Gigs, want.Gigs) {
				t.Errorf("%+v found %d: %v, want %d: %v", q, got.Total, got.Gigs, want.Total, want.Gigs)
			}
		}
	}
	put(t, x, gig(61, "Schuur opruimen", func(d *jobs.Document) { d.Description = "Ook de ramen." }))
	finds(t, x, jobs.Query{Text: "ramen", Only: []jobs.GigID{GigID(61), GigID(2)}, Ranked: true}, 2, 61) // in the title weighs more
}

// paging: all pages together hold every gig once.
func paging(t *testing.T, x jobs.Index) {
	const many, size = 45, 20
	docs := make([]jobs.Document, many)
	for i := range docs {
		docs[i] = gig(i+1, fmt.Sprintf("Ramen lappen %d", i), func(d *jobs.Document) { d.First = Morning() })
	}
	put(t, x, docs...)
	for _, text := range []string{"", "ramen", "lappem"} {
		seen := map[jobs.GigID]bool{}
		for page, want := range []int{20, 20, 5, 0} {
			hits := search(t, x, jobs.Query{Text: text, Page: page + 1, Size: size})
			if hits.Total != many || len(hits.Gigs) != want {
				t.Errorf("%q, page %d: %d of %d gigs, want %d of %d", text, page+1, len(hits.Gigs), hits.Total, want, many)
			}
			for _, gig := range hits.Gigs {
				if seen[gig] {
					t.Errorf("%q: %v is on two pages", text, gig)
				}
				seen[gig] = true
			}
		}
	}
	search(t, x, jobs.Query{Page: 1 << 60, Size: 1 << 60})
}

// pagingWithChoices: every page is of what fits, and the total is of all pages.
func pagingWithChoices(t *testing.T, x jobs.Index) {
	var docs []jobs.Document
	for n := range 60 {
		docs = append(docs, gig(n+1, "Ramen lappen", load(jobs.Loads()[n%3]), pay(payments.Cents(1500+100*(n%4)))))
	}
	put(t, x, docs...)
	plain := newOracle(docs)
	for _, q := range []jobs.Query{
		{Loads: []jobs.Load{jobs.Light, jobs.Heavy}, LeastPay: 1600}, {Loads: []jobs.Load{jobs.Middle}}, {Days: []time.Weekday{time.Thursday}},
		{Parts: []jobs.DayPart{jobs.Evening, jobs.Night}, Sort: jobs.Soonest}, {Near: arnhem(), Sort: jobs.Nearest, Metres: 1_000},
	} {
		q.Cooperative, q.Size, q.Count = Cooperative(1), 7, true
		for q.Page = 1; q.Page <= 8; q.Page++ {
			want := plain.answer(q)
			got := search(t, x, q)
			if got.Total != want.Total || !slices.Equal(got.Gigs, want.Gigs) {
				t.Errorf("%+v found %d: %v, want %d: %v", q, got.Total, got.Gigs, want.Total, want.Gigs)
			}
		}
	}
}
