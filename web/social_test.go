package web_test

import (
	"net/http"
	"strings"
	"testing"

	"meent/members"
)

// TestSocialReturn: the client and the coordinator read the same, on the page, on
// paper and as a table; nobody who worked is named.
func TestSocialReturn(t *testing.T) {
	h := newHouse(t)
	h.do(`UPDATE jobs.gig SET title = '=Ramen lappen' WHERE id = $1`, h.gig)
	h.provenWork()
	client, office := h.signedIn(members.RoleClient), h.signedIn(members.RoleCoordinator)
	theirs := "/clients/" + h.actors[members.RoleClient].Client.String() + "/social-return"
	for path, b := range map[string]*browser{"/social-return": client, theirs: office} {
		page := b.get(path)
		main := page.Find("main").Text()
		h.reads(main, "De Linde waal", "1 oktober 2026 tot en met 31 december 2026", "Tijd: 3 uur. Keren gewerkt: 1. Verschillende mensen: 1.", "€ 48,00", "Nog te betalen")
		h.keepsQuiet(main, "Mens member")
		pdf, _ := page.Find(`main a[href*="/pdf?"]`).Attr("href")
		csv, _ := page.Find(`main a[href*="/csv?"]`).Attr("href")
		text := h.paper(b.get(pdf))
		h.reads(text, "Social return", "De Linde waal", "Waalkracht", "Uitlener", "………", "48,00", "bladzijde 1 van")
		h.keepsQuiet(text, "Mens member", "van 0")
		got := b.get(csv)
		if got.header.Get("Content-Disposition") != `attachment; filename="social-return-2026-10-01-2026-12-31.csv"` || !strings.Contains(got.body, ";'=Ramen lappen;1;180;1;0,00;0,00;48,00;") || strings.Contains(got.body, "Mens") {
			t.Errorf("the table came as %v\n%s", got.header, got.body)
		}
		for _, query := range []string{"?period=2026-11", "?period=2026-q4", "?period=2026", "?period=free&from-day=1&from-month=11&from-year=2026&until-day=30&until-month=11&until-year=2026"} {
			h.reads(b.get(path+query).Find("main").Text(), "Tijd: 3 uur.")
		}
		h.reads(b.get(path+"?period=2026-10").Find("main").Text(), "In deze tijd is er geen werk")
		for _, query := range []string{"?period=x", "?period=2026-13", "?period=2026-q5", "?period=0000", "?period=free", "?period=free&from-day=2&from-month=11&from-year=2026&until-day=1&until-month=11&until-year=2026", "?period=%ff"} {
			for _, file := range []string{"", "/pdf", "/csv"} {
				h.expect(b.get(path+file+query), http.StatusUnprocessableEntity)
			}
		}
	}
	h.expect(office.get("/clients/"+h.far[members.RoleClient].Client.String()+"/social-return"), http.StatusNotFound)
	h.do(`UPDATE members.person SET locale = 'en' WHERE id = $1`, h.actors[members.RoleClient].Person)
	h.reads(client.get("/social-return/csv").body, "Times worked;Minutes", ";48.00;")
	h.reads(h.paper(client.get("/social-return/pdf")), "Different people: 1", "Lender of labour", "page 1 of")
	if client.get("/bills").Find(`a[href="/social-return"]`).Length() != 1 {
		t.Error("the bills do not lead to the statement")
	}
}
