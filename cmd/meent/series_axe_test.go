package main

import (
	"fmt"
	"net/http"

	"github.com/chromedp/chromedp"

	"meent/members"
)

// lookAtSeries looks at the dates of a series before they come, with one at which
// work is already, and at the step that has them.
func (v *visitor) lookAtSeries(kind members.RoleKind) {
	v.t.Helper()
	if kind != members.RoleClient {
		return
	}
	const fill = `document.querySelectorAll("main details").forEach(d => d.open = true);
		document.getElementById("series-weekdays-1").checked = true;
		for (const [name, value] of Object.entries({"series-from-day": "1", "series-from-month": "12", "series-from-year": "2026", "series-count": "6",
			"series-starts-hour": "9", "series-ends-hour": "12", "series-without": "8-12-2026"})) document.getElementsByName(name)[0].value = value`
	v.run(media("light"), chromedp.EmulateViewport(390, 900))
	when := v.draft(kind, "/when")
	for i, shown := range []string{"look", "add", "look"} { // the last time there is work on each date
		if shown == "look" {
			v.run(chromedp.Navigate(v.house.config.URL+when), chromedp.Evaluate(fill, nil))
		}
		status := int64(http.StatusOK)
		if i == 2 {
			status = http.StatusUnprocessableEntity
		}
		v.click(shown, status)
		v.lookAround(fmt.Sprintf("/gigs/:gig/when series %s %d", shown, i+1), looks())
	}
}
