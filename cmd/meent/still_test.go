package main

import (
	"bytes"
	"context"
	"fmt"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"meent/members"
)

// show puts a page into a tab that was opened before and stays open, which takes half
// the time of opening it: axe and the style are loaded once. It reports false, and the
// page is to be opened, of a page that does more when it loads than can be done in such
// a tab. TestShownAsOpened compares what is shown with what is opened.
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
	if err := chromedp.Run(ctx, emulation.SetFocusEmulationEnabled(true)); err != nil { // not by run: a tab closes with the context that opened it
		v.t.Fatal(err)
	}
	return &visitor{t: v.t, ctx: ctx, house: v.house, axe: v.axe}
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
	let after = false; // the style is not moved: that would load it anew, and the page would stand without one meanwhile
	for (const one of [...page.head.children]) if (one === same) after = true; else if (after) document.head.append(one); else style.before(one);
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
		var kept bool
		if v.still.run(chromedp.Evaluate(`document.styleSheets[0] === (window.sheet ??= document.styleSheets[0])`, &kept)); !kept {
			t.Errorf("%s got its style anew", path)
		}
	}
	if v.show("/offline") {
		t.Error("a page that a phone keeps is shown")
	}
}

// TestPictures: of the tab that shows pages, and of the visitor's own behind it, there are
// pictures, each of the page that is named and as wide as it says.
func TestPictures(t *testing.T) {
	folder := t.TempDir()
	t.Setenv("MEENT_PICTURES", folder)
	house := newTestHouse(t)
	v := &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}
	v.run(chromedp.Navigate(house.config.URL + "/signin"))
	if !v.show("/register") {
		t.Fatal("/register is not shown")
	}
	soon, cancel := context.WithTimeout(v.ctx, 30*time.Second)
	defer cancel()
	v.ctx = soon
	for _, theme := range []string{"light", "dark"} { // it is the second picture that would wait for ever
		for name, tab := range map[string]*visitor{"own": v, "still": v.still} {
			tab.run(media(theme), chromedp.EmulateViewport(390, 900))
			tab.picture(name + " " + theme)
		}
	}
	seen := map[string]bool{}
	files, err := filepath.Glob(folder + "/*.png")
	if err != nil || len(files) != 4 {
		t.Fatalf("there are %d pictures, %v", len(files), err)
	}
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		shot, err := png.DecodeConfig(bytes.NewReader(data))
		if err != nil || shot.Width != 390 || shot.Height < 900 || seen[string(data)] {
			t.Errorf("%s is %d by %d, the same as another: %v, %v", filepath.Base(name), shot.Width, shot.Height, seen[string(data)], err)
		}
		seen[string(data)] = true
	}
}
