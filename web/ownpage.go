package web

import (
	"net/url"
	"slices"
	"strings"

	"meent/internal/id"
	"meent/members"
	"meent/web/ui"
)

// ownPage is the path when it is a page of ours that a member may ask for, with
// ids and nothing that somebody typed; otherwise nothing. Secrets are no ids.
func (w *Web) ownPage(path string) string {
	if len(path) > 200 || strings.HasPrefix(path, "/live/") || strings.HasPrefix(path, "/coach/") {
		return ""
	}
	for _, route := range w.routes() {
		forMembers := !route.access.all && slices.Contains(route.access.kinds, members.RoleMember)
		if route.method == get && forMembers && fits(route.path, path) {
			return path
		}
	}
	return ""
}

// fits reports whether a path is one of the pattern's, with an id for each of
// its parameters.
func fits(pattern, path string) bool {
	want, have := strings.Split(pattern, "/"), strings.Split(path, "/")
	if len(want) != len(have) {
		return false
	}
	for i, part := range want {
		if strings.HasPrefix(part, ":") {
			if _, err := id.Parse[any](have[i]); err != nil {
				return false
			}
		} else if part != have[i] {
			return false
		}
	}
	return true
}

// help leads a member to their coach, with the page that they look at.
func (r *request) help() *ui.Link {
	if r.actor.Kind != members.RoleMember || r.actor.Helped() {
		return nil
	}
	link := &ui.Link{Text: r.t("question.ask"), Path: "/coach/ask", Icon: ui.IconCoach}
	if page := r.web.ownPage(r.Request.URL.Path); page != "" && r.Request.Method == get {
		link.Path += "?" + url.Values{"from": {page}}.Encode()
	}
	return link
}
