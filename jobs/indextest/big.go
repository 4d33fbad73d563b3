package indextest

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// tenThousand: over so many gigs, every page, total and number is what looking
// at all of them gives; and each of these words, typed, finds the gigs that it means.
func tenThousand(t *testing.T, x jobs.Index, many int, words map[string]string) {
	random := rand.New(rand.NewPCG(8, 8))
	docs := someGigs(random, many)
	if err := x.Replace(context.Background(), docs); err != nil {
		t.Fatal(err)
	}
	plain := newOracle(docs)
	for range 60 {
		agrees(t, x, plain, someQuery(random, docs))
	}
	everyPage(t, x, plain, jobs.Query{Cooperative: Cooperative(2), Size: 100})
	everyPage(t, x, plain, jobs.Query{Cooperative: Cooperative(1), Size: 100, Near: towns()[0].at, Metres: 1_000, Sort: jobs.Nearest, Parts: []jobs.DayPart{jobs.Night}})
	deep := jobs.Query{Cooperative: Cooperative(1), Size: 100}
	deep.Page = plain.answer(deep).Total / deep.Size
	agrees(t, x, plain, deep)
	for typed, word := range words {
		withWord(t, x, plain, typed, word, random)
	}
}

// bigWords are what is typed, and the word of the titles that it means.
func bigWords() map[string]string {
	return map[string]string{"harken": "harken", "SOEP": "soep", "lappen": "lappen", "schoonmak": "schoonmaken", "tuin harken": "tuin", "soep harken": "nothing"}
}

// mistyped are bigWords and one with a fault.
func mistyped() map[string]string {
	words := bigWords()
	words["kantor"] = "kantoor"
	return words
}

// agrees holds one answer against the oracle's. Gigs that are equal in what
// they are sorted by may stand in any order.
func agrees(t *testing.T, x jobs.Index, plain oracle, q jobs.Query) {
	t.Helper()
	want, got := plain.answer(q), search(t, x, q)
	if got.Total != want.Total || len(got.Gigs) != len(want.Gigs) {
		t.Errorf("%+v found %d, %d on the page; want %d, %d", q, got.Total, len(got.Gigs), want.Total, len(want.Gigs))
		return
	}
	keys := plain.keys(q)
	for i, gig := range got.Gigs {
		if keys[gig] == "" || keys[gig] != keys[want.Gigs[i]] {
			t.Errorf("%+v: gig %d of the page is %q, want %q", q, i+1, keys[gig], keys[want.Gigs[i]])
			return
		}
	}
	if q.Count {
		counts(t, x, q, want.Counts)
	}
}

// keys are all that each gig that fits is sorted by.
func (o oracle) keys(q jobs.Query) map[jobs.GigID]string {
	keys := map[jobs.GigID]string{}
	for _, d := range o {
		if fits(d, q) {
			keys[d.Gig] = d.First.Format(time.DateTime)
			if q.Ranked && q.Only != nil && q.Sort == jobs.Best {
				keys[d.Gig] += fmt.Sprintf(", wanted %d", slices.Index(q.Only, d.Gig))
			}
			if q.Sort == jobs.Nearest {
				keys[d.Gig] += fmt.Sprintf(", %d m", away(d, q))
			}
		}
	}
	return keys
}

// everyPage: together they hold every gig that fits, each once.
func everyPage(t *testing.T, x jobs.Index, plain oracle, q jobs.Query) {
	t.Helper()
	all := plain.fitting(q)
	seen := map[jobs.GigID]bool{}
	for q.Page = 1; (q.Page-1)*q.Size < len(all); q.Page++ {
		agrees(t, x, plain, q)
		for _, gig := range search(t, x, q).Gigs {
			if seen[gig] {
				t.Errorf("%+v: %v is on two pages", q, gig)
			}
			seen[gig] = true
		}
	}
	if len(seen) != len(all) {
		t.Errorf("%+v: the pages hold %d gigs, want %d", q, len(seen), len(all))
	}
}

// bigTown is a place of the big index. No two are as far from a third, within the
// little by which ways to measure differ.
type bigTown struct {
	code string
	at   members.Point
}

func towns() []bigTown {
	return []bigTown{
		{"arnhem", members.Point{Lat: 51.98, Lon: 5.91}}, {"nijmegen", members.Point{Lat: 51.84, Lon: 5.86}}, {"zwolle", members.Point{Lat: 52.51, Lon: 6.09}},
		{"utrecht", members.Point{Lat: 52.09, Lon: 5.12}}, {"groningen", members.Point{Lat: 53.22, Lon: 6.57}}, {"vlissingen", members.Point{Lat: 51.44, Lon: 3.57}},
		{"velp", members.Point{Lat: 51.995, Lon: 5.975}}, {"ede", members.Point{Lat: 52.04, Lon: 5.66}}, {"eindhoven", members.Point{Lat: 51.44, Lon: 5.47}},
	}
}

// radii are between the distances of the towns.
func radii() []int { return []int{2_000, 10_000, 35_000, 80_000, 400_000} }

func groups() []string { return []string{"cleaning", "green", "kitchen", "guests", "office"} }

// someGigs are of three cooperatives, most of the first.
func someGigs(random *rand.Rand, many int) []jobs.Document {
	docs := make([]jobs.Document, many)
	for i := range docs {
		town := towns()[random.IntN(len(towns()))]
		d := jobs.Document{
			Gig: GigID(i + 1), Cooperative: Cooperative(pick(random, []byte{1, 1, 1, 1, 1, 1, 1, 1, 2, 3})),
			Title: pick(random, []string{"Ramen lappen", "Kantoor schoonmaken", "Tuin harken", "Soep koken"}), Description: "Alles staat klaar.", Language: members.Dutch,
			PlaceCode: town.code, PlaceName: town.code, Place: town.at, Remote: random.IntN(20) == 0,
			ClientKind: members.Organisation, Rate: payments.Cents(1400 + 10*random.IntN(140)), Load: pick(random, jobs.Loads()),
			SupportOnSite: random.IntN(3) == 0, WithOthers: random.IntN(2) == 0,
		}
		for range random.IntN(3) {
			group(pick(random, groups()))(&d)
		}
		for range 1 + random.IntN(3) {
			d.Starts = append(d.Starts, midnight().Add(time.Duration(random.IntN(14*24*4))*15*time.Minute))
		}
		slices.SortFunc(d.Starts, time.Time.Compare)
		d.First = d.Starts[0]
		docs[i] = d
	}
	return docs
}

// someQuery asks for one to five things at once, in some order, on some page.
func someQuery(random *rand.Rand, docs []jobs.Document) jobs.Query {
	q := jobs.Query{Cooperative: Cooperative(pick(random, []byte{1, 1, 1, 2, 3, 4})), Near: pick(random, towns()).at,
		Sort: pick(random, jobs.Sorts()), Page: 1 + random.IntN(3), Size: pick(random, []int{5, 20, 100}), Count: random.IntN(4) > 0}
	if random.IntN(3) == 0 {
		q.Metres = pick(random, radii())
	}
	for range 1 + random.IntN(4) {
		switch random.IntN(11) {
		case 0:
			q.Groups = append(q.Groups, pick(random, groups()))
		case 1:
			q.Loads = append(q.Loads, pick(random, jobs.Loads()))
		case 2:
			q.Loads = append(q.Loads, pick(random, jobs.Loads()), pick(random, jobs.Loads()))
		case 3:
			q.Days = append(q.Days, pick(random, jobs.Weekdays()), pick(random, jobs.Weekdays()))
		case 4:
			q.Parts = append(q.Parts, pick(random, jobs.DayParts()))
		case 5:
			q.LeastPay = pick(random, jobs.PayChoices())
		case 6:
			q.Support = true
		case 7:
			q.Others = true
		case 8:
			q.From = midnight().Add(time.Duration(random.IntN(200)) * time.Hour)
			q.Until = q.From.Add(time.Duration(random.IntN(100)) * time.Hour)
		case 9:
			q.Dates = append(q.Dates, string(members.DayOf(pick(random, docs).First)))
		case 10:
			for range 200 {
				q.Only = append(q.Only, pick(random, docs).Gig)
			}
			q.Ranked = random.IntN(2) == 0
		}
	}
	return q
}

func pick[T any](random *rand.Rand, of []T) T { return of[random.IntN(len(of))] }
