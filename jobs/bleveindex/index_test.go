package bleveindex_test

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"meent/jobs"
	"meent/jobs/bleveindex"
	"meent/jobs/indextest"
	"meent/members"
)

func open(t testing.TB, folder string) *bleveindex.Index {
	t.Helper()
	index, err := bleveindex.Open(folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = index.Close() })
	return index
}

func TestPassing(t *testing.T) {
	indextest.Run(t, func(t *testing.T) jobs.Index { return open(t, "") })
}

func TestInFolder(t *testing.T) {
	indextest.Run(t, func(t *testing.T) jobs.Index { return open(t, t.TempDir()) }, indextest.Many(500))
}

// filledFolder is a folder with a filled index of one gig.
func filledFolder(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	index := open(t, folder)
	doc := jobs.Document{Gig: indextest.GigID(1), Cooperative: indextest.Cooperative(1), Title: "Ramen lappen"}
	if err := index.Replace(context.Background(), []jobs.Document{doc}); err != nil {
		t.Fatal(err)
	}
	if err := index.Close(); err != nil {
		t.Fatal(err)
	}
	return folder
}

// holds opens the folder and checks what is left in it.
func holds(t *testing.T, folder string, gigs int, filled bool) {
	t.Helper()
	index := open(t, folder)
	hits, err := index.Search(context.Background(), jobs.Query{Cooperative: indextest.Cooperative(1), Text: "ramen"})
	if err != nil || hits.Total != gigs {
		t.Errorf("holds %d gigs, %v; want %d", hits.Total, err, gigs)
	}
	if got, err := index.Filled(context.Background()); err != nil || got != filled {
		t.Errorf("Filled is %v, %v; want %v", got, err, filled)
	}
}

func TestOpenAgainKeepsTheGigs(t *testing.T) {
	holds(t, filledFolder(t), 1, true)
}

func TestOpenAnotherVersionStartsAnew(t *testing.T) {
	folder := filledFolder(t)
	old, err := bleve.OpenUsing(filepath.Join(folder, "gigs.bleve"), map[string]any{"unsafe_batch": false, "scorchPersisterOptions": map[string]any{"PersisterNapTimeMSec": 0}})
	if err != nil {
		t.Fatal(err)
	}
	if err := old.SetInternal([]byte("version"), []byte("0")); err != nil {
		t.Fatal(err)
	}
	if err := old.Close(); err != nil {
		t.Fatal(err)
	}
	holds(t, folder, 0, false)
}

func TestOpenDamagedStartsAnew(t *testing.T) {
	for _, damaged := range []string{"gigs.bleve/index_meta.json", "gigs.bleve/store/root.bolt"} {
		folder := filledFolder(t)
		other := filepath.Join(folder, "not-ours")
		for _, path := range []string{other, filepath.Join(folder, damaged)} {
			if err := os.WriteFile(path, []byte("{"), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		holds(t, folder, 0, false)
		if _, err := os.Stat(other); err != nil {
			t.Errorf("another file in the folder is gone: %v", err)
		}
	}
}

func TestOpenWhileOpenSaysSo(t *testing.T) {
	folder := t.TempDir()
	first := open(t, folder)
	if _, err := bleveindex.Open(folder); err == nil {
		t.Error("two have the folder open")
	}
	doc := jobs.Document{Gig: indextest.GigID(1), Cooperative: indextest.Cooperative(1), Title: "Ramen lappen"}
	if err := first.Put(context.Background(), []jobs.Document{doc}); err != nil {
		t.Errorf("the first lost its folder: %v", err)
	}
}

// TestSearchAfterClose: whoever comes too late is told so.
func TestSearchAfterClose(t *testing.T) {
	index := open(t, "")
	if err := index.Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := index.Search(context.Background(), jobs.Query{Cooperative: indextest.Cooperative(1)}); err == nil {
		t.Error("a closed index answers")
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	index = open(t, "")
	put(t, index, jobs.Document{Gig: indextest.GigID(1), Cooperative: indextest.Cooperative(1), Title: "Ramen lappen"})
	if _, err := index.Search(ctx, jobs.Query{Cooperative: indextest.Cooperative(1)}); err == nil {
		t.Error("a search that nobody waits for goes on")
	}
}

// TestPutsTogether: what many bring at once is all there when each of them is
// told so.
func TestPutsTogether(t *testing.T) {
	index := open(t, "")
	var all sync.WaitGroup
	for i := range 40 {
		all.Go(func() {
			d := jobs.Document{Gig: indextest.GigID(i + 1), Cooperative: indextest.Cooperative(1), Title: "Ramen lappen", Language: members.Dutch, First: indextest.Morning()}
			if err := index.Put(t.Context(), []jobs.Document{d}); err != nil {
				t.Error(err)
			}
			found, err := index.Search(t.Context(), jobs.Query{Cooperative: indextest.Cooperative(1), Text: "ramen", Size: 50})
			if err != nil || !slices.Contains(found.Gigs, d.Gig) {
				t.Errorf("gig %d is not found: %v, %v", i+1, found, err)
			}
		})
	}
	all.Wait()
}
