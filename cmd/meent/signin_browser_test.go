package main

import (
	"context"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/internal/mail"
	"meent/members"
)

// TestSignIn lets each of the four people sign in, by link and by code, with
// script and without, with nothing but the keyboard: a member in all ways, the
// others in two of them.
func TestSignIn(t *testing.T) {
	house := newTestHouse(t)
	browser := newBrowser(t)
	for _, kind := range members.RoleKinds() {
		for _, way := range []string{"link", "code"} {
			for _, script := range []bool{true, false} {
				if kind != members.RoleMember && script != (way == "code") {
					continue
				}
				t.Run(fmt.Sprintf("%s by %s, script %v", kind, way, script), func(t *testing.T) {
					v := &visitor{t: t, ctx: newTab(t, browser), house: house}
					v.run(emulation.SetScriptExecutionDisabled(!script))
					v.signIn(house.someone(t, kind), way)
					v.signOut()
				})
			}
		}
	}
}

// visitor uses the site in one tab, by keyboard alone.
type visitor struct {
	t     *testing.T
	ctx   context.Context
	house *testHouse
	axe   string   // of those that look at pages
	still *visitor // see show
}

// run gives up after two minutes, while the tab can still say where it is.
func (v *visitor) run(actions ...chromedp.Action) {
	v.t.Helper()
	ctx, cancel := context.WithTimeout(v.ctx, 2*time.Minute)
	defer cancel()
	if err := chromedp.Run(ctx, actions...); err != nil {
		v.t.Fatalf("%v\non %s:\n%s", err, v.path(), v.text("body"))
	}
}

func (v *visitor) signIn(who members.PersonRole, way string) {
	v.t.Helper()
	before := v.newestMail()
	v.run(chromedp.Navigate(v.house.config.URL + "/"))
	v.tabTo(`a[href="/signin"]`)
	v.press(kb.Enter, "/signin")
	v.tabTo(`input[name="email"]`)
	v.run(chromedp.KeyEvent(string(who.Email)))
	v.press(kb.Enter, "/signin/sent")
	mail := v.nextMail(before)
	if way == "code" {
		v.tabTo(`input[name="code"]`)
		v.run(chromedp.KeyEvent(mail.code))
		v.press(kb.Enter, "/home")
	} else {
		v.run(chromedp.Navigate(mail.link))
		v.tabTo(`main form button`)
		v.press(kb.Enter, "/home")
	}
	if text := v.text("body"); !strings.Contains(text, who.Name) {
		v.t.Errorf("the home page of %s does not name them:\n%s", who.Name, text)
	}
}

func (v *visitor) signOut() {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/account"))
	v.tabTo(`form[action="/signout"] button`)
	v.press(kb.Enter, "/")
	v.run(chromedp.Navigate(v.house.config.URL + "/account"))
	if got := v.path(); got != "/signin" {
		v.t.Errorf("after signing out /account led to %s, want /signin", got)
	}
}

// tabTo presses Tab until the focus is on what the selector names.
func (v *visitor) tabTo(selector string) {
	v.t.Helper()
	for range 60 {
		var there bool
		v.run(chromedp.Evaluate(fmt.Sprintf(`document.activeElement.matches(%q)`, selector), &there))
		if there {
			return
		}
		v.run(chromedp.KeyEvent(kb.Tab))
	}
	v.t.Fatalf("60 times Tab never reached %s on %s", selector, v.path())
}

// press presses a key that leads to the page with this path.
func (v *visitor) press(key, path string) {
	v.t.Helper()
	answer, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent(key))
	if err != nil {
		v.t.Fatalf("pressing a key on %s: %v", v.path(), err)
	}
	if got := v.path(); got != path || answer.Status != http.StatusOK {
		v.t.Fatalf("the key led to %s with status %d, want %s:\n%s", got, answer.Status, path, v.text("main"))
	}
}

func (v *visitor) path() (path string) {
	_ = chromedp.Run(v.ctx, chromedp.Evaluate(`location.pathname`, &path))
	return path
}

func (v *visitor) text(selector string) (text string) {
	_ = chromedp.Run(v.ctx, chromedp.Evaluate(fmt.Sprintf(`document.querySelector(%q)?.innerText ?? ""`, selector), &text))
	return text
}

// signInMail is what a sign-in mail holds.
type signInMail struct{ link, code string }

// newestMail is the newest sign-in mail, if there is one.
func (v *visitor) newestMail() (newest mail.Stored) {
	for _, newest = range v.house.signInMails(v.t) {
		break
	}
	return newest
}

// nextMail waits for a newer one and reads it.
func (v *visitor) nextMail(before mail.Stored) signInMail {
	v.t.Helper()
	text := v.house.waitForSignInMail(v.t, before).Text
	code := regexp.MustCompile(`(?m)^\s*(\d{3}) ?(\d{3})\s*$`).FindStringSubmatch(text)
	link := regexp.MustCompile(regexp.QuoteMeta(v.house.config.URL) + `/signin/link/\S+`).FindString(text)
	if code == nil || link == "" {
		v.t.Fatalf("the mail holds no code or no link:\n%s", text)
	}
	return signInMail{link: link, code: code[1] + code[2]}
}
