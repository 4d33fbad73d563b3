package bleveindex_test

import (
	"context"
	"slices"
	"testing"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/jobs/indextest"
	"meent/members"
)

// written are gigs with texts of one's own: title, description, further words.
func written(t *testing.T, texts ...[3]string) *bleveindex.Index {
	t.Helper()
	index := open(t, "")
	for i, text := range texts {
		put(t, index, jobs.Document{Gig: indextest.GigID(i + 1), Cooperative: indextest.Cooperative(1), Title: text[0], Description: text[1],
			More: jobs.Words(text[2]), Language: members.Dutch, First: indextest.Morning()})
	}
	return index
}

func finds(t *testing.T, index *bleveindex.Index, text string, want ...int) {
	t.Helper()
	hits, err := index.Search(context.Background(), jobs.Query{Cooperative: indextest.Cooperative(1), Text: text})
	ids := make([]jobs.GigID, len(want))
	for i, n := range want {
		ids[i] = indextest.GigID(n)
	}
	if err != nil || !slices.Equal(hits.Gigs, ids) || hits.Total != len(ids) {
		t.Errorf("%q found %v (%d, %v), want %v", text, hits.Gigs, hits.Total, err, want)
	}
}

func TestBestWayFirst(t *testing.T) {
	index := written(t, [3]string{"Kantoor", "", "schoonmaak"}, [3]string{"Hulp", "Ook wat schoonmaak."}, [3]string{"Schoonmaak"}, [3]string{"Schoonmaakster"})
	finds(t, index, "schoonmaak", 3, 2, 4, 1)
	finds(t, index, "schoonm", 3, 4, 1, 2)
	finds(t, index, "schoonmaakten")
}

func TestLongWordsOfTwoKnownOnes(t *testing.T) {
	index := written(t, [3]string{"Schoonmaak", "Bij ons op kantoor."}, [3]string{"Schoonmaak", "In een school."}, [3]string{"Hulp", "Verzorging van dieren."})
	finds(t, index, "kantoorschoonmaak", 1)
	finds(t, index, "schoonmaakkantoor", 1)
	finds(t, index, "verzorgingshulp", 3)
	finds(t, index, "tuinschoonmaak")
}

// TestTyposOnlyOfUnknownWords: and what another cooperative knows says nothing.
func TestTyposOnlyOfUnknownWords(t *testing.T) {
	index := written(t, [3]string{"Koken"}, [3]string{"Kopen"}, [3]string{"Één ënkel wóórd: straße"})
	finds(t, index, "koken", 1)
	finds(t, index, "kohen", 1, 2)
	finds(t, index, "straze", 3)
	finds(t, index, "strasze")
	put(t, index, jobs.Document{Gig: indextest.GigID(9), Cooperative: indextest.Cooperative(2), Title: "Kohen"})
	finds(t, index, "kohen", 1, 2)
}
