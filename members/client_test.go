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

const reason = "Wij kunnen dit werk in uw buurt niet goed begeleiden."

// noor is the coordinator with whom every cooperative of a test begins.
func (h *house) noor(c id.Cooperative) members.Actor {
	h.t.Helper()
	person := h.person("noor@meent.example")
	roles, err := h.Roles(h.t.Context(), person)
	if err != nil {
		h.t.Fatal(err)
	}
	for _, role := range roles {
		if role.Cooperative == c && role.Kind == members.RoleCoordinator {
			return h.actor(person, role.ID)
		}
	}
	h.t.Fatal("no coordinator")
	return members.Actor{}
}

// role gives somebody a role and returns them in it.
func (h *house) role(n members.NewRole, email string) members.Actor {
	h.t.Helper()
	n.Person = h.person(email)
	var role members.RoleID
	h.tx(func(tx pgx.Tx) (err error) {
		role, err = h.AddRoleTx(h.t.Context(), tx, n)
		return err
	})
	return h.actor(n.Person, role)
}

func newAsk(c id.Cooperative, email string) members.AskClient {
	a := members.AskClient{Place: "Arnhem", Contact: newPerson(email)}
	a.NewClient = members.NewClient{Cooperative: c, Name: "De Linde", Kind: members.Organisation, Address: "Lindenlaan 14"}
	return a
}

// asks lets somebody ask to become a client, and gives them.
func (h *house) asks(c id.Cooperative, email string) members.Actor {
	h.t.Helper()
	if err := h.AskClient(h.t.Context(), newAsk(c, email)); err != nil {
		h.t.Fatal(err)
	}
	return h.actor(h.person(email), members.RoleID{})
}

func (h *house) number(query string, args ...any) (n int) {
	h.t.Helper()
	if err := h.db.QueryRow(h.t.Context(), query, args...).Scan(&n); err != nil {
		h.t.Fatal(err)
	}
	return n
}

func (h *house) may(by members.Actor) error {
	return pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error { return members.MayTakeTx(h.t.Context(), tx, by) })
}

func TestClientMoves(t *testing.T) {
	may := map[[2]members.ClientState]bool{
		{members.ClientAsked, members.ClientApproved}: true, {members.ClientAsked, members.ClientRefused}: true,
		{members.ClientRefused, members.ClientApproved}: true,
	}
	for _, from := range members.ClientStates() {
		for _, to := range members.ClientStates() {
			if _, err := from.To(to); (err == nil) != may[[2]members.ClientState{from, to}] {
				t.Errorf("%s to %s: %v", from, to, err)
			}
		}
	}
}

func TestAskingChecksEverything(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	for field, spoil := range map[string]func(*members.AskClient){
		"cooperative": func(a *members.AskClient) { a.Cooperative = id.NewCooperative(nil) },
		"name":        func(a *members.AskClient) { a.Name = "  " },
		"kind":        func(a *members.AskClient) { a.Kind = "bank" },
		"address":     func(a *members.AskClient) { a.Address = "" },
		"place":       func(a *members.AskClient) { a.Place = "Atlantis" },
		"person":      func(a *members.AskClient) { a.Contact.Name = "" },
		"email":       func(a *members.AskClient) { a.Contact.Email = "a@b\nBcc: all@x.nl" },
	} {
		a := newAsk(c, "zoe@linde.example")
		spoil(&a)
		var problems check.Problems
		if err := h.AskClient(t.Context(), a); !errors.As(err, &problems) || !problems.At(field) || len(problems) != 1 {
			t.Errorf("%s: %v", field, err)
		}
	}
	if n := h.number(`SELECT count(*) FROM members.client`) + h.number(`SELECT count(*) FROM members.person WHERE email LIKE 'zoe%'`); n != 0 {
		t.Errorf("%d rows were written", n)
	}
}

func TestAskedClientWaitsAndIsApproved(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	zoe := h.asks(c, "zoe@linde.example")
	if zoe.Kind != members.RoleClient || zoe.ClientState != members.ClientAsked || zoe.Duty != members.Manager {
		t.Fatalf("who asked acts as %+v", zoe)
	}
	if err := h.may(zoe); !errors.Is(err, members.ErrNotApproved) {
		t.Errorf("while waiting: %v", err)
	}
	noor := h.noor(c)
	if counts, err := h.Counts(t.Context(), noor); err != nil || counts.Asked != 1 || counts.Clients != 0 {
		t.Errorf("%+v, %v", counts, err)
	}
	if err := h.ApproveClient(t.Context(), noor, zoe.Client); err != nil {
		t.Fatal(err)
	}
	if err := h.may(h.actor(zoe.Person, zoe.Role)); err != nil {
		t.Errorf("once approved: %v", err)
	}
	for name, err := range map[string]error{
		"approved twice": h.ApproveClient(t.Context(), noor, zoe.Client), "refused after": h.RefuseClient(t.Context(), noor, zoe.Client, reason),
	} {
		if !errors.Is(err, members.ErrDecided) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if n := h.number(`SELECT count(*) FROM members.audit WHERE what IN ('client_asked', 'client_approved') AND for_id = $1`, zoe.Person); n != 2 {
		t.Errorf("%d deeds", n)
	}
}

func TestRefusedClientReadsWhy(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	zoe, noor := h.asks(c, "zoe@linde.example"), h.noor(c)
	for _, short := range []string{"", "nee", strings.Repeat("n", 19), strings.Repeat("n", 2001), "een reden \x00 die niet kan"} {
		var problems check.Problems
		if err := h.RefuseClient(t.Context(), noor, zoe.Client, short); !errors.As(err, &problems) || !problems.At("why") {
			t.Errorf("%d characters: %v", len(short), err)
		}
	}
	if err := h.RefuseClient(t.Context(), noor, zoe.Client, "  "+reason+"\n"); err != nil {
		t.Fatal(err)
	}
	if err := h.ApproveClient(t.Context(), noor, zoe.Client); !errors.Is(err, members.ErrDecided) {
		t.Errorf("approved after: %v", err)
	}
	page, err := h.Client(t.Context(), h.actor(zoe.Person, zoe.Role), zoe.Client)
	if err != nil || page.State != members.ClientRefused || page.RefusedWhy != reason || page.DecidedBy != "Noor Bakker" {
		t.Errorf("%+v, %v", page, err)
	}
	if err := h.may(zoe); !errors.Is(err, members.ErrNotApproved) {
		t.Errorf("a refused client: %v", err)
	}
}

// TestAskingForSomebodyElse: whoever uses a known address changes nothing for its
// owner but one line among their roles.
func TestAskingForSomebodyElse(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna := h.member(h.cooperative("Zonzijde"), "anna@meent.example")
	for range 9 {
		h.asks(c, "anna@meent.example") // "Waalkracht" is before "Zonzijde"
	}
	if got := h.actor(anna.Person, members.RoleID{}); got.Role != anna.Role {
		t.Errorf("Anna now begins as %+v", got)
	}
	if n := h.number(`SELECT count(*) FROM members.client WHERE state = 'asked'`); n != 3 {
		t.Errorf("%d requests wait, want three", n)
	}
}

func TestOnlyTheirCoordinatorDecides(t *testing.T) {
	h := newHouse(t)
	c, far := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	zoe := h.asks(c, "zoe@linde.example")
	for name, by := range map[string]members.Actor{
		"another cooperative's": h.noor(far), "oneself": zoe, "a member": h.member(c, "anna@meent.example"),
		"a coach": h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoach}, "els@meent.example"), "nobody": {},
	} {
		if err := h.ApproveClient(t.Context(), by, zoe.Client); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if err := h.RefuseClient(t.Context(), by, zoe.Client, reason); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := h.Client(t.Context(), by, zoe.Client); name != "oneself" && !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads: %v", name, err)
		}
	}
}
