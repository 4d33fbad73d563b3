package web

import (
	"net/http"
	"strings"
	"testing"
)

func TestUndeclaredRouteIsRefused(t *testing.T) {
	tests := []struct {
		name  string
		route route
		ok    bool
	}{
		{"both", route{get, "/x", anyone, nothingElse, landing}, true},
		{"no access", route{get, "/x", access{}, nothingElse, landing}, false},
		{"no relation", route{get, "/x", anyone, relation{}, landing}, false},
		{"a relation without a check", route{get, "/x", anyone, relation{name: "x"}, landing}, false},
	}
	for _, tt := range tests {
		err := tt.route.declared()
		if (err == nil) != tt.ok || err != nil && !strings.Contains(err.Error(), "GET /x") {
			t.Errorf("%s: declared() = %v", tt.name, err)
		}
	}
}

// TestNoRouteBesidesTheList asks Gin what is registered: each line of the list,
// GET once more as HEAD, and nothing else.
func TestNoRouteBesidesTheList(t *testing.T) {
	w := &Web{}
	engine, err := w.newEngine()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string]bool{}
	for _, route := range w.routes() {
		want[route.method+" "+route.path] = true
		if route.method == get {
			want["HEAD "+route.path] = true
		}
	}
	for _, registered := range engine.Routes() {
		if !want[registered.Method+" "+registered.Path] {
			t.Errorf("%s %s stands in no list", registered.Method, registered.Path)
		}
	}
	if len(engine.Routes()) != len(want) {
		t.Errorf("%d routes are registered, want %d", len(engine.Routes()), len(want))
	}
}

func TestLocalPath(t *testing.T) {
	for path, want := range map[string]string{
		"/gigs": "/gigs", "/gigs?page=2": "/gigs?page=2", "": "/x", "gigs": "/x", "//evil.example": "/x", "/\\evil.example": "/x",
		"https://evil.example": "/x", "/a\r\nSet-Cookie: b": "/x", "/" + strings.Repeat("a", 200): "/x",
	} {
		if got := localPath(path, "/x"); got != want {
			t.Errorf("localPath(%q) = %q, want %q", path, got, want)
		}
	}
}

func TestPanicIsAFaultOfOurs(t *testing.T) {
	err := guard(func() error { panic("anna@meent.example") })
	if failureOf(err).status != http.StatusInternalServerError || strings.Contains(err.Error(), "anna") {
		t.Errorf("a panic became %v", err)
	}
}
