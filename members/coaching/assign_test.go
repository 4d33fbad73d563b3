package coaching_test

import (
	"errors"
	"testing"

	"github.com/google/go-cmp/cmp"

	"meent/members"
	"meent/members/coaching"
)

func TestAssignAndEndByTheOffice(t *testing.T) {
	h := newHouse(t)
	c, other := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna := h.actor(c, "anna", members.RoleMember)
	els, bob, jan := h.actor(c, "els", members.RoleCoach), h.actor(c, "bob", members.RoleCoach), h.actor(c, "jan", members.RoleCoordinator)
	far, farCoach := h.actor(other, "far", members.RoleCoordinator), h.actor(other, "farcoach", members.RoleCoach)
	for name, err := range map[string]error{
		"a coach assigns":         h.Assign(t.Context(), els, anna.Member, els.Role),
		"another cooperative":     h.Assign(t.Context(), far, anna.Member, farCoach.Role),
		"another's coach":         h.Assign(t.Context(), jan, anna.Member, farCoach.Role),
		"no coach":                h.Assign(t.Context(), jan, anna.Member, jan.Role),
		"nobody's member":         h.Assign(t.Context(), jan, members.MemberID{1}, els.Role),
		"an end without a coach":  h.End(t.Context(), jan, anna.Member),
		"an end in another place": h.End(t.Context(), far, anna.Member),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v, want ErrNotFound", name, err)
		}
	}
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(h.Assign(t.Context(), jan, anna.Member, els.Role))
	must(h.Grant(t.Context(), anna, members.NewGrant{Grantee: els.Role, Scopes: []members.Scope{members.HoursScope}, Until: "2026-12-24"}))
	sizes, err := h.Caseloads(t.Context(), jan)
	want := []coaching.CaseloadSize{{Coach: coaching.Coach{Role: bob.Role, Name: "bob"}}, {Coach: coaching.Coach{Role: els.Role, Name: "els"}, Members: 1}}
	if diff := cmp.Diff(want, sizes); err != nil || diff != "" {
		t.Errorf("the caseloads: %v\n%s", err, diff)
	}
	if coaches, err := h.Coaches(t.Context(), jan); err != nil || coaches[anna.Member].Name != "els" {
		t.Errorf("the coaches are %v, %v", coaches, err)
	}
	if coaches, err := h.Coaches(t.Context(), far); err != nil || len(coaches) > 0 {
		t.Errorf("another cooperative reads %v, %v", coaches, err)
	}
	if sizes, err := h.Caseloads(t.Context(), els); err != nil || len(sizes) > 0 {
		t.Errorf("a coach reads %v, %v", sizes, err)
	}
	must(h.Assign(t.Context(), jan, anna.Member, els.Role)) // no news
	must(h.End(t.Context(), jan, anna.Member))
	if coach, err := h.CoachOf(t.Context(), anna); err != nil || !coach.Role.IsZero() {
		t.Errorf("after the end Anna has %+v, %v", coach, err)
	}
	if grants, err := h.people.Grants(t.Context(), anna); err != nil || len(grants) > 0 {
		t.Errorf("after the end there are grants: %+v, %v", grants, err)
	}
	log, err := h.people.AuditLog(t.Context(), jan, 0)
	if err != nil || log[0].What != "coach_ended" || log[1].What != "coach_assigned" || log[1].Detail["is"] != els.Role.String() || log[2].What != "cooperative_founded" {
		t.Errorf("the deeds are %+v, %v", log, err)
	}
}
