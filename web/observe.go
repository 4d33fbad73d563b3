package web

import (
	"context"
	"crypto/rand"
	"net/http"
	"strings"
	"time"
)

// answerTime is how long an answer may take; live streams lift it. Before it a
// photo may be on its way for sendTime: the largest over one megabit a second.
const (
	answerTime = 15 * time.Second
	sendTime   = 2 * time.Minute
)

// sight is what is noted of a request. It holds no path, query or address,
// because those can hold what is somebody's own.
type sight struct {
	id      string
	pattern string
	status  int
	bytes   int
}

type sightKey struct{}

// requestID names the request in logs and on error pages.
func requestID(ctx context.Context) string {
	if s, ok := ctx.Value(sightKey{}).(*sight); ok {
		return s.id
	}
	return ""
}

// observe gives each request an id and a deadline, and logs and counts it.
func (w *Web) observe(next http.Handler) http.Handler {
	return http.HandlerFunc(func(rw http.ResponseWriter, r *http.Request) {
		begin, s := time.Now(), &sight{id: rand.Text()[:12], status: http.StatusOK}
		ctx, cancel := withAnswerTime(context.WithValue(r.Context(), sightKey{}, s), r)
		defer cancel()
		rw.Header().Set("X-Request-Id", s.id)
		_ = http.NewResponseController(rw).SetWriteDeadline(begin.Add(2 * answerTime)) // tests' recorders have none
		next.ServeHTTP(&counter{ResponseWriter: rw, sight: s}, r.WithContext(ctx))
		took := time.Since(begin)
		w.metrics.count(r.Method, s, took)
		w.Log.Info("request", "method", method(r.Method), "route", s.pattern, "status", s.status,
			"ms", took.Milliseconds(), "bytes", s.bytes, "id", s.id)
	})
}

// withAnswerTime bounds every answer but a live stream, which has no end.
func withAnswerTime(ctx context.Context, r *http.Request) (context.Context, context.CancelFunc) {
	switch {
	case isStream(r):
		return context.WithCancel(ctx)
	case takesPhoto(r):
		return context.WithTimeout(ctx, sendTime+answerTime)
	}
	return context.WithTimeout(ctx, answerTime)
}

func isStream(r *http.Request) bool { return strings.HasPrefix(r.URL.Path, "/live/") }

// method keeps invented methods out of logs and metrics.
func method(name string) string {
	switch name {
	case http.MethodGet, http.MethodHead, http.MethodPost:
		return name
	}
	return "other"
}

// counter notes status and size on their way out.
type counter struct {
	http.ResponseWriter
	*sight
}

func (c *counter) WriteHeader(status int) {
	c.status = status
	c.ResponseWriter.WriteHeader(status)
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.ResponseWriter.Write(b)
	c.bytes += n
	return n, err
}

// Unwrap lets http.ResponseController reach the connection.
func (c *counter) Unwrap() http.ResponseWriter { return c.ResponseWriter }
