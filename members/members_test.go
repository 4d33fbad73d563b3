package members_test

import (
	"context"
	"net/url"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/members"
)

// house is the domain on a database of its own, with a clock that stands still
// until it is moved.
type house struct {
	*members.Service
	t   *testing.T
	db  *pgxpool.Pool
	now time.Time
}

// reference is what every database of the program begins with.
func reference(ctx context.Context, db *pgxpool.Pool) error {
	return members.New(db, nil, time.Now, nil).LoadReference(ctx)
}

func newHouse(t *testing.T) *house {
	t.Helper()
	t.Parallel()
	h := &house{t: t, db: pgtest.Loaded(t, reference, tasks.Schema(), members.Schema())}
	h.now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	clock := func() time.Time { return h.now }
	address, err := url.Parse(site)
	if err != nil {
		t.Fatal(err)
	}
	h.Service = members.New(h.db, tasks.New(h.db, tasks.Config{Now: clock}), clock, nil, members.At(address), members.Keyring(newKey(t)), members.QuickCodes())
	return h
}

// tx runs f in a transaction, and fails the test with its error.
func (h *house) tx(f func(tx pgx.Tx) error) {
	h.t.Helper()
	if err := pgx.BeginFunc(h.t.Context(), h.db, f); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) cooperative(name string) id.Cooperative {
	h.t.Helper()
	c, err := h.Found(h.t.Context(), members.NewCooperative{Name: name, Coordinator: newPerson("noor@meent.example")})
	if err != nil {
		h.t.Fatal(err)
	}
	return c.ID
}

func newPerson(email string) members.NewPerson {
	return members.NewPerson{Name: "Noor Bakker", Email: email, Locale: members.Dutch}
}

func (h *house) person(email string) (person members.PersonID) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		person, err = h.EnsurePersonTx(h.t.Context(), tx, newPerson(email))
		return err
	})
	return person
}

// member makes a member of the cooperative and gives the actor.
func (h *house) member(c id.Cooperative, email string) members.Actor {
	h.t.Helper()
	person := h.person(email)
	h.tx(func(tx pgx.Tx) error {
		_, err := h.AddMemberTx(h.t.Context(), tx, members.NewMember{
			Person: person, Cooperative: c, PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike,
			Skills: []string{"window-cleaning"},
		})
		return err
	})
	return h.actor(person, members.RoleID{})
}

func (h *house) actor(person members.PersonID, role members.RoleID) members.Actor {
	h.t.Helper()
	actor, err := h.Actor(h.t.Context(), person, role)
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}
