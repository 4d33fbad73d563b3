package main

import (
	"context"
	"encoding/base32"
	"strings"
	"testing"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/members"
)

// addFinger gives the tab a device that makes passkeys and always knows its owner.
func (v *visitor) addFinger() {
	v.t.Helper()
	v.run(chromedp.ActionFunc(func(ctx context.Context) error {
		if err := webauthn.Enable().Do(ctx); err != nil {
			return err
		}
		_, err := webauthn.AddVirtualAuthenticator(&webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		}).Do(ctx)
		return err
	}))
}

// TestLeavingAtOnce puts another site in the place of the page.
func TestLeavingAtOnce(t *testing.T) {
	house := newTestHouse(t)
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	const aim = `document.querySelector("a[data-leave]").href = location.origin + "/healthz"` // nothing outside is asked
	v.run(chromedp.Navigate(house.config.URL+"/"), chromedp.Navigate(house.config.URL+"/signin"), chromedp.Evaluate(aim, nil))
	pages := func() (n int) { v.run(chromedp.Evaluate(`history.length`, &n)); return n }
	before := pages()
	for range 2 {
		v.run(chromedp.KeyEvent(kb.Escape))
	}
	if got := v.path(); got != "/signin" {
		t.Errorf("twice Escape led to %s", got)
	}
	if _, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent(kb.Escape)); err != nil || v.path() != "/healthz" {
		t.Errorf("three times Escape led to %s, %v", v.path(), err)
	}
	if got := pages(); got != before {
		t.Errorf("the history has %d pages, and had %d: the page was left and not replaced", got, before)
	}
}

// TestSecondFactorInABrowser sets an app up where it is required, and looks at
// the pages on the way.
func TestSecondFactorInABrowser(t *testing.T) {
	script := readAxe(t)
	house := newTestHouseAt(t, "localhost", "MEENT_SECOND_FACTOR=required")
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house, axe: script}
	who := house.someone(t, members.RoleCoordinator)
	v.halfway(who)
	v.lookAt("/signin/second")
	v.run(chromedp.Navigate(house.config.URL + "/account/app"))
	v.tabTo(`form[action="/account/app/begin"] button`)
	v.press(kb.Enter, "/account/app")
	v.lookAt("/account/app")
	secret, err := base32.StdEncoding.DecodeString(strings.ReplaceAll(v.text(".secret code"), " ", ""))
	if err != nil {
		t.Fatal(err)
	}
	v.tabTo(`input[name="code"]`)
	v.run(chromedp.KeyEvent(members.AppSecret(secret).Code(house.now())))
	v.press(kb.Enter, "/account/app")
	v.picture("spare codes")
	v.noFindings("spare codes")
	v.fits("spare codes")
	spare := strings.SplitN(v.text(".secret"), "\n", 2)[0]
	v.signOut()
	v.halfway(who)
	v.lookAt("/signin/second")
	v.tabTo(`input[name="code"]`)
	v.run(chromedp.KeyEvent(spare))
	v.press(kb.Enter, "/home")
}

// halfway signs in by mail and meets the question for a second factor.
func (v *visitor) halfway(who members.PersonRole) {
	v.t.Helper()
	before := v.newestMail()
	v.run(chromedp.Navigate(v.house.config.URL + "/signin"))
	v.tabTo(`input[name="email"]`)
	v.run(chromedp.KeyEvent(string(who.Email)))
	v.press(kb.Enter, "/signin/sent")
	mail := v.nextMail(before)
	v.tabTo(`input[name="code"]`)
	v.run(chromedp.KeyEvent(mail.code))
	v.press(kb.Enter, "/signin/second")
}
