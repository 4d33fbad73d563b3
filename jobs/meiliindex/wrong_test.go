package meiliindex_test

import (
	"errors"
	"strings"
	"testing"

	"meent/jobs"
	"meent/jobs/indextest"
	"meent/jobs/meiliindex"
)

const (
	oneID  = `"00000000-0000-4000-8000-000000000001"`
	secret = "wat een klant schreef"
)

// TestWrongAnswers: whatever comes back, a search ends with an error and not
// with half an answer, and the error repeats nothing.
func TestWrongAnswers(t *testing.T) {
	for name, answer := range map[string]struct {
		status int
		body   string
	}{
		"not JSON":             {200, "<html>" + secret},
		"empty":                {200, ""},
		"nothing":              {200, "null"},
		"cut off":              {200, `{"results":[{"hits":[{"id":` + oneID},
		"a list":               {200, `[1, 2]`},
		"no results":           {200, `{}`},
		"too few results":      {200, `{"results":[]}`},
		"too many results":     {200, `{"results":[{"hits":[]},{"hits":[]}]}`},
		"an id that is none":   {200, `{"results":[{"hits":[{"id":"` + secret + `"}],"totalHits":1}]}`},
		"an id that is a list": {200, `{"results":[{"hits":[{"id":[1]}],"totalHits":1}]}`},
		"no id":                {200, `{"results":[{"hits":[{"gig":1}],"totalHits":1}]}`},
		"more than asked":      {200, `{"results":[{"hits":[{"id":` + oneID + `},{"id":` + oneID + `}],"totalHits":2}]}`},
		"less than none":       {200, `{"results":[{"hits":[],"totalHits":-1}]}`},
		"an error":             {500, `{"message":"Could not read ` + "`" + secret + "`" + `.","code":"internal","type":"internal","link":""}`},
		"an error of a proxy":  {502, "<html>" + secret},
		"a place elsewhere":    {404, "not found"},
		"a success it is not":  {202, `{"taskUid":1,"status":"enqueued"}`},
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			index := open(t, f.config())
			put(t, index, ramen()...)
			f.set(func() { f.wrong = only("POST /multi-search", answer.status, answer.body) })
			hits, err := index.Search(t.Context(), jobs.Query{Cooperative: indextest.Cooperative(1), Text: "ramen", Size: 1})
			if err == nil || len(hits.Gigs)+hits.Total > 0 {
				t.Errorf("found %+v, %v", hits, err)
			}
			if err != nil && strings.Contains(err.Error(), secret) {
				t.Errorf("the error repeats the answer: %v", err)
			}
		})
	}
}

// only answers one request in this way.
func only(request string, status int, body string) func(string) (int, any) {
	return func(asked string) (int, any) {
		if strings.HasPrefix(asked, request) {
			return status, body
		}
		return 0, nil
	}
}

// TestWrongCounts: what is counted must be numbers of what we know.
func TestWrongCounts(t *testing.T) {
	for _, counts := range []string{`[]`, `"x"`, `{"groups":3}`, `{"groups":{"green":"x"}}`, `{"day_parts":{"1":1}}`, `{"part_days":{"morning:many":1}}`} {
		f := newFake(t)
		index := open(t, f.config())
		f.set(func() {
			f.wrong = only("POST /multi-search", 200, `{"results":[{"hits":[],"totalHits":0,"facetDistribution":`+counts+`}]}`)
		})
		if hits, err := index.Search(t.Context(), jobs.Query{Cooperative: indextest.Cooperative(1), Count: true}); err == nil {
			t.Errorf("%s gave %v", counts, hits.Counts)
		}
	}
}

// TestUnknownFields: what a later version adds to its answers does no harm.
func TestUnknownFields(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() {
		f.wrong = only("POST /multi-search", 200, `{"new":1,"results":[{"hits":[{"id":`+oneID+`,"new":{}}],"totalHits":1,"degraded":true,"new":[]}]}`)
	})
	finds(t, index, jobs.Query{Text: "ramen"}, 1)
}

// TestWrongTasks: only what the server says that it did is done.
func TestWrongTasks(t *testing.T) {
	for name, change := range map[string]func(*fake){
		"a status nobody knows": func(f *fake) { f.status = "perhaps" },
		"no status":             func(f *fake) { f.status = "" },
		"called off":            func(f *fake) { f.status = "canceled" },
		"no such task":          func(f *fake) { f.wrong = only("GET /tasks/", 404, `{"code":"task_not_found","message":"no"}`) },
		"tasks in tongues":      func(f *fake) { f.wrong = only("GET /tasks/", 200, "<html>") },
		"it took nothing on":    func(f *fake) { f.wrong = only("POST /indexes/", 202, `{}`) },
		"it made nothing":       func(f *fake) { f.wrong = only("POST /indexes/", 200, `{"taskUid":0,"status":"enqueued"}`) },
		"it is full":            func(f *fake) { f.wrong = only("POST /indexes/", 507, "no room") },
	} {
		t.Run(name, func(t *testing.T) {
			f := newFake(t)
			index := open(t, f.config())
			f.set(func() { change(f) })
			if err := index.Put(t.Context(), ramen()); err == nil {
				t.Error("Put says that it is done")
			}
			if err := index.Remove(t.Context(), []jobs.GigID{indextest.GigID(1)}); err == nil {
				t.Error("Remove says that it is done")
			}
		})
	}
}

// TestEndless: an answer without end is cut off.
func TestEndless(t *testing.T) {
	f := newFake(t)
	index := open(t, f.config())
	f.set(func() {
		f.wrong = only("POST /multi-search", 200, strings.Repeat(" ", 17<<20)+`{"results":[{"hits":[]}]}`)
	})
	if _, err := find(index); err == nil {
		t.Error("17 MB of nothing was read to its end")
	}
}

func TestErrorOfNoAnswer(t *testing.T) {
	index := meiliindex.New(meiliindex.Config{URL: "http://127.0.0.1:1", Key: "hunter2"})
	if _, err := find(index); err == nil || strings.Contains(err.Error(), "hunter2") || !strings.Contains(err.Error(), "no answer") {
		t.Errorf("Search says %v", err)
	}
}

// TestWrongDigests: what the server tells of its documents must be what we put.
func TestWrongDigests(t *testing.T) {
	for _, answer := range []string{"<html>", `{"results":[{"id":"x","digest":"y"}]}`, `{"results":[{"id":3}]}`, `[]`} {
		f := newFake(t)
		index := open(t, f.config())
		f.set(func() { f.wrong = only("POST /indexes/gigs_v4/documents/fetch", 200, answer) })
		if got, err := index.Digests(t.Context()); err == nil {
			t.Errorf("%s tells %v", answer, got)
		}
	}
}

// TestUnfitQuery: a query that the server does not take is told from a server that
// is ill.
func TestUnfitQuery(t *testing.T) {
	for status, want := range map[int]bool{400: true, 403: false, 404: false, 429: false, 500: false, 502: false} {
		f := newFake(t)
		index := open(t, f.config())
		f.set(func() {
			f.wrong = only("POST /multi-search", status, `{"message":"no","code":"invalid_search_q","type":"invalid_request","link":""}`)
		})
		if _, err := find(index); errors.Is(err, jobs.ErrUnfitQuery) != want {
			t.Errorf("%d gives %v", status, err)
		}
	}
}
