package web

import (
	"net/http"

	"meent/web/ui"
)

// clientsList handles GET /clients.
func clientsList(r *request) error {
	list, err := r.web.Members.Clients(r.Request.Context(), r.actor)
	if err != nil {
		return err
	}
	t := ui.Table{Caption: r.words.N("clients.count", len(list)), Heads: []ui.Head{
		{Text: r.t("members.name")}, {Text: r.t("clients.kind")}, {Text: r.t("gig.address")}, {Text: r.t("gig.place")},
	}}
	for _, c := range list {
		t.Rows = append(t.Rows, []string{c.Name, r.words.With("client."+string(c.Kind), nil), c.Address, c.PlaceName})
	}
	return r.page(http.StatusOK, r.t("nav.clients"), tablePage(r.t("nav.clients"), r.t("clients.none"), r.t("clients.none_text"), t))
}
