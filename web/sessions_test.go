package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"meent/members"
)

const (
	android = "Mozilla/5.0 (Android 14; Mobile; rv:130.0) Gecko/130.0 Firefox/130.0"
	laptop  = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36 Edg/130.0"
)

// signedInWith signs the member in with this user agent.
func (h *house) signedInWith(agent string) *browser {
	h.t.Helper()
	b := h.browser()
	code, _ := b.ask(memberMail)
	if got := b.do(http.MethodPost, "/signin/code", "code="+code, "User-Agent", agent); got.location != "/home" {
		h.t.Fatalf("signing in gave %d", got.status)
	}
	return b
}

// endOf is the form that ends the session of a device.
func endOf(page answer, device string) string {
	row := page.Find("main .card").FilterFunction(func(_ int, s *goquery.Selection) bool { return strings.Contains(s.Text(), device) })
	return row.Find("form").AttrOr("action", "")
}

func TestSessionsAreListedAndEnded(t *testing.T) {
	h := newHouse(t)
	phone, computer := h.signedInWith(android), h.signedInWith(laptop)
	page := computer.get("/account/sessions")
	text := page.Find("main").Text()
	for _, want := range []string{"Firefox op een Android-apparaat", "Edge op een Windows-computer", "dit apparaat", "Vandaag gebruikt"} {
		if !strings.Contains(text, want) {
			t.Errorf("the list does not say %q:\n%s", want, text)
		}
	}
	if strings.Contains(page.body, "130.0") || page.Find("main .card").Length() != 2 {
		t.Errorf("too much of the user agent, or %d rows", page.Find("main .card").Length())
	}
	end := endOf(page, "Android")
	if got := h.signedIn(members.RoleCoach).post(end); got.status != http.StatusNotFound {
		t.Errorf("somebody else ends it: %d", got.status)
	}
	if got := phone.get("/home"); got.status != http.StatusOK {
		t.Fatalf("the phone was signed out too early: %d", got.status)
	}
	if got := computer.post(end); got.location != "/account/sessions" {
		t.Fatalf("ending gave %d", got.status)
	}
	if got := phone.get("/home"); got.location != "/signin" {
		t.Errorf("the phone goes on: %d", got.status)
	}
	if got := computer.post(end); got.status != http.StatusNotFound {
		t.Errorf("ending twice gave %d", got.status)
	}
	if got := computer.post(endOf(computer.get("/account/sessions"), "Edge")); got.location != "/" {
		t.Errorf("ending this one gave %d %s", got.status, got.location)
	}
	if got := computer.get("/home"); got.location != "/signin" {
		t.Errorf("this one goes on: %d", got.status)
	}
}

func TestSessionListHoldsNoToken(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	page := b.get("/account/sessions").body
	var hash string
	h.must(h.db.QueryRow(t.Context(), `SELECT token_hash FROM members.session`).Scan(&hash))
	for _, c := range b.Jar.Cookies(mustURL(h)) {
		if c.Name == "meent" && strings.Contains(page, c.Value) {
			t.Error("the page holds the token")
		}
	}
	if strings.Contains(page, hash) {
		t.Error("the page holds the token's hash")
	}
}
