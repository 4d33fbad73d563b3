package web_test

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"meent/members"
)

// sumRows are the amounts of a table that explains one, in cents.
func sumRows(t *testing.T, page *goquery.Selection, caption string) (rows []int) {
	t.Helper()
	page.Find("table.price").Each(func(_ int, table *goquery.Selection) {
		if table.Find("caption").Text() != caption {
			return
		}
		table.Find("td").Each(func(_ int, cell *goquery.Selection) {
			digits := strings.NewReplacer("€", "", "\u00a0", "", ",", "", ".", "", "−", "-").Replace(cell.Text())
			cents, err := strconv.Atoi(digits)
			if err != nil {
				t.Fatalf("%s has %q", caption, cell.Text())
			}
			rows = append(rows, cents)
		})
	})
	return rows
}

// TestReceivedPage: to the cent the member reads what the client pays and for what, and
// what of it went back; their wage stays, and why opens.
func TestReceivedPage(t *testing.T) {
	h := newHouse(t)
	h.cameBack()
	ctx, own, office := t.Context(), h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	var total, wage int
	h.must(h.db.QueryRow(ctx, `SELECT b.total_cents, l.cents FROM payments.bill b JOIN payments.bill_line l ON l.bill_id = b.id AND l.kind = 'wage'`).Scan(&total, &wage))
	path := own.get("/pay").Find(`main a[href^="/pay/"]:not([href="/pay/bank"])`).AttrOr("href", "")
	const caption = "Wat de klant voor je werk betaalt"
	if rows := sumRows(t, own.get(path).read().Selection, caption); !slices.Equal(rows, []int{total, -wage, total - wage}) || total == wage {
		t.Errorf("paid: %v of %d and %d", rows, total, wage)
	}
	once := office.get(h.billPath()).Find("input[name=refund]").AttrOr("value", "")
	h.expect(office.post(h.billPath()+"/refund", "refund", once, "amount", "10", "reason", "Een uur minder"), http.StatusSeeOther)
	_, err := h.db.Exec(ctx, `UPDATE payments.refund SET contribution_cents = 99, fund_cents = 1, loss_cents = 900`) // this house has no ledger
	h.must(err)
	page := own.get(path)
	if rows := sumRows(t, page.read().Selection, caption); !slices.Equal(rows, []int{total, -wage, total - wage, -99, total - wage - 99}) {
		t.Errorf("a part went back: %v of %d and %d", rows, total, wage)
	}
	h.says(page, "10,00 gaat terug naar de klant. Je loon blijft hetzelfde.")
	for _, line := range []string{"0,99 komt uit de bijdrage", "0,01 komt uit het solidariteitsfonds", "9,00 is verlies"} {
		if !strings.Contains(page.Find("details li").Text(), line) {
			t.Errorf("%q opens nowhere:\n%s", line, page.Find("details").Text())
		}
	}
	_, err = h.db.Exec(ctx, `
		INSERT INTO payments.dispute (id, cooperative_id, bill_id, outside_id, cents, state, reason, opened_at)
		SELECT gen_random_uuid(), cooperative_id, id, 'dp_1', 123, 'open', 'general', now() FROM payments.bill`)
	h.must(err)
	h.says(own.get(path), "De bank van de klant vraagt € 1,23 terug.")
	_, err = h.db.Exec(ctx, `
		INSERT INTO payments.clawback (id, cooperative_id, line_id, member_id, cents, reason_sealed, state, asked_by, asked_at, decided_by, decided_at)
		SELECT gen_random_uuid(), l.cooperative_id, l.id, l.member_id, 500, '\x010203040506070809101112131415161718192021222324252627282930', 'decided', $1, now(), a.id, now()
		FROM payments.bill_line l CROSS JOIN LATERAL (SELECT id FROM members.role r WHERE r.cooperative_id = l.cooperative_id AND r.id <> $1 LIMIT 1) a WHERE l.kind = 'wage'`,
		h.actors[members.RoleCoordinator].Role)
	h.must(err)
	if page := own.get(path); strings.Contains(page.Text(), "Je loon blijft hetzelfde") || !strings.Contains(page.Text(), "10,00 gaat terug naar de klant.") {
		t.Error("a wage that is asked back is said to stay the same")
	}
	_, err = h.db.Exec(ctx, `UPDATE payments.bill SET state = 'due', paid_at = NULL`)
	h.must(err)
	h.says(own.get(path), "De klant moet betalen")
	for name, other := range map[string]*browser{"the client": h.signedIn(members.RoleClient), "the office": office} {
		if got := other.get(path); got.status != http.StatusNotFound && got.status != http.StatusForbidden {
			t.Errorf("%s gets %d", name, got.status)
		}
	}
}
