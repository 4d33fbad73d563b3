package meiliindex_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strconv"
	"sync"
	"testing"
)

const fakeKey = "a-key"

// fake is a small stand-in for Meilisearch: the routes that the adapter uses,
// with what it believes of their behaviour. It does a task when it is asked
// for the second time, so that nobody gets by without waiting.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	indexes map[string]*fakeIndex
	tasks   []*fakeTask
	stale   bool // leaves every task undone
	slow    bool // answers nothing
	over    chan struct{}
}

type fakeIndex struct {
	settings fakeSettings
	docs     map[string]fakeDoc
}

type fakeDoc map[string]any

type fakeSettings struct {
	Searchable []string `json:"searchableAttributes"`
	Displayed  []string `json:"displayedAttributes"`
	Filterable []string `json:"filterableAttributes"`
	Sortable   []string `json:"sortableAttributes"`
	Typo       struct {
		MinWordSize struct{ OneTypo, TwoTypos int } `json:"minWordSizeForTypos"`
	} `json:"typoTolerance"`
	Pagination struct{ MaxTotalHits int } `json:"pagination"`
}

type fakeTask struct {
	work  func() *fakeError
	err   *fakeError
	asked int
}

type fakeError struct {
	status  int
	Code    string `json:"code"`
	Message string `json:"message"`
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{indexes: map[string]*fakeIndex{}, over: make(chan struct{})}
	mux := http.NewServeMux()
	for route, handle := range map[string]func(*http.Request, *json.Decoder) (int, any){
		"POST /indexes":                              f.createIndex,
		"PATCH /indexes/{uid}/settings":              f.changeSettings,
		"POST /indexes/{uid}/documents":              f.addDocuments,
		"POST /indexes/{uid}/documents/delete-batch": f.deleteBatch,
		"POST /indexes/{uid}/documents/delete":       f.deleteByFilter,
		"GET /indexes/{uid}/documents/{id}":          f.document,
		"GET /tasks/{uid}":                           f.task,
		"POST /indexes/{uid}/documents/fetch":        f.fetchDocuments,
		"POST /indexes/{uid}/search":                 f.search,
	} {
		mux.HandleFunc(route, f.answer(handle))
	}
	f.Server = httptest.NewServer(mux)
	t.Cleanup(func() { close(f.over); f.Close() })
	return f
}

// set changes how the fake behaves.
func (f *fake) set(change func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	change()
}

func (f *fake) answer(handle func(*http.Request, *json.Decoder) (int, any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		status, answer := f.decide(r, handle)
		if e, ok := answer.(*fakeError); ok {
			status = e.status
		}
		if status == 0 { // slow: until the test is over
			<-f.over
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(answer)
	}
}

func (f *fake) decide(r *http.Request, handle func(*http.Request, *json.Decoder) (int, any)) (int, any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	body := json.NewDecoder(r.Body)
	switch {
	case f.slow:
		return 0, nil
	case r.Header.Get("Authorization") != "Bearer "+fakeKey:
		return 0, &fakeError{403, "invalid_api_key", "The provided API key is invalid."}
	}
	return handle(r, body)
}

func (f *fake) enqueue(work func() *fakeError) (int, any) {
	f.tasks = append(f.tasks, &fakeTask{work: work})
	return 202, map[string]any{"taskUid": len(f.tasks) - 1, "status": "enqueued"}
}

func (f *fake) task(r *http.Request, _ *json.Decoder) (int, any) {
	uid, err := strconv.Atoi(r.PathValue("uid"))
	if err != nil || uid >= len(f.tasks) {
		return 0, &fakeError{404, "task_not_found", "no such task"}
	}
	task := f.tasks[uid]
	if task.asked++; f.stale || task.asked < 2 {
		return 200, map[string]any{"uid": uid, "status": "processing"}
	}
	f.work(uid)
	if task.err != nil {
		return 200, map[string]any{"uid": uid, "status": "failed", "error": task.err}
	}
	return 200, map[string]any{"uid": uid, "status": "succeeded"}
}

// work does all tasks up to this one, in their order.
func (f *fake) work(uid int) {
	for _, task := range f.tasks[:uid+1] {
		if task.work != nil {
			task.err, task.work = task.work(), nil
		}
	}
}

func (f *fake) createIndex(_ *http.Request, body *json.Decoder) (int, any) {
	var asked struct{ UID, PrimaryKey string }
	if err := body.Decode(&asked); err != nil || asked.UID == "" || asked.PrimaryKey != "id" {
		return 0, &fakeError{400, "bad_request", "index wants uid and primary key"}
	}
	return f.enqueue(func() *fakeError {
		if f.indexes[asked.UID] != nil {
			return &fakeError{0, "index_already_exists", "Index already exists."}
		}
		f.indexes[asked.UID] = &fakeIndex{docs: map[string]fakeDoc{}}
		return nil
	})
}

// change enqueues work on the index of the address.
func (f *fake) change(r *http.Request, work func(*fakeIndex) *fakeError) (int, any) {
	uid := r.PathValue("uid")
	return f.enqueue(func() *fakeError {
		index := f.indexes[uid]
		if index == nil {
			return &fakeError{0, "index_not_found", "no index " + uid}
		}
		return work(index)
	})
}

func (f *fake) changeSettings(r *http.Request, body *json.Decoder) (int, any) {
	var settings fakeSettings
	if err := body.Decode(&settings); err != nil {
		return 0, &fakeError{400, "bad_request", err.Error()}
	}
	return f.change(r, func(index *fakeIndex) *fakeError {
		index.settings = settings
		return nil
	})
}

func (f *fake) addDocuments(r *http.Request, body *json.Decoder) (int, any) {
	var docs []fakeDoc
	if err := body.Decode(&docs); err != nil {
		return 0, &fakeError{400, "malformed_payload", err.Error()}
	}
	return f.change(r, func(index *fakeIndex) *fakeError {
		for _, doc := range docs {
			index.docs[fmt.Sprint(doc["id"])] = doc
		}
		return nil
	})
}

func (f *fake) deleteBatch(r *http.Request, body *json.Decoder) (int, any) {
	var ids []string
	if err := body.Decode(&ids); err != nil {
		return 0, &fakeError{400, "malformed_payload", err.Error()}
	}
	return f.change(r, func(index *fakeIndex) *fakeError {
		for _, id := range ids {
			delete(index.docs, id)
		}
		return nil
	})
}

func (f *fake) deleteByFilter(r *http.Request, body *json.Decoder) (int, any) {
	var asked struct{ Filter string }
	if err := body.Decode(&asked); err != nil {
		return 0, &fakeError{400, "malformed_payload", err.Error()}
	}
	return f.change(r, func(index *fakeIndex) *fakeError {
		fits, err := parseFilter(asked.Filter, index.settings.Filterable)
		if err != nil {
			return &fakeError{0, "invalid_document_filter", err.Error()}
		}
		for id, doc := range index.docs {
			if fits(doc) {
				delete(index.docs, id)
			}
		}
		return nil
	})
}

func (f *fake) document(r *http.Request, _ *json.Decoder) (int, any) {
	index := f.indexes[r.PathValue("uid")]
	if index == nil {
		return 0, &fakeError{404, "index_not_found", "no such index"}
	}
	doc, ok := index.docs[r.PathValue("id")]
	if !ok {
		return 0, &fakeError{404, "document_not_found", "no such document"}
	}
	return 200, doc
}
