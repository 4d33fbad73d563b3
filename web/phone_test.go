package web_test

import (
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/google/go-cmp/cmp"

	"meent/internal/mail"
	"meent/members"
	"meent/web"
)

const (
	phoneTyped = "06 12 34 56 78"
	phone      = "+31612345678"
)

var textCode = regexp.MustCompile(`\d{3} \d{3}`)

// texts lists the text messages that were sent, the newest first.
func (h *house) texts() (list []mail.Stored) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	all, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	return slices.DeleteFunc(all, func(m mail.Stored) bool { return !m.SMS })
}

// newestText gives the code of the newest text message.
func (h *house) newestText() string {
	h.t.Helper()
	list := h.texts()
	if len(list) == 0 {
		h.t.Fatal("no text message")
	}
	h.now = h.now.Add(time.Second)
	return textCode.FindString(list[0].Text)
}

// givesPhone confirms a number for who is signed in in this browser.
func (b *browser) givesPhone(number string) {
	b.h.t.Helper()
	if got := b.post("/account/phone", "phone", number); got.location != "/account/phone/code" {
		b.h.t.Fatalf("asking gave %d %s:\n%s", got.status, got.location, got.Find("main").Text())
	}
	if got := b.post("/account/phone/code", "code", b.h.newestText()); got.location != "/account" {
		b.h.t.Fatalf("the code gave %d:\n%s", got.status, got.Find("main").Text())
	}
}

func TestSignInByText(t *testing.T) {
	h := newHouse(t)
	own := h.signedIn(members.RoleMember)
	own.givesPhone(phoneTyped)
	if got := own.get("/account"); !strings.Contains(got.Find("main").Text(), "Je kunt nu inloggen met je nummer") && !strings.Contains(got.body, "Je kunt nu inloggen met je nummer") {
		t.Error("the page does not say that it worked")
	}
	b := h.browser()
	if page := b.get("/signin"); page.Find("input[name=email]").AttrOr("type", "") != "text" || !strings.Contains(page.Find("label").Text(), "mobiel nummer") {
		t.Error("the page does not ask for a number")
	}
	if got := b.post("/signin", "email", "0031 612345678"); got.location != "/signin/sent?by=text" {
		t.Fatalf("asking gave %d %s", got.status, got.location)
	}
	if page := b.get("/signin/sent?by=text"); !strings.Contains(page.Find("main").Text(), "sms onderweg") {
		t.Errorf("the page says %s", page.Find("main").Text())
	}
	code := h.newestText()
	if got := b.post("/signin/code", "by", "text", "code", wrongCode(code)); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("main").Text(), "sms onderweg") {
		t.Errorf("a wrong code gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := b.post("/signin/code", "by", "text", "code", code); got.location != "/home" {
		t.Fatalf("the code gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if list := h.texts(); list[0].To != phone || !mail.FitsText(list[0].Text) || strings.Contains(list[0].Text, "Mens") {
		t.Errorf("the message is %+v", list[0].Message)
	}
	told, err := h.mailbox.List(t.Context(), 50)
	h.must(err)
	if !slices.ContainsFunc(told, func(m mail.Stored) bool { return m.To == memberMail && strings.Contains(m.Text, "code per sms") }) {
		t.Error("the person was not told by mail")
	}
}

func TestKnownAndUnknownNumberLookTheSame(t *testing.T) {
	h := newHouse(t)
	h.signedIn(members.RoleMember).givesPhone(phoneTyped)
	before := len(h.texts())
	look := func(number string) []any {
		got := h.browser().post("/signin", "email", number)
		got.header.Del("X-Request-Id")
		got.header.Del("Date")
		got.header.Del("Set-Cookie") // a fresh secret for either
		return []any{got.status, got.location, got.body, got.header}
	}
	if diff := cmp.Diff(look(phoneTyped), look("06 87 65 43 21")); diff != "" {
		t.Errorf("known and unknown differ:\n%s", diff)
	}
	if list := h.texts(); len(list) != before+1 || list[0].To != phone {
		t.Errorf("%d text messages more; want one, to the known number", len(list)-before)
	}
}

// TestNumberOfSomebodyElseLooksFree: no code goes out, and the pages say the same.
func TestNumberOfSomebodyElseLooksFree(t *testing.T) {
	h := newHouse(t)
	h.signedIn(members.RoleMember).givesPhone(phoneTyped)
	before := len(h.texts())
	other := h.signedIn(members.RoleCoach)
	if got := other.post("/account/phone", "phone", phoneTyped); got.location != "/account/phone/code" {
		t.Errorf("asking gave %d %s", got.status, got.location)
	}
	if n := len(h.texts()); n != before {
		t.Errorf("%d text messages to somebody else's number", n-before)
	}
	got := other.post("/account/phone/code", "code", "123456")
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#code-wrong").Text(), "klopt niet") {
		t.Errorf("a code gave %d: %s", got.status, got.Find("#code-wrong").Text())
	}
}

func TestWrongNumbersOnThePages(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for _, number := range []string{"", "06", "010-1234567", "0900 0101", "\xff\xff", strings.Repeat("9", 300)} {
		h.now = h.now.Add(time.Second)
		h.redis.FlushAll() // the limit is another test's
		if got := b.post("/account/phone", "phone", number); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#phone-wrong").Text(), "geen mobiel nummer") {
			t.Errorf("%q gave %d: %s", number, got.status, got.Find("#phone-wrong").Text())
		}
		if number != "" && number != "\xff\xff" {
			if got := h.browser().post("/signin", "email", number); got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#email-wrong").Text(), "geen mobiel nummer") {
				t.Errorf("signing in with %q gave %d: %s", number, got.status, got.Find("#email-wrong").Text())
			}
		}
	}
}

func TestAskingForNumbersIsLimited(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for n := 1; n <= 6; n++ {
		want := http.StatusSeeOther
		if n > 5 {
			want = http.StatusTooManyRequests
		}
		if got := b.post("/account/phone", "phone", phoneTyped); got.status != want {
			t.Errorf("ask %d gave %d, want %d", n, got.status, want)
		}
	}
	for n, number := range []string{"0687654321", "06 87 65 43 21", "+31687654321", "0031687654321", "06-87654321", "+31 (0)6 87654321"} {
		if got := h.browser().post("/signin", "email", number); (got.status == http.StatusTooManyRequests) != (n >= 5) {
			t.Errorf("sign-in %d gave %d", n, got.status)
		}
	}
}

func TestConfirmByTextOnThePages(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if page := b.get("/confirm"); page.Find("button[name=by]").Length() != 0 {
		t.Error("a text message is offered to nobody's number")
	}
	if got := b.post("/confirm", "by", "text", "next", "/account/email"); got.status != http.StatusNotFound {
		t.Errorf("without a number it gave %d", got.status)
	}
	b.givesPhone(phoneTyped)
	h.now = h.now.Add(11 * time.Minute)
	if got := b.post("/account/phone/remove"); !strings.HasPrefix(got.location, "/confirm") {
		t.Fatalf("removing without showing who one is gave %d %s", got.status, got.location)
	}
	if page := b.get("/confirm"); page.Find("button[name=by][value=text]").Length() != 1 {
		t.Error("no text message is offered")
	}
	if got := b.post("/confirm", "by", "text", "next", "/account/phone"); got.location != "/confirm/code?next=%2Faccount%2Fphone&by=text" {
		t.Fatalf("asking gave %d %s", got.status, got.location)
	}
	if got := b.post("/confirm/code", "by", "text", "code", h.newestText(), "next", "/account/phone"); got.location != "/account/phone" {
		t.Fatalf("the code gave %d %s", got.status, got.location)
	}
	if page := b.get("/account/phone"); !strings.Contains(page.Find("main").Text(), phone) {
		t.Error("the page does not show the number")
	}
	if got := b.post("/account/phone/remove"); got.location != "/account" {
		t.Errorf("removing gave %d %s", got.status, got.location)
	}
	if got := b.post("/account/phone/remove"); got.status != http.StatusNotFound {
		t.Errorf("removing twice gave %d", got.status)
	}
	h.browser().post("/signin", "email", phoneTyped)
	n := len(h.texts())
	if h.browser().post("/signin", "email", phoneTyped); len(h.texts()) != n {
		t.Error("the removed number gets a code")
	}
}

// TestWithoutTextsNoPageSpeaksOfThem: a number is no address then.
func TestWithoutTextsNoPageSpeaksOfThem(t *testing.T) {
	h := newHouse(t, func(s *web.Settings) { s.Texts = false })
	b := h.signedIn(members.RoleMember)
	for _, path := range []string{"/signin", "/confirm", "/account"} {
		page := h.browser().get("/signin")
		if path != "/signin" {
			page = b.get(path)
		}
		if text := strings.ToLower(page.Find("main").Text()); strings.Contains(text, "sms") || strings.Contains(text, "mobiel") {
			t.Errorf("%s says %s", path, text)
		}
	}
	if got := h.browser().post("/signin", "email", phoneTyped); got.status != http.StatusUnprocessableEntity {
		t.Errorf("signing in with a number gave %d", got.status)
	}
	for path, want := range map[string]int{"/account/phone": http.StatusNotFound, "/account/phone/code": http.StatusNotFound, "/confirm": http.StatusNotFound} {
		if got := b.post(path, "phone", phoneTyped, "by", "text", "code", "123456"); got.status != want {
			t.Errorf("POST %s gave %d", path, got.status)
		}
	}
}

func TestMailboxShowsTextsAsSuch(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	b.givesPhone(phoneTyped)
	page := b.get("/dev/mailbox")
	path := page.Find("main a").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Text() == "Sms" }).AttrOr("href", "")
	if path == "" || !strings.Contains(page.Find("main").Text(), phone) {
		t.Fatalf("the mailbox says %s", page.Find("main").Text())
	}
	if message := b.get(path); message.Find("h1").Text() != "Sms" || !textCode.MatchString(message.Find("main").Text()) {
		t.Errorf("the message says %s", message.Find("main").Text())
	}
}
