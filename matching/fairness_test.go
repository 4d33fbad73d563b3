package matching_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/internal/check"
	"meent/matching"
	"meent/members"
)

// workTogether lets so many members do one shift of three hours, of so many seats.
func (h *house) workTogether(seats int, all ...members.Actor) {
	h.t.Helper()
	h.post(72*time.Hour, seats)
	for _, who := range all {
		for _, o := range h.offers(who) {
			if o.State == matching.Sent {
				h.must(h.Accept(h.t.Context(), who, o.ID))
			}
		}
	}
	h.later(24 * time.Hour)
}

func (h *house) many(n int) (all []members.Actor) {
	for i := range n {
		all = append(all, h.member(fmt.Sprintf("m%02d", i), "weeding"))
	}
	return all
}

// TestFairness: hours against hours in whole weeks that are over, of who worked here then,
// and seats that were filled; the office reads both, members and coaches the hours.
func TestFairness(t *testing.T) {
	h := newHouse(t)
	ctx, noor, all := t.Context(), h.coordinator(), h.many(12)
	h.workTogether(11, all...)
	told, err := h.db.Exec(ctx, `INSERT INTO members.member_profile (cooperative_id, member_id, hours_wanted, hours_most)
		SELECT cooperative_id, id, 14, 20 FROM members.member WHERE id = $1
		ON CONFLICT (cooperative_id, member_id) DO UPDATE SET hours_wanted = 14, hours_most = 20`, all[0].Member)
	if err != nil || told.RowsAffected() != 1 {
		t.Fatal(told, err)
	}
	f, err := h.Fairness(ctx, noor, 4)
	h.must(err)
	if f.Sum.Received != 0 || f.Gini != 0 || f.Regions != nil || f.Clients != nil {
		t.Errorf("work of this week counts already: %+v", f)
	}
	h.later(13 * 24 * time.Hour) // Tuesday 8 December
	f, err = h.Fairness(ctx, noor, 4)
	h.must(err)
	if from, until := f.From.Format(time.RFC3339), f.Until.Format(time.RFC3339); from != "2026-11-09T00:00:00+01:00" || until != "2026-12-07T00:00:00+01:00" {
		t.Errorf("from %s until %s", from, until)
	}
	// They are here since 24 November: 13 days, of eight hours a week or fourteen.
	want := matching.ShareGroup{People: 12, Portion: matching.Portion{Received: 11 * 180, Wanted: 11*(8*60*13/7) + 14*60*13/7}}
	if f.Sum != want || !f.Enough || f.Groups != nil || len(f.Curve()) != 1 {
		t.Errorf("%+v, want %+v", f, want)
	}
	if f.Gini <= 0 || f.Gini >= 0.3 {
		t.Errorf("the Gini coefficient is %v", f.Gini)
	}
	if diff := cmp.Diff([]matching.FillRow{{Name: "Arnhem", Groups: 1, Seats: 11, Filled: 11}}, f.Regions); diff != "" {
		t.Error(diff)
	}
	if diff := cmp.Diff([]matching.FillRow{{Name: "De Linde", Groups: 1, Seats: 11, Filled: 11}}, f.Clients); diff != "" {
		t.Error(diff)
	}
	for _, by := range []members.Actor{all[3], h.coach("els")} {
		seen, err := h.Fairness(ctx, by, 4)
		if err != nil || seen.Sum != f.Sum || seen.Gini != f.Gini || seen.Regions != nil || seen.Clients != nil {
			t.Errorf("a %s reads %+v, %v", by.Kind, seen, err)
		}
	}
	for _, by := range []members.Actor{h.client, {}} {
		if _, err := h.Fairness(ctx, by, 4); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %q: %v", by.Kind, err)
		}
	}
	for _, weeks := range []int{0, -4, 5, 1 << 62} {
		var p check.Problems
		if _, err := h.Fairness(ctx, noor, weeks); !errors.As(err, &p) || p[0].Field != "weeks" {
			t.Errorf("%d weeks: %v", weeks, err)
		}
	}
	h.later(5 * 7 * 24 * time.Hour)
	if f, err = h.Fairness(ctx, noor, 4); err != nil || f.Sum.Received != 0 || f.Regions != nil {
		t.Errorf("after the four weeks %+v, %v", f, err)
	}
	if f, err = h.Fairness(ctx, noor, 12); err != nil || f.Sum.Received != 11*180 {
		t.Errorf("of twelve weeks %+v, %v", f, err)
	}
}

// TestFairnessOfFewIsNotTold: with nine members nothing is, and who left is none of them
// from the next week on: who looks before and after must not find what that one received.
// Work to which nine came tells nothing either.
func TestFairnessOfFewIsNotTold(t *testing.T) {
	h := newHouse(t)
	ctx, noor, all := t.Context(), h.coordinator(), h.many(10)
	h.workTogether(9, all...)
	h.later(13 * 24 * time.Hour)
	f, err := h.Fairness(ctx, noor, 4)
	h.must(err)
	if !f.Enough || f.Sum.People != 10 || f.Sum.Received != 9*180 || f.Regions != nil || f.Clients != nil {
		t.Errorf("of ten: %+v", f)
	}
	_, err = h.db.Exec(ctx, `UPDATE members.member SET state = 'alumni', alumni_at = $2 WHERE id = $1`, all[0].Member, h.now)
	h.must(err)
	if after, err := h.Fairness(ctx, noor, 4); err != nil || !reflect.DeepEqual(after, f) {
		t.Errorf("after one left: %+v, before %+v, %v", after, f, err)
	}
	h.later(7 * 24 * time.Hour)
	f, err = h.Fairness(ctx, noor, 4)
	h.must(err)
	if nothing := (matching.Fairness{From: f.From, Until: f.Until}); !reflect.DeepEqual(f, nothing) {
		t.Errorf("of nine: %+v", f)
	}
}

// TestFairnessNamesNobody: there is no room for a member's name or id in what it returns.
func TestFairnessNamesNobody(t *testing.T) {
	var look func(reflect.Type, string)
	look = func(kind reflect.Type, at string) {
		if strings.Contains(kind.String(), "members.") || strings.Contains(kind.String(), "id.") {
			t.Errorf("%s is a %s", at, kind)
		}
		switch kind.Kind() {
		case reflect.Struct:
			if kind.PkgPath() == "time" {
				return
			}
			for i := range kind.NumField() {
				look(kind.Field(i).Type, at+"."+kind.Field(i).Name)
			}
		case reflect.Slice, reflect.Pointer, reflect.Map:
			look(kind.Elem(), at)
		}
	}
	look(reflect.TypeFor[matching.Fairness](), "Fairness")
}
