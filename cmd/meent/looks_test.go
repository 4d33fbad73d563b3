package main

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/chromedp/chromedp"
)

// look is a way in which a page is looked at: how, and which elements axe is asked
// about.
type look struct {
	width       int64
	theme, asks string
}

// looks are the ways in which a page is looked at, without loading it again: the whole
// page on a phone, and of all others only what is not the same there. See looksScript.
func looks() []look {
	return append(narrow(), look{1280, "dark", ofColours("looks.fresh()")}, look{1280, "light", ofAll("looks.wide()")})
}

// narrow are those on a phone.
func narrow() []look {
	return []look{{390, "light", ofAll("looks.all()")}, {390, "dark", ofColours("looks.fresh()")}}
}

// looksScript finds the elements that a look has to ask about. Ink is all that the
// contrast of an element's words follows from: its colours and those of what it
// lies in, and its size. What has an ink that axe has seen on this page or an
// earlier one is not asked for its contrast again.
const looksScript = `
window.looks = (() => {
	const seen = new Set(JSON.parse(localStorage.getItem("looks") ?? "[]"));
	let first = seen.size === 0, noted = new Set();
	const every = () => [...document.querySelectorAll("body, body *")];
	const shown = e => { const r = e.getBoundingClientRect(); return r.width > 1 && r.height > 1 && e.checkVisibility({visibilityProperty: true}); };
	const words = e => e.matches("input, select, textarea") || [...e.childNodes].some(n => n.nodeType === Node.TEXT_NODE && n.data.trim() !== "");
	const hash = text => { let a = 0xdeadbeef, b = 0x41c6ce57; for (let i = 0; i < text.length; i++) {
		const c = text.charCodeAt(i); a = Math.imul(a ^ c, 2654435761); b = Math.imul(b ^ c, 1597334677); } return (a >>> 0).toString(36) + (b >>> 0).toString(36); };
	const fresh = () => {
		const inks = new Map();
		const ink = e => {
			if (!e) return "";
			if (!inks.has(e)) { const s = getComputedStyle(e); inks.set(e, hash([ink(e.parentElement), s.color, s.backgroundColor, s.backgroundImage, s.opacity, s.fontSize,
				s.fontWeight, s.textDecorationLine, s.textShadow, s.position, e.disabled === true].join())); }
			return inks.get(e);
		};
		const found = every().filter(e => words(e) && shown(e) && !seen.has(ink(e)) && seen.add(ink(e)));
		document.querySelectorAll("[data-fresh]").forEach(e => e.removeAttribute("data-fresh"));
		found.forEach(e => e.setAttribute("data-fresh", ""));
		localStorage.setItem("looks", JSON.stringify([...seen]));
		return found;
	};
	axe.configure({rules: [{id: "color-contrast", selector: "[data-fresh]"}, {id: "link-in-text-block", selector: "a[href][data-fresh]"}]}); // half of axe's time
	return {
		fresh,
		all() { noted = new Set(every().filter(shown)); fresh(); return document; },
		wide() { // what was not shown, what is pressed or scrolled; and once the whole page
			if (first) return document;
			const now = new Set(fresh());
			return every().filter(e => shown(e) && (!noted.has(e) || now.has(e) || e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight + 1
				|| e.matches("a, button, input, select, textarea, summary, label, [tabindex], [role], h1, h2, h3, h4, nav, main")));
		},
	};
})();`

// What is found is told by its source: to find the selector of each node, of those
// in order too, takes half of the time.
const runAxe = `(async () => {
	const of = %s, asked = of === document ? of : {include: of};
	if (of !== document && of.length === 0) return "[]";
	const r = await axe.run(asked, {runOnly: {type: "%s", values: [%s]}, resultTypes: ["violations"], selectors: false});
	return JSON.stringify(r.violations.map(v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.html).slice(0, 3)})));
})()`

func ofAll(elements string) string {
	return fmt.Sprintf(runAxe, elements, "tag", `"wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"`)
}

func ofColours(elements string) string {
	return fmt.Sprintf(runAxe, elements, "rule", `"color-contrast", "link-in-text-block"`)
}

// lookAt shows or opens a page and looks at it; it gives the tab where that stands.
func (v *visitor) lookAt(path string) *visitor {
	v.t.Helper()
	at := v
	if v.show(path) {
		at = v.still
	} else {
		v.run(chromedp.EmulateViewport(320, 700), chromedp.Navigate(v.house.config.URL+path))
	}
	at.lookAround(path, looks())
	return at
}

// lookAround looks in these ways at the page that is open, and whether it fits on
// the smallest phone (WCAG 1.4.10).
func (v *visitor) lookAround(what string, ways []look) {
	v.t.Helper()
	v.run(chromedp.EmulateViewport(320, 700))
	v.fits(what + ", 320 px")
	for _, l := range ways {
		v.run(media(l.theme), chromedp.EmulateViewport(l.width, 900))
		where := fmt.Sprintf("%s, %s, %d px", what, l.theme, l.width)
		v.picture(where)
		v.noneFound(l.asks, where)
		v.fits(where)
	}
}

// noFindings looks at the whole page as it is now.
func (v *visitor) noFindings(where string) {
	v.t.Helper()
	v.noneFound(ofAll("looks.all()"), where)
}

// noneFound asks axe, which a page gets when it is asked about for the first time.
func (v *visitor) noneFound(asks, where string) {
	v.t.Helper()
	var there bool
	if v.run(chromedp.Evaluate(`"looks" in window`, &there)); !there {
		v.run(chromedp.Evaluate(v.axe+looksScript, nil))
	}
	var found string
	v.run(chromedp.Evaluate(asks, &found, awaitPromise))
	var violations []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(found), &violations); err != nil {
		v.t.Fatalf("%s: axe gave %q", where, found)
	}
	for _, one := range violations {
		v.t.Errorf("%s: %s (%s)\n%s", where, one.Help, one.ID, strings.Join(one.Nodes, "\n"))
	}
}
