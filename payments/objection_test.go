package payments_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// TestObjection: the client says what is not right, and gets an answer.
func TestObjection(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	for name, err := range map[string]error{
		"a rival":             h.Object(t.Context(), h.rival, bill, "Dit klopt niet."),
		"another cooperative": h.Object(t.Context(), h.elsewhere, bill, "Dit klopt niet."),
		"the office":          h.Object(t.Context(), h.coordinator, bill, "Dit klopt niet."),
		"a member":            h.Object(t.Context(), h.member, bill, "Dit klopt niet."),
	} {
		if !isNotFound(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, words := range []string{"", "  \n", "Nee", strings.Repeat("a", 1001), "a\x00bcdef"} {
		if err := h.Object(t.Context(), h.client, bill, words); err == nil {
			t.Errorf("%q is taken", words)
		}
	}
	h.must(h.Object(t.Context(), h.client, bill, "Er is een uur minder gewerkt."))
	if err := h.Object(t.Context(), h.client, bill, "En nog iets anders."); !errors.Is(err, payments.ErrObjected) {
		t.Errorf("while one is open: %v", err)
	}
	w, err := h.BackWaits(t.Context(), h.coordinator)
	if err != nil || len(w.Objections) != 1 || w.Objections[0].AskedName != "piet" {
		t.Fatalf("the office reads %+v, %v", w, err)
	}
	o := w.Objections[0].ID
	other := h.coordinator
	other.Cooperative = h.elsewhere.Cooperative
	for name, err := range map[string]error{
		"the client":          h.AnswerObjection(t.Context(), h.client, o, "Dat klopt."),
		"another cooperative": h.AnswerObjection(t.Context(), other, o, "Dat klopt."),
		"no such":             h.AnswerObjection(t.Context(), h.coordinator, payments.ObjectionID{1}, "Dat klopt."),
	} {
		if !isNotFound(err) {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.must(h.AnswerObjection(t.Context(), h.coordinator, o, "U krijgt een uur terug."))
	if err := h.AnswerObjection(t.Context(), h.coordinator, o, "Nog een keer."); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("twice: %v", err)
	}
	h.run()
	seen, err := h.BillBack(t.Context(), h.client, bill)
	if err != nil || len(seen.Objections) != 1 || seen.Objections[0].Open || seen.Objections[0].Answer != "U krijgt een uur terug." {
		t.Errorf("the client reads %+v, %v", seen, err)
	}
	if _, err := h.BillBack(t.Context(), h.rival, bill); !isNotFound(err) {
		t.Errorf("a rival reads: %v", err)
	}
	slices.Sort(h.told)
	if !slices.Equal(h.told, []string{"answer", "objected"}) {
		t.Errorf("told %q", h.told)
	}
	if err := h.Object(t.Context(), h.client, bill, "Nu klopt het nog niet."); err != nil {
		t.Errorf("after the answer: %v", err)
	}
}

// TestClawbackSentTwice: the same form asks once, also when all of the wage is
// asked back.
func TestClawbackSentTwice(t *testing.T) {
	h := newHouse(t, nil)
	bill, _ := h.paid()
	n := payments.NewClawback{ID: id.New[payments.WageBack](nil), Bill: bill, Amount: 6400, Reason: "Deze uren zijn twee keer betaald."}
	for range 2 {
		if got, err := h.AskClawback(t.Context(), h.coordinator, n); got != n.ID || err != nil {
			t.Errorf("AskClawback = %v, %v", got, err)
		}
	}
	n.Amount = 100
	if _, err := h.AskClawback(t.Context(), h.coordinator, n); !isNotFound(err) {
		t.Errorf("another amount under the same number: %v", err)
	}
}

// TestClawback: two named people with a reason, at most the wage, and nothing is
// taken by it.
func TestClawback(t *testing.T) {
	h := newHouse(t, nil)
	bill := h.billed()
	lot := h.secondOffice()
	ask := func(by members.Actor, cents payments.Cents) (payments.ClawbackID, error) {
		return h.AskClawback(t.Context(), by, payments.NewClawback{Bill: bill, Amount: cents, Reason: "Deze uren zijn twee keer betaald."})
	}
	if _, err := ask(h.coordinator, 100); !errors.Is(err, payments.ErrNotPaid) {
		t.Errorf("before it was paid: %v", err)
	}
	h.fillIn(h.checkout(bill))
	h.run()
	for _, cents := range []payments.Cents{0, -1, 6401} {
		if _, err := ask(h.coordinator, cents); !hasProblem(err, "amount", map[bool]string{true: "more_than_left", false: "not_an_amount"}[cents > 0]) {
			t.Errorf("%v: %v", cents, err)
		}
	}
	if _, err := ask(h.client, 100); !isNotFound(err) {
		t.Errorf("a client: %v", err)
	}
	k, err := ask(h.coordinator, 6400)
	h.must(err)
	if _, err := ask(lot, 1); !hasProblem(err, "amount", "more_than_left") {
		t.Errorf("a cent more than the wage: %v", err)
	}
	own := h.member // who works in the office too
	own.Kind, own.Role = members.RoleCoordinator, lot.Role
	for name, tt := range map[string]struct{ got, want error }{
		"one's own wish":   {h.DecideClawback(t.Context(), h.coordinator, k), payments.ErrOwnBack},
		"one's own wage":   {h.DecideClawback(t.Context(), own, k), members.ErrOneself},
		"taking another's": {h.TakeClawbackBack(t.Context(), lot, k), members.ErrNotFound},
		"the member":       {h.DecideClawback(t.Context(), h.member, k), members.ErrNotFound},
		"no such":          {h.DecideClawback(t.Context(), lot, payments.ClawbackID{1}), members.ErrNotFound},
	} {
		if !errors.Is(tt.got, tt.want) {
			t.Errorf("%s: %v, want %v", name, tt.got, tt.want)
		}
	}
	if list, err := h.Clawbacks(t.Context(), h.member); err != nil || len(list) > 0 {
		t.Errorf("the member reads what nobody decided: %+v, %v", list, err)
	}
	h.must(h.RefuseClawback(t.Context(), lot, k))
	if err := h.DecideClawback(t.Context(), lot, k); !errors.Is(err, payments.ErrBackDecided) {
		t.Errorf("after a no: %v", err)
	}
	k, err = ask(h.coordinator, 2000)
	h.must(err)
	h.must(h.DecideClawback(t.Context(), lot, k))
	h.run()
	h.has(t, map[payments.Account]payments.Cents{payments.MemberAccount(h.member.Member, payments.Clawback): -2000, payments.Fund: 2000})
	list, err := h.Clawbacks(t.Context(), h.member)
	if err != nil || len(list) != 1 || list[0].Amount != 2000 || list[0].AskedName != "noor" || list[0].DecidedName != "lot" || !strings.Contains(list[0].Reason, "twee keer") {
		t.Errorf("the member reads %+v, %v", list, err)
	}
	var sealed []byte
	h.must(h.db.QueryRow(t.Context(), `SELECT reason_sealed FROM payments.clawback LIMIT 1`).Scan(&sealed))
	if strings.Contains(string(sealed), "twee keer") {
		t.Error("the reason stands there in plain words")
	}
	h.pass(time.Second) // the next wage is whole
	h.same(t)
}
