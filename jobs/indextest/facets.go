package indextest

import (
	"context"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/jobs"
)

// fair is eight gigs that differ in all that can be chosen. The first shift of the
// n-th starts n hours after Morning, a Wednesday; some have more.
func fair() []jobs.Document {
	return []jobs.Document{
		gig(1, "Ramen lappen", group("cleaning"), load(jobs.Light), pay(1500), support, on(8)),                         // Wednesday morning
		gig(2, "Ramen zemen", group("cleaning"), load(jobs.Middle), pay(1650), others, on(9, 18)),                      // and evening
		gig(3, "Tuin harken", group("green"), load(jobs.Heavy), pay(1800), support, others, on(13), inNijmegen),        // Wednesday afternoon
		gig(4, "Tuin en ramen", group("green"), group("cleaning"), load(jobs.Middle), pay(2500), on(24+9), inNijmegen), // Thursday morning
		gig(5, "Typen", group("office"), load(jobs.Light), pay(1700), atHome, on(24+13, 48+19)),                        // Thursday afternoon, Friday evening
		gig(6, "Lezen", group("office"), load(jobs.Light), pay(1499), atHome, inNijmegen, support, on(3)),              // Wednesday night
		gig(7, "Afwassen", load(jobs.Middle), pay(1600), others, on(4*24+20)),                                          // Sunday evening, of no group
		gig(8, "Ramen lappen", group("cleaning"), load(jobs.Light), pay(1500), of(2), on(8)),                           // elsewhere
	}
}

func group(code string) func(*jobs.Document) {
	return func(d *jobs.Document) {
		skill(code+"-skill", "Kunnen", "Skill")(d)
		d.Skills[len(d.Skills)-1].GroupCode = code
	}
}

func support(d *jobs.Document) { d.SupportOnSite = true }
func others(d *jobs.Document)  { d.WithOthers = true }
func atHome(d *jobs.Document)  { d.Remote = true }

// on is at these hours of the Wednesday of Morning, by the clock in Amsterdam.
func on(hours ...int) func(*jobs.Document) {
	return func(d *jobs.Document) {
		d.Starts = nil
		for _, hour := range hours {
			d.Starts = append(d.Starts, midnight().Add(time.Duration(hour)*time.Hour))
		}
		d.First = d.Starts[0]
	}
}

func midnight() time.Time { return time.Date(2026, 11, 24, 23, 0, 0, 0, time.UTC) } // in Amsterdam

// choices: each wish alone and some together.
func choices(t *testing.T, x jobs.Index) {
	put(t, x, fair()...)
	for name, tt := range map[string]struct {
		q    jobs.Query
		want []int
	}{
		"all":                    {jobs.Query{}, []int{6, 1, 2, 3, 4, 5, 7}},
		"one group":              {jobs.Query{Groups: []string{"cleaning"}}, []int{1, 2, 4}},
		"one of two groups":      {jobs.Query{Groups: []string{"green", "office"}}, []int{6, 3, 4, 5}},
		"loads":                  {jobs.Query{Loads: []jobs.Load{jobs.Heavy, jobs.Middle}}, []int{2, 3, 4, 7}},
		"one load":               {jobs.Query{Loads: []jobs.Load{jobs.Heavy}}, []int{3}},
		"a day":                  {jobs.Query{Days: []time.Weekday{time.Thursday}}, []int{4, 5}},
		"a later day":            {jobs.Query{Days: []time.Weekday{time.Friday}}, []int{5}},
		"Sunday":                 {jobs.Query{Days: []time.Weekday{time.Sunday}}, []int{7}},
		"one of two days":        {jobs.Query{Days: []time.Weekday{time.Sunday, time.Thursday}}, []int{4, 5, 7}},
		"a part":                 {jobs.Query{Parts: []jobs.DayPart{jobs.Evening}}, []int{2, 5, 7}},
		"night":                  {jobs.Query{Parts: []jobs.DayPart{jobs.Night}}, []int{6}},
		"day and part":           {jobs.Query{Days: []time.Weekday{time.Wednesday}, Parts: []jobs.DayPart{jobs.Evening}}, []int{2}},
		"not of two shifts":      {jobs.Query{Days: []time.Weekday{time.Thursday}, Parts: []jobs.DayPart{jobs.Evening}}, nil},
		"days and parts":         {jobs.Query{Days: []time.Weekday{time.Thursday, time.Friday}, Parts: []jobs.DayPart{jobs.Evening, jobs.Morning}}, []int{4, 5}},
		"least pay":              {jobs.Query{LeastPay: 1700}, []int{3, 4, 5}},
		"least pay, exactly":     {jobs.Query{LeastPay: 1500}, []int{1, 2, 3, 4, 5, 7}},
		"most pay":               {jobs.Query{LeastPay: 2500}, []int{4}},
		"support":                {jobs.Query{Support: true}, []int{6, 1, 3}},
		"others":                 {jobs.Query{Others: true}, []int{2, 3, 7}},
		"support and others":     {jobs.Query{Support: true, Others: true}, []int{3}},
		"a date":                 {jobs.Query{Dates: []string{"2026-11-26"}}, []int{4, 5}},
		"dates":                  {jobs.Query{Dates: []string{"2026-11-27", "2026-11-29"}}, []int{5, 7}},
		"no such date":           {jobs.Query{Dates: []string{"2026-11-30"}}, nil},
		"night is that day":      {jobs.Query{Dates: []string{"2026-11-25"}}, []int{6, 1, 2, 3}},
		"only these":             {jobs.Query{Only: []jobs.GigID{GigID(4), GigID(1), GigID(99)}}, []int{1, 4}},
		"only none":              {jobs.Query{Only: []jobs.GigID{}}, nil},
		"only, and more":         {jobs.Query{Only: []jobs.GigID{GigID(4), GigID(1)}, Groups: []string{"green"}}, []int{4}},
		"near, and home":         {jobs.Query{Near: nijmegen(), Metres: 5_000}, []int{6, 3, 4, 5}},
		"a word":                 {jobs.Query{Text: "tuin", Parts: []jobs.DayPart{jobs.Morning}}, []int{4}},
		"a word and a group":     {jobs.Query{Text: "ramen", Groups: []string{"green"}}, []int{4}},
		"a word and support":     {jobs.Query{Text: "ramen", Support: true}, []int{1}},
		"all of it":              {jobs.Query{Text: "tuin", Groups: []string{"green"}, Loads: []jobs.Load{jobs.Heavy}, Days: []time.Weekday{time.Wednesday}, Parts: []jobs.DayPart{jobs.Afternoon}, LeastPay: 1800, Support: true, Others: true, Near: nijmegen(), Metres: 5_000, Dates: []string{"2026-11-25"}}, []int{3}},
		"the soonest of a word":  {jobs.Query{Text: "lappen", Sort: jobs.Soonest}, []int{1}},
		"all but one thing fits": {jobs.Query{Groups: []string{"green"}, Loads: []jobs.Load{jobs.Light}}, nil},
	} {
		t.Run(name, func(t *testing.T) { finds(t, x, tt.q, tt.want...) })
	}
}

// facets: the numbers beside the choices, counted by hand.
func facets(t *testing.T, x jobs.Index) {
	put(t, x, fair()...)
	if hits := search(t, x, jobs.Query{}); hits.Counts != nil {
		t.Errorf("not asked for, and counted %v", hits.Counts)
	}
	all := jobs.FacetCounts{
		jobs.GroupFacet: {"cleaning": 3, "green": 2, "office": 2}, jobs.LoadFacet: {"light": 3, "middle": 3, "heavy": 1},
		jobs.DayFacet: {"3": 4, "4": 2, "5": 1, "0": 1}, jobs.PartFacet: {"night": 1, "morning": 3, "afternoon": 2, "evening": 3},
		jobs.PayFacet:     {"1500": 6, "1600": 5, "1700": 3, "1800": 2, "2000": 1, "2500": 1},
		jobs.SupportFacet: {"true": 3}, jobs.OthersFacet: {"true": 3}, jobs.RemoteFacet: {"true": 2}, jobs.PlaceFacet: {"arnhem": 3, "nijmegen": 2},
	}
	counts(t, x, jobs.Query{}, all)
	counts(t, x, jobs.Query{Size: 1, Page: 3}, all) // whatever page
	counts(t, x, jobs.Query{Groups: []string{"cleaning"}}, jobs.FacetCounts{
		jobs.GroupFacet: all[jobs.GroupFacet], jobs.LoadFacet: {"light": 1, "middle": 2},
		jobs.DayFacet: {"3": 2, "4": 1}, jobs.PartFacet: {"morning": 3, "evening": 1},
		jobs.PayFacet:     {"1500": 3, "1600": 2, "1700": 1, "1800": 1, "2000": 1, "2500": 1},
		jobs.SupportFacet: {"true": 1}, jobs.OthersFacet: {"true": 1}, jobs.PlaceFacet: {"arnhem": 2, "nijmegen": 1},
	})
	wednesday := jobs.FacetCounts{
		jobs.GroupFacet: {"cleaning": 2, "green": 1, "office": 1}, jobs.LoadFacet: {"light": 2, "middle": 1, "heavy": 1},
		jobs.DayFacet: all[jobs.DayFacet], jobs.PartFacet: {"night": 1, "morning": 2, "afternoon": 1, "evening": 1},
		jobs.PayFacet:     {"1500": 3, "1600": 2, "1700": 1, "1800": 1},
		jobs.SupportFacet: {"true": 3}, jobs.OthersFacet: {"true": 2}, jobs.RemoteFacet: {"true": 1}, jobs.PlaceFacet: {"arnhem": 2, "nijmegen": 1},
	}
	counts(t, x, jobs.Query{Days: []time.Weekday{time.Wednesday}}, wednesday)
	counts(t, x, jobs.Query{Days: []time.Weekday{time.Wednesday}, Parts: []jobs.DayPart{jobs.Evening}}, jobs.FacetCounts{
		jobs.GroupFacet: {"cleaning": 1}, jobs.LoadFacet: {"middle": 1},
		jobs.DayFacet: {"3": 1, "5": 1, "0": 1}, jobs.PartFacet: wednesday[jobs.PartFacet],
		jobs.PayFacet: {"1500": 1, "1600": 1}, jobs.OthersFacet: {"true": 1}, jobs.PlaceFacet: {"arnhem": 1},
	})
	counts(t, x, jobs.Query{Near: nijmegen(), Metres: 5_000}, jobs.FacetCounts{
		jobs.GroupFacet: {"cleaning": 1, "green": 2, "office": 2}, jobs.LoadFacet: {"light": 2, "middle": 1, "heavy": 1},
		jobs.DayFacet: {"3": 2, "4": 2, "5": 1}, jobs.PartFacet: {"night": 1, "morning": 1, "afternoon": 2, "evening": 1},
		jobs.PayFacet:     {"1500": 3, "1600": 3, "1700": 3, "1800": 2, "2000": 1, "2500": 1},
		jobs.SupportFacet: {"true": 2}, jobs.OthersFacet: {"true": 1}, jobs.RemoteFacet: {"true": 2}, jobs.PlaceFacet: all[jobs.PlaceFacet],
	})
	plain := newOracle(fair())
	for _, q := range []jobs.Query{
		{LeastPay: 1700}, {Support: true}, {Others: true}, {Loads: []jobs.Load{jobs.Light}}, {Loads: []jobs.Load{jobs.Heavy}}, {Dates: []string{"2026-11-26"}},
		{Only: []jobs.GigID{GigID(2), GigID(4), GigID(8)}}, {Only: []jobs.GigID{}}, {From: midnight().Add(24 * time.Hour)}, {Skills: []string{"green-skill"}},
		{Groups: []string{"green", "office"}, LeastPay: 1700, Parts: []jobs.DayPart{jobs.Morning, jobs.Afternoon}}, {Groups: []string{"none"}, Support: true},
	} {
		q.Cooperative = Cooperative(1)
		counts(t, x, q, plain.counts(q))
	}
}

// facetsOfWords: the words limit every number, with their typos.
func facetsOfWords(t *testing.T, x jobs.Index) {
	put(t, x, fair()...)
	for _, text := range []string{"ramen", "rame", "raam"} {
		counts(t, x, jobs.Query{Text: text, Groups: []string{"green"}}, jobs.FacetCounts{
			jobs.GroupFacet: {"cleaning": 3, "green": 1}, jobs.LoadFacet: {"middle": 1}, jobs.DayFacet: {"4": 1}, jobs.PartFacet: {"morning": 1},
			jobs.PayFacet: {"1500": 1, "1600": 1, "1700": 1, "1800": 1, "2000": 1, "2500": 1}, jobs.PlaceFacet: {"nijmegen": 1},
		})
	}
	counts(t, x, jobs.Query{Text: "piano"}, jobs.FacetCounts{})
}

// facetsFollow: what has changed or gone counts no more.
func facetsFollow(t *testing.T, x jobs.Index) {
	put(t, x, fair()...)
	put(t, x, gig(1, "Ramen lappen", group("office"), load(jobs.Heavy), pay(2500), on(8)))
	if err := x.Remove(context.Background(), []jobs.GigID{GigID(2), GigID(7)}); err != nil {
		t.Fatal(err)
	}
	left := newOracle(append([]jobs.Document{gig(1, "Ramen lappen", group("office"), load(jobs.Heavy), pay(2500), on(8))}, fair()[2:6]...))
	for _, q := range []jobs.Query{{}, {Groups: []string{"office"}}, {Loads: []jobs.Load{jobs.Heavy}, LeastPay: 1800}} {
		q.Cooperative = Cooperative(1)
		counts(t, x, q, left.counts(q))
	}
	if err := x.Replace(context.Background(), fair()[:1]); err != nil {
		t.Fatal(err)
	}
	q := jobs.Query{Cooperative: Cooperative(1)}
	counts(t, x, q, newOracle(fair()[:1]).counts(q))
}

// counts checks every number; a value without gigs may be left out.
func counts(t *testing.T, x jobs.Index, q jobs.Query, want jobs.FacetCounts) {
	t.Helper()
	q.Count = true
	got := search(t, x, q).Counts
	if got == nil {
		t.Errorf("%+v counted nothing", q)
		return
	}
	if diff := cmp.Diff(some(want), some(got)); diff != "" {
		t.Errorf("%+v counted (-want +got)\n%s", q, diff)
	}
}

// some leaves out what counts none.
func some(counts jobs.FacetCounts) jobs.FacetCounts {
	left := jobs.FacetCounts{}
	for facet, values := range counts {
		for value, n := range values {
			if n == 0 {
				continue
			}
			if left[facet] == nil {
				left[facet] = map[string]int{}
			}
			left[facet][value] = n
		}
	}
	return left
}
