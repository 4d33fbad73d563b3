package web_test

import (
	"encoding/base32"
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/members"
	"meent/members/passkeytest"
	"meent/web"
)

func strict(s *web.Settings) { s.SecondFactor = true }

const coordinatorMail = "coordinator.waal@meent.example"

// byMail signs in with the code of a mail and gives where it leads.
func (b *browser) byMail(email string) answer {
	b.h.t.Helper()
	code, _ := b.ask(email)
	if got := b.post("/signin/code", "code", code); got.location != "/home" {
		b.h.t.Fatalf("the code gave %d:\n%s", got.status, got.Find("main").Text())
	}
	return b.get("/home")
}

// setUpApp sets an app up and gives its secret and a spare code.
func (b *browser) setUpApp() (secret members.AppSecret, spare string) {
	b.h.t.Helper()
	if got := b.post("/account/app/begin"); got.location != "/account/app" {
		b.h.t.Fatalf("beginning gave %d %s", got.status, got.location)
	}
	page := b.get("/account/app")
	text := strings.ReplaceAll(page.Find(".secret code").Text(), " ", "")
	secret, err := base32.StdEncoding.DecodeString(text)
	b.h.must(err)
	if page.Find("svg.qr path").AttrOr("d", "") == "" {
		b.h.t.Error("no QR code")
	}
	if got := b.post("/account/app", "code", wrongCode(secret.Code(b.h.now))); got.status != http.StatusUnprocessableEntity {
		b.h.t.Errorf("a wrong first code gave %d", got.status)
	}
	got := b.post("/account/app", "code", secret.Code(b.h.now))
	codes := got.Find(".secret code")
	if got.status != http.StatusOK || codes.Length() != 8 {
		b.h.t.Fatalf("the first code gave %d and %d spare codes:\n%s", got.status, codes.Length(), got.Find("main").Text())
	}
	if again := b.get("/account/app"); strings.Contains(again.body, codes.First().Text()) || strings.Contains(again.body, text) {
		b.h.t.Error("the secrets are shown twice")
	}
	b.h.now = b.h.now.Add(time.Minute)
	return secret, codes.First().Text()
}

func TestCoordinatorSetsUpASecondFactor(t *testing.T) {
	h := newHouse(t, strict)
	b := h.browser()
	if got := b.byMail(coordinatorMail); got.location != "/signin/second?next=%2Fhome" {
		t.Fatalf("halfway in, home gave %d %s", got.status, got.location)
	}
	for _, path := range []string{"/members", "/tasks", "/account", "/account/email", "/account/sessions", "/lost-phone", "/gigs", "/live/mine"} {
		if got := b.get(path); !strings.HasPrefix(got.location, "/signin/second") {
			t.Errorf("halfway in, %s gave %d", path, got.status)
		}
	}
	page := b.get("/signin/second")
	if page.Find("nav a").Length() > 0 || page.Find(`main a[href="/account/app"]`).Length() != 1 {
		t.Errorf("the page to set up:\n%s", page.Find("main").Text())
	}
	secret, spare := b.setUpApp()
	if got := b.get("/members"); got.status != http.StatusOK {
		t.Errorf("after setting up: %d", got.status)
	}

	again := h.browser()
	again.byMail(coordinatorMail)
	for _, path := range []string{"/account/app", "/account/passkeys"} { // what is set up is shown, not replaced
		if got := again.get(path); !strings.HasPrefix(got.location, "/signin/second") {
			t.Errorf("halfway in with a factor, %s gave %d", path, got.status)
		}
	}
	if got := again.post("/account/app/begin"); !strings.HasPrefix(got.location, "/signin/second") {
		t.Errorf("and beginning anew gave %d", got.status)
	}
	before := again.token()
	if got := again.post("/signin/second", "code", secret.Code(h.now), "next", "/members"); got.location != "/members" || again.token() == before {
		t.Fatalf("the code gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := again.get("/members"); got.status != http.StatusOK {
		t.Errorf("in: %d", got.status)
	}
	third := h.browser()
	third.byMail(coordinatorMail)
	if got := third.post("/signin/second", "code", secret.Code(h.now)); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the same code in another browser gave %d", got.status)
	}
	if got := third.post("/signin/second", "code", strings.ToLower(spare), "next", "https://evil.example"); got.location != "/home" {
		t.Errorf("a spare code gave %d %s", got.status, got.location)
	}
}

// TestSecondFactorIsForTheOffice: others sign in by mail alone, and so does the
// office where it is optional.
func TestSecondFactorIsForTheOffice(t *testing.T) {
	h := newHouse(t, strict)
	for _, kind := range []members.RoleKind{members.RoleMember, members.RoleClient, members.RoleCoach} {
		if got := h.browser().byMail(person(kind, "waal").Email); got.status != http.StatusOK {
			t.Errorf("%s: %d", kind, got.status)
		}
	}
}

func TestSecondFactorMayBeOptional(t *testing.T) {
	if got := newHouse(t).browser().byMail(coordinatorMail); got.status != http.StatusOK {
		t.Errorf("optional: %d", got.status)
	}
}

// TestAnotherRoleIsNoWayAround: who coordinates somewhere shows it in every role.
func TestAnotherRoleIsNoWayAround(t *testing.T) {
	h := newHouse(t, strict)
	c := h.actors[members.RoleCoordinator]
	_, err := h.db.Exec(t.Context(), `INSERT INTO members.role (id, cooperative_id, person_id, kind, created_at) VALUES (gen_random_uuid(), $1, $2, 'coach', now())`, c.Cooperative, c.Person)
	h.must(err)
	b := h.browser()
	b.byMail(coordinatorMail)
	for _, path := range []string{"/home", "/caseload"} {
		if got := b.get(path); !strings.HasPrefix(got.location, "/signin/second") {
			t.Errorf("%s gave %d", path, got.status)
		}
	}
	if got := b.post("/role", "role", c.Role.String()); !strings.HasPrefix(got.location, "/signin/second") {
		t.Errorf("choosing a role gave %d %s", got.status, got.location)
	}
}

// TestOfficeConfirmsByItsSecondFactor and not by mail alone.
func TestOfficeConfirmsByItsSecondFactor(t *testing.T) {
	h := newHouse(t, strict)
	b := h.browser()
	b.byMail(coordinatorMail)
	secret, _ := b.setUpApp()
	h.now = h.now.Add(11 * time.Minute)
	if got := b.get("/account/email"); !strings.HasPrefix(got.location, "/confirm") {
		t.Fatalf("later: %d", got.status)
	}
	if page := b.get("/confirm"); page.Find(`form[action="/confirm"]`).Length() > 0 || page.Find(`form[action="/confirm/app"]`).Length() != 1 {
		t.Errorf("the page offers:\n%s", page.Find("main").Text())
	}
	if got := b.post("/confirm"); got.status != http.StatusForbidden {
		t.Errorf("a mail gave %d", got.status)
	}
	if got := b.post("/confirm/app", "code", secret.Code(h.now), "next", "/account/email"); got.location != "/account/email" {
		t.Errorf("the app gave %d %s", got.status, got.location)
	}
	if got := b.get("/account/email"); got.status != http.StatusOK {
		t.Errorf("afterwards: %d", got.status)
	}
}

func TestGuessingAtTheSecondFactorWaits(t *testing.T) {
	h := newHouse(t, strict)
	b := h.browser()
	b.byMail(coordinatorMail)
	secret, _ := b.setUpApp()
	thief := h.browser()
	thief.byMail(coordinatorMail)
	for range members.GuessesAnHour {
		thief.post("/signin/second", "code", wrongCode(secret.Code(h.now)))
	}
	got := thief.post("/signin/second", "code", secret.Code(h.now))
	if says := got.Find("#code-wrong").Text(); got.status != http.StatusUnprocessableEntity || !strings.Contains(says, "11.0") {
		t.Errorf("the right code gave %d: %s", got.status, says)
	}
	told := h.letters(coordinatorMail)
	if len(told) == 0 || !strings.Contains(told[0].Text, "geraden") {
		t.Errorf("the person was told %+v", told)
	}
	h.now = h.now.Add(time.Hour)
	if got := thief.post("/signin/second", "code", secret.Code(h.now)); got.location != "/home" {
		t.Errorf("after the hour: %d", got.status)
	}
}

// makePasskey lets a new device make a passkey.
func (b *browser) makePasskey() *passkeytest.Device {
	b.h.t.Helper()
	device := passkeytest.New(b.h.t, "http://"+site)
	asked := b.post("/account/passkeys/ask")
	if asked.status != http.StatusOK {
		b.h.t.Fatalf("asking gave %d", asked.status)
	}
	if got := b.post("/account/passkeys", "credential", device.Make([]byte(asked.body)), "name", "Mijn telefoon"); got.status != http.StatusSeeOther {
		b.h.t.Fatalf("adding gave %d:\n%s", got.status, got.Find("main").Text())
	}
	return device
}

func (b *browser) byPasskey(device *passkeytest.Device, next string) answer {
	b.h.t.Helper()
	return b.post("/signin/passkey", "credential", device.Sign([]byte(b.post("/signin/passkey/ask").body)), "next", next)
}

func TestPasskeyCountsAsBothFactors(t *testing.T) {
	h := newHouse(t, strict)
	b := h.browser()
	b.byMail(coordinatorMail)
	device := b.makePasskey()
	if got := b.get("/members"); got.status != http.StatusOK {
		t.Errorf("after making one: %d", got.status)
	}
	visitor := h.browser()
	if got := visitor.byPasskey(device, "/members"); got.location != "/members" {
		t.Fatalf("signing in gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := visitor.get("/members"); got.status != http.StatusOK {
		t.Errorf("in: %d", got.status)
	}
	halfway := h.browser()
	halfway.byMail(coordinatorMail)
	if got := halfway.byPasskey(device, "/tasks"); got.location != "/tasks" {
		t.Errorf("halfway in, it gave %d", got.status)
	}
	h.now = h.now.Add(11 * time.Minute)
	if got := b.byPasskey(device, "/account/passkeys"); got.location != "/account/passkeys" {
		t.Errorf("confirming gave %d", got.status)
	}
	page := b.get("/account/passkeys")
	if page.status != http.StatusOK || !strings.Contains(page.Find("main").Text(), "Mijn telefoon") {
		t.Errorf("the list gave %d", page.status)
	}
	other := h.signedIn(members.RoleMember)
	if got := other.byPasskey(device, "/home"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("somebody else's passkey gave %d", got.status)
	}
	if got := other.get("/home"); !strings.Contains(got.Find("h1").Text(), "Mens member") {
		t.Errorf("and now it is %s", got.Find("h1").Text())
	}
	remove := page.Find(`form[action$="/remove"]`).AttrOr("action", "")
	name := strings.TrimSuffix(remove, "/remove") + "/name"
	if got := other.post(remove); got.status != http.StatusNotFound {
		t.Errorf("somebody else removes it: %d", got.status)
	}
	if got := b.post(name, page.Find(`input[name^="name-"]`).AttrOr("name", ""), ""); got.status != http.StatusUnprocessableEntity {
		t.Errorf("no name gave %d", got.status)
	}
	if got := b.post(remove); got.location != "/account/passkeys" {
		t.Errorf("removing gave %d", got.status)
	}
	if got := h.browser().byPasskey(device, "/home"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the removed one gave %d", got.status)
	}
}
