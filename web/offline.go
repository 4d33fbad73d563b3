package web

import (
	"bytes"
	"encoding/json"
	"net/http"

	"meent/members"
	"meent/web/ui"
)

// offlinePage handles GET /offline: the forms that a phone without internet shows, a
// coach's for a contact and a member's for the clock. It is the same for everybody,
// since it stays in the browser: no name, no person, nothing of a session.
// offline.js puts in whose first names, or which work, this phone kept.
func offlinePage(r *request) error {
	f := ui.Frame{
		Lang: string(r.words.Locale), Title: r.t("offline.title"), Face: string(members.RoleCoach),
		Style: r.web.static.URL("app.css"), Script: r.web.static.URL("js/app.js"), Picture: r.web.static.URL("icon.svg"), Home: "/home",
		Words: ui.FrameWords{Brand: "Meent", Skip: r.t("frame.skip"), Foot: r.t("frame.foot")},
	}
	var page bytes.Buffer
	if err := ui.Layout(f, offlineBody(r, r.emptyForm())).Render(r.Request.Context(), &page); err != nil {
		return err
	}
	r.Data(http.StatusOK, "text/html; charset=utf-8", page.Bytes())
	return nil
}

// offlineWorker handles GET /sw.js: the script that keeps the page above and what
// it looks like, and no other page. It stands at the root, since it answers for
// what is below.
func offlineWorker(r *request) error {
	files, err := json.Marshal(append(r.web.static.Addresses(), "/offline"))
	if err != nil {
		return err
	}
	script := bytes.Replace(r.web.static.Content("js/sw.js"), []byte(`["FILES"]`), files, 1)
	r.Data(http.StatusOK, "text/javascript; charset=utf-8", script)
	return nil
}

// owner is whose contacts or presses this browser may keep, until somebody else
// signs in.
func (r *request) owner() string {
	if r.actor.Helped() {
		return r.actor.Helper.Role.String()
	}
	if !r.actor.Role.IsZero() {
		return r.actor.Role.String()
	}
	return r.actor.Person.String()
}
