package meiliindex_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
	"meent/members"
	"meent/payments"
)

// week are six gigs, a day after each other from Wednesday: 1 to 6.
func week() []jobs.Document {
	arnhem, nijmegen := members.Point{Lat: 51.98, Lon: 5.91}, members.Point{Lat: 51.84, Lon: 5.86}
	all := make([]jobs.Document, 6)
	for i := range all {
		at := indextest.Morning().AddDate(0, 0, i)
		all[i] = jobs.Document{Gig: indextest.GigID(i + 1), Cooperative: indextest.Cooperative(1), Title: "Werk", PlaceCode: "arnhem", Place: arnhem,
			Rate: payments.Cents(1450 + 100*i), Load: jobs.Loads()[i%len(jobs.Loads())], First: at, Starts: []time.Time{at, at.Add(10 * time.Hour)},
			Skills: []members.Skill{{Code: "skill" + strconv.Itoa(i), GroupCode: "group" + strconv.Itoa(i/2)}}}
	}
	all[1].PlaceCode, all[1].Place = "nijmegen", nijmegen
	all[2].Remote, all[3].SupportOnSite, all[4].WithOthers = true, true, true
	all[5].Title, all[5].More = "Kantoor", []string{"werk"}
	return all
}

func TestChoices(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		index := open(t, config)
		put(t, index, week()...)
		near := members.Point{Lat: 51.84, Lon: 5.86}
		for _, tt := range []struct {
			q    jobs.Query
			want []int
		}{
			{jobs.Query{}, []int{1, 2, 3, 4, 5, 6}},
			{jobs.Query{Groups: []string{"group0", "group2"}}, []int{1, 2, 5, 6}},
			{jobs.Query{Loads: []jobs.Load{jobs.Light}}, []int{1, 4}},
			{jobs.Query{Days: []time.Weekday{time.Wednesday, time.Friday}}, []int{1, 3}},
			{jobs.Query{Parts: []jobs.DayPart{jobs.Evening}}, []int{1, 2, 3, 4, 5, 6}},
			{jobs.Query{Parts: []jobs.DayPart{jobs.Night, jobs.Afternoon}}, nil},
			{jobs.Query{Days: []time.Weekday{time.Thursday}, Parts: []jobs.DayPart{jobs.Morning}}, []int{2}},
			{jobs.Query{LeastPay: 1700}, []int{4, 5, 6}},
			{jobs.Query{Support: true}, []int{4}},
			{jobs.Query{Others: true}, []int{5}},
			{jobs.Query{Dates: []string{"2026-11-25", "2026-11-30"}}, []int{1, 6}},
			{jobs.Query{Only: []jobs.GigID{indextest.GigID(6), indextest.GigID(2), indextest.GigID(99)}}, []int{2, 6}},
			{jobs.Query{Only: []jobs.GigID{}}, nil},
			{jobs.Query{Near: near, Metres: 5_000}, []int{2, 3}},
			{jobs.Query{Near: near, Metres: 20_000, Sort: jobs.Nearest}, []int{3, 2, 1, 4, 5, 6}},
			{jobs.Query{Near: near, Sort: jobs.Nearest, Text: "werk"}, []int{3, 2, 1, 4, 5, 6}},
			{jobs.Query{Sort: jobs.Soonest, Text: "werk"}, []int{1, 2, 3, 4, 5, 6}},
			{jobs.Query{Text: "werk"}, []int{1, 2, 3, 4, 5, 6}},
		} {
			finds(t, index, tt.q, tt.want...)
		}
	})
}

// TestFurtherWordsWeighLeast: what stands in the title comes first, then what
// the skills are called, then the text, and further words last.
func TestFurtherWordsWeighLeast(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		index := open(t, config)
		docs := []jobs.Document{titled(1, "Werk"), titled(2, "Werk"), titled(3, "Werk"), titled(4, "Schoonmaak")}
		docs[0].More, docs[1].Description, docs[2].Skills = []string{"schoonmaak"}, "Schoonmaak", []members.Skill{{Code: "s", NL: "Schoonmaak"}}
		put(t, index, docs...)
		finds(t, index, jobs.Query{Text: "schoonmaak"}, 4, 3, 2, 1)
		finds(t, index, jobs.Query{Text: "schoonmaak", Sort: jobs.Soonest}, 1, 2, 3, 4)
	})
}

func TestSynonymsAreFound(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		config.Synonyms = [][]string{{"Ramen lappen", "Window cleaning", "glazenwassen"}}
		index := open(t, config)
		put(t, index, titled(1, "De ramen lappen"), titled(2, "Ramen"))
		finds(t, index, jobs.Query{Text: "glazenwassen"}, 1)
	})
}

// TestNumbersAreTakenAsTheyAre: another number is no typing error.
func TestNumbersAreTakenAsTheyAre(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		index := open(t, config)
		put(t, index, titled(1, "Hal 20261 vegen"), titled(2, "Hal 20262 vegen"))
		finds(t, index, jobs.Query{Text: "hal 20261"}, 1)
	})
}

// TestCountsAreWhatChoosingWouldFind holds each count against a search with that
// choice, over random gigs and queries.
func TestCountsAreWhatChoosingWouldFind(t *testing.T) {
	onEach(t, func(t *testing.T, config meiliindex.Config) {
		random, index, docs := rand.New(rand.NewPCG(8, 8)), open(t, config), make([]jobs.Document, 60)
		for i := range docs {
			docs[i] = anyGig(random, i+1)
		}
		put(t, index, docs...)
		for range 12 {
			q := anyQuery(random, docs)
			hits := search(t, index, q)
			for _, f := range jobs.Facets() {
				for value, n := range hits.Counts[f] {
					if want := wouldFind(t, index, docs, q, f, value); n != want {
						t.Errorf("%+v\n%s %q counts %d, want %d", q, f, value, n, want)
					}
				}
				if chosen := q.Without(f); len(hits.Counts[f]) == 0 && f != jobs.PlaceFacet && search(t, index, chosen).Total > 0 &&
					slices.Contains([]jobs.Facet{jobs.LoadFacet, jobs.DayFacet, jobs.PartFacet}, f) {
					t.Errorf("%+v\n%s counts nothing", q, f)
				}
			}
		}
	})
}

// wouldFind is how many gigs there are with this choice instead. What cannot be
// chosen is counted among those that are found.
func wouldFind(t *testing.T, index jobs.Index, docs []jobs.Document, q jobs.Query, f jobs.Facet, value string) int {
	t.Helper()
	q, q.Count, q.Page, q.Size = q.Without(f), false, 1, 100
	number, _ := strconv.Atoi(value)
	switch f {
	case jobs.GroupFacet:
		q.Groups = []string{value}
	case jobs.LoadFacet:
		q.Loads = []jobs.Load{jobs.Load(value)}
	case jobs.DayFacet:
		q.Days = []time.Weekday{time.Weekday(number)}
	case jobs.PartFacet:
		q.Parts = []jobs.DayPart{jobs.DayPart(value)}
	case jobs.PayFacet:
		q.LeastPay = payments.Cents(number)
	case jobs.SupportFacet:
		q.Support = true
	case jobs.OthersFacet:
		q.Others = true
	}
	hits := search(t, index, q)
	if f != jobs.RemoteFacet && f != jobs.PlaceFacet {
		return hits.Total
	}
	n := 0
	for _, d := range docs {
		if slices.Contains(hits.Gigs, d.Gig) && (f == jobs.RemoteFacet && d.Remote || f == jobs.PlaceFacet && !d.Remote && d.PlaceCode == value) {
			n++
		}
	}
	return n
}

func pick[T any](random *rand.Rand, all ...T) T { return all[random.IntN(len(all))] }

func anyGig(random *rand.Rand, n int) jobs.Document {
	d := week()[random.IntN(6)]
	d.Gig, d.Cooperative, d.Rate = indextest.GigID(n), indextest.Cooperative(pick[byte](random, 1, 1, 1, 2)), payments.Cents(1400+100*random.IntN(12))
	d.Remote, d.SupportOnSite, d.WithOthers, d.Starts = random.IntN(5) == 0, random.IntN(2) == 0, random.IntN(2) == 0, nil
	for range 1 + random.IntN(3) {
		d.Starts = append(d.Starts, indextest.Morning().Add(time.Duration(random.IntN(14*24))*time.Hour))
	}
	slices.SortFunc(d.Starts, time.Time.Compare)
	d.First = d.Starts[0]
	return d
}

func anyQuery(random *rand.Rand, docs []jobs.Document) jobs.Query {
	return jobs.Query{Cooperative: indextest.Cooperative(1), Count: true, Text: pick(random, "", "", "werk"), Near: pick(random, docs...).Place,
		Groups: pick(random, nil, nil, []string{"group0", "group1"}), Loads: pick(random, nil, nil, []jobs.Load{jobs.Light, jobs.Heavy}),
		Days:  pick(random, nil, []time.Weekday{time.Monday, time.Sunday, time.Weekday(random.IntN(7))}),
		Parts: pick(random, nil, []jobs.DayPart{jobs.Evening, pick(random, jobs.DayParts()...)}), LeastPay: pick(random, 0, 0, pick(random, jobs.PayChoices()...)),
		Support: random.IntN(6) == 0, Others: random.IntN(6) == 0, Metres: pick(random, 0, 0, 10_000)}
}

// TestManyPlaces: every place of the country is counted.
func TestManyPlaces(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	docs := make([]jobs.Document, 1_250)
	for i := range docs {
		docs[i] = titled(i+1, "Werk")
		docs[i].PlaceCode = fmt.Sprintf("place%d", i)
	}
	put(t, index, docs...)
	hits := search(t, index, jobs.Query{Count: true, Metres: 10, Near: members.Point{Lat: 52, Lon: 5}})
	if hits.Total != 0 || len(hits.Counts[jobs.PlaceFacet]) != len(docs) {
		t.Errorf("%d gigs nearby, and %d places", hits.Total, len(hits.Counts[jobs.PlaceFacet]))
	}
}

// TestOneRequest: a page with all its counts is one request, of one search and
// one more for each choice that was made.
func TestOneRequest(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	put(t, index, week()...)
	search(t, index, jobs.Query{}) // asks for the key
	for _, tt := range []struct {
		q    jobs.Query
		want int
	}{
		{jobs.Query{}, 1}, {jobs.Query{Text: "werk", Count: true}, 1}, {jobs.Query{Support: true}, 1},
		{jobs.Query{Support: true, Parts: []jobs.DayPart{jobs.Evening}, Count: true}, 3},
	} {
		f.set(func() { f.asked = nil })
		search(t, index, tt.q)
		asked, sent := f.requests()
		if searches := strings.Count(sent, `"indexUid"`); !slices.Equal(asked, []string{"POST /multi-search"}) || searches != tt.want {
			t.Errorf("%+v asked %s, with %d searches, want %d", tt.q, asked, searches, tt.want)
		}
	}
}

// TestNothingOfNothing: a search among no gigs asks nobody.
func TestNothingOfNothing(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() { f.asked = nil })
	hits := search(t, index, jobs.Query{Only: []jobs.GigID{}, Count: true})
	if asked, _ := f.requests(); len(asked) > 0 || len(hits.Counts) != len(jobs.Facets()) {
		t.Errorf("asked %v, counts %v", asked, hits.Counts)
	}
}
