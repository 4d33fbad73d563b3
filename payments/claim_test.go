package payments_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// comes is money between the shared account and a bank, with no number of ours.
func (h *house) comes(n int, kind string, cents payments.Cents) {
	h.Helper()
	h.sql(`INSERT INTO stripesim.txn (id, account, type, amount, fee, net, source, created_at, available_at)
		VALUES ('txn_' || $1::int, 'platform', $4, $3, 0, $3, 'tu_' || $1::int, $2, $2)`, n, h.now(), cents, kind)
	h.sql(`UPDATE stripesim.balance SET total = total + $1 WHERE account = 'platform'`, cents)
	h.lookTwice()
}

// brought books by hand what a cooperative says to have brought.
func (h *house) brought(c id.Cooperative, key string, cents payments.Cents) {
	h.Helper()
	_, err := h.Post(h.Context(), c, payments.Entry{Key: "manual:" + key, Cause: "other", Subject: payments.Reference(id.New[house](nil).String()),
		Postings: []payments.Posting{{Source: payments.CoopBank, Destination: payments.Fund, Amount: cents}}})
	h.must(err)
}

func (h *house) unclaimed(by members.Actor) payments.Difference {
	h.Helper()
	list, err := h.Differences(h.Context(), by)
	h.must(err)
	for _, d := range list {
		if d.Claimable() {
			return d
		}
	}
	h.Fatalf("nothing can be claimed: %+v", list)
	return payments.Difference{}
}

// TestClaimOfSeveral: two cooperatives booked the same amount. Two people of one say that
// it is theirs; the other's stays open, and cannot be said of the same money.
func TestClaimOfSeveral(t *testing.T) {
	h := paidOut(t)
	lot := h.secondOffice()
	jan := h.actor("jan", members.NewRole{Cooperative: h.elsewhere.Cooperative, Kind: members.RoleCoordinator})
	var els members.Actor
	h.tx(func(tx pgx.Tx) error {
		who, err := h.people.EnsurePersonTx(t.Context(), tx, person("els"))
		if err == nil {
			_, err = h.people.AddRoleTx(t.Context(), tx, members.NewRole{Person: who, Cooperative: h.elsewhere.Cooperative, Kind: members.RoleCoordinator})
		}
		els.Person = who
		return err
	})
	els, err := h.people.Actor(t.Context(), els.Person, members.RoleID{})
	h.must(err)
	h.brought(h.elsewhere.Cooperative, "a", 1234)
	h.brought(h.client.Cooperative, "b", 1234)
	h.comes(1, "payout_failure", 1234)
	d, theirs := h.unclaimed(h.coordinator), h.unclaimed(jan)
	if d.OwnPosting == "" || d.OwnPosting == theirs.OwnPosting {
		t.Fatalf("their own postings are %q and %q", d.OwnPosting, theirs.OwnPosting)
	}
	mine := payments.Claiming{Note: "Onze storting van maandag."}
	for name, tt := range map[string]struct{ got, want error }{
		"a client":             {h.ClaimDifference(t.Context(), h.client, d.ID, mine), members.ErrNotFound},
		"the member":           {h.ClaimDifference(t.Context(), h.member, d.ID, mine), members.ErrNotFound},
		"another's row":        {h.ClaimDifference(t.Context(), jan, d.ID, mine), members.ErrNotFound},
		"before anybody asked": {h.AgreeClaim(t.Context(), lot, d.ID, d.ClaimVersion()), members.ErrStale},
		"dropping nothing":     {h.DropClaim(t.Context(), lot, d.ID), members.ErrStale},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	if err := h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Note: " "}); !hasProblem(err, "note", "missing") {
		t.Errorf("without a word: %v", err)
	}
	h.must(h.ClaimDifference(t.Context(), h.coordinator, d.ID, mine))
	h.must(h.ClaimDifference(t.Context(), jan, theirs.ID, mine))
	d = h.unclaimed(h.coordinator)
	for name, tt := range map[string]struct{ got, want error }{
		"twice":               {h.ClaimDifference(t.Context(), lot, d.ID, mine), payments.ErrClaimed},
		"one's own word":      {h.AgreeClaim(t.Context(), h.coordinator, d.ID, d.ClaimVersion()), payments.ErrOwnBack},
		"to something else":   {h.AgreeClaim(t.Context(), lot, d.ID, theirs.ClaimVersion()), members.ErrStale},
		"of the other office": {h.AgreeClaim(t.Context(), els, d.ID, d.ClaimVersion()), members.ErrNotFound},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	h.must(h.AgreeClaim(t.Context(), lot, d.ID, d.ClaimVersion()))
	theirs = h.unclaimed(jan)
	if err := h.AgreeClaim(t.Context(), els, theirs.ID, theirs.ClaimVersion()); !errors.Is(err, payments.ErrClaimed) {
		t.Errorf("the same money twice: %v", err)
	}
	h.run()
	h.differences()
	list, err := h.Differences(t.Context(), jan)
	if err != nil || len(list) == 0 || !list[0].Open() || fmt.Sprint(list[0].Kind, list[0].About) != "only_oursmanual" {
		t.Errorf("the other cooperative reads %+v, %v", list, err)
	}
	if n := h.deeds("difference_claim_asked") + h.deeds("difference_claimed"); n != 3 {
		t.Errorf("%d deeds", n)
	}
}

// TestClaimOfNobody: nobody booked it. It is booked where two people say, both ways; and
// a first word may be taken back.
func TestClaimOfNobody(t *testing.T) {
	h := paidOut(t)
	lot := h.secondOffice()
	h.comes(1, "payout_failure", 5000)
	d := h.unclaimed(h.coordinator)
	if d.OwnPosting != "" {
		t.Fatalf("it is %q", d.OwnPosting)
	}
	for _, account := range []payments.Account{"", payments.Contribution, payments.CoopBank, payments.GatewayFees} {
		if err := h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Account: account, Note: "Storting"}); !hasProblem(err, "account", "not_a_choice") {
			t.Errorf("to %q: %v", account, err)
		}
	}
	h.must(h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Account: payments.Loss, Note: "Vergissing"}))
	h.must(h.DropClaim(t.Context(), lot, d.ID))
	h.must(h.ClaimDifference(t.Context(), lot, d.ID, payments.Claiming{Account: payments.Fund, Note: "Gift van de gemeente"}))
	if h.balance(payments.Fund) != 0 {
		t.Error("it is booked on one word")
	}
	h.must(h.AgreeClaim(t.Context(), h.coordinator, d.ID, h.unclaimed(h.coordinator).ClaimVersion()))
	h.run()
	h.differences()
	h.has(t, map[payments.Account]payments.Cents{payments.Fund: 5000, payments.CoopBank: -5000})
	list, err := h.Manuals(t.Context(), h.coordinator)
	if err != nil || len(list) != 1 || list[0].State != payments.ManualPosted || list[0].ProposedName != "lot" || list[0].DecidedName != "noor" || list[0].Reason != "Gift van de gemeente" {
		t.Errorf("by hand: %+v, %v", list, err)
	}

	h.pass(time.Hour)
	h.comes(2, "payout", -600) // and 6 euros went to a bank
	d = h.unclaimed(h.coordinator)
	h.must(h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Account: payments.Contribution, Note: "Opname"}))
	h.must(h.AgreeClaim(t.Context(), lot, d.ID, h.unclaimed(lot).ClaimVersion()))
	h.run()
	h.differences()
	h.has(t, map[payments.Account]payments.Cents{payments.Contribution: 40, payments.CoopBank: -4400})
	h.comes(3, "payout", -700)
	d = h.unclaimed(h.coordinator)
	h.must(h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Account: payments.Contribution, Note: "Opname"}))
	if err := h.AgreeClaim(t.Context(), lot, d.ID, h.unclaimed(lot).ClaimVersion()); !errors.Is(err, payments.ErrOverdrawn) {
		t.Errorf("more than there is: %v", err)
	}
	faults, err := h.Audit(t.Context())
	if err != nil || len(faults) > 0 {
		t.Errorf("Audit = %v, %v", faults, err)
	}
}

// TestClaimOnlyWhatIsABanks: of other differences nobody says so.
func TestClaimOnlyWhatIsABanks(t *testing.T) {
	h := paidOut(t)
	h.comes(1, "refund", -300)
	d := h.differences("unknown refund 0 -300")[0]
	if err := h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Account: payments.Contribution, Note: "Van ons"}); d.Claimable() || !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a refund: %v", err)
	}
}

// TestClaimBookedMeanwhile: what one says is to be booked is booked by hand before a
// second agrees. It is not booked twice: they say it anew, of what is booked.
func TestClaimBookedMeanwhile(t *testing.T) {
	h := paidOut(t)
	lot := h.secondOffice()
	h.comes(1, "payout_failure", 5000)
	d := h.unclaimed(h.coordinator)
	h.must(h.ClaimDifference(t.Context(), h.coordinator, d.ID, payments.Claiming{Account: payments.Fund, Note: "Gift van de gemeente"}))
	if d = h.unclaimed(lot); d.ClaimBooked() {
		t.Error("it is booked before anybody did")
	}
	h.brought(h.elsewhere.Cooperative, "a", 5000) // so that nobody knows whose it is
	h.brought(h.client.Cooperative, "b", 5000)
	h.lookTwice()
	if err := h.AgreeClaim(t.Context(), lot, d.ID, d.ClaimVersion()); !errors.Is(err, members.ErrStale) || !h.unclaimed(lot).ClaimBooked() {
		t.Errorf("agreeing to what is booked: %v", err)
	}
	h.must(h.DropClaim(t.Context(), lot, d.ID))
	h.must(h.ClaimDifference(t.Context(), lot, d.ID, payments.Claiming{Note: "Gift van de gemeente"}))
	if d = h.unclaimed(h.coordinator); d.ClaimBooked() {
		t.Error("it is to be booked")
	}
	h.must(h.AgreeClaim(t.Context(), h.coordinator, d.ID, d.ClaimVersion()))
	h.run()
	h.differences()
	h.has(t, map[payments.Account]payments.Cents{payments.Fund: 5000})
}
