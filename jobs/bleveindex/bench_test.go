package bleveindex_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/jobs/indextest"
	"meent/members"
)

const benchGigs = 2_000

// thousands are gigs all over the country, with skills from the program's list.
func thousands(b *testing.B) []jobs.Document {
	b.Helper()
	skills, err := members.Skills()
	if err != nil {
		b.Fatal(err)
	}
	places, err := members.Places()
	if err != nil {
		b.Fatal(err)
	}
	random := rand.New(rand.NewPCG(1, 2))
	docs := make([]jobs.Document, benchGigs)
	for i := range docs {
		docs[i] = someGig(random, i+1, skills, places)
	}
	return docs
}

func someGig(random *rand.Rand, n int, skills []members.Skill, places []members.Place) jobs.Document {
	skill, place := skills[random.IntN(len(skills))], places[random.IntN(len(places))]
	d := jobs.Document{Gig: indextest.GigID(n), Cooperative: indextest.Cooperative(1), Title: skill.NL, Language: members.Dutch,
		Skills: []members.Skill{skill}, PlaceName: place.Name, Place: members.Point{Lat: place.Lat, Lon: place.Lon},
		Rate: 1600, Load: jobs.Loads()[random.IntN(3)], First: indextest.Morning().Add(time.Duration(random.IntN(500)) * time.Hour)}
	for range 60 {
		d.Description += skills[random.IntN(len(skills))].NL + " "
	}
	return d
}

func BenchmarkReplace(b *testing.B) {
	docs := thousands(b)
	index := open(b, "")
	for b.Loop() {
		if err := index.Replace(context.Background(), docs); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(benchGigs*b.N)/b.Elapsed().Seconds(), "gigs/s")
}

func BenchmarkSearch(b *testing.B) {
	index := open(b, "")
	if err := index.Replace(context.Background(), thousands(b)); err != nil {
		b.Fatal(err)
	}
	near := members.Point{Lat: 51.98, Lon: 5.91}
	for name, q := range map[string]jobs.Query{
		"list":      {},
		"two words": {Text: "ramen lappen"},
		"typo":      {Text: "stofzuigem"},
		"beginning": {Text: "sto"},
		"near":      {Near: near, Metres: 20_000},
		"word near": {Text: "ramen", Near: near, Metres: 20_000},
		"word load": {Text: "ramen", Loads: []jobs.Load{jobs.Light}, From: indextest.Morning()},
	} {
		b.Run(name, func(b *testing.B) { benchSearch(b, index, q) })
	}
}

func benchSearch(b *testing.B, index *bleveindex.Index, q jobs.Query) {
	q.Cooperative = indextest.Cooperative(1)
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		if _, err := index.Search(context.Background(), q); err != nil {
			b.Fatal(err)
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	for _, percent := range []int{50, 99} {
		b.ReportMetric(float64(took[len(took)*percent/100].Microseconds()), fmt.Sprintf("p%d-µs", percent))
	}
}
