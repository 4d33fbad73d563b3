package main

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/jobs"
)

// TestBrowseIndex: which one there is, and what of it stops the start.
func TestBrowseIndex(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusForbidden)
		_, _ = io.WriteString(w, `{"message":"The provided API key is invalid.","code":"invalid_api_key","type":"auth","link":""}`)
	}))
	defer server.Close()
	tests := []struct {
		name   string
		config Config
		beside bool
		index  bool
		says   string // an error
	}{
		{"embedded", Config{Data: t.TempDir()}, false, true, ""},
		{"a command beside a house", Config{Data: "/nowhere"}, true, false, ""},
		{"none", Config{MeiliURL: noIndex}, false, false, ""},
		{"a server that is down", Config{MeiliURL: "http://127.0.0.1:1"}, false, true, ""},
		{"a wrong key", Config{MeiliURL: server.URL, MeiliKey: "hunter2"}, false, true, "MEILI_KEY"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := &program{config: tt.config, beside: tt.beside, log: slog.New(slog.NewTextHandler(t.Output(), nil)), now: time.Now}
			b := &backends{}
			defer b.close()
			err := p.openIndex(t.Context(), b)
			switch {
			case (err != nil) != (tt.says != "") || err != nil && !strings.Contains(err.Error(), tt.says):
				t.Errorf("openIndex gave %v, want %q", err, tt.says)
			case err != nil && strings.Contains(err.Error(), "hunter2"):
				t.Error("the error shows the key")
			case (b.index != nil) != tt.index:
				t.Errorf("the index is %v", b.index)
			}
		})
	}
}

// TestMeiliKeyThatMayNotManageKeys: the program starts, and says once that no
// token keeps cooperatives apart.
func TestMeiliKeyThatMayNotManageKeys(t *testing.T) {
	for code, says := range map[string]int{"invalid_api_key": 1, "internal": 0} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, "/keys/") {
				w.WriteHeader(http.StatusForbidden)
				_, _ = io.WriteString(w, `{"message":"no","code":"`+code+`","type":"auth","link":""}`)
				return
			}
			_, _ = io.WriteString(w, `{"id":"filled"}`)
		}))
		defer server.Close()
		var log strings.Builder
		p := &program{config: Config{MeiliURL: server.URL, MeiliKey: "hunter2"}, log: slog.New(slog.NewTextHandler(&log, nil)), now: time.Now}
		if err := p.openIndex(t.Context(), &backends{}); err != nil {
			t.Error(err)
		}
		if strings.Count(log.String(), "may not manage keys") != says || strings.Contains(log.String(), "hunter2") {
			t.Errorf("%s: the log says %s", code, log.String())
		}
	}
}

func TestSkillSynonyms(t *testing.T) {
	pairs, err := skillSynonyms()
	has := func(a, b string) bool {
		return slices.ContainsFunc(pairs, func(p []string) bool { return slices.Contains(p, a) && slices.Contains(p, b) })
	}
	if err != nil || !has("glazenwassen", "ramen lappen") || has("glazenwassen", "stofzuigen") {
		t.Errorf("%d pairs, %v", len(pairs), err)
	}
}

// indexed waits until the gig is in the index, and tells how long that took.
func (h *testHouse) indexed(t *testing.T, gig jobs.GigID) time.Duration {
	t.Helper()
	const query = `SELECT EXISTS (SELECT FROM tasks.task WHERE kind = 'jobs.gig_changed' AND state = 'done' AND payload->>'ID' = $1 AND key IS NULL)`
	begin, done := time.Now(), false
	for time.Since(begin) < 30*time.Second {
		if err := h.db.QueryRow(t.Context(), query, gig.String()).Scan(&done); err != nil || done {
			return time.Since(begin).Round(time.Millisecond)
		}
		time.Sleep(5 * time.Millisecond)
	}
	t.Fatal("the index was not brought in step within 30 s")
	return 0
}
