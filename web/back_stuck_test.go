package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// money is the domain without a gateway.
func (h *house) money() *payments.Service {
	return payments.New(h.db, h.tasks, h.members, nil, func() time.Time { return h.now }, nil)
}

// stuckReturn is money that was paid beforehand, is set apart since its work is over,
// and could not be given back. It gives where a person decides about it.
func (h *house) stuckReturn() (path string, rest payments.Account) {
	h.t.Helper()
	text, client := newUUID(), h.actors[members.RoleClient]
	deposit, err := id.Parse[payments.Deposit](text)
	h.must(err)
	h.do(`INSERT INTO payments.deposit (id, cooperative_id, client_id, ref, title, language, cents, state, asked_at, charge_id, held_at, ended_at, back_failed_at, back_refused)
		VALUES ($1::uuid, $2, $3, $1::uuid::text, 'Ramen', 'nl', 4000, 'returned', $4, $1::uuid::text, $4, $4, $4, 'expired_<card>')`, deposit, client.Cooperative, client.Client, h.now)
	about := payments.Reference(text)
	rest = payments.MovingRefund(about)
	move := func(what string, cause payments.Cause, from, to payments.Account) payments.Entry {
		return payments.Entry{Key: "deposit:" + text + ":" + what, Cause: cause, Subject: about, Postings: []payments.Posting{{Source: from, Destination: to, Amount: 4000}}}
	}
	_, err = h.money().Post(h.t.Context(), client.Cooperative,
		move("paid", payments.CauseDepositPaid, payments.ClientAccount(client.Client), payments.DepositHeld(about)),
		move("return", payments.CauseDepositReturned, payments.DepositHeld(about), rest))
	h.must(err)
	return "/money/returns/" + text, rest
}

// holds is what is on an account of the house.
func (h *house) holds(a payments.Account) (sum payments.Cents) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), `SELECT coalesce(sum(balance_cents), 0) FROM payments.account WHERE cooperative_id = $1 AND address = $2`,
		h.actors[members.RoleClient].Cooperative, string(a)).Scan(&sum))
	return sum
}

// asksAbout reports whether the office is asked about it.
func asksAbout(b *browser, path string) bool {
	return b.get("/money/disputes").Find(`form[action="`+path+`"]`).Length() > 0
}

// TestStuckReturnPages: what could not be given back is tried again once, or two people
// say how the client got it.
func TestStuckReturnPages(t *testing.T) {
	h := newHouse(t)
	path, rest := h.stuckReturn()
	other, _ := h.stuckReturn()
	office, second, elsewhere := h.signedIn(members.RoleCoordinator), h.officeTwo(), h.secondOffice()
	note := "note-" + strings.TrimPrefix(path, "/money/returns/")
	if text := office.get("/money/disputes").Find("main").Text(); !strings.Contains(text, "€\u00a040,00") || !strings.Contains(text, "expired_<card>") || !strings.Contains(text, "Probeer het opnieuw") {
		t.Errorf("the office reads:\n%s", text)
	}
	for _, form := range [][]string{{"do", "again"}, {"do", "hand", note, "Van onze bank"}, {"do", "approve"}, {"do", "refuse"}} {
		h.expect(elsewhere.post(path, form...), http.StatusNotFound)
	}
	if text := elsewhere.get("/money/disputes").Find("main").Text(); strings.Contains(text, "Ramen") {
		t.Errorf("another cooperative reads:\n%s", text)
	}
	h.expect(office.post(path, "do", "sing"), http.StatusBadRequest)
	h.expect(office.post(path, "do", "approve"), http.StatusConflict) // nobody said how
	if got := office.post(path, "do", "hand", note, "  "); got.status != http.StatusUnprocessableEntity || got.Find("#"+note+"-wrong").Length() != 1 {
		t.Errorf("without a word gave %d:\n%s", got.status, got.Find("main").Text())
	}
	h.expect(office.post(path, "do", "hand", note, "Van onze <bank>"), http.StatusSeeOther)
	h.expect(office.post(path, "do", "hand", note, "Van onze <bank>"), http.StatusConflict) // sent twice
	own := office.get("/money/disputes").Find(`form[action="` + path + `"]`)
	if own.Find(`[value="approve"]`).Length() != 0 || own.Find(`[value="back"]`).Length() != 1 || own.Find("input[type=text], textarea").Length() != 0 {
		t.Error("who said it is not asked to wait for somebody else")
	}
	if got := office.post(path, "do", "approve"); got.status != http.StatusConflict || !strings.Contains(got.body, "Een tweede mens") {
		t.Errorf("the same person twice gave %d", got.status)
	}
	if sum := h.holds(rest); sum != 4000 {
		t.Fatalf("after one person %v waits", sum)
	}
	if text := second.get("/money/disputes").Find("main").Text(); !strings.Contains(text, "Van onze <bank>") || !strings.Contains(text, h.actors[members.RoleCoordinator].Name) {
		t.Errorf("the second person reads:\n%s", text)
	}
	shown := func() string {
		version, _ := second.get("/money/disputes").Find(`form[action="` + path + `"] [name="version"]`).Attr("value")
		return version
	}
	old := shown()
	h.expect(office.post(path, "do", "back"), http.StatusSeeOther)
	h.expect(office.post(path, "do", "hand", note, "Van <hun> bank"), http.StatusSeeOther)
	h.expect(second.post(path, "do", "approve"), http.StatusConflict)
	h.expect(second.post(path, "do", "approve", "version", old), http.StatusConflict) // to words that changed
	if sum := h.holds(rest); sum != 4000 {
		t.Fatalf("after a yes to other words %v waits", sum)
	}
	h.expect(second.post(path, "do", "approve", "version", shown()), http.StatusSeeOther)
	h.expect(second.post(path, "do", "approve", "version", old), http.StatusConflict)
	if asksAbout(office, path) || h.holds(rest) != 0 || h.holds(payments.Contribution) != 4000 || h.holds(payments.CoopBank) != -4000 {
		t.Errorf("after two people %v waits, the cooperative has %v", h.holds(rest), h.holds(payments.Contribution))
	}

	h.expect(office.post(other, "do", "again"), http.StatusSeeOther)
	h.expect(office.post(other, "do", "again"), http.StatusConflict) // sent twice
	if asksAbout(office, other) {
		t.Error("what is tried again still asks for a person")
	}
	if n := h.counts(`SELECT count(*) FROM tasks.task WHERE kind = 'payments.return_deposit'`)(); n != 1 {
		t.Errorf("the gateway is asked %d times", n)
	}
}
