package bleveindex_test

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/jobs/indextest"
	"meent/members"
	"meent/payments"
)

// TestFacetsAgreeWithAPlainLoop: over random gigs and queries the index says
// what a loop over all documents says, of hits, total, order and every count.
func TestFacetsAgreeWithAPlainLoop(t *testing.T) {
	random := rand.New(rand.NewPCG(8, 8))
	index, docs := open(t, ""), make([]jobs.Document, 120)
	for i := range docs {
		docs[i] = anyGig(random, i+1)
	}
	for some := range slices.Chunk(docs, 50) { // in several segments
		put(t, index, some...)
	}
	docs[7] = anyGig(random, 8)
	put(t, index, docs[7])
	if err := index.Remove(context.Background(), []jobs.GigID{docs[9].Gig}); err != nil {
		t.Fatal(err)
	}
	docs = slices.Delete(docs, 9, 10)
	for range 80 {
		q := anyQuery(random, docs)
		got, err := index.Search(context.Background(), q)
		if err != nil {
			t.Fatal(err)
		}
		sameHits(t, q, got, plain(docs, q))
	}
}

func put(t *testing.T, index *bleveindex.Index, docs ...jobs.Document) {
	t.Helper()
	if err := index.Put(context.Background(), docs); err != nil {
		t.Fatal(err)
	}
}

func sameHits(t *testing.T, q jobs.Query, got, want jobs.Hits) {
	t.Helper()
	if got.Total != want.Total || !slices.Equal(got.Gigs, want.Gigs) {
		t.Errorf("%+v\nfound %d: %v\nwant %d: %v", q, got.Total, got.Gigs, want.Total, want.Gigs)
	}
	for _, f := range jobs.Facets() {
		if !maps.Equal(got.Counts[f], want.Counts[f]) {
			t.Errorf("%+v\n%s counts %v\nwant %v", q, f, got.Counts[f], want.Counts[f])
		}
	}
}

func chance[T any](random *rand.Rand, of int, some T) (one T) {
	if random.IntN(of) == 0 {
		return some
	}
	return one
}

func pick[T any](random *rand.Rand, all []T) T { return all[random.IntN(len(all))] }

func anyGig(random *rand.Rand, n int) jobs.Document {
	towns := []struct {
		code string
		at   members.Point
	}{{"arnhem", members.Point{Lat: 51.98, Lon: 5.91}}, {"nijmegen", members.Point{Lat: 51.84, Lon: 5.86}}, {"ede", members.Point{Lat: 52.04, Lon: 5.66}}}
	town := pick(random, towns)
	d := jobs.Document{Gig: indextest.GigID(n), Cooperative: indextest.Cooperative(1 + chance(random, 9, byte(1))), Title: pick(random, []string{"Ramen lappen", "Ramen", "Koken"}),
		Language: members.Dutch, PlaceCode: town.code, Place: town.at, Remote: random.IntN(6) == 0, Rate: payments.Cents(1400 + 100*random.IntN(13)),
		Load: pick(random, jobs.Loads()), SupportOnSite: random.IntN(2) == 0, WithOthers: random.IntN(2) == 0}
	for range random.IntN(3) {
		group := pick(random, []string{"green", "cleaning", "kitchen"})
		d.Skills = append(d.Skills, members.Skill{Code: group + strconv.Itoa(random.IntN(3)), GroupCode: group, NL: "iets"})
	}
	for range 1 + random.IntN(3) {
		d.Starts = append(d.Starts, indextest.Morning().Add(time.Duration(random.IntN(14*24))*time.Hour))
	}
	slices.SortFunc(d.Starts, time.Time.Compare)
	d.First = d.Starts[0]
	return d
}

func anyQuery(random *rand.Rand, docs []jobs.Document) jobs.Query {
	day := pick(random, docs).First
	q := jobs.Query{Cooperative: indextest.Cooperative(1), Text: pick(random, []string{"", "ramen", "lappen"}), Count: true, Near: pick(random, docs).Place,
		Groups: chance(random, 3, []string{"green", "cleaning"}), Skills: chance(random, 5, []string{"green0", "green1", "kitchen2"}),
		Loads: chance(random, 4, []jobs.Load{jobs.Light, jobs.Heavy}),
		Days:  chance(random, 3, []time.Weekday{time.Monday, time.Sunday, time.Weekday(random.IntN(7))}),
		Parts: chance(random, 3, []jobs.DayPart{pick(random, jobs.DayParts()), jobs.Evening}), LeastPay: chance(random, 3, pick(random, jobs.PayChoices())),
		Support: random.IntN(5) == 0, Others: random.IntN(5) == 0, Metres: chance(random, 3, 20_000),
		From: chance(random, 6, day), Until: chance(random, 6, day.Add(48*time.Hour)), Dates: chance(random, 6, []string{string(members.DayOf(day)), "x"}),
		Sort: pick(random, []jobs.Sort{jobs.Soonest, jobs.Nearest}), Size: 10, Page: 1 + random.IntN(2)}
	if random.IntN(6) == 0 {
		q.Only = []jobs.GigID{}
		for range random.IntN(40) {
			q.Only = append(q.Only, pick(random, docs).Gig)
		}
	}
	return q
}

// plain answers without an index.
func plain(docs []jobs.Document, q jobs.Query) (hits jobs.Hits) {
	hits.Counts = jobs.FacetCounts{}
	for _, f := range jobs.Facets() {
		hits.Counts[f] = map[string]int{}
		for _, d := range docs {
			if fits(d, q.Without(f)) {
				for _, value := range values(d, f, q) {
					hits.Counts[f][value]++
				}
			}
		}
	}
	all := slices.DeleteFunc(slices.Clone(docs), func(d jobs.Document) bool { return !fits(d, q) })
	slices.SortFunc(all, func(a, b jobs.Document) int {
		if far := from(a, q) - from(b, q); q.Sort == jobs.Nearest && far != 0 {
			return far
		}
		if c := a.First.Compare(b.First); c != 0 {
			return c
		}
		return slices.Compare(a.Gig[:], b.Gig[:])
	})
	hits.Total = len(all)
	begin := min(len(all), (q.Page-1)*q.Size)
	for _, d := range all[begin:min(len(all), begin+q.Size)] {
		hits.Gigs = append(hits.Gigs, d.Gig)
	}
	return hits
}

func from(d jobs.Document, q jobs.Query) int {
	if d.Remote {
		return -1
	}
	return q.Near.Metres(d.Place)
}

func fits(d jobs.Document, q jobs.Query) bool {
	among := func(chosen, has []string) bool {
		return len(chosen) == 0 || slices.ContainsFunc(has, func(one string) bool { return slices.Contains(chosen, one) })
	}
	moment := func(m jobs.WeekPart) bool {
		return (len(q.Days) == 0 || slices.Contains(q.Days, m.Day)) && (len(q.Parts) == 0 || slices.Contains(q.Parts, m.Part))
	}
	return d.Cooperative == q.Cooperative && among(jobs.Words(q.Text), jobs.Words(d.Title)) && among(q.Skills, d.SkillCodes()) && among(q.Groups, d.Groups()) &&
		(len(q.Loads) == 0 || slices.Contains(q.Loads, d.Load)) && slices.ContainsFunc(d.WeekParts(), moment) &&
		d.Rate >= q.LeastPay && (!q.Support || d.SupportOnSite) && (!q.Others || d.WithOthers) && (q.Metres == 0 || from(d, q) <= q.Metres) &&
		(q.From.IsZero() || !d.First.Before(q.From)) && (q.Until.IsZero() || d.First.Before(q.Until)) && among(q.Dates, d.Dates()) &&
		(q.Only == nil || slices.Contains(q.Only, d.Gig))
}

// values are those of the document; of days and parts, those whose other half is
// chosen.
func values(d jobs.Document, f jobs.Facet, q jobs.Query) (list []string) {
	add := func(value any, has bool) {
		if text := fmt.Sprint(value); has && !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	switch f {
	case jobs.GroupFacet:
		return d.Groups()
	case jobs.LoadFacet:
		add(d.Load, true)
	case jobs.DayFacet:
		for _, m := range d.WeekParts() {
			add(int(m.Day), len(q.Parts) == 0 || slices.Contains(q.Parts, m.Part))
		}
	case jobs.PartFacet:
		for _, m := range d.WeekParts() {
			add(m.Part, len(q.Days) == 0 || slices.Contains(q.Days, m.Day))
		}
	case jobs.PayFacet:
		for _, least := range d.PayBands() {
			add(int(least), true)
		}
	case jobs.SupportFacet:
		add(true, d.SupportOnSite)
	case jobs.OthersFacet:
		add(true, d.WithOthers)
	case jobs.RemoteFacet:
		add(true, d.Remote)
	case jobs.PlaceFacet:
		add(d.PlaceCode, !d.Remote)
	}
	return list
}
