package web_test

import (
	"strings"
	"testing"

	"meent/members"
)

// TestHeldPayoutPages: the office finds money that waits for a person, and lets it
// go, once.
func TestHeldPayoutPages(t *testing.T) {
	h := newHouse(t)
	bill, line, payout := newUUID(), newUUID(), newUUID()
	client, member := h.actors[members.RoleClient], h.actors[members.RoleMember]
	exec := func(sql string, args ...any) {
		t.Helper()
		_, err := h.db.Exec(t.Context(), sql, args...)
		h.must(err)
	}
	exec(`INSERT INTO payments.bill (id, cooperative_id, client_id, ref, title, language, worked_on, minutes, rate_cents, total_cents, state, billed_at)
		VALUES ($1::uuid, $2, $3, $1::uuid::text, 'Ramen', 'nl', '2026-11-20', 60, 160000, 160000, 'due', now())`, bill, client.Cooperative, client.Client)
	exec(`INSERT INTO payments.bill_line (id, cooperative_id, bill_id, kind, member_id, cents) VALUES ($1, $2, $3, 'wage', $4, 160000)`, line, member.Cooperative, bill, member.Member)
	exec(`INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, held_at, held_why)
		VALUES ($1, $2, $3, $4, 160000, 'held', now(), now(), 'payout')`, payout, member.Cooperative, line, member.Member)
	office := h.signedIn(members.RoleCoordinator)
	if got := office.get("/home").Find("main").Text(); !strings.Contains(got, "Eén betaling wacht op een mens") {
		t.Errorf("the first page does not say so:\n%s", got)
	}
	if got := h.signedIn(members.RoleMember).get("/pay").Find("main").Text(); !strings.Contains(got, "Een coördinator kijkt deze betaling na") {
		t.Errorf("the member reads:\n%s", got)
	}
	page := office.get("/payouts")
	action := page.Find(`form[action$="/release"]`).AttrOr("action", "")
	if text := page.Find("main").Text(); action == "" || !strings.Contains(text, "€\u00a01.600,00") || !strings.Contains(text, "twee mensen") {
		t.Fatalf("the page of money that waits:\n%s", text)
	}
	if got := office.post(action); got.location != "/payouts" {
		t.Fatalf("the first yes gave %d", got.status)
	}
	again := office.get("/payouts")
	if text := again.Find("main").Text(); again.Find(`form[action$="/release"]`).Length() != 0 || !strings.Contains(text, "zei al ja") || !strings.Contains(text, "Een andere coördinator moet") {
		t.Errorf("after one's own yes:\n%s", text)
	}
	if got := office.post(action); got.status != 409 {
		t.Errorf("a second yes of the same person gave %d", got.status)
	}
}

// TestManualPages: one proposes, and cannot decide.
func TestManualPages(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	for name, form := range map[string][]string{
		"no amount":          {"way", "coop:bank>coop:fund", "amount", "", "reason", "x"},
		"a way there is not": {"way", "coop:fund>coop:fund", "amount", "5", "reason", "x"},
		"no reason":          {"way", "coop:bank>coop:fund", "amount", "5", "reason", " "},
		"too much":           {"way", "coop:bank>coop:fund", "amount", "100001", "reason", "x"},
		"below zero":         {"way", "coop:bank>coop:fund", "amount", "-5", "reason", "x"},
	} {
		if got := office.post("/money/manual", append(form, "manual", newUUID())...); got.status != 422 {
			t.Errorf("%s gave %d", name, got.status)
		}
	}
	number := office.get("/money/manual").Find(`input[name="manual"]`).AttrOr("value", "")
	for range 2 { // the same form, sent twice
		if got := office.post("/money/manual", "manual", number, "way", "coop:bank>coop:fund", "amount", "500", "reason", "Gift <1>"); got.location != "/money/manual" {
			t.Fatalf("proposing gave %d:\n%s", got.status, got.Find("main").Text())
		}
	}
	page := office.get("/money/manual")
	if n := page.Find(`input[value="back"]`).Length(); n != 1 {
		t.Errorf("a form that was sent twice proposed %d", n)
	}
	action := page.Find(`form[action^="/money/manual/"]`).AttrOr("action", "")
	if text := page.Find("main").Text(); action == "" || page.Find(`input[value="approve"]`).Length() != 0 || !strings.Contains(text, "€\u00a0500,00") || !strings.Contains(text, "Gift <1>") {
		t.Errorf("whoever proposed it is shown:\n%s", text)
	}
	if got := office.post(action, "do", "approve"); got.status != 409 {
		t.Errorf("approving one's own gave %d", got.status)
	}
	if got := office.post(action, "do", "something"); got.status != 400 {
		t.Errorf("something else gave %d", got.status)
	}
	if got := office.post(action, "do", "back"); got.location != "/money/manual" {
		t.Errorf("taking it back gave %d", got.status)
	}
	if text := office.get("/money/manual").Find("table").Text(); !strings.Contains(text, "teruggenomen") {
		t.Errorf("what was decided:\n%s", text)
	}
}

// TestLimitsPage: what cannot be read changes nothing.
func TestLimitsPage(t *testing.T) {
	h := newHouse(t)
	office := h.signedIn(members.RoleCoordinator)
	send := func(change ...string) []string {
		return append([]string{"payout", "2000", "hour", "25000", "member_day", "2000", "four_eyes", "500", "refund_hour", "2000", "advance", "200"}, change...)
	}
	if got := office.post("/money/limits", send("reason", "")...); got.status != 422 {
		t.Errorf("no reason gave %d", got.status)
	}
	if got := office.post("/money/limits", "payout", "2000", "hour", "25000", "member_day", "2000", "four_eyes", "zoveel", "refund_hour", "2000", "advance", "200", "reason", "Zo"); got.status != 422 {
		t.Errorf("an amount of words gave %d", got.status)
	}
	if got := office.post("/money/limits", send("reason", "Het wordt drukker")...); got.location != "/money/limits" {
		t.Fatalf("proposing gave %d:\n%s", got.status, got.Find("main").Text())
	}
	page := office.get("/money/limits")
	action := page.Find(`form[action^="/money/limits/"]`).AttrOr("action", "")
	if text := page.Find("main").Text(); action == "" || page.Find(`form[action="/money/limits"]`).Length() != 0 || !strings.Contains(text, "€\u00a01.500,00") || !strings.Contains(text, "€\u00a02.000,00") {
		t.Errorf("the page shows:\n%s", text)
	}
	if got := office.post("/money/limits", send("reason", "Nog meer")...); got.status != 409 {
		t.Errorf("a second proposal gave %d", got.status)
	}
	if got := office.post(action, "do", "approve"); got.status != 409 {
		t.Errorf("approving one's own gave %d", got.status)
	}
}
