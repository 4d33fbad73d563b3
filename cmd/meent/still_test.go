package main

import (
	"fmt"
	"testing"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"meent/members"
)

// show puts a page in a tab that stays: its document takes over the words, and axe
// is loaded once, which is quicker than a page each time by half. It reports false
// of a page that does more when it is loaded than a document that stays can: that
// one is opened. TestShownAsOpened holds what is shown against what is opened.
func (v *visitor) show(path string) bool {
	v.t.Helper()
	if v.still == nil {
		v.still = v.secondTab()
		v.still.run(chromedp.Navigate(v.house.config.URL + "/nowhere"))
	}
	var shown bool
	v.still.run(chromedp.EmulateViewport(320, 700), chromedp.Evaluate(fmt.Sprintf(showScript, path), &shown, awaitPromise))
	return shown
}

// secondTab is another tab of this visitor, who stays signed in.
func (v *visitor) secondTab() *visitor {
	v.t.Helper()
	ctx, closeTab := chromedp.NewContext(v.ctx)
	v.t.Cleanup(closeTab)
	tab := &visitor{t: v.t, ctx: ctx, house: v.house, axe: v.axe}
	tab.run(emulation.SetFocusEmulationEnabled(true))
	return tab
}

// showScript does what loading a page does, except for live.js, which waits for
// news, and offline.js, which looks at the page once.
const showScript = `(async path => {
	const answer = await fetch(path, {headers: {Accept: "text/html"}});
	const page = new DOMParser().parseFromString(await answer.text(), "text/html");
	if (page.querySelector("[data-anybody]")) return false;
	history.replaceState(null, "", answer.url);
	const root = document.documentElement;
	for (const name of root.getAttributeNames()) root.removeAttribute(name);
	for (const name of page.documentElement.getAttributeNames()) root.setAttribute(name, page.documentElement.getAttribute(name));
	const style = document.querySelector("link[rel=stylesheet]"); // loaded
	const same = page.querySelector("link[rel=stylesheet]");
	if (style.href !== new URL(same.getAttribute("href"), location).href) throw new Error("another style");
	for (const old of [...document.head.children]) if (old !== style) old.remove();
	for (const one of [...page.head.children]) if (one === same) document.head.append(style); else document.head.append(one);
	document.body.replaceWith(page.body);
	scrollTo(0, 0);
	const script = document.querySelector("script[type=module]").src, source = await (await fetch(script)).text();
	for (const [, name, file] of source.matchAll(/import \{ (\w+) \} from "([^"]+)"/g)) {
		if (["follow", "keepOffline"].includes(name)) continue;
		(await import(new URL(file, script)))[name](document);
	}
	return true;
})(%q)`

// TestShownAsOpened: a page that a tab which stays shows is the page that is opened.
func TestShownAsOpened(t *testing.T) {
	house := newTestHouse(t)
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	v.arrive(members.RoleMember)
	const whole = `document.querySelectorAll("[data-following]").forEach(e => e.removeAttribute("data-following"));
		[document.documentElement.outerHTML, document.styleSheets[0].cssRules.length, location.pathname + location.search, document.activeElement.tagName].join("\n")`
	for _, path := range []string{"/gigs", "/home", "/profile/travel", "/account/passkeys", "/nowhere", "/account", "/gigs?q=planten&km=40&can=0&day=1"} {
		var opened, shown string
		v.run(chromedp.EmulateViewport(320, 700), chromedp.Navigate(house.config.URL+path), chromedp.Evaluate(whole, &opened))
		if !v.show(path) {
			t.Fatalf("%s is not shown", path)
		}
		v.still.run(chromedp.Evaluate(whole, &shown))
		if opened != shown {
			t.Errorf("%s is shown as\n%s\nand opened as\n%s", path, shown, opened)
		}
	}
	if v.show("/offline") {
		t.Error("a page that a phone keeps is shown")
	}
}
