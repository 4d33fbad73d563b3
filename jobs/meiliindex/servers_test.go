package meiliindex_test

import (
	"context"
	"crypto/rand"
	"os"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/meilisearch/meilisearch-go"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
)

// onEach runs the test against the fake, and against the server at MEILI_URL
// when there is one. There the index has a name of its own, and nothing stays.
func onEach(t *testing.T, test func(*testing.T, meiliindex.Config)) {
	t.Run("fake", func(t *testing.T) { test(t, newFake(t).config()) })
	if url := os.Getenv("MEILI_URL"); url != "" && url != "none" {
		t.Run("real", func(t *testing.T) { test(t, realConfig(t, url)) })
	}
}

func (f *fake) config() meiliindex.Config {
	return meiliindex.Config{URL: f.URL, Key: fakeKey, Now: ticking()}
}

func realConfig(t *testing.T, url string) meiliindex.Config {
	c := meiliindex.Config{URL: url, Key: os.Getenv("MEILI_KEY"), Name: "test-" + strings.ToLower(rand.Text())}
	t.Cleanup(func() {
		server := meilisearch.New(c.URL, meilisearch.WithAPIKey(c.Key))
		indexes, err := server.ListIndexes(&meilisearch.IndexesQuery{Limit: 1_000})
		if err != nil {
			t.Fatal(err)
		}
		for _, index := range indexes.Results {
			if strings.HasPrefix(index.UID, c.Name) {
				_, _ = server.DeleteIndex(index.UID)
			}
		}
		keys, err := server.GetKeys(&meilisearch.KeysQuery{Limit: 1_000})
		if err != nil {
			return // this key may not manage keys, and so there is none
		}
		for _, key := range keys.Results {
			if strings.HasPrefix(key.Name, "meent "+c.Name) {
				_, _ = server.DeleteKey(key.UID)
			}
		}
	})
	return c
}

// ticking is a clock that is a second further each time.
func ticking() func() time.Time {
	var seconds atomic.Int64
	began := time.Now()
	return func() time.Time { return began.Add(time.Duration(seconds.Add(1)) * time.Second) }
}

func open(t *testing.T, config meiliindex.Config) *meiliindex.Index {
	t.Helper()
	index, err := meiliindex.Open(context.Background(), config)
	if err != nil {
		t.Fatal(err)
	}
	return index
}

func put(t *testing.T, index jobs.Index, docs ...jobs.Document) {
	t.Helper()
	if err := index.Put(t.Context(), docs); err != nil {
		t.Fatal(err)
	}
}

func search(t *testing.T, index jobs.Index, q jobs.Query) jobs.Hits {
	t.Helper()
	if q.Cooperative.IsZero() {
		q.Cooperative = indextest.Cooperative(1)
	}
	hits, err := index.Search(t.Context(), q)
	if err != nil {
		t.Fatalf("%+v: %v", q, err)
	}
	return hits
}

// finds checks which gigs are found, in their order.
func finds(t *testing.T, index jobs.Index, q jobs.Query, want ...int) {
	t.Helper()
	hits := search(t, index, q)
	same := len(hits.Gigs) == len(want) && hits.Total == len(want)
	for i := 0; same && i < len(want); i++ {
		same = hits.Gigs[i] == indextest.GigID(want[i])
	}
	if !same {
		t.Errorf("%+v found %d: %v, want %v", q, hits.Total, hits.Gigs, want)
	}
}

// titled is the n-th gig, with this title.
func titled(n int, title string) jobs.Document {
	return jobs.Document{Gig: indextest.GigID(n), Cooperative: indextest.Cooperative(1), Title: title,
		First: indextest.Morning().Add(time.Duration(n) * time.Hour)}
}

func ramen() []jobs.Document { return []jobs.Document{titled(1, "Ramen lappen")} }

func find(index *meiliindex.Index) (jobs.Hits, error) {
	return index.Search(context.Background(), jobs.Query{Cooperative: indextest.Cooperative(1), Text: "ramen"})
}
