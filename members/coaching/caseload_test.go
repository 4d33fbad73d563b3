package coaching_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/members"
	"meent/members/coaching"
)

type house struct {
	t      *testing.T
	db     *pgxpool.Pool
	now    time.Time
	queue  *tasks.Queue
	people *members.Service
	*coaching.Service
}

// reference is what every database of the program begins with.
func reference(ctx context.Context, db *pgxpool.Pool) error {
	return members.New(db, nil, time.Now, nil).LoadReference(ctx)
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, db: pgtest.Loaded(t, reference, tasks.Schema(), members.Schema(), coaching.Schema())}
	h.now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return h.now }
	h.queue = tasks.New(h.db, tasks.Config{Now: clock})
	key, err := vault.NewKey(vault.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	h.people = members.New(h.db, h.queue, clock, nil, members.Keyring(key))
	h.Service = coaching.New(h.db, h.queue, h.people, clock, nil)
	return h
}

func newPerson(name string) members.NewPerson {
	return members.NewPerson{Name: name, Email: name + "@meent.example", Locale: members.Dutch}
}

func (h *house) cooperative(name string) id.Cooperative {
	h.t.Helper()
	c, err := h.people.Found(h.t.Context(), members.NewCooperative{Name: name, Coordinator: newPerson("noor")})
	if err != nil {
		h.t.Fatal(err)
	}
	return c.ID
}

// actor makes a person with this role, or a member.
func (h *house) actor(c id.Cooperative, name string, kind members.RoleKind) (actor members.Actor) {
	h.t.Helper()
	err := pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		person, err := h.people.EnsurePersonTx(h.t.Context(), tx, newPerson(name))
		if err != nil {
			return err
		}
		actor.Person = person
		if kind == members.RoleMember {
			_, err = h.people.AddMemberTx(h.t.Context(), tx, members.NewMember{Person: person, Cooperative: c,
				PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
			return err
		}
		_, err = h.people.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: person, Cooperative: c, Kind: kind})
		return err
	})
	if err == nil {
		actor, err = h.people.Actor(h.t.Context(), actor.Person, members.RoleID{})
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}

func (h *house) assign(c id.Cooperative, m, coach members.Actor) error {
	return pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		return h.AssignTx(h.t.Context(), tx, c, m.Member, coach.Role)
	})
}

func TestCaseloadIsTheCoachsOwn(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna := h.actor(c, "anna", members.RoleMember)
	els, bob := h.actor(c, "els", members.RoleCoach), h.actor(c, "bob", members.RoleCoach)
	if err := h.assign(c, anna, els); err != nil {
		t.Fatal(err)
	}
	list, err := h.Caseload(t.Context(), els)
	if err != nil || len(list) != 1 || list[0].Name != "anna" || list[0].PlaceName != "Nijmegen" {
		t.Errorf("Els follows %+v, %v; want Anna", list, err)
	}
	if coach, err := h.CoachOf(t.Context(), anna); err != nil || coach.Name != "els" || coach.Role != els.Role {
		t.Errorf("Anna's coach is %+v, %v", coach, err)
	}
	if list, err := h.Caseload(t.Context(), bob); err != nil || len(list) != 0 {
		t.Errorf("Bob follows %+v, %v; want nobody", list, err)
	}
	if _, err := h.Member(t.Context(), bob, anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("Bob asked for Anna and got %v", err)
	}
	if err := h.assign(c, anna, bob); err != nil {
		t.Fatal(err)
	}
	if _, err := h.Member(t.Context(), els, anna.Member); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after Bob took over Els got %v", err)
	}
}

func TestAssignRefusesStrangers(t *testing.T) {
	h := newHouse(t)
	c, other := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna := h.actor(c, "anna", members.RoleMember)
	els := h.actor(c, "els", members.RoleCoach)
	jan := h.actor(c, "jan", members.RoleCoordinator)
	far := h.actor(other, "far", members.RoleCoach)
	for name, err := range map[string]error{
		"a coordinator as coach":      h.assign(c, anna, jan),
		"another cooperative's coach": h.assign(c, anna, far),
		"the wrong cooperative":       h.assign(other, anna, far),
		"somebody who is no member":   h.assign(c, members.Actor{Member: members.MemberID{1}}, els),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s gave %v, want ErrNotFound", name, err)
		}
	}
}
