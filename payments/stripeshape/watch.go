package stripeshape

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"slices"
	"strings"
	"testing"
	"testing/iotest"
)

// Watch passes everything on to the handler, which is Stripe's API or a part of
// it, and lets the test fail when a request or an answer has not Stripe's shape.
// A request that the handler refused may be as wrong as it likes. The server of
// the watched handler must be closed in the test, or its cleanup.
func Watch(t testing.TB, next http.Handler) http.Handler {
	t.Helper()
	with := given(t)
	if with == nil {
		return next
	}
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !strings.HasPrefix(r.URL.Path, "/v1/") {
			next.ServeHTTP(w, r)
			return
		}
		body, err := io.ReadAll(r.Body)
		if err != nil { // the client went away in the middle, and the handler is to see that
			r.Body = io.NopCloser(io.MultiReader(bytes.NewReader(body), iotest.ErrReader(err)))
			next.ServeHTTP(w, r)
			return
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		said := &tee{ResponseWriter: w}
		next.ServeHTTP(said, r)
		for _, fault := range with.faults(r, body, said) {
			t.Errorf("%s %s %s\n%s", r.Method, r.URL.RequestURI(), body, fault)
		}
	})
}

// Event lets the test fail when what a webhook brings has not Stripe's shape.
func Event(t testing.TB, body []byte) {
	t.Helper()
	if with := given(t); with != nil {
		for _, fault := range with.spec.objectFaults(body) {
			t.Errorf("the event %s\n%s", body, fault)
		}
	}
}

// Unseen are those of these requests ("GET /v1/transfers/{id}") of which no
// watched handler of this test binary gave a good answer; none without the
// module. Whoever asks has run all its tests.
func Unseen(requests ...string) (unseen []string) {
	with, err := shared()
	if err != nil {
		return nil
	}
	with.spec.mu.Lock()
	defer with.spec.mu.Unlock()
	for _, one := range requests {
		method, path, _ := strings.Cut(one, " ")
		if !with.spec.seen[method+" "+with.spec.template(method, path)] {
			unseen = append(unseen, one)
		}
	}
	return unseen
}

// given are the tools; none without the module, unless CI says that it is there.
func given(t testing.TB) *tools {
	t.Helper()
	with, err := shared()
	switch {
	case err == nil:
		return with
	case os.Getenv("CI") != "":
		t.Fatalf("shapes cannot be checked, and CI says that they can: %v", err)
	}
	t.Logf("shapes are not checked: %v", err)
	return nil
}

// tee keeps what is answered.
type tee struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

// Unwrap lets a handler do with the connection what it likes.
func (w *tee) Unwrap() http.ResponseWriter { return w.ResponseWriter }

// WriteHeader notes the status.
func (w *tee) WriteHeader(status int) {
	w.status = status
	w.ResponseWriter.WriteHeader(status)
}

// Write notes the body.
func (w *tee) Write(part []byte) (int, error) {
	if w.status == 0 {
		w.status = http.StatusOK
	}
	w.body.Write(part)
	return w.ResponseWriter.Write(part)
}

// faults says what is wrong with a request, if it was taken, and its answer, if
// there was one.
func (with *tools) faults(r *http.Request, body []byte, said *tee) (all []string) {
	if !slices.Contains([]int{http.StatusBadRequest, http.StatusUnauthorized, http.StatusNotFound, http.StatusRequestEntityTooLarge}, said.status) {
		all = append(all, with.requestFaults(r, body)...)
	}
	if said.body.Len() == 0 || said.status >= 500 {
		return all // a connection that was cut, or a server in trouble, which says what it likes
	}
	if said.status >= 400 && with.spec.operation(r.Method, r.URL.Path) == nil {
		return all
	}
	if said.status < 300 {
		with.spec.note(r.Method, r.URL.Path)
	}
	for _, fault := range with.spec.answerFaults(r.Method, r.URL.Path, said.status, said.body.Bytes()) {
		all = append(all, fmt.Sprintf("answered with %d: %s", said.status, fault))
	}
	return all
}

// requestFaults says why stripe-mock refuses a request.
func (with *tools) requestFaults(r *http.Request, body []byte) []string {
	again, err := http.NewRequestWithContext(context.WithoutCancel(r.Context()), r.Method, "http://stripe-mock"+r.URL.RequestURI(), bytes.NewReader(body))
	if err != nil {
		return []string{err.Error()}
	}
	again.Header = r.Header.Clone()
	w, err := with.mock.Do(again)
	if err != nil {
		return []string{err.Error()}
	}
	defer w.Body.Close()
	words, err := io.ReadAll(w.Body)
	if err != nil || w.StatusCode == http.StatusOK {
		return nil
	}
	return []string{fmt.Sprintf("stripe-mock refuses the request with %d: %s", w.StatusCode, words)}
}
