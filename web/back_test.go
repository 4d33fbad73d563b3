package web_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// officeTwo gives a browser of a second coordinator of the house.
func (h *house) officeTwo() *browser {
	h.t.Helper()
	n := members.NewPerson{Name: "Mens drie", Email: "three.waal@meent.example", Locale: members.Dutch}
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		who, err := h.members.EnsurePersonTx(h.t.Context(), tx, n)
		if err == nil {
			_, err = h.members.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: who, Cooperative: h.actors[members.RoleCoordinator].Cooperative, Kind: members.RoleCoordinator})
		}
		return err
	}))
	b := h.browser()
	code, _ := b.ask(n.Email)
	if got := b.post("/signin/code", "code", code); got.location != "/home" {
		h.t.Fatalf("signing in gave %d", got.status)
	}
	return b
}

// TestMoneyBackPages plays a bill that is not right: the client says so, the office
// answers and gives back, two people decide above the limit.
func TestMoneyBackPages(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	path := h.billPath()
	client, office, second := h.signedIn(members.RoleClient), h.signedIn(members.RoleCoordinator), h.officeTwo()
	says := func(b *browser, path string, words ...string) {
		t.Helper()
		text := b.get(path).Find("main").Text()
		for _, w := range words {
			if !strings.Contains(text, w) {
				t.Errorf("%s does not say %q:\n%s", path, w, text)
			}
		}
	}
	if got := client.post(path+"/object", "words", "Nee"); got.status != http.StatusUnprocessableEntity || got.Find("#words-wrong").Length() != 1 {
		t.Errorf("three letters gave %d", got.status)
	}
	if got := client.post(path+"/object", "words", "Er is een <uur> minder gewerkt."); got.location != path {
		t.Fatalf("objecting gave %d", got.status)
	}
	says(client, path, "Er is een <uur> minder gewerkt.", "wacht op antwoord")
	if got := client.post(path+"/object", "words", "En nog iets."); got.status != http.StatusConflict {
		t.Errorf("objecting twice gave %d", got.status)
	}
	says(office, "/money/disputes", "Klanten zeggen dat iets niet klopt")
	objection := office.get(path).Find("input[name=objection]").AttrOr("value", "")
	if got := office.post(path+"/answer", "objection", objection, "words", "U krijgt tien euro terug."); got.location != path {
		t.Errorf("answering gave %d", got.status)
	}
	says(client, path, "U krijgt tien euro terug.", "Klopt er iets niet?")
	number := func() string { return office.get(path).Find("input[name=refund]").AttrOr("value", "") }
	for _, tt := range [][]string{{"", "amount"}, {"0", "amount"}, {"-5", "amount"}, {"9000", "amount"}, {"veel", "amount"}} {
		if got := office.post(path+"/refund", "refund", number(), "amount", tt[0], "reason", "Een uur minder"); got.status != http.StatusUnprocessableEntity || got.Find("#"+tt[1]+"-wrong").Length() != 1 {
			t.Errorf("a refund of %q gave %d", tt[0], got.status)
		}
	}
	if got := office.post(path+"/refund", "amount", "10", "reason", "Een uur minder"); got.status != http.StatusBadRequest {
		t.Errorf("giving back without a number gave %d", got.status)
	}
	once := number()
	for range 2 { // sent twice it is one
		if got := office.post(path+"/refund", "refund", once, "amount", "10", "reason", "Een uur minder"); got.location != path {
			t.Fatalf("giving back gave %d:\n%s", got.status, got.Find("main").Text())
		}
	}
	if n := strings.Count(office.get(path).Find("main").Text(), "terugbetaling klaargezet"); n != 1 {
		t.Errorf("sent twice it stands there %d times", n)
	}
	says(office, path, "terugbetaling klaargezet", "Een uur minder", "verlies")
	if strings.Contains(client.get(path).Find("main").Text(), "verlies") {
		t.Error("the client reads who bears it")
	}
	h.do(`INSERT INTO payments.policy VALUES ((SELECT cooperative_id FROM payments.bill), 100, 1, 1, 1, 1)`)
	office.post(path+"/refund", "refund", number(), "amount", "5", "reason", "Nog een half uur")
	says(office, "/money/disputes", "Nog een half uur", "Dit vroeg je zelf")
	form := second.get("/money/disputes").Find(`form[action^="/money/refunds/"]`).AttrOr("action", "")
	if got := office.post(form, "do", "approve"); got.status != http.StatusConflict || !strings.Contains(got.body, "tweede mens") {
		t.Errorf("approving one's own gave %d", got.status)
	}
	if got := second.post(form, "do", "sing"); got.status != http.StatusBadRequest {
		t.Errorf("singing gave %d", got.status)
	}
	if got := second.post(form, "do", "approve"); got.location != "/money/disputes" {
		t.Errorf("approving gave %d", got.status)
	}
	if got := second.post(form, "do", "approve"); got.status != http.StatusConflict {
		t.Errorf("approving twice gave %d", got.status)
	}
}

// TestWageBackPages: two people, and the member reads who and why.
func TestWageBackPages(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	path := h.billPath() + "/clawback"
	office, second, member := h.signedIn(members.RoleCoordinator), h.officeTwo(), h.signedIn(members.RoleMember)
	number := office.get(path).Find(`input[name="clawback"]`).AttrOr("value", "")
	if got := office.post(path, "clawback", number, "amount", "9000", "reason", "Deze uren zijn twee keer betaald."); got.status != http.StatusUnprocessableEntity || got.Find("#amount-wrong").Length() != 1 {
		t.Errorf("more than the wage gave %d", got.status)
	}
	for range 2 { // the same form, sent twice
		if got := office.post(path, "clawback", number, "amount", "5", "reason", "Deze uren zijn twee keer betaald."); got.location != h.billPath() {
			t.Fatalf("asking gave %d", got.status)
		}
	}
	if n := second.get("/money/disputes").Find(`form[action^="/money/clawbacks/"]`).Length(); n != 1 {
		t.Errorf("a form that was sent twice asked %d times", n)
	}
	if text := member.get("/pay").Find("main").Text(); strings.Contains(text, "twee keer") {
		t.Errorf("the member reads what nobody decided:\n%s", text)
	}
	form := second.get("/money/disputes").Find(`form[action^="/money/clawbacks/"]`).AttrOr("action", "")
	if got := second.post(form, "do", "approve"); got.location != "/money/disputes" {
		t.Fatalf("deciding gave %d", got.status)
	}
	card := member.get("/pay").Find("#back ~ ul .card")
	for _, w := range []string{"twee keer betaald", "Mens coordinator en Mens drie", "€\u00a05,00", "niets vanzelf"} {
		if !strings.Contains(card.Text(), w) {
			t.Errorf("the member does not read %q:\n%s", w, card.Text())
		}
	}
	if card.Find(`a[href="/coach/ask?from=/pay"]`).Length() != 1 {
		t.Error("nobody can be asked")
	}
}

// TestSettlePages: how it ends, each way in words, by two people where it must be, and
// the member reads it.
func TestSettlePages(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	path := h.billPath() + "/clawback"
	office, second, member := h.signedIn(members.RoleCoordinator), h.officeTwo(), h.signedIn(members.RoleMember)
	office.post(path, "clawback", newUUID(), "amount", "5", "reason", "Deze uren zijn twee keer betaald.")
	second.post(second.get("/money/disputes").Find(`form[action^="/money/clawbacks/"]`).AttrOr("action", ""), "do", "approve")
	path = office.get("/money/disputes").Find(`a[href^="/money/clawbacks/"]`).AttrOr("href", "")
	page := office.get(path)
	number := page.Find(`input[name="settlement"]`).AttrOr("value", "")
	if text := page.Find("main").Text(); page.Find(`input[name="way"]`).Length() != 3 || !strings.Contains(text, "Nog open: €\u00a05,00") || !strings.Contains(text, "twee keer betaald") {
		t.Errorf("the page says:\n%s", text)
	}
	const why = "De helft bracht Anna zelf naar de bank."
	for field, sent := range map[string][]string{
		"way": {"settlement", number, "amount", "1", "reason", why}, "amount": {"settlement", number, "way", "repaid", "amount", "5,01", "reason", why},
		"reason": {"settlement", number, "way", "repaid", "amount", "1", "reason", "Zo."},
	} {
		if got := office.post(path+"/settle", sent...); got.status != http.StatusUnprocessableEntity || got.Find("#"+field+"-wrong").Length() != 1 {
			t.Errorf("a wrong %s gave %d", field, got.status)
		}
	}
	if heading := office.get(h.billPath()).Find(`h3:contains("loon teruggevraagd")`).PrevAllFiltered("h2").First().Text(); heading != "Loon terugvragen" {
		t.Errorf("on the bill it stands below %q", heading)
	}
	for why, says := range map[string]string{"balance_insufficient": "Dit geld staat daar niet meer.", "account_invalid": "schrijft: account_invalid."} {
		h.do(`INSERT INTO payments.settlement (id, cooperative_id, clawback_id, way, cents, reason_sealed, state, payout_id, number, asked_by, asked_at, ended_at, fund_cents, refused)
			SELECT gen_random_uuid(), k.cooperative_id, k.id, 'reversal', 100, k.reason_sealed, 'failed', o.id, 0, k.asked_by, k.decided_at, k.decided_at, 0, $1
			FROM payments.clawback k JOIN payments.payout o ON o.cooperative_id = k.cooperative_id AND o.line_id = k.line_id`, why)
		if text := office.get(path).Find("main .card").Text(); !strings.Contains(text, says) || !strings.Contains(text, "Gevraagd door") {
			t.Errorf("refused with %s it reads:\n%s", why, text)
		}
		h.do(`DELETE FROM payments.settlement`)
	}
	h.do(`UPDATE payments.payout SET state = 'sent', payout_id = 'po_1', sent_at = now()`) // it is on its way again
	if got := office.post(path+"/settle", "settlement", number, "way", "reversal", "amount", "5", "reason", why); got.status != http.StatusConflict || !strings.Contains(got.Find("main").Text(), "staat daar niet") {
		t.Errorf("what is not there gave %d:\n%s", got.status, got.Find("main").Text())
	}
	for range 2 { // the same form, sent twice
		if got := office.post(path+"/settle", "settlement", number, "way", "repaid", "amount", "3", "reason", why); got.location != path {
			t.Fatalf("settling gave %d", got.status)
		}
	}
	if text := member.get("/pay").Find("main").Text(); strings.Contains(text, "Anna") {
		t.Errorf("the member reads what nobody decided:\n%s", text)
	}
	if text := office.get(path).Find("main .card.waits").Text(); !strings.Contains(text, "Gevraagd door Mens coordinator.") || strings.Contains(text, "Gedaan door") {
		t.Errorf("what nobody decided reads:\n%s", text)
	}
	form := second.get(path).Find(`form[action^="/money/settlements/"]`).AttrOr("action", "")
	if got := office.post(form, "do", "approve"); got.status != http.StatusConflict {
		t.Errorf("agreeing with oneself gave %d", got.status)
	}
	if got := second.post(form, "do", "approve"); got.location != "/money/disputes" {
		t.Errorf("agreeing gave %d", got.status)
	}
	if got := office.post(path+"/settle", "settlement", newUUID(), "way", "let_go", "amount", "2", "reason", "Dit spraken we samen af."); got.location != path {
		t.Errorf("letting go gave %d", got.status)
	}
	card := member.get("/pay").Find("#back ~ ul .card").Text()
	for _, w := range []string{why, "Jij betaalde €\u00a03,00 terug", "Je hoeft €\u00a02,00 niet terug te geven", "Mens coordinator en Mens drie", "was alles geregeld"} {
		if !strings.Contains(card, w) {
			t.Errorf("the member does not read %q:\n%s", w, card)
		}
	}
	if page := office.get(path); page.Find(`input[name="way"]`).Length() != 0 || !strings.Contains(page.Find("main").Text(), "Dit is klaar") {
		t.Errorf("at the end the page says:\n%s", page.Find("main").Text())
	}
	if office.get("/money/disputes").Find(`a[href="`+path+`"]`).Length() != 0 {
		t.Error("it still waits")
	}
}

// TestRefusedWageBackPage: of what a second person refused nobody reads that two decided
// it, or that a member owes it.
func TestRefusedWageBackPage(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	office, second := h.signedIn(members.RoleCoordinator), h.officeTwo()
	office.post(h.billPath()+"/clawback", "clawback", newUUID(), "amount", "5", "reason", "Deze uren zijn twee keer betaald.")
	form := second.get("/money/disputes").Find(`form[action^="/money/clawbacks/"]`).AttrOr("action", "")
	if got := second.post(form, "do", "refuse"); got.location != "/money/disputes" {
		t.Fatalf("refusing gave %d", got.status)
	}
	text := office.get(form).Find("main").Text()
	if !strings.Contains(text, "€\u00a05,00") || strings.Contains(text, "Mens coordinator en Mens drie") || strings.Contains(text, "Nog open") {
		t.Errorf("the page says:\n%s", text)
	}
}

// TestBankPages: what the bank asks, by when, and what we would say, without names.
func TestBankPages(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	h.do(`INSERT INTO payments.dispute (id, cooperative_id, bill_id, outside_id, cents, state, reason, until, opened_at)
		SELECT gen_random_uuid(), cooperative_id, id, 'dp_1', 100, 'open', 'product_not_received', now() + interval '900 days', now() FROM payments.bill`)
	office, second := h.signedIn(members.RoleCoordinator), h.officeTwo()
	path := office.get("/money/disputes").Find(`a[href^="/money/disputes/"]`).AttrOr("href", "")
	page := office.get(path)
	text := page.Find("textarea").Text()
	for _, w := range []string{"3\u00a0uur", "Beide kanten spraken de uren af"} {
		if !strings.Contains(text, w) {
			t.Errorf("the proposal does not say %q: %q", w, text)
		}
	}
	if strings.Contains(text, "Mens") || !strings.Contains(page.Find("main").Text(), "het werk is niet gedaan") {
		t.Errorf("the page says:\n%s", page.Find("main").Text())
	}
	if got := office.post(path+"/answer", "text", "Mens member heeft dit gedaan."); got.status != http.StatusUnprocessableEntity || got.Find("#text-wrong").Length() != 1 {
		t.Errorf("a name gave %d", got.status)
	}
	if got := office.post(path+"/answer", "text", text); got.location != path {
		t.Errorf("answering gave %d", got.status)
	}
	if got := office.post(path+"/answer", "text", text); got.status != http.StatusConflict {
		t.Errorf("answering twice gave %d", got.status)
	}
	h.do(`INSERT INTO payments.policy VALUES ((SELECT cooperative_id FROM payments.bill), 50, 1, 1, 1, 1)`)
	if got := office.post(path+"/accept", "do", "yes"); got.location != path {
		t.Errorf("accepting gave %d", got.status)
	}
	if got := office.post(path+"/accept", "do", "yes"); got.status != http.StatusConflict {
		t.Errorf("accepting alone gave %d", got.status)
	}
	if got := second.post(path+"/accept", "do", "keep"); got.location != path {
		t.Errorf("keeping gave %d", got.status)
	}
}
