package payments_test

import (
	"errors"
	"testing"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// everyAccount has one of each address.
func everyAccount() []payments.Account {
	m, client, bill := id.New[members.Member](nil), id.New[members.Client](nil), id.New[payments.Bill](nil)
	list := []payments.Account{payments.Contribution, payments.Costs, payments.Fund, payments.Loss, payments.CoopBank, payments.GatewayFees, payments.Disputed,
		payments.ClientAccount(client), payments.ClientBack(client), payments.BillHeld(bill), payments.DepositHeld("w"), payments.MovingRefund("r"), payments.MovingReversal("r")}
	for _, p := range payments.Places() {
		list = append(list, payments.MemberAccount(m, p))
	}
	return list
}

// TestAccountRules: the program and the database say the same of every address,
// and the database knows each.
func TestAccountRules(t *testing.T) {
	h := newFigureHouse(t)
	below, outside, hot := 0, 0, 0
	for _, a := range everyAccount() {
		var inDB [3]bool
		const query = `SELECT payments.below_zero($1), payments.outside($1), payments.hot($1)`
		h.must(h.db.QueryRow(t.Context(), query, string(a)).Scan(&inDB[0], &inDB[1], &inDB[2]))
		if inGo := [3]bool{a.MayBeBelowZero(), a.Outside(), a.Hot()}; inGo != inDB {
			t.Errorf("%s: below zero, outside, hot: %v here, %v there", a, inGo, inDB)
		}
		below, outside, hot = below+one(inDB[0]), outside+one(inDB[1]), hot+one(inDB[2])
		h.post(h.noor.Cooperative, "to "+string(a), "client:other", a, 5)
	}
	if below != 7 || outside != 10 || hot != 3 {
		t.Errorf("%d may be below zero, %d are outside, %d are hot; want 7, 10 and 3", below, outside, hot)
	}
	sum, err := h.AtGatewayNow(t.Context(), h.noor.Cooperative)
	var minus payments.Cents
	h.must(h.db.QueryRow(t.Context(), `SELECT -sum(balance_cents)::bigint FROM payments.account WHERE payments.outside(address)`).Scan(&minus))
	if err != nil || sum != minus || sum != payments.Cents(5*(len(everyAccount())-outside)) {
		t.Errorf("inside is %v, %v; outside minus %v", sum, err, minus)
	}
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

// TestMovements: who may read the way of money, and in which order it went.
func TestMovements(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	h.fillIn(h.checkout(bill))
	h.run()
	h.pass(time.Hour)
	h.run()
	causes := func(list []payments.Movement, err error) (text string) {
		h.must(err)
		for _, m := range list {
			text += string(m.Cause) + " " + m.Amount.String() + ", "
		}
		return text
	}
	const shared = "bill_paid 70.40, wage 64.00, contribution 6.40, "
	for name, by := range map[string]members.Actor{"client": h.client, "office": h.coordinator} {
		if got := causes(h.BillMovements(t.Context(), by, bill)); got != shared {
			t.Errorf("the %s reads %q", name, got)
		}
	}
	if got := causes(h.EarningMovements(t.Context(), h.member, "work-1")); got != shared+"hold 64.00, transfer 64.00, payout_sent 64.00, payout_paid 64.00, " {
		t.Errorf("the member reads %q", got)
	}
	home := payments.MemberAccount(h.member.Member, payments.AtBank)
	for name, tt := range map[string]struct {
		by   members.Actor
		a    payments.Account
		want payments.Cents
		ok   bool
	}{
		"the member's bank":          {h.member, home, 6400, true},
		"the office reads it":        {h.coordinator, home, 6400, true},
		"the client does not":        {h.client, home, 0, false},
		"nor the member the fund":    {h.member, payments.Fund, 0, false},
		"what the client paid":       {h.client, payments.ClientAccount(h.client.Client), -7040, true},
		"not what another paid":      {h.rival, payments.ClientAccount(h.client.Client), 0, false},
		"nor one of nowhere":         {members.Actor{Cooperative: h.client.Cooperative}, payments.Fund, 0, false},
		"nor a member who is nobody": {members.Actor{Cooperative: h.client.Cooperative, Kind: members.RoleMember}, "member::payable", 0, false},
	} {
		got, err := h.Balances(t.Context(), tt.by, tt.a)
		if (err == nil) != tt.ok || got[tt.a] != tt.want {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
	for name, err := range map[string]error{
		"a rival": second(h.BillMovements(t.Context(), h.rival, bill)), "another cooperative": second(h.BillMovements(t.Context(), h.elsewhere, bill)),
		"a client's wage": second(h.EarningMovements(t.Context(), h.client, "work-1")), "no such work": second(h.EarningMovements(t.Context(), h.member, "work-2")),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if sum, err := h.AtGatewayNow(t.Context(), h.client.Cooperative); err != nil || sum != h.ours() || sum != 509 {
		t.Errorf("at the gateway there are %v, %v", sum, err)
	}
}

func second[T any](_ T, err error) error { return err }
