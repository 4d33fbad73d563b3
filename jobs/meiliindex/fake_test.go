package meiliindex_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
)

// fakeKey is the master key of the fake.
const fakeKey = "a-master-key-of-the-fake"

// fake is a small stand-in for Meilisearch: the routes that the adapter uses,
// with what it believes of their behaviour. It does a task when it is asked
// for the second time, so that nobody gets by without waiting. It refuses what
// it does not know.
type fake struct {
	*httptest.Server
	mu      sync.Mutex
	indexes map[string]*fakeIndex
	tasks   []*fakeTask
	keys    map[string]fakeAPIKey
	over    chan struct{}

	stale   bool                      // leaves every task undone
	slow    bool                      // answers nothing
	failing *fakeError                // what comes of putting documents
	lost    bool                      // says that tasks are done, and does none
	status  string                    // what it says of a task that is done
	wrong   func(r string) (int, any) // answers instead, to "POST /path", unless 0
	asked   []string                  // the requests so far
	sent    string                    // the newest body of a search
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
	Type    string `json:"type"`
	Link    string `json:"link"`
}

func refuse(status int, code, message string) *fakeError {
	return &fakeError{status: status, Code: code, Message: message}
}

// call is a request whose sender may make it.
type call struct {
	*http.Request
	body *json.Decoder
	wall map[string]string // filters by index that the sender's token demands
}

// read decodes the body, and refuses fields that it does not know.
func (c call) read(into any) *fakeError {
	c.body.DisallowUnknownFields()
	if err := c.body.Decode(into); err != nil {
		return refuse(400, "bad_request", err.Error())
	}
	return nil
}

func newFake(t *testing.T) *fake {
	t.Helper()
	f := &fake{indexes: map[string]*fakeIndex{}, keys: map[string]fakeAPIKey{}, over: make(chan struct{}), status: "succeeded"}
	mux := http.NewServeMux()
	for route, r := range map[string]struct {
		action string
		handle func(call) (int, any)
	}{
		"GET /indexes":                               {"indexes.get", f.listIndexes},
		"POST /indexes":                              {"indexes.create", f.createIndex},
		"DELETE /indexes/{uid}":                      {"indexes.delete", f.deleteIndex},
		"POST /swap-indexes":                         {"indexes.swap", f.swapIndexes},
		"PATCH /indexes/{uid}/settings":              {"settings.update", f.changeSettings},
		"POST /indexes/{uid}/documents":              {"documents.add", f.addDocuments},
		"POST /indexes/{uid}/documents/delete-batch": {"documents.delete", f.deleteBatch},
		"POST /indexes/{uid}/documents/fetch":        {"documents.get", f.fetchDocuments},
		"GET /indexes/{uid}/documents/{id}":          {"documents.get", f.document},
		"GET /tasks/{uid}":                           {"tasks.get", f.task},
		"POST /multi-search":                         {"search", f.multiSearch},
		"GET /keys/{uid}":                            {"keys.get", f.getKey},
		"POST /keys":                                 {"keys.create", f.createKey},
	} {
		mux.HandleFunc(route, f.answer(r.action, r.handle))
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

// requests tells what was asked so far, and what the newest search was.
func (f *fake) requests() (asked []string, sent string) {
	f.mu.Lock()
	defer f.mu.Unlock()
	return slices.Clone(f.asked), f.sent
}

func (f *fake) answer(action string, handle func(call) (int, any)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		status, answer := f.decide(r, action, handle)
		if e, ok := answer.(*fakeError); ok {
			status = e.status
		}
		if status == 0 { // slow: until the test is over
			<-f.over
			return
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		if raw, ok := answer.(string); ok {
			_, _ = w.Write([]byte(raw))
			return
		}
		_ = json.NewEncoder(w).Encode(answer)
	}
}

func (f *fake) decide(r *http.Request, action string, handle func(call) (int, any)) (int, any) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.asked = append(f.asked, r.Method+" "+r.URL.Path)
	if f.slow {
		return 0, nil
	}
	if f.wrong != nil {
		if status, answer := f.wrong(r.Method + " " + r.URL.Path); status != 0 {
			return status, answer
		}
	}
	index := ""
	if strings.HasPrefix(r.URL.Path, "/indexes/") {
		index = r.PathValue("uid")
	}
	wall, err := f.mayDo(strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer "), action, index)
	if err != nil {
		return 0, err
	}
	return handle(call{r, json.NewDecoder(r.Body), wall})
}

func (f *fake) enqueue(work func() *fakeError) (int, any) {
	f.tasks = append(f.tasks, &fakeTask{work: work})
	return 202, map[string]any{"taskUid": len(f.tasks) - 1, "status": "enqueued"}
}

func (f *fake) task(c call) (int, any) {
	uid, err := strconv.Atoi(c.PathValue("uid"))
	if err != nil || uid >= len(f.tasks) {
		return 0, refuse(404, "task_not_found", "no such task")
	}
	task := f.tasks[uid]
	if task.asked++; f.stale || task.asked < 2 {
		return 200, map[string]any{"uid": uid, "status": "processing", "error": nil}
	}
	f.work(uid)
	if task.err != nil {
		return 200, map[string]any{"uid": uid, "status": "failed", "error": task.err}
	}
	return 200, map[string]any{"uid": uid, "status": f.status, "error": nil}
}

// work does all tasks up to this one, in their order.
func (f *fake) work(uid int) {
	for _, task := range f.tasks[:uid+1] {
		if task.work != nil && !f.lost {
			task.err = task.work()
		}
		task.work = nil
	}
}
