package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"meent/members"
)

// titles are the gigs on a page.
func titles(page answer) string {
	return strings.Join(strings.Fields(page.Find(".cards h2").Text()), " ")
}

func TestBrowse(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember) // the worker fills the index
	tests := []struct{ query, want string }{
		{"", "Ramen lappen waal"},
		{"?q=glazenwassen", "Ramen lappen waal"},
		{"?q=raam", "Ramen lappen waal"},
		{"?q=zeppelin", ""},
		{"?q=ramen&km=40&kind=nonsense", "Ramen lappen waal"},
		{"?q=ramen&km=5", ""},
		{"?q=noord", ""}, // of another cooperative
		{"?q=" + url.QueryEscape("ramen\x00\xff'\"%<script>"), ""},
		{"?q=" + strings.Repeat("ramen+", 500), "Ramen lappen waal"},
	}
	for _, tt := range tests {
		got := b.get("/gigs" + tt.query)
		if got.status != http.StatusOK || titles(got) != tt.want {
			t.Errorf("%.40s gave %d, %q; want %q", tt.query, got.status, titles(got), tt.want)
		}
		if got.Find(`input[name="q"]`).Length() != 1 || tt.want == "" && got.Find(".empty a").Length() == 0 {
			t.Errorf("%.40s: no way to go on", tt.query)
		}
	}
	if text := h.log.String(); strings.Contains(text, "glazenwassen") || strings.Contains(text, "zeppelin") {
		t.Error("the log tells what somebody looked for")
	}
}

// TestBrowseWithoutTheIndex says so, and still answers.
func TestBrowseWithoutTheIndex(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.must(h.index.Close())
	for query, plain := range map[string]bool{"?q=ramen": true, "": false} {
		got := b.get("/gigs" + query)
		if says := strings.Contains(got.body, "Zoeken gaat nu minder goed."); titles(got) != "Ramen lappen waal" || says != plain {
			t.Errorf("%q gave %q; says that searching is worse: %v", query, titles(got), says)
		}
	}
	if text := h.log.String(); !strings.Contains(text, "Postgres answered") || strings.Contains(text, "q=ramen") {
		t.Error("the log does not say that the index is away, or says too much")
	}
}
