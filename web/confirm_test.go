package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
)

// confirm shows once more who one is, by mail, and gives where the way leads.
func (b *browser) confirm(next string) answer {
	b.h.t.Helper()
	if got := b.post("/confirm", "next", next); !strings.HasPrefix(got.location, "/confirm/code?") {
		b.h.t.Fatalf("asking gave %d %s", got.status, got.location)
	}
	code, _ := b.h.newestMail()
	return b.post("/confirm/code", "code", code, "next", next)
}

func TestWayInNeedsAFreshSession(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if got := b.get("/account/email"); got.status != http.StatusOK {
		t.Errorf("just signed in: %d", got.status)
	}
	h.now = h.now.Add(11 * time.Minute)
	for _, do := range []answer{b.get("/account/email"), b.post("/account/email", "email", "new@meent.example")} {
		if do.location != "/confirm?next=%2Faccount%2Femail" {
			t.Errorf("later: %d %s", do.status, do.location)
		}
	}
	if got := b.get("/account"); got.status != http.StatusOK {
		t.Errorf("other pages: %d", got.status)
	}
	before := b.token()
	if got := b.confirm("/account/email"); got.location != "/account/email" {
		t.Fatalf("confirming gave %d %s:\n%s", got.status, got.location, got.Find("main").Text())
	}
	if b.token() == before {
		t.Error("the session kept its token")
	}
	if got := b.get("/account/email"); got.status != http.StatusOK {
		t.Errorf("after confirming: %d", got.status)
	}
}

func (b *browser) token() string {
	for _, c := range b.Jar.Cookies(mustURL(b.h)) {
		if c.Name == "meent" {
			return c.Value
		}
	}
	return ""
}

func TestConfirmLeadsToOwnPagesOnly(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for _, next := range []string{"https://evil.example/", "//evil.example", "/\\evil.example", "evil"} {
		if got := b.confirm(next); got.location != "/account" {
			t.Errorf("next %q led to %q", next, got.location)
		}
		page := b.get("/confirm?next=" + url.QueryEscape(next))
		if v := page.Find("main input[name=next]").AttrOr("value", ""); v != "/account" {
			t.Errorf("the page carries %q", v)
		}
	}
}

// TestConfirmIsOnesOwn: the code of somebody else, asked in this browser, is none.
func TestConfirmIsOnesOwn(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.now = h.now.Add(11 * time.Minute)
	b.post("/confirm", "next", "/account/email")
	code, _ := b.ask("coach.waal@meent.example")
	if got := b.post("/confirm/code", "code", code); got.status != http.StatusUnprocessableEntity {
		t.Errorf("somebody else's code gave %d %s", got.status, got.location)
	}
	if got := b.get("/account/email"); got.location == "" {
		t.Errorf("and the session is fresh: %d", got.status)
	}
}

// letters lists the mails to an address that hold no sign-in link.
func (h *house) letters(to string) (list []mail.Stored) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	all, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range all {
		if one.To == to && linkPattern.FindString(one.Text) == "" && one.Subject == "Bericht van Meent" {
			list = append(list, one)
		}
	}
	return list
}

func TestEmailIsChangedByACodeThere(t *testing.T) {
	h := newHouse(t)
	b, other := h.signedIn(members.RoleMember), h.signedIn(members.RoleMember)
	const address = "nieuw@meent.example"
	if got := b.post("/account/email", "email", address); got.location != "/account/email/code" {
		t.Fatalf("asking gave %d:\n%s", got.status, got.Find("main").Text())
	}
	list := h.letters(address)
	if len(list) != 1 {
		t.Fatalf("%d mails to the new address", len(list))
	}
	code := codePattern.FindStringSubmatch(list[0].Text)[1]
	if got := b.post("/account/email/code", "code", wrongCode(strings.ReplaceAll(code, " ", ""))); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a wrong code gave %d", got.status)
	}
	if got := other.get("/home"); got.status != http.StatusOK {
		t.Errorf("the other session ended too early: %d", got.status)
	}
	h.now = h.now.Add(time.Second)
	if got := b.post("/account/email/code", "code", code); got.location != "/account" {
		t.Fatalf("the code gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := b.get("/account"); got.status != http.StatusOK || !strings.Contains(got.Find(".notice").Text(), "veranderd") {
		t.Errorf("this session: %d %s", got.status, got.Find(".notice").Text())
	}
	if got := other.get("/home"); got.location != "/signin" {
		t.Errorf("the other session goes on: %d", got.status)
	}
	if told := h.letters(memberMail); len(told) != 1 || strings.Contains(told[0].Text, address) {
		t.Errorf("the old address got %+v", told)
	}
	if list := h.letters(address); len(list) != 1 {
		t.Errorf("%d mails to the new address afterwards", len(list))
	}
}
