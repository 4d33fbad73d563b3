package indextest

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

//go:embed testdata/gigs.csv
var gigsCSV []byte

//go:embed testdata/queries.csv
var queriesCSV []byte

// relevance: among many gigs as they are written, what members type, as they
// type it, finds the gig that they mean: it is one of the first three.
func relevance(t *testing.T, x jobs.Index) {
	const first = 3
	docs, keys := written(t)
	put(t, x, withMore(t, docs...)...)
	for _, row := range rows(t, queriesCSV)[1:] {
		text, want := row[0], row[1]
		t.Run(text, func(t *testing.T) {
			hits := search(t, x, jobs.Query{Text: text, Size: 100})
			var found []string
			for _, gig := range hits.Gigs {
				found = append(found, keys[gig])
			}
			if !slices.Contains(found[:min(first, len(found))], want) {
				t.Errorf("%q does not bring %q first, but, of %d: %v", text, want, hits.Total, found[:min(5, len(found))])
			}
		})
	}
}

// written are the gigs of testdata/gigs.csv, and the key of each.
func written(t *testing.T) (docs []jobs.Document, keys map[jobs.GigID]string) {
	t.Helper()
	skills, err := members.Skills()
	if err != nil {
		t.Fatal(err)
	}
	places, err := members.Places()
	if err != nil {
		t.Fatal(err)
	}
	keys = map[jobs.GigID]string{}
	for i, row := range rows(t, gigsCSV)[1:] {
		place := places[slices.IndexFunc(places, func(p members.Place) bool { return p.Name == row[5] })]
		docs = append(docs, jobs.Document{
			Gig: GigID(i + 1), Cooperative: Cooperative(1), Title: row[1], Description: row[2], Language: members.Locale(row[3]), Skills: named(skills, row[4]),
			PlaceCode: place.Code, PlaceName: place.Name, Place: members.Point{Lat: place.Lat, Lon: place.Lon}, Remote: row[9] != "",
			ClientKind: members.Organisation, Rate: 1600, Load: jobs.Load(row[6]), First: at(t, row[7], row[8]),
		})
		keys[GigID(i+1)] = row[0]
	}
	return docs, keys
}

func named(skills []members.Skill, codes string) (named []members.Skill) {
	for _, s := range skills {
		if slices.Contains(strings.Split(codes, ";"), s.Code) {
			named = append(named, s)
		}
	}
	return named
}

// at is an hour of a day, of which the first is a Monday.
func at(t *testing.T, day, hour string) time.Time {
	t.Helper()
	days, dayErr := strconv.Atoi(day)
	hours, hourErr := strconv.Atoi(hour)
	if dayErr != nil || hourErr != nil {
		t.Fatalf("day %q, hour %q", day, hour)
	}
	return time.Date(2026, 11, 29+days, hours, 0, 0, 0, members.Amsterdam())
}

func rows(t *testing.T, data []byte) [][]string {
	t.Helper()
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma = '|'
	all, err := r.ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return all
}
