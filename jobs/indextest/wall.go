package indextest

import (
	"context"
	"errors"
	"testing"

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
	finds(t, x, jobs.Query{Cooperative: Cooperative(2), Text: "hon", Load: jobs.Middle}, 103)
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
	for _, value := range []string{escape, escape + `" OR load IN ["`, `x\" OR cooperative = \"` + Cooperative(2).String(), "\xff'\""} {
		finds(t, x, jobs.Query{Skills: []string{value}})
		finds(t, x, jobs.Query{Load: jobs.Load(value)})
		for _, gig := range search(t, x, jobs.Query{Text: value}).Gigs {
			if gig == GigID(1) {
				t.Errorf("the text %q reached another cooperative", value)
			}
		}
	}
}
