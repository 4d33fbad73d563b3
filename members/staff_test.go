package members_test

import (
	"errors"
	"strings"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

func newStaff(email string, kind members.RoleKind) members.NewStaff {
	return members.NewStaff{Kind: kind, NewPerson: members.NewPerson{Name: "Iris Smit", Email: email, Locale: members.Dutch}}
}

func noneLeft(pgx.Tx) error { return nil }

// staffRole is the role that somebody of this address has in the team.
func (h *house) staffRole(by members.Actor, email string) members.RoleID {
	h.t.Helper()
	list, err := h.Staff(h.t.Context(), by)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, one := range list {
		if one.Email == members.Email(email) {
			return one.Role
		}
	}
	return members.RoleID{}
}

func TestStaffComesAndGoes(t *testing.T) {
	h := newHouse(t)
	noor := h.noor(h.cooperative("Waalkracht"))
	if err := h.AddStaff(t.Context(), noor, newStaff("iris@meent.example", members.RoleCoach)); err != nil {
		t.Fatal(err)
	}
	role := h.staffRole(noor, "iris@meent.example")
	iris := h.actor(h.person("iris@meent.example"), role)
	if iris.Kind != members.RoleCoach || iris.Cooperative != noor.Cooperative {
		t.Fatalf("Iris acts as %+v", iris)
	}
	who, kind, cooperative, err := h.StaffNews(t.Context(), members.StaffAdded{Role: role, Cooperative: noor.Cooperative})
	if err != nil || who.Email != "iris@meent.example" || kind != members.RoleCoach || cooperative != "Waalkracht" {
		t.Errorf("Iris is told %v %v %v, %v", who, kind, cooperative, err)
	}
	anna := h.member(noor.Cooperative, email)
	grant := members.NewGrant{Grantee: role, Scopes: []members.Scope{members.ProfileScope}, Until: members.DayOf(h.now).AddMonths(6)}
	h.tx(func(tx pgx.Tx) error { return h.GrantTx(t.Context(), tx, anna, grant) })
	if err := h.EndStaff(t.Context(), noor, role, "Iris gaat met pensioen.", noneLeft); err != nil {
		t.Fatal(err)
	}
	if got := h.actor(iris.Person, role); got.Kind != "" {
		t.Errorf("Iris still acts as %+v", got)
	}
	if live := h.number(`SELECT count(*) FROM members.access_grant WHERE grantee_id = $1 AND revoked_at IS NULL`, role); live != 0 {
		t.Errorf("%d grants to Iris are alive", live)
	}
	if _, _, _, err := h.StaffNews(t.Context(), members.StaffAdded{Role: role, Cooperative: noor.Cooperative}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("news of who left gave %v", err)
	}
	if err := h.AddStaff(t.Context(), noor, newStaff("iris@meent.example", members.RoleCoach)); err != nil || h.staffRole(noor, "iris@meent.example") != role {
		t.Errorf("coming back gave %v", err)
	}
	deeds, err := h.Concerning(t.Context(), iris.Person)
	if err != nil || len(deeds) != 3 || deeds[1].What != "staff_ended" || deeds[1].Why != "Iris gaat met pensioen." {
		t.Errorf("Iris reads %+v, %v", deeds, err)
	}
}

func TestStaffRefusals(t *testing.T) {
	h := newHouse(t)
	noor, far := h.noor(h.cooperative("Waalkracht")), h.noor(h.cooperative("Weidewerk"))
	anna := h.member(noor.Cooperative, email)
	for name, one := range map[string]struct {
		n           members.NewStaff
		field, rule string
	}{
		"no name":      {members.NewStaff{Kind: members.RoleCoach, NewPerson: members.NewPerson{Email: "a@meent.example", Locale: members.Dutch}}, "person", "missing"},
		"no address":   {newStaff("nergens", members.RoleCoach), "email", "not_an_email"},
		"a member":     {newStaff("a@meent.example", members.RoleMember), "kind", "not_a_choice"},
		"a client":     {newStaff("a@meent.example", members.RoleClient), "kind", "not_a_choice"},
		"nothing":      {newStaff("a@meent.example", ""), "kind", "not_a_choice"},
		"there before": {newStaff(string(h.address(noor)), members.RoleCoordinator), "email", "staff_already"},
	} {
		var problems check.Problems
		if err := h.AddStaff(t.Context(), noor, one.n); !errors.As(err, &problems) || problems[0].Field != one.field || problems[0].Rule != one.rule {
			t.Errorf("%s gave %v, want %s at %s", name, err, one.rule, one.field)
		}
	}
	if err := h.AddStaff(t.Context(), anna, newStaff("a@meent.example", members.RoleCoordinator)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a member who adds a coordinator got %v", err)
	}
	for name, role := range map[string]members.RoleID{"of elsewhere": far.Role, "a member's": anna.Role, "of nobody": {}} {
		if err := h.EndStaff(t.Context(), noor, role, "Zomaar een reden", noneLeft); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("ending a role %s gave %v", name, err)
		}
	}
	if err := h.EndStaff(t.Context(), noor, noor.Role, "Ik ga weg.", noneLeft); !errors.Is(err, members.ErrLastCoordinator) {
		t.Errorf("the last coordinator's end gave %v", err)
	}
	for _, why := range []string{"", "  ", "kort", strings.Repeat("x", 501)} {
		var problems check.Problems
		if err := h.EndStaff(t.Context(), noor, noor.Role, why, noneLeft); !errors.As(err, &problems) || problems[0].Field != "why" {
			t.Errorf("the reason %.10q gave %v", why, err)
		}
	}
	left := errors.New("something is left")
	h.add(noor, "iris@meent.example", members.RoleCoach)
	role := h.staffRole(noor, "iris@meent.example")
	if err := h.EndStaff(t.Context(), noor, role, "Iris gaat weg.", func(pgx.Tx) error { return left }); !errors.Is(err, left) {
		t.Errorf("with something left it gave %v", err)
	}
	if h.staffRole(noor, "iris@meent.example").IsZero() {
		t.Error("and Iris is gone")
	}
	if list, err := h.Staff(t.Context(), anna); err != nil || len(list) > 0 {
		t.Errorf("a member reads the team: %v, %v", list, err)
	}
	if _, err := h.StaffOf(t.Context(), far, noor.Role); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the far office reads one of the team: %v", err)
	}
}

func (h *house) add(by members.Actor, email string, kind members.RoleKind) {
	h.t.Helper()
	if err := h.AddStaff(h.t.Context(), by, newStaff(email, kind)); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) address(by members.Actor) (email members.Email) {
	h.t.Helper()
	if err := h.db.QueryRow(h.t.Context(), `SELECT email FROM members.person WHERE id = $1`, by.Person).Scan(&email); err != nil {
		h.t.Fatal(err)
	}
	return email
}

// TestTwoCoordinatorsEndEachOther: one of them is left, however often.
func TestTwoCoordinatorsEndEachOther(t *testing.T) {
	h := newHouse(t)
	for _, name := range []string{"Een", "Twee", "Drie", "Vier", "Vijf"} {
		c := h.cooperative(name)
		noor := h.noor(c)
		second := string(id.New[house](nil).String()[:8]) + "@meent.example"
		h.add(noor, second, members.RoleCoordinator)
		iris := h.actor(h.person(second), h.staffRole(noor, second))
		results, all := make([]error, 2), sync.WaitGroup{}
		for i, pair := range [][2]members.Actor{{noor, iris}, {iris, noor}} {
			all.Go(func() { results[i] = h.EndStaff(t.Context(), pair[0], pair[1].Role, "Jij gaat weg.", noneLeft) })
		}
		all.Wait()
		if (results[0] == nil) == (results[1] == nil) {
			t.Errorf("%s: both got %v", name, results)
		}
		if n := h.number(`SELECT count(*) FROM members.role WHERE cooperative_id = $1 AND kind = 'coordinator' AND ended_at IS NULL`, c); n != 1 {
			t.Errorf("%s: %d coordinators are left", name, n)
		}
	}
}
