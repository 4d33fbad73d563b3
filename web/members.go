package web

import (
	"net/http"
	"strconv"

	"meent/web/ui"
)

// membersList handles GET /members.
func membersList(r *request) error {
	list, err := r.web.Members.Members(r.Request.Context(), r.actor, "")
	if err != nil {
		return err
	}
	t := ui.Table{Caption: r.words.N("members.count", len(list)), Heads: []ui.Head{
		{Text: r.t("members.name")}, {Text: r.t("gig.place")}, {Text: r.t("members.skills"), Number: true},
	}}
	for _, m := range list {
		t.Rows = append(t.Rows, []string{m.Name, m.PlaceName, strconv.Itoa(m.Skills)})
	}
	return r.page(http.StatusOK, r.t("nav.members"), tablePage(r.t("nav.members"), r.t("members.none"), r.t("members.none_text"), t))
}
