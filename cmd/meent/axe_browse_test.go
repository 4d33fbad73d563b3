package main

import (
	"github.com/chromedp/chromedp"

	"meent/members"
)

// lookAtBrowse looks at what a press opens in the list of gigs: the sheet with all
// its choices on a phone, and why work is not for them. Then at what stands there
// when the index is away: the house's own notice, as /dev/components has it, above
// the list and in place of the map.
func (v *visitor) lookAtBrowse(kind members.RoleKind) {
	v.t.Helper()
	if kind != members.RoleMember {
		return
	}
	const away = `(async () => {
		const page = new DOMParser().parseFromString(await (await fetch("/dev/components")).text(), "text/html"), notice = page.querySelector(".notice.waits, .notice");
		document.getElementById("found").prepend(notice.cloneNode(true));
		document.querySelector("svg.map").replaceWith(notice.cloneNode(true));
		document.querySelector("table.places").remove();
	})()`
	v.run(chromedp.EmulateViewport(390, 900), chromedp.Navigate(v.house.config.URL+"/gigs?can=0"),
		chromedp.Evaluate(`document.querySelectorAll("details.filters, .filters details, #found details.more").forEach(d => d.open = true)`, nil),
		chromedp.WaitVisible(`.panel .show button`, chromedp.ByQuery), chromedp.WaitVisible(`#found details.more[open] li`, chromedp.ByQuery))
	v.lookAround("gigs all open", narrow())
	v.run(chromedp.Navigate(v.house.config.URL+"/gigs?view=map&can=0"), chromedp.Evaluate(away, nil, awaitPromise))
	v.lookAround("gigs without an index", narrow())
}
