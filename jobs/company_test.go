package jobs_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meent/internal/check"
	"meent/jobs"
	"meent/members"
)

// TestOfficeNamesWhoComesAlong: the member was told that somebody does, so the office
// hears of it, on its first page and on the board, until it filled in a name.
func TestOfficeNamesWhoComesAlong(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.Meeting = jobs.Meeting{Accompanied: true}
	n.Shifts = append(n.Shifts, jobs.NewShift{Starts: h.now.Add(48 * time.Hour), Ends: h.now.Add(51 * time.Hour), Seats: 1})
	shifts := h.found1(h.post(h.client, n)).Shifts
	e, second := h.engagedOn(shifts[0].ID, h.member.Member), h.engagedOn(shifts[1].ID, h.member.Member)
	alone := h.engagedOn(h.shift(72*time.Hour, 1), h.newMember("bea"))
	if list, err := h.CompanyToFind(h.ctx(), h.coordinator); err != nil || len(list) != 1 || list[0].ID != e {
		t.Fatalf("the office hears of %+v, %v", list, err)
	}
	for name, by := range map[string]members.Actor{"a member": h.member, "the client": h.client, "another office": h.otherOffices} {
		if list, err := h.CompanyToFind(h.ctx(), by); err != nil || len(list) > 0 {
			t.Errorf("%s hears of %d, %v", name, len(list), err)
		}
		if err := h.NameCompany(h.ctx(), by, e, "Els"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for what, other := range map[string]jobs.EngagementID{"a second shift": second, "work alone": alone, "nothing": {}} {
		if err := h.NameCompany(h.ctx(), h.coordinator, other, "Els"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("to %s: %v", what, err)
		}
	}
	for _, bad := range []string{strings.Repeat("é", 81), "a\nb", "\x00"} {
		var p check.Problems
		if err := h.NameCompany(h.ctx(), h.coordinator, e, bad); !errors.As(err, &p) || !p.At("company") {
			t.Errorf("%q: %v", bad, err)
		}
	}
	on := func() jobs.Company {
		t.Helper()
		p, err := h.PlannedShift(h.ctx(), h.coordinator, shifts[0].ID)
		h.allRight(err)
		return p.People[0].Company
	}
	if c := on(); !c.Wanted || c.Name != "" {
		t.Errorf("the board says %+v", c)
	}
	h.allRight(h.NameCompany(h.ctx(), h.coordinator, e, " Els Bos "))
	if c := on(); c.Name != "Els Bos" {
		t.Errorf("the board says %+v", c)
	}
	if d, err := h.Day(h.ctx(), h.member, e); err != nil || d.Who != "Els Bos" {
		t.Errorf("the member reads %+v, %v", d, err)
	}
	if list, err := h.CompanyToFind(h.ctx(), h.coordinator); err != nil || len(list) > 0 {
		t.Errorf("the office still hears of %+v, %v", list, err)
	}
	h.allRight(h.NameCompany(h.ctx(), h.coordinator, e, ""))
	if list, err := h.CompanyToFind(h.ctx(), h.coordinator); err != nil || len(list) != 1 {
		t.Errorf("taken back: %+v, %v", list, err)
	}
	h.now = h.now.Add(28 * time.Hour)
	if err := h.NameCompany(h.ctx(), h.coordinator, e, "Els"); !errors.Is(err, jobs.ErrShiftOver) {
		t.Errorf("afterwards: %v", err)
	}
}
