package members_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

func TestContactDataIsSeenChangedAndForgotten(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea := h.member(c, email), h.member(c, "bea@meent.example")
	if got, err := h.ContactData(t.Context(), anna); got != (members.ContactData{}) || err != nil {
		t.Errorf("nothing was told, and it gave %+v, %v", got, err)
	}
	all := members.ContactData{Phone: " 024 123 45 67 ", Birth: "1990-01-02", Address: " Waalkade 1\n6511 XR Nijmegen "}
	if err := h.ChangeContactData(t.Context(), anna, all); err != nil {
		t.Fatal(err)
	}
	want := members.ContactData{Phone: "024 123 45 67", Birth: "1990-01-02", Address: "Waalkade 1\n6511 XR Nijmegen"}
	if got, err := h.ContactData(t.Context(), anna); got != want || err != nil {
		t.Errorf("it gave %+v, %v", got, err)
	}
	if got, err := h.ContactData(t.Context(), bea); got != (members.ContactData{}) || err != nil {
		t.Errorf("somebody else's gave %+v, %v", got, err)
	}
	want = members.ContactData{Birth: "1990-01-03"}
	if err := h.ChangeContactData(t.Context(), anna, want); err != nil {
		t.Fatal(err)
	}
	if got, err := h.ContactData(t.Context(), anna); got != want || err != nil {
		t.Errorf("what was emptied is %+v, %v", got, err)
	}
	if err := h.ChangeContactData(t.Context(), anna, want); err != nil {
		t.Fatal(err)
	}
	var deeds int
	var text string
	const query = `SELECT count(*), string_agg(a::text, ' ') FROM members.audit a WHERE what = 'birth_changed'`
	if err := h.db.QueryRow(t.Context(), query).Scan(&deeds, &text); err != nil || deeds != 2 || strings.Contains(text, "1990") {
		t.Errorf("%d deeds, %v: %s", deeds, err, text)
	}
}

func TestContactDataRefuses(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	fine := members.ContactData{Phone: "024 123 45 67", Birth: "1990-01-02", Address: "Waalkade 1, Nijmegen"}
	if err := h.ChangeContactData(t.Context(), anna, fine); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		change func(*members.ContactData)
		rule   string
	}{
		"phone of letters":             {func(d *members.ContactData) { d.Phone = "bel mij" }, "not_a_phone"},
		"phone very long":              {func(d *members.ContactData) { d.Phone = strings.Repeat("1", 5000) }, "not_a_phone"},
		"phone unreadable":             {func(d *members.ContactData) { d.Phone = "\xff\xff" }, "not_a_phone"},
		"birth of nothing":             {func(d *members.ContactData) { d.Birth = "" }, "missing"},
		"birth on no day":              {func(d *members.ContactData) { d.Birth = "1990-02-30" }, "no_such_day"},
		"birth in words":               {func(d *members.ContactData) { d.Birth = "gisteren" }, "no_such_day"},
		"birth tomorrow":               {func(d *members.ContactData) { d.Birth = "2026-11-25" }, "day_to_come"},
		"birth eighteen years too few": {func(d *members.ContactData) { d.Birth = "2008-11-25" }, "under_age"},
		"birth too long ago":           {func(d *members.ContactData) { d.Birth = "1890-01-01" }, "no_such_day"},
		"address very long":            {func(d *members.ContactData) { d.Address = strings.Repeat("a", 201) }, "too_long"},
		"address unreadable":           {func(d *members.ContactData) { d.Address = "Waalkade\x00 1" }, "unreadable"},
	} {
		d := fine
		tt.change(&d)
		var problems check.Problems
		err := h.ChangeContactData(t.Context(), anna, d)
		field, _, _ := strings.Cut(name, " ")
		if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != field || problems[0].Rule != tt.rule {
			t.Errorf("%s gave %v", name, err)
		}
		if got, err := h.ContactData(t.Context(), anna); got != fine || err != nil {
			t.Fatalf("after %s there is %+v, %v", name, got, err)
		}
	}
	eighteen := fine
	eighteen.Birth = "2008-11-24"
	if err := h.ChangeContactData(t.Context(), anna, eighteen); err != nil {
		t.Errorf("eighteen today: %v", err)
	}
	noor := h.actor(h.person("noor@meent.example"), members.RoleID{})
	if err := h.ChangeContactData(t.Context(), noor, fine); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who is no member gets %v", err)
	}
	if _, err := h.ContactData(t.Context(), noor); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("who is no member sees %v", err)
	}
	if err := h.keyed().ChangeContactData(t.Context(), anna, fine); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("without a key it gave %v", err)
	}
}

// TestContactPhoneIsNoWayIn: a number that was told is not one that was confirmed.
func TestContactPhoneIsNoWayIn(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	if err := h.ChangeContactData(t.Context(), anna, members.ContactData{Phone: mobile}); err != nil {
		t.Fatal(err)
	}
	if _, err := h.IssueSignIn(t.Context(), h.askByText(mobile)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("it signs in: %v", err)
	}
	h.hasPhone(anna, "0687654321")
	if err := h.ChangeContactData(t.Context(), anna, members.ContactData{Phone: "024 1234567"}); err != nil {
		t.Fatal(err)
	}
	if got := h.ownPhone(anna.Person); got != "+31687654321" {
		t.Errorf("the way in is %q", got)
	}
	h.tx(func(tx pgx.Tx) error { return h.DestroyKeyTx(t.Context(), tx, anna.Person) })
	if got, err := h.ContactData(t.Context(), anna); got != (members.ContactData{}) || err != nil {
		t.Errorf("after erasing there is %+v, %v", got, err)
	}
}
