package meiliindex_test

import (
	"io"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
)

// listen keeps what was sent to the fake as a bearer with each search.
type listen struct {
	http.Handler
	mu      sync.Mutex
	bearers []string
}

func (l *listen) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	if r.URL.Path == "/multi-search" {
		l.mu.Lock()
		l.bearers = append(l.bearers, strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "))
		l.mu.Unlock()
	}
	l.Handler.ServeHTTP(w, r)
}

// heard is the bearer of the n-th search.
func (l *listen) heard(n int) string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.bearers[n]
}

func listenTo(f *fake) *listen {
	l := &listen{Handler: f.Config.Handler}
	f.Config.Handler = l
	return l
}

func walled(t *testing.T, index *meiliindex.Index, want bool) {
	t.Helper()
	if got, err := index.Walled(t.Context()); err != nil || got != want {
		t.Errorf("Walled is %v, %v; want %v", got, err, want)
	}
}

// TestTokensKeepCooperativesApart: with the token of one, no filter at all
// reaches the gigs of another.
func TestTokensKeepCooperativesApart(t *testing.T) {
	f := newFake(t)
	l := listenTo(f)
	index := open(t, f.config())
	theirs := titled(2, "Ramen zemen")
	theirs.Cooperative = indextest.Cooperative(2)
	put(t, index, titled(1, "Ramen lappen"), theirs)
	finds(t, index, jobs.Query{}, 1)
	finds(t, index, jobs.Query{Cooperative: indextest.Cooperative(2)}, 2)
	walled(t, index, true)
	for i, want := range []string{"000001", "000002"} {
		for _, filter := range []string{`null`, `"cooperative EXISTS"`, `"first >= 0"`, `["first >= 0 OR first < 9"]`, `"cooperative = \"` + indextest.Cooperative(2).String() + `\""`} {
			answer := raw(t, f, l.heard(i), `{"queries":[{"indexUid":"gigs_v4","q":"","matchingStrategy":"all","page":1,"hitsPerPage":9,"attributesToRetrieve":["id"],"filter":`+filter+`}]}`)
			if other := map[string]string{"000001": "000002", "000002": "000001"}[want]; strings.Contains(answer, other) {
				t.Errorf("the token of %s with %s found %s", want, filter, answer)
			}
		}
	}
	if l.heard(0) == l.heard(1) || l.heard(0) == fakeKey || l.heard(1) == fakeKey {
		t.Error("a search went without its own token")
	}
}

func raw(t *testing.T, f *fake, bearer, body string) string {
	t.Helper()
	r, err := http.NewRequest(http.MethodPost, f.URL+"/multi-search", strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+bearer)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestSearchKeyHasLeastRights: it may search the one index; there is one for
// all programs, and it is made once.
func TestSearchKeyHasLeastRights(t *testing.T) {
	f := newFake(t)
	var all sync.WaitGroup
	for range 4 {
		all.Go(func() {
			index := open(t, f.config())
			for range 2 {
				finds(t, index, jobs.Query{})
			}
		})
	}
	all.Wait()
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.keys) != 1 {
		t.Errorf("there are %d keys", len(f.keys))
	}
	for _, key := range f.keys {
		if !slices.Equal(key.Actions, []string{"search"}) || !slices.Equal(key.Indexes, []string{"gigs_v4"}) {
			t.Errorf("the key is %+v", key)
		}
	}
	if made := len(slices.DeleteFunc(f.asked, func(asked string) bool { return asked != "POST /keys" })); made > 4 {
		t.Errorf("a key was asked for %d times", made)
	}
}

// TestTokensEnd: one that is too old finds nothing, and the next search has a
// new one.
func TestTokensEnd(t *testing.T) {
	f := newFake(t)
	l := listenTo(f)
	config := f.config()
	now := time.Now()
	config.Now = func() time.Time { return now }
	index := open(t, config)
	put(t, index, ramen()...)
	finds(t, index, jobs.Query{}, 1)
	now = now.Add(time.Minute)
	finds(t, index, jobs.Query{}, 1)
	if l.heard(0) == l.heard(1) {
		t.Error("a minute later the token is the same")
	}
	now = now.Add(-time.Hour) // a clock that is wrong
	if hits, err := find(index); err == nil {
		t.Errorf("a token of the past found %v", hits)
	}
}

// limited is a key that may do all that the index needs but for keys.
func (f *fake) limited() string {
	return f.addKey(fakeAPIKey{UID: "10000000-0000-4000-8000-000000000000", Indexes: []string{"gigs_*"}, Actions: []string{"search", "documents.add",
		"documents.get", "documents.delete", "indexes.create", "indexes.get", "indexes.delete", "indexes.swap", "settings.update", "tasks.get"}}).Key
}

// TestKeyThatMayNotManageKeys: it goes on without tokens, and says so.
func TestKeyThatMayNotManageKeys(t *testing.T) {
	f := newFake(t)
	l := listenTo(f)
	config := f.config()
	config.Key = f.limited()
	index := open(t, config)
	if err := index.Replace(t.Context(), ramen()); err != nil {
		t.Fatal(err)
	}
	put(t, index, titled(2, "Ramen zemen"))
	if err := index.Remove(t.Context(), []jobs.GigID{indextest.GigID(1)}); err != nil {
		t.Fatal(err)
	}
	finds(t, index, jobs.Query{}, 2)
	finds(t, index, jobs.Query{Cooperative: indextest.Cooperative(2)})
	walled(t, index, false)
	if l.heard(0) != config.Key {
		t.Error("the search went with another key")
	}
}

// TestServerWithoutMasterKey: it has no keys, so there are no tokens.
func TestServerWithoutMasterKey(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() { f.wrong = only("GET /keys/", 401, `{"code":"missing_master_key","message":"no"}`) })
	walled(t, index, false)
}

// TestRefusedOnce: that the server refused is not believed for ever, and meanwhile it
// is not asked with every search.
func TestRefusedOnce(t *testing.T) {
	f := newFake(t)
	config, now := f.config(), time.Now()
	config.Now = func() time.Time { return now }
	index := open(t, config)
	f.set(func() {
		f.wrong = only("GET /keys/", 403, `{"code":"invalid_api_key","message":"no"}`)
		f.asked = nil
	})
	walled(t, index, false)
	walled(t, index, false)
	if asked, _ := f.requests(); len(asked) != 1 {
		t.Errorf("it asked %v", asked)
	}
	f.set(func() { f.wrong = nil })
	walled(t, index, false)
	now = now.Add(time.Minute)
	walled(t, index, true)
}

// TestKeyWithOtherRights: a key in our name that may do more is not used.
func TestKeyWithOtherRights(t *testing.T) {
	for name, change := range map[string]func(*fakeAPIKey){
		"more actions": func(k *fakeAPIKey) { k.Actions = []string{"search", "documents.add"} },
		"all indexes":  func(k *fakeAPIKey) { k.Indexes = []string{"*"} },
		"another uid":  func(k *fakeAPIKey) { k.UID = "20000000-0000-4000-8000-000000000000" },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			finds(t, open(t, f.config()), jobs.Query{})
			f.set(func() {
				for uid, key := range f.keys {
					change(&key)
					f.keys[uid] = key
				}
			})
			if _, err := find(open(t, f.config())); err == nil {
				t.Error("it searched all the same")
			}
		})
	}
}

// TestKeysNotAnswering: without an answer about keys there is no search, rather
// than one without its wall.
func TestKeysNotAnswering(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() { f.wrong = only("GET /keys/", 500, "down"); f.asked = nil })
	_, err := find(index)
	if asked, _ := f.requests(); err == nil || slices.Contains(asked, "POST /multi-search") {
		t.Errorf("Search says %v and asked %v", err, asked)
	}
	f.set(func() { f.wrong = nil })
	walled(t, index, true)
}
