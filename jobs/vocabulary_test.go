package jobs_test

import (
	"cmp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"meent/jobs"
	"meent/members"
)

func vocabulary(t *testing.T) *jobs.Vocabulary {
	t.Helper()
	v, err := jobs.ReadVocabulary()
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestInsideLongWords(t *testing.T) {
	v := vocabulary(t)
	for word, want := range map[string]string{
		"kantoorschoonmaak": "kantoor schoonmaak schoonmaken", "schoonmaakwerk": "schoonmaak schoonmaken",
		"trappenhuisschoonmaak": "schoonmaak schoonmaken", "hondenuitlaatservice": "honden uitlaat uitlaten",
		"tuinwerk": "tuin", "strijkwerk": "strijk strijken", "kinderboerderij": "kinder kinderen boerderij",
		"groentesoep": "groente soep", "boodschappendienst": "boodschappen", "bedrijfskantine": "kantine",
		"fietsenmaker": "fietsen", "kringloopwinkel": "kringloop winkel", "huisdieren": "huis dieren",
		// and nothing in these
		"schoonmaken": "", "herstellen": "", "overleggen": "", "onderhouden": "", "gereedschap": "", "verzorgingshuis": "",
		"verjaardag": "", "programma": "", "handschoenen": "", "vrijwilligers": "", "collega": "", "werkplaats": "", "buurthuis": "",
		"stoffering": "", "aan": "", "": "", "é": "",
	} {
		if got := strings.Join(v.Inside(word), " "); got != want {
			t.Errorf("inside %q is %q, want %q", word, got, want)
		}
	}
}

func TestMoreKnowsWorkThatTheTextNames(t *testing.T) {
	v := vocabulary(t)
	for _, tt := range []struct {
		name string
		d    jobs.Document
		has  string
		not  string
	}{
		{"in the title", jobs.Document{Title: "Ramen lappen bij de school"}, "glazenwassen", "stofzuiger"},
		{"in a sentence", jobs.Document{Title: "Hulp gevraagd", Description: "Je komt langs. Daarna laat je honden uit, of je gaat de honden uitlaten."}, "wandelen", ""},
		{"over two sentences", jobs.Document{Title: "Hulp", Description: "Je kijkt naar de ramen. Daarna ga je lappen vouwen."}, "", "glazenwassen"},
		{"in English", jobs.Document{Title: "Mowing lawns", Language: members.English}, "grasmaaier", ""},
		{"Dutch words in English", jobs.Document{Title: "The Strijken street", Language: members.English}, "", "strijkijzer"},
		{"a synonym that is one work", jobs.Document{Title: "Orderpicken in Arnhem"}, "bestellingen", ""},
		{"a place is no work", jobs.Document{Title: "Helpen in het restaurant", Description: "Voor het ziekenhuis."}, "", "bediening"},
		{"a skill that it asks", jobs.Document{Title: "Strijken", Skills: []members.Skill{{Code: "ironing", NL: "Strijken"}}}, "", "strijkijzer"},
		{"kind of work", jobs.Document{Title: "Honden uitlaten", Skills: []members.Skill{{Code: "dog-walking", GroupCode: "animals"}}}, "dieren", "keuken"},
		{"hours", jobs.Document{Title: "Afwas", First: time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)}, "avonds", "ochtend"},
		{"day", jobs.Document{Title: "Afwas", First: time.Date(2026, 11, 28, 18, 0, 0, 0, time.UTC)}, "zaterdag", "zondag"},
		{"at home", jobs.Document{Title: "Typen", Remote: true}, "thuiswerk", ""},
		{"not at home", jobs.Document{Title: "Typen"}, "", "thuiswerk"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.d.Language = cmp.Or(tt.d.Language, members.Dutch)
			more := v.More(tt.d)
			if tt.has != "" && !slices.Contains(more, tt.has) {
				t.Errorf("%q is not in %q", tt.has, more)
			}
			if tt.not != "" && slices.Contains(more, tt.not) {
				t.Errorf("%q is in %q", tt.not, more)
			}
		})
	}
}

// TestMoreOfAnyText: few words, each once, none that the gig has itself.
func TestMoreOfAnyText(t *testing.T) {
	v := vocabulary(t)
	rapid.Check(t, func(t *rapid.T) {
		d := jobs.Document{Title: rapid.String().Draw(t, "title"), Description: rapid.String().Draw(t, "description"), Language: members.Dutch}
		more := v.More(d)
		own := jobs.Words(d.Title + " " + d.Description)
		for i, word := range more {
			if slices.Contains(own, word) || slices.Contains(more[:i], word) || len(jobs.Words(word)) != 1 {
				t.Errorf("%q is in %q", word, more)
			}
		}
		if len(more) > 200 {
			t.Errorf("%d words", len(more))
		}
	})
}

func TestSynonyms(t *testing.T) {
	same := vocabulary(t).Synonyms()
	for word, want := range map[string][]string{
		"glazenwassen": {"ramen lappen"}, "ramen lappen": {"glazenwassen"}, "orderpicken": {"bestellingen verzamelen"},
		"restaurant": nil, "ziekenhuis": nil, "poetsen": nil,
	} {
		if got := same[word]; !slices.Equal(got, want) {
			t.Errorf("%q means %q, want %q", word, got, want)
		}
	}
}
