package browse_test

import (
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	"meent/internal/browse"
)

const page = `<main>Hallo <a href="/gigs/1">Ramen</a> <a href="/gigs/2">Tuin</a>
	<form method="post" action="/gigs/new"><input name="title" value="Ramen"><input type="hidden" name="gig" value="7">
	<input type="radio" name="load" value="light"><input type="radio" name="load" value="heavy" checked>
	<input type="checkbox" name="others" value="yes"><textarea name="text">veel</textarea>
	<select name="place"><option value="a">A</option><option value="b" selected>B</option></select>
	<button name="post" value="yes">Plaats</button></form></main>`

// TestForm: what a browser would send is sent, cookies come back, and a
// redirect is followed.
func TestForm(t *testing.T) {
	var got string
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			body, _ := io.ReadAll(r.Body)
			cookie, _ := r.Cookie("who")
			got = fmt.Sprint(string(body), " ", cookie, " ", r.Header.Get("X-Test"))
			http.Redirect(w, r, "/gigs/7", http.StatusSeeOther)
		default:
			http.SetCookie(w, &http.Cookie{Name: "who", Value: "anna"})
			fmt.Fprint(w, page)
		}
	}))
	defer server.Close()
	v, err := browse.New(server.URL, nil)
	if err != nil {
		t.Fatal(err)
	}
	v.Always("X-Test", "1")
	p, err := v.Open(t.Context(), "/gigs/new")
	if err != nil || p.Status != http.StatusOK || !p.Says("Hallo Ramen") || p.Link("/gigs/", "Tuin") != "/gigs/2" || p.Link("/offers/", "") != "" {
		t.Fatalf("the page is %+v, %v", p, err)
	}
	f, ok := p.Form("/new")
	if _, other := p.FormWith("card"); !ok || other {
		t.Fatal("the page has one form")
	}
	if status, text, err := v.Read(t.Context(), "/gigs/new"); err != nil || status != http.StatusOK || string(text) != page {
		t.Errorf("the text came as %d %s, %v", status, text, err)
	}
	f.Set("title", "Tuin")
	p, err = v.Press(t.Context(), f, "post=yes")
	const want = "gig=7&load=heavy&place=b&post=yes&text=veel&title=Tuin who=anna 1"
	if err != nil || p.URL.Path != "/gigs/7" || got != want {
		t.Errorf("the form led to %v, %v and was %s; want %s", p.URL, err, got, want)
	}
}
