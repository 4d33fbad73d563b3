package members_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

func ownAdmission() members.Admission {
	return members.Admission{Kind: members.OwnLender, Name: "Waalkracht", Number: "NAU-1", From: "2027-01-01", Until: "2027-12-31"}
}

func (h *house) admitted(c id.Cooperative, kind members.LenderKind, day members.Day) (ok bool, last members.Day) {
	h.t.Helper()
	err := pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		ok, last, err = h.AdmittedTx(h.t.Context(), tx, c, kind, day)
		return err
	})
	if err != nil {
		h.t.Fatal(err)
	}
	return ok, last
}

func TestAdmissions(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, other := h.noor(c), h.role(members.NewRole{Kind: members.RoleCoordinator, Cooperative: h.cooperative("Noorderhand")}, "jan@meent.example")
	if err := h.AddAdmission(t.Context(), noor, ownAdmission()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		day  members.Day
		kind members.LenderKind
		ok   bool
		last members.Day
	}{
		{"2026-12-31", members.OwnLender, false, ""}, {"2027-01-01", members.OwnLender, true, "2027-12-31"},
		{"2027-12-31", members.OwnLender, true, "2027-12-31"}, {"2028-01-01", members.OwnLender, false, "2027-12-31"},
		{"2027-06-01", members.PartnerLender, false, ""},
	} {
		if ok, last := h.admitted(noor.Cooperative, tt.kind, tt.day); ok != tt.ok || last != tt.last {
			t.Errorf("%s on %s: %v, %q; want %v, %q", tt.kind, tt.day, ok, last, tt.ok, tt.last)
		}
	}
	if ok, _ := h.admitted(other.Cooperative, members.OwnLender, "2027-06-01"); ok {
		t.Error("another cooperative is admitted too")
	}
	list, err := h.Admissions(t.Context(), noor)
	if err != nil || len(list) != 1 || list[0].Number != "NAU-1" || list[0].From != "2027-01-01" {
		t.Fatalf("the list is %+v, %v", list, err)
	}
	if err := h.EndAdmission(t.Context(), other, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another cooperative ended it: %v", err)
	}
	if err := h.EndAdmission(t.Context(), noor, list[0].ID); err != nil {
		t.Fatal(err)
	}
	if err := h.EndAdmission(t.Context(), noor, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("it ended twice: %v", err)
	}
	if ok, last := h.admitted(noor.Cooperative, members.OwnLender, "2027-06-01"); ok || last != "" {
		t.Errorf("what ended still counts: %v, %q", ok, last)
	}
}

func TestAdmissionsAreRefused(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor := h.noor(c)
	if err := h.AddAdmission(t.Context(), noor, ownAdmission()); err != nil {
		t.Fatal(err)
	}
	for _, tt := range []struct {
		name, field, rule string
		change            func(*members.Admission)
	}{
		{"a strange kind", "kind", "not_a_choice", func(a *members.Admission) { a.Kind = "friend" }},
		{"no name", "name", "missing", func(a *members.Admission) { a.Name = " " }},
		{"no number", "number", "missing", func(a *members.Admission) { a.Number = "" }},
		{"a long number", "number", "too_long", func(a *members.Admission) { a.Number = strings.Repeat("1", 41) }},
		{"no first day", "from", "no_such_day", func(a *members.Admission) { a.From = "2027-02-30" }},
		{"no last day", "until", "no_such_day", func(a *members.Admission) { a.Until = "" }},
		{"the end first", "until", "ends_before", func(a *members.Admission) { a.Until = "2026-12-31" }},
		{"for ever", "until", "day_too_far", func(a *members.Admission) { a.Until = "2037-01-02" }},
		{"the same again", "number", "there_already", func(*members.Admission) {}},
	} {
		a := ownAdmission()
		tt.change(&a)
		var problems check.Problems
		if err := h.AddAdmission(t.Context(), noor, a); !errors.As(err, &problems) || problems[0].Field != tt.field || problems[0].Rule != tt.rule {
			t.Errorf("%s: %v, want %s %s", tt.name, err, tt.field, tt.rule)
		}
	}
	anna := h.member(c, email)
	if err := h.AddAdmission(t.Context(), anna, ownAdmission()); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member added one: %v", err)
	}
	if list, err := h.Admissions(t.Context(), anna); err != nil || len(list) > 0 {
		t.Errorf("a member reads %+v, %v", list, err)
	}
}

func TestMinor(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	minor := func(on members.Day) (is bool) {
		err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) (err error) {
			is, err = h.MinorTx(t.Context(), tx, anna.Cooperative, anna.Member, on)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
		return is
	}
	if minor("2026-11-26") {
		t.Error("of who told nothing something is known")
	}
	err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.ConfideTx(t.Context(), tx, anna.Person, id.Cooperative{}, members.BirthDate, "2009-01-15")
	})
	if err != nil {
		t.Fatal(err)
	}
	for day, want := range map[members.Day]bool{"2027-01-14": true, "2027-01-15": false} {
		if got := minor(day); got != want {
			t.Errorf("on %s: %v, want %v", day, got, want)
		}
	}
}
