package stripesim_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stripe/stripe-go/v76"

	"meent/payments/stripesim"
)

func (h *house) link(account string) string {
	h.Helper()
	return must[*stripe.AccountLink](h.T)(h.stripe.AccountLinks.New(&stripe.AccountLinkParams{
		Account: &account, Type: stripe.String("account_onboarding"),
		RefreshURL: stripe.String("https://meent.example/again"), ReturnURL: stripe.String("https://meent.example/back"),
	})).URL
}

// fill fills in the page of a link and gives the status and where it leads.
func (h *house) fill(address string, form url.Values) (int, string) {
	h.Helper()
	browser := http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	w := must[*http.Response](h.T)(browser.PostForm(address, form))
	w.Body.Close()
	return w.StatusCode, w.Header.Get("Location")
}

func (h *house) accountNow(id string) *stripe.Account {
	h.Helper()
	return must[*stripe.Account](h.T)(h.stripe.Accounts.GetByID(id, nil))
}

const goodIBAN = "NL39 RABO 0300 0652 64"

func TestOnboarding(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Onboard = true })
	member := h.account()
	a := h.accountNow(member)
	if a.DetailsSubmitted || a.PayoutsEnabled || a.Capabilities.Transfers != "inactive" || len(a.Requirements.CurrentlyDue) == 0 || len(a.ExternalAccounts.Data) != 0 {
		t.Errorf("new account: %+v", a)
	}
	h.paid(6000)
	_, err := h.transfer(1000, member, "")
	stripeError(t, err, 400, "insufficient_capabilities_for_transfer")
	_, err = h.payout(1, member, "")
	stripeError(t, err, 400, "payouts_not_allowed")

	address := h.link(member)
	page, header := look(t, address, http.StatusOK)
	if value, _ := page.Find("input#iban").Attr("value"); value == "" || !strings.Contains(header.Get("Content-Security-Policy"), "form-action 'self' https://meent.example") {
		t.Errorf("field with %q, %v", value, header)
	}
	for _, wrong := range []string{"", "NL39RABO0300065265", "<script>", "NL39RABO030006526ë", strings.Repeat("1", 40)} {
		if status, _ := h.fill(address, url.Values{"iban": {wrong}}); status != http.StatusUnprocessableEntity {
			t.Errorf("%q gave %d", wrong, status)
		}
	}
	for range 2 { // also the second tab
		if status, to := h.fill(address, url.Values{"iban": {goodIBAN}}); status != http.StatusSeeOther || to != "https://meent.example/back" {
			t.Errorf("filled in: %d to %q", status, to)
		}
	}
	a = h.accountNow(member)
	if !a.DetailsSubmitted || !a.PayoutsEnabled || a.Capabilities.Transfers != "active" || len(a.Requirements.CurrentlyDue) != 0 {
		t.Errorf("account: %+v", a)
	}
	if banks := a.ExternalAccounts.Data; len(banks) != 1 || banks[0].BankAccount.Last4 != "5264" || !banks[0].BankAccount.DefaultForCurrency {
		t.Errorf("banks: %+v", banks)
	}
	must[*stripe.Transfer](t)(h.transfer(1000, member, ""))
	if po := must[*stripe.Payout](t)(h.payout(1000, member, "")); po.Destination.ID != a.ExternalAccounts.Data[0].ID {
		t.Errorf("paid out to %+v", po.Destination)
	}
	h.deliver()
	if got := h.box.types(t); got["account.updated"] != 2 || got["capability.updated"] != 1 || got["account.external_account.created"] != 1 {
		t.Errorf("events: %v", got)
	}
}

func TestOnboardingThatIsNotFinished(t *testing.T) {
	h := newHouse(t, func(c *stripesim.Config) { c.Onboard = true })
	member := h.account()
	address := h.link(member)
	if status, to := h.fill(address, url.Values{"later": {"yes"}}); status != http.StatusSeeOther || to != "https://meent.example/back" {
		t.Errorf("later: %d to %q", status, to)
	}
	if a := h.accountNow(member); a.DetailsSubmitted {
		t.Errorf("account: %+v", a)
	}
	late := h.link(member)
	h.clock.add(5 * time.Minute)
	if status, to := h.fill(late, url.Values{"iban": {goodIBAN}}); status != http.StatusSeeOther || to != "https://meent.example/again" {
		t.Errorf("too late: %d to %q", status, to)
	}
	if status, to := h.fill(h.link(member), url.Values{"iban": {goodIBAN}, "simulate": {"proof"}}); status != http.StatusSeeOther || to != "https://meent.example/back" {
		t.Errorf("filled in: %d to %q", status, to)
	}
	a := h.accountNow(member)
	if !a.DetailsSubmitted || a.PayoutsEnabled || len(a.Requirements.CurrentlyDue) != 1 || a.Requirements.DisabledReason != "requirements.past_due" {
		t.Errorf("account: %+v", a)
	}
	if err := h.sim.Ask(t.Context(), member); err != nil || !h.accountNow(member).PayoutsEnabled {
		t.Errorf("asked nothing more: %v", err)
	}
	look(t, h.server.URL+"/onboarding/link_nothing", http.StatusNotFound)
	_, err := h.stripe.AccountLinks.New(&stripe.AccountLinkParams{Account: stripe.String("acct_nobody"), Type: stripe.String("account_onboarding"),
		RefreshURL: stripe.String("https://a.nl"), ReturnURL: stripe.String("https://a.nl")})
	stripeError(t, err, 400, "resource_missing")
}

// TestAnotherBank: payouts go there, and come back when that bank refuses.
func TestAnotherBank(t *testing.T) {
	h := newHouse(t, nil)
	member := h.account()
	h.paid(6000)
	must[*stripe.Transfer](t)(h.transfer(1000, member, ""))
	before := h.accountNow(member).ExternalAccounts.Data[0].ID
	if status, _ := h.fill(h.link(member), url.Values{"iban": {"NL91ABNA0417164300"}, "simulate": {"fail"}}); status != http.StatusSeeOther {
		t.Fatalf("filled in: %d", status)
	}
	a := h.accountNow(member)
	if banks := a.ExternalAccounts.Data; len(banks) != 2 || banks[0].BankAccount.Last4 != "4300" || banks[1].ID != before || banks[1].BankAccount.DefaultForCurrency {
		t.Errorf("banks: %+v", banks)
	}
	po := must[*stripe.Payout](t)(h.payout(1000, member, ""))
	h.advance(time.Hour)
	if now := h.payoutNow(po.ID, member); now.Status != "failed" || now.Destination.ID == before {
		t.Errorf("payout: %+v", now)
	}
	if bank := h.accountNow(member).ExternalAccounts.Data[0].BankAccount; bank.Status != "errored" {
		t.Errorf("bank: %+v", bank)
	}
	h.deliver()
	if got := h.box.types(t)["account.external_account.updated"]; got != 2 {
		t.Errorf("told %d times of a bank, want when it changed and when it refused", got)
	}
}

func TestAccountsGo(t *testing.T) {
	h := newHouse(t, nil)
	rich, poor := h.account(), h.account()
	h.paid(6000)
	must[*stripe.Transfer](t)(h.transfer(1000, rich, ""))
	_, err := h.stripe.Accounts.Del(rich, nil)
	stripeError(t, err, 400, "")
	if gone := must[*stripe.Account](t)(h.stripe.Accounts.Del(poor, nil)); !gone.Deleted {
		t.Errorf("deleted: %+v", gone)
	}
	if err := h.sim.Leave(t.Context(), rich); err != nil {
		t.Fatal(err)
	}
	for _, id := range []string{rich, poor} {
		_, err := h.stripe.Accounts.GetByID(id, nil)
		stripeError(t, err, 403, "account_invalid")
		_, err = h.payout(1, id, "")
		stripeError(t, err, 403, "account_invalid")
		_, err = h.transfer(1, id, "")
		stripeError(t, err, 400, "resource_missing")
	}
	if list := h.stripe.Accounts.List(&stripe.AccountListParams{}); list.Next() {
		t.Errorf("still listed: %+v", list.Account())
	}
	h.deliver()
	if got := h.box.types(t)["account.application.deauthorized"]; got != 2 {
		t.Errorf("told %d times", got)
	}
	if b := h.book(); b.Accounts[rich] != 1000 {
		t.Errorf("book: %+v", b)
	}
}
