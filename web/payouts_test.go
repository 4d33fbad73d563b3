package web_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// cameBack gives the path of a wage that the member's bank sent back.
func (h *house) cameBack() string {
	h.t.Helper()
	ctx, e := h.t.Context(), h.engaged()
	h.now = h.now.Add(48 * time.Hour)
	h.must(errors.Join(
		h.jobs.ProposeHours(ctx, h.actors[members.RoleMember], e, jobs.Hours{Worked: 3 * time.Hour}),
		h.jobs.AgreeHours(ctx, h.actors[members.RoleClient], e)))
	var payout string
	h.must(h.db.QueryRow(ctx, `
		WITH paid AS (UPDATE payments.bill SET state = 'paid', charge_id = 'ch_1', paid_at = now())
		INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id)
		SELECT id, cooperative_id, id, member_id, cents, 'failed', now(), 'tr_1' FROM payments.bill_line WHERE kind = 'wage'
		RETURNING id::text`).Scan(&payout))
	return "/payouts/" + payout
}

// TestSendAgainPressedTwice sends once, and the second press is no fault.
func TestSendAgainPressedTwice(t *testing.T) {
	h := newHouse(t)
	path := h.cameBack()
	office := h.signedIn(members.RoleCoordinator)
	if page := office.get("/payouts"); page.Find(`form[action="`+path+`/again"]`).Length() != 1 {
		t.Error("the office does not see what came back")
	}
	for range 2 {
		if got := office.post(path + "/again"); got.status != http.StatusSeeOther || got.header.Get("Location") != "/payouts" {
			t.Errorf("gave %d to %q", got.status, got.header.Get("Location"))
		}
	}
	if page := office.get("/payouts"); !strings.Contains(page.body, "gaat opnieuw naar de bank") {
		t.Error("the office does not read that it is on its way")
	}
	far := h.browser()
	code, _ := far.ask(person(members.RoleCoordinator, "noord").Email)
	h.expect(far.post("/signin/code", "code", code), http.StatusSeeOther)
	h.expect(far.post(path+"/again"), http.StatusNotFound)
}
