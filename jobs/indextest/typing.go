package indextest

import (
	"slices"
	"testing"

	"meent/jobs"
)

// typing: with every letter that somebody types, from the second on, the gig
// stays in the list. Where a whole word says nothing it finds all.
func typing(t *testing.T, x jobs.Index) {
	put(t, x, town()...)
	for _, d := range town() {
		for _, word := range slices.Concat(jobs.Words(d.Title), jobs.Words(d.PlaceName), jobs.Words(labels(d))) {
			for n := 2; n <= len(word); n++ {
				stays(t, x, jobs.Query{Text: word[:n]}, d.Gig)
			}
		}
	}
	title := "ramen lappen"
	for n := 2; n <= len(title); n++ {
		stays(t, x, jobs.Query{Text: title[:n]}, GigID(1))
		stays(t, x, jobs.Query{Text: "arnhem " + title[:n], Loads: []jobs.Load{jobs.Light}}, GigID(1))
	}
}

func labels(d jobs.Document) (all string) {
	for _, label := range d.Labels() {
		all += " " + label
	}
	return all
}

// stays checks that the gig is among what is found.
func stays(t *testing.T, x jobs.Index, q jobs.Query, gig jobs.GigID) {
	t.Helper()
	q.Size = 100
	if !slices.Contains(search(t, x, q).Gigs, gig) {
		t.Errorf("%q lost the gig %v", q.Text, gig)
	}
}

// compounds: a word is found inside a long one, and a long one by its parts, with
// the vocabulary of the program's own skills.
func compounds(t *testing.T, x jobs.Index) {
	docs := withMore(t, gig(1, "Kantoorschoonmaak"), gig(2, "Schoonmaakwerk in een flat"), gig(3, "Trappenhuisschoonmaak"), gig(4, "Een keuken schoonmaken"),
		gig(5, "Tuinwerk"), gig(6, "Hulp op een kinderboerderij"), gig(7, "Ramen lappen"), gig(8, "Bestellingen verzamelen"), gig(9, "Overleggen"))
	put(t, x, docs...)
	for text, want := range map[string][]int{
		"schoonmaak":         {1, 2, 3, 4},
		"schoonmaken":        {1, 2, 3, 4},
		"schoonm":            {1, 2, 3, 4},
		"kantoor":            {1},
		"kantoor schoonmaak": {1},
		"kantoorschoonmaak":  {1},
		"tuin":               {5},
		"boerderij":          {6},
		"boerdrij":           {6},
		"glazenwassen":       {7}, // its text says so, though it asks no such skill
		"orderpicken":        {8},
		"aan":                {1, 2, 3, 4, 5, 6, 7, 8, 9}, // says nothing
		"leggen":             nil,
	} {
		t.Run(text, func(t *testing.T) { findsSome(t, x, jobs.Query{Text: text}, want...) })
	}
	for n := range 3 {
		stays(t, x, jobs.Query{Text: "schoonmaakk"}, GigID(n+1)) // a typo may find more
	}
}

// withMore gives the gigs their further words, as the program does.
func withMore(t *testing.T, docs ...jobs.Document) []jobs.Document {
	t.Helper()
	vocabulary, err := jobs.ReadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	for i := range docs {
		docs[i].More = vocabulary.More(docs[i])
	}
	return docs
}
