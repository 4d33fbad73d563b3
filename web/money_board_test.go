package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// TestMoneyBoardPages: the office finds a difference from its first page, takes
// and explains it, stops the money and lets it go on.
func TestMoneyBoardPages(t *testing.T) {
	h := newHouse(t)
	office, difference := h.signedIn(members.RoleCoordinator), newUUID()
	if page := office.get("/money"); !strings.Contains(page.body, "Er wacht nu niets op iemand.") {
		t.Errorf("a board without anything reads:\n%s", page.Find("main").Text())
	}
	_, err := h.db.Exec(t.Context(), `INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
		VALUES ($1::uuid, $2, 'unknown', $1::uuid::text, 'something', 'po_1', 0, 100, $3, $3, $3)`, difference, h.actors[members.RoleCoordinator].Cooperative, h.now)
	h.must(err)
	if page := office.get("/home"); page.Find(`.nav a[href="/money"]`).Length() != 1 || !strings.Contains(page.body, "Eén ding over geld wacht op iemand.") {
		t.Error("the first page does not lead to the money")
	}
	page := office.get("/money")
	for _, path := range []string{"/bills", "/payouts", "/money/disputes", "/money/manual", "/money/limits", "/advances", "/money/differences", "/money/stops"} {
		if page.Find(`main a[href="`+path+`"]`).Length() == 0 {
			t.Errorf("the board does not lead to %s", path)
		}
	}
	if strings.Contains(page.body, "al een dag niet") {
		t.Error("Stripe is called silent")
	}
	h.do(`INSERT INTO payments.errand (cooperative_id, kind, subject, state, tries, first_at, last_at, input_hash) VALUES ($1, 'transfer', 'p-1', 'open', 3, $2, $2, sha256('x'))`,
		h.actors[members.RoleCoordinator].Cooperative, h.now.Add(-50*time.Hour))
	h.says(office.get("/money"), "al een dag niet", "Loon overmaken: 2 dagen geleden gevraagd, 3 keer.", "p-1")
	at := "/money/differences/" + difference
	h.says(office.get("/money/differences"), "Staat al", "minder dan een uur")
	h.expect(office.post(at+"/take"), http.StatusSeeOther)
	h.says(office.get("/money/differences"), h.actors[members.RoleCoordinator].Name)
	h.expect(office.post(at+"/explain", "note-"+difference, ""), http.StatusUnprocessableEntity)
	h.expect(office.post(at+"/explain", "note-"+difference, "Een cent rente."), http.StatusSeeOther)
	h.says(office.get("/money/differences"), "Een cent rente.")

	h.expect(office.post("/money/stops", "reason", ""), http.StatusUnprocessableEntity)
	h.expect(office.post("/money/stops", "reason", "Wij kijken iets na."), http.StatusSeeOther)
	h.says(office.get("/money/stops"), "Wij kijken iets na.")
	h.says(office.get("/home"), "Er gaat nu geen geld weg.")
	resume := office.get("/money/stops").Find(`form[action$="/resume"]`).AttrOr("action", "")
	h.expect(office.post(resume), http.StatusSeeOther)
	if page := office.get("/money"); !strings.Contains(page.body, "Uitbetalingen gaan door") {
		t.Errorf("after it went on:\n%s", page.Find("main").Text())
	}
}

// TestLargeDifferencePages: what one person says of much money is agreed by another, and
// nothing else than what that one read.
func TestLargeDifferencePages(t *testing.T) {
	h := newHouse(t)
	difference, c := newUUID(), h.actors[members.RoleCoordinator].Cooperative
	h.do(`INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
		VALUES ($1::uuid, $2, 'unknown', $1::uuid::text, 'something', 'po_1', 0, 900000, $3, $3, $3)`, difference, c, h.now)
	office, second, elsewhere := h.signedIn(members.RoleCoordinator), h.officeTwo(), h.secondOffice()
	at, note := "/money/differences/"+difference+"/explain", "note-"+difference
	seen := func(b *browser) string {
		return b.get("/money/differences").Find(`form[action="`+at+`"] button[name="agree"]`).AttrOr("value", "")
	}
	h.expect(office.post(at, note, "Een <gift> van de stad."), http.StatusSeeOther)
	if seen(office) != "" {
		t.Error("who explained it can agree too")
	}
	page := second.get("/money/differences")
	if text := page.Find("main").Text(); !strings.Contains(text, "Een <gift> van de stad.") || page.Find(`[value*="gift"]`).Length() != 0 {
		t.Errorf("the second person does not read it as text:\n%s", text)
	}
	if form := page.Find(`form:has(button[name="agree"])`); form.Length() != 1 || form.Find("input:not([type=hidden]), textarea").Length() != 0 {
		t.Error("the second person is asked for words to agree")
	}
	first := seen(second)
	if got := office.post(at, "agree", first); got.status != http.StatusConflict || !strings.Contains(got.body, "Een tweede mens") {
		t.Errorf("agreeing with oneself gave %d", got.status)
	}
	h.expect(elsewhere.post(at, "agree", first), http.StatusNotFound)
	h.expect(office.post(at, note, "Een lening van de stad."), http.StatusSeeOther)
	if got := second.post(at, "agree", first); got.status != http.StatusConflict || !strings.Contains(got.body, "Intussen veranderd") {
		t.Errorf("agreeing with what is not said any more gave %d", got.status)
	}
	h.do(`UPDATE payments.difference SET theirs_cents = 900001`)
	h.expect(second.post(at, "agree", first), http.StatusConflict)
	if n := h.counts(`SELECT count(*) FROM payments.difference WHERE explained_at IS NOT NULL`)(); n != 0 {
		t.Fatal("it was explained")
	}
	last := seen(second)
	h.expect(second.post(at, "agree", last), http.StatusSeeOther)
	h.says(second.get("/money/differences"), "Een lening van de stad.")
	h.expect(second.post(at, "agree", last), http.StatusConflict) // sent twice
}

// TestClaimPages: money that nobody knows is the cooperative's, once two people say so in
// the same words.
func TestClaimPages(t *testing.T) {
	h := newHouse(t)
	difference, other, c := newUUID(), newUUID(), h.actors[members.RoleCoordinator].Cooperative
	for id, about := range map[string]string{difference: "topup", other: "refund"} {
		h.do(`INSERT INTO payments.difference (id, cooperative_id, kind, thing, about, outside, ours_cents, theirs_cents, found_at, seen_at, confirmed_at)
			VALUES ($1::uuid, $2, 'unknown', $1::uuid::text, $4, 'po_1', 0, 5000, $3, $3, $3)`, id, c, h.now, about)
	}
	h.do(`INSERT INTO payments.balance_change (id, kind, source, amount_cents, fee_cents, net_cents, happened_at) VALUES ('txn_1', 'topup', 'po_1', 5000, 0, 5000, $1)`, h.now)
	office, second, elsewhere := h.signedIn(members.RoleCoordinator), h.officeTwo(), h.secondOffice()
	at, where, note := "/money/differences/"+difference+"/claim", "claim-"+difference, "claim-note-"+difference
	page := office.get("/money/differences")
	if page.Find(`form[action$="/claim"]`).Length() != 1 || page.Find(`form[action="`+at+`"] input[name="`+where+`"]`).Length() != 3 {
		t.Errorf("the page is:\n%s", page.Find("main").Text())
	}
	if got := office.post(at, "do", "ask", where, "bank", note, ""); got.status != http.StatusUnprocessableEntity || got.Find("#"+where+"-wrong").Length() != 1 || got.Find("#"+note+"-wrong").Length() != 1 {
		t.Errorf("no account and no word gave %d", got.status)
	}
	h.expect(office.post("/money/differences/"+other+"/claim", "do", "ask", "claim-"+other, "fund", "claim-note-"+other, "Van ons"), http.StatusNotFound)
	h.expect(office.post(at, "do", "ask", where, "fund", note, "Een <gift> van de stad."), http.StatusSeeOther)
	h.expect(office.post(at, "do", "ask", where, "loss", note, "Nog eens."), http.StatusConflict)
	seen := second.get("/money/differences").Find(`form[action="`+at+`"] input[name="version"]`).AttrOr("value", "")
	h.says(second.get("/money/differences"), "Een <gift> van de stad.", "dit is van ons, voor het fonds")
	if office.get("/money/differences").Find(`button[value="agree"]`).Length() != 0 {
		t.Error("who says so can agree too")
	}
	if got := office.post(at, "do", "agree", "version", seen); got.status != http.StatusConflict || !strings.Contains(got.body, "Een tweede mens") {
		t.Errorf("agreeing with oneself gave %d", got.status)
	}
	h.expect(elsewhere.post(at, "do", "agree", "version", seen), http.StatusNotFound)
	h.expect(second.post(at, "do", "agree", "version", "other"), http.StatusConflict)
	h.expect(second.post(at, "do", "drop"), http.StatusSeeOther)
	h.expect(second.post(at, "do", "agree", "version", seen), http.StatusConflict)
	h.expect(second.post(at, "do", "ask", where, "fund", note, "Een gift van de stad."), http.StatusSeeOther)
	seen = office.get("/money/differences").Find(`form[action="`+at+`"] input[name="version"]`).AttrOr("value", "")
	h.expect(office.post(at, "do", "agree", "version", seen), http.StatusSeeOther)
	if n := h.counts(`SELECT count(*) FROM payments.claim WHERE source = 'po_1'`)(); n != 1 {
		t.Errorf("%d claims", n)
	}
	h.says(office.get("/money/manual"), "Een gift van de stad.")
}

// TestChooseDepositsPage: who pays beforehand is chosen, and nothing else changes.
func TestChooseDepositsPage(t *testing.T) {
	h := newHouse(t)
	office, c := h.signedIn(members.RoleCoordinator), h.actors[members.RoleCoordinator].Cooperative
	h.expect(office.post("/money/deposits", "deposits", "everybody"), http.StatusUnprocessableEntity)
	h.expect(office.post("/money/deposits", "deposits", "all"), http.StatusSeeOther)
	money := payments.New(h.db, h.tasks, h.members, nil, func() time.Time { return h.now }, nil)
	if p, err := money.Policy(t.Context(), c); err != nil || p.Deposits != payments.EveryDeposit || p.Payout != payments.DefaultPolicy().Payout {
		t.Errorf("holds %+v, %v", p, err)
	}
	if page := office.get("/money/limits"); page.Find(`input[name=deposits][value=all][checked]`).Length() != 1 {
		t.Error("the page does not show what holds")
	}
}

// TestGigThatWaitsForMoney: while a client has to pay beforehand there is one way on, and
// no button that would be refused.
func TestGigThatWaitsForMoney(t *testing.T) {
	h := newHouse(t)
	office, client, path := h.signedIn(members.RoleCoordinator), h.signedIn(members.RoleClient), "/gigs/"+h.gig.String()
	h.expect(client.post(path+"/pause"), http.StatusSeeOther)
	for deposits, ways := range map[string][2]int{"all": {1, 0}, "none": {0, 1}} {
		h.expect(office.post("/money/deposits", "deposits", deposits), http.StatusSeeOther)
		page := client.get(path)
		if got := [2]int{page.Find(`form[action="` + path + `/deposit"]`).Length(), page.Find(`form[action="` + path + `/resume"]`).Length()}; got != ways {
			t.Errorf("where %s pay beforehand there are %v ways on, want %v", deposits, got, ways)
		}
	}
}

// TestMoneyIsOnePlace: all that the board of money leads to is marked as its own in the
// navigation, and leads back to it. A client's bills are theirs.
func TestMoneyIsOnePlace(t *testing.T) {
	h := newHouse(t)
	for kind, pages := range map[members.RoleKind]map[string][2]string{
		members.RoleCoordinator: {"/money": {"/money", ""}, "/money/disputes": {"/money", "/money"}, "/bills": {"/money", "/money"}, "/payouts": {"/money", "/money"}, "/advances": {"/money", "/money"}},
		members.RoleClient:      {"/bills": {"/bills", ""}},
	} {
		b := h.signedIn(kind)
		for path, want := range pages {
			page := b.get(path)
			if got := [2]string{page.Find("nav.nav a[aria-current]").AttrOr("href", ""), page.Find("main a.back").AttrOr("href", "")}; got != want {
				t.Errorf("%s shows the %s %q, want %q", path, kind, got, want)
			}
		}
	}
}

// TestAdvancePages: the member reads where the wage is, why, and what became of a
// wish; the office refuses with a reason, and lets the fund carry one.
func TestAdvancePages(t *testing.T) {
	h := newHouse(t)
	ctx, member, e := t.Context(), h.actors[members.RoleMember], h.engaged()
	h.now = h.now.Add(48 * time.Hour)
	h.must(errors.Join(h.jobs.ProposeHours(ctx, member, e, jobs.Hours{Worked: 3 * time.Hour}), h.jobs.AgreeHours(ctx, h.actors[members.RoleClient], e)))
	h.payeeIs(payments.PayeeReady)
	own, office, path := h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator), "/pay/"+e.String()
	page := own.get(path)
	steps := page.Find("main ol").Text() // what did not happen yet is not said as if it did
	if page.Find("main details").Length() < 1 || page.Find("main ol li").Length() != 5 || !strings.Contains(steps, "De klant betaalt.") || strings.Contains(steps, "heeft betaald") {
		t.Errorf("the wage reads:\n%s", page.Find("main").Text())
	}
	h.expect(own.post(path+"/advance", "part", "first", "amount", "veel"), http.StatusUnprocessableEntity)
	var line string
	h.must(h.db.QueryRow(ctx, `SELECT id::text FROM payments.bill_line WHERE kind = 'wage'`).Scan(&line))

	refused, covered := newUUID(), newUUID()
	h.advance(refused, line, member)
	if own.get(path).Find(`form[action="`+path+`/advance/back"]`).Length() != 1 {
		t.Error("the member cannot take back what they asked")
	}
	h.says(office.get("/money"), "lid vraagt loon eerder")
	at := "/advances/" + refused
	h.expect(office.post(at+"/refuse", "reason-"+refused, ""), http.StatusUnprocessableEntity)
	h.expect(office.post(at+"/refuse", "reason-"+refused, "Het fonds is nu leeg."), http.StatusSeeOther)
	h.says(own.get(path), "Het fonds is nu leeg.")
	h.expect(office.post(at+"/approve"), http.StatusConflict)

	h.now = h.now.Add(time.Minute)
	h.advance(covered, line, member)
	h.expect(office.post("/advances/"+covered+"/approve"), http.StatusConflict) // the fund has nothing
	_, err := h.db.Exec(ctx, `UPDATE payments.advance SET state = 'out', decided_at = $2 WHERE id = $1`, covered, h.now)
	h.must(err)
	if office.get("/advances").Find(`form[action="/advances/`+covered+`/cover"]`).Length() != 1 {
		t.Error("the office cannot let the fund carry it")
	}
	h.expect(office.post("/advances/"+covered+"/cover"), http.StatusConflict) // nor now
}
