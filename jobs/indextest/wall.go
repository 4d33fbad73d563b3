package indextest

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/jobs"
)

// wall: two cooperatives with equal texts see their own gigs only.
func wall(t *testing.T, x jobs.Index) {
	mine := town()
	theirs := town()
	for i := range theirs {
		theirs[i].Gig, theirs[i].Cooperative = GigID(101+i), Cooperative(2)
	}
	put(t, x, append(mine, theirs...)...)
	finds(t, x, jobs.Query{}, 1, 2, 3, 4, 5, 6)
	finds(t, x, jobs.Query{Cooperative: Cooperative(2)}, 101, 102, 103, 104, 105, 106)
	finds(t, x, jobs.Query{Text: "ramen"}, 1)
	finds(t, x, jobs.Query{Text: "stofzuigem"}, 2)
	finds(t, x, jobs.Query{Cooperative: Cooperative(2), Text: "hon", Loads: []jobs.Load{jobs.Middle}}, 103)
	finds(t, x, jobs.Query{Cooperative: Cooperative(2), Near: nijmegen(), Metres: 5_000}, 102, 105)
	finds(t, x, jobs.Query{Cooperative: Cooperative(3), Text: "ramen"})
	if _, err := x.Search(context.Background(), jobs.Query{Text: "ramen"}); !errors.Is(err, jobs.ErrNoCooperative) {
		t.Errorf("a search in no cooperative gave %v", err)
	}
}

// quotes: a value cannot end the filter that it stands in.
func quotes(t *testing.T, x jobs.Index) {
	put(t, x, gig(1, "Ramen lappen", of(2)), gig(2, "Ramen lappen"))
	escape := `x"] OR cooperative = "` + Cooperative(2).String()
	for _, value := range []string{escape, escape + `" OR load IN ["`, `x\" OR cooperative = \"` + Cooperative(2).String(), "\xff'\"",
		`" OR cooperative != "`, `" OR cooperative != "x`, `') OR ('1' = '1`, "", "*", "\x00", strings.Repeat("x", 10_000), strings.Repeat(`"]`, 5_000)} {
		finds(t, x, jobs.Query{Skills: []string{value}})
		finds(t, x, jobs.Query{Loads: []jobs.Load{jobs.Load(value)}})
		finds(t, x, jobs.Query{Groups: []string{value}})
		finds(t, x, jobs.Query{Groups: []string{value, value}, Count: true})
		finds(t, x, jobs.Query{Parts: []jobs.DayPart{jobs.DayPart(value)}})
		finds(t, x, jobs.Query{Days: []time.Weekday{3}, Parts: []jobs.DayPart{jobs.DayPart(value)}})
		finds(t, x, jobs.Query{Dates: []string{value}})
		for _, gig := range search(t, x, jobs.Query{Text: value}).Gigs {
			if gig == GigID(1) {
				t.Errorf("the text %q reached another cooperative", value)
			}
		}
	}
}

// facetsBehindTheWall: no number and no list of gigs reaches another cooperative.
func facetsBehindTheWall(t *testing.T, x jobs.Index) {
	mine, theirs := fair()[:7], fair()[:7]
	for i := range theirs {
		theirs[i].Gig, theirs[i].Cooperative = GigID(101+i), Cooperative(2)
	}
	put(t, x, append(slices.Clone(mine), theirs[:4]...)...)
	for _, q := range []jobs.Query{
		{}, {Groups: []string{"cleaning"}}, {Near: nijmegen(), Metres: 5_000}, {Days: []time.Weekday{time.Wednesday}}, {LeastPay: 1600},
		{Only: []jobs.GigID{GigID(1), GigID(101), GigID(3), GigID(103)}},
	} {
		q.Cooperative = Cooperative(1)
		counts(t, x, q, newOracle(mine).counts(q))
		q.Cooperative = Cooperative(2)
		counts(t, x, q, newOracle(theirs[:4]).counts(q))
		q.Cooperative = Cooperative(3)
		counts(t, x, q, jobs.FacetCounts{})
	}
	counts(t, x, jobs.Query{Text: "ramen", Cooperative: Cooperative(3)}, jobs.FacetCounts{})
	finds(t, x, jobs.Query{Only: []jobs.GigID{GigID(1), GigID(101)}}, 1)
	finds(t, x, jobs.Query{Only: []jobs.GigID{GigID(101)}})
	finds(t, x, jobs.Query{Cooperative: Cooperative(2), Only: []jobs.GigID{GigID(1), GigID(101)}}, 101)
}
