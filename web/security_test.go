package web_test

import (
	"compress/gzip"
	"context"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/members"
)

func TestEveryAnswerCarriesTheHeaders(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for _, path := range []string{"/home", "/nowhere", "/static/none", "/healthz"} {
		got := b.get(path)
		for name, part := range map[string]string{
			"Content-Security-Policy": "default-src 'none'", "X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer",
			"Cross-Origin-Opener-Policy": "same-origin", "Cache-Control": "no-store", "X-Request-Id": "",
		} {
			if value := got.header.Get(name); value == "" || !strings.Contains(value, part) {
				t.Errorf("%s: %s is %q", path, name, value)
			}
		}
		if policy := got.header.Get("Content-Security-Policy"); strings.Contains(policy, "unsafe") || !strings.Contains(policy, "form-action 'self' https://checkout.example;") {
			t.Errorf("the policy is %q", policy)
		}
	}
}

func TestFormsFromOtherSitesAreRefused(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for name, headers := range map[string][]string{
		"cross-site":   {"Sec-Fetch-Site", "cross-site"},
		"same-site":    {"Sec-Fetch-Site", "same-site"},
		"other origin": {"Origin", "https://evil.example"},
		"no origin":    {"Origin", "null"},
	} {
		if got := b.do(http.MethodPost, "/signout", "", headers...); got.status != http.StatusForbidden {
			t.Errorf("%s gave %d", name, got.status)
		}
	}
	if got := b.get("/account"); got.status != http.StatusOK {
		t.Errorf("a foreign form signed the person out: %d", got.status)
	}
}

func TestForeignNamesAreRefused(t *testing.T) {
	h := newHouse(t)
	for _, host := range []string{"evil.example", "localhost.evil.example", "127.0.0.1.evil.example", ""} {
		if got := h.browser().do(http.MethodGet, "/", "", "Host", host); host != "" && got.status != http.StatusBadRequest {
			t.Errorf("the name %q gave %d", host, got.status)
		}
	}
	for _, host := range []string{"localhost", "LOCALHOST:80", "127.0.0.1:9", "[::1]:8080"} {
		if got := h.browser().do(http.MethodGet, "/", "", "Host", strings.ToLower(host)); got.status != http.StatusOK {
			t.Errorf("the name %q gave %d", host, got.status)
		}
	}
}

// TestBigBodiesAreRefusedEverywhere sends ten megabytes to every form.
func TestBigBodiesAreRefusedEverywhere(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	big := "name=" + strings.Repeat("a", 10<<20)
	for _, path := range []string{"/signin", "/signin/code", "/profile/name", "/days", "/role", "/language", "/dev/signin"} {
		got := b.do(http.MethodPost, path, big)
		if got.status != http.StatusRequestEntityTooLarge || !strings.Contains(got.Find("h1").Text(), "Te groot") {
			t.Errorf("%s gave %d: %s", path, got.status, got.Find("h1").Text())
		}
	}
	if got := b.get("/profile/name"); got.Find("#name").AttrOr("value", "") != "Mens member" {
		t.Error("a refused form was written")
	}
}

func TestBrokenFormsAreRefused(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if got := b.do(http.MethodPost, "/profile/name", "name=%zz"); got.status != http.StatusBadRequest {
		t.Errorf("a broken escape gave %d", got.status)
	}
	if got := b.do("PUT", "/profile", ""); got.status != http.StatusMethodNotAllowed {
		t.Errorf("PUT gave %d", got.status)
	}
}

func TestLanguage(t *testing.T) {
	h := newHouse(t)
	visitor := h.browser()
	if got := visitor.get("/signin"); got.Find("html").AttrOr("lang", "") != "nl" || got.Find("h1").Text() != "Inloggen" {
		t.Errorf("a visitor reads %s", got.Find("h1").Text())
	}
	if got := visitor.do(http.MethodGet, "/signin", "", "Accept-Language", "de, en;q=0.8"); got.Find("h1").Text() != "Sign in" {
		t.Errorf("with English asked for one reads %s", got.Find("h1").Text())
	}
	if got := visitor.post("/language", "language", "en", "back", "/signin"); got.location != "/signin" {
		t.Errorf("choosing leads to %q", got.location)
	}
	if got := visitor.get("/signin"); got.Find("h1").Text() != "Sign in" {
		t.Errorf("after choosing English one reads %s", got.Find("h1").Text())
	}
	if got := visitor.post("/language", "language", "en", "back", "https://evil.example"); got.location != "/" {
		t.Errorf("choosing leads away to %q", got.location)
	}
	member := h.signedIn(members.RoleMember)
	for _, strange := range []string{"fr", "", "\xff", strings.Repeat("n", 5000)} {
		if got := member.post("/language", "language", strange); got.status != http.StatusBadRequest {
			t.Errorf("the language %.10q gave %d", strange, got.status)
		}
	}
	if got := member.get("/home"); got.Find("html").AttrOr("lang", "") != "nl" {
		t.Error("a language that Meent does not speak was written")
	}
	member.post("/language", "language", "en")
	if got := h.signedIn(members.RoleMember).get("/home"); got.Find("html").AttrOr("lang", "") != "en" {
		t.Error("the person's language is not kept")
	}
}

// TestLogHoldsNothingPersonal does what people do and reads the log.
func TestLogHoldsNothingPersonal(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	_, link := b.ask(memberMail)
	b.post(link)
	b.get("/gigs/" + h.gig.String() + "?who=anna")
	b.post("/profile/travel", "name", "Anna de Wit", "place", "arnhem", "reach", "x", "travel", "car")
	b.post("/profile/note", "note", "Anna woont in arnhem")
	b.get("/nowhere/anna")
	h.server.Close() // so that the log is whole
	log := h.log.String()
	if strings.Count(log, "msg=request") < 5 || !strings.Contains(log, "route=/gigs/:gig") {
		t.Fatalf("the log is not what it was: %s", log)
	}
	for _, secret := range []string{"meent.example", "nna", "arnhem", h.gig.String(), strings.TrimPrefix(link, "/signin/link/"), "127.0.0.1"} {
		if strings.Contains(log, secret) {
			t.Errorf("the log holds %q:\n%s", secret, log)
		}
	}
}

func TestRedisHoldsNothingPersonal(t *testing.T) {
	h := newHouse(t)
	h.signedIn(members.RoleMember)
	if dump := h.redis.Dump(); strings.Contains(dump, "example") || strings.Contains(dump, "127.0.0.1") || !strings.Contains(dump, "meent:limit:") {
		t.Errorf("Redis holds:\n%s", dump)
	}
}

func TestWithoutRedisTheSiteWorksAndStillLimits(t *testing.T) {
	h := newHouse(t)
	h.redis.Close()
	b := h.signedIn(members.RoleMember)
	if got := b.get("/home"); got.status != http.StatusOK {
		t.Errorf("home gives %d", got.status)
	}
	if got := b.get("/readyz"); got.status != http.StatusServiceUnavailable || !strings.Contains(got.body, "redis: ill") {
		t.Errorf("readyz gives %d %q", got.status, got.body)
	}
	if got := b.get("/healthz"); got.status != http.StatusOK {
		t.Errorf("healthz gives %d", got.status)
	}
	var last int
	for range 6 {
		last = h.browser().post("/signin", "email", "x@meent.example").status
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("the sixth mail gave %d", last)
	}
}

func TestMetricsCountByPattern(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	b.get("/gigs/" + h.gig.String())
	b.do("BREW", "/", "")
	got := b.get("/metrics")
	for _, want := range []string{`route="/gigs/:gig"`, `method="other"`} {
		if !strings.Contains(got.body, want) {
			t.Errorf("the metrics lack %s", want)
		}
	}
	if strings.Contains(got.body, h.gig.String()) || strings.Contains(got.body, "BREW") {
		t.Error("the metrics repeat what was asked")
	}
}

// TestListOfGigsChangesWhileOneLooks opens the stream of a member and posts.
func TestListOfGigsChangesWhileOneLooks(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if _, err := h.worker.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithTimeout(t.Context(), 20*time.Second)
	defer stop()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, h.server.URL+"/live/mine", nil)
	h.must(err)
	stream, err := b.Do(request)
	h.must(err)
	defer stream.Body.Close()
	if kind := stream.Header.Get("Content-Type"); stream.StatusCode != http.StatusOK || kind != "text/event-stream" {
		t.Fatalf("the stream gave %d %s", stream.StatusCode, kind)
	}
	buffer := make([]byte, 100)
	_, err = stream.Body.Read(buffer) // the first line: from now on nothing is missed
	h.must(err)
	h.post(h.actors[members.RoleClient], "Nieuwe klus")
	if _, err := h.worker.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	n, err := stream.Body.Read(buffer)
	if err != nil || !strings.Contains(string(buffer[:n]), "event: changed") {
		t.Errorf("the stream said %q, %v", buffer[:n], err)
	}
	if page := b.get("/home"); !strings.Contains(page.Find("#mine, #open-gigs").Text(), "Nieuwe klus") {
		t.Error("the new gig is not on the page that looks again")
	}
}

// TestPagesAreSqueezed: a browser that asks for it gets a page in fewer bytes, and the
// same one.
func TestPagesAreSqueezed(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	whole, squeezed := b.get("/signin"), b.do(http.MethodGet, "/signin", "", "Accept-Encoding", "gzip")
	if how := whole.header.Get("Content-Encoding"); how != "" {
		t.Errorf("nobody asked for %q", how)
	}
	if how, vary := squeezed.header.Get("Content-Encoding"), squeezed.header.Values("Vary"); how != "gzip" || !slices.Contains(vary, "Accept-Encoding") {
		t.Fatalf("it came as %q, which varies by %q", how, vary)
	}
	page, err := gzip.NewReader(strings.NewReader(squeezed.body))
	h.must(err)
	text, err := io.ReadAll(page)
	h.must(err)
	if string(text) != whole.body || len(squeezed.body) > len(whole.body)/2 {
		t.Errorf("of %d bytes %d came, and they unfold to\n%s", len(whole.body), len(squeezed.body), text)
	}
}
