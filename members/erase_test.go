package members_test

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// erase does what the program does with all domains, with this one alone.
func (h *house) erase(person members.PersonID, keep ...members.ClientID) (e members.Erasing, err error) {
	h.t.Helper()
	err = pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		if e, err = h.BeginErasingTx(h.t.Context(), tx, person); err != nil {
			return err
		}
		holds, err := h.HoldsTx(h.t.Context(), tx, person)
		if err != nil {
			return err
		}
		if len(holds) > 0 {
			return &members.Held{By: holds}
		}
		return h.EraseTx(h.t.Context(), tx, e, keep)
	})
	return e, err
}

func (h *house) erased(person members.PersonID, keep ...members.ClientID) members.Erasing {
	h.t.Helper()
	e, err := h.erase(person, keep...)
	if err != nil {
		h.t.Fatal(err)
	}
	return e
}

func TestErasedIsAPseudonym(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	sam, kim := h.member(c, "sam@meent.example"), h.member(c, "kim@meent.example")
	first, second := h.erased(sam.Person), h.erased(kim.Person)
	if first.Name == second.Name || first.Email == second.Email || !strings.HasPrefix(first.Name, "Verwijderd ") || !first.Email.Erased() {
		t.Errorf("the pseudonyms are %+v and %+v", first, second)
	}
	if _, ok := members.ParseEmail(string(first.Email)); ok {
		t.Error("somebody can type the address of who was erased")
	}
	stands := h.stands(h.coordinator(), sam.Member)
	if stands.Name != first.Name || stands.Membership != members.Alumni {
		t.Errorf("the office sees %+v", stands)
	}
	for name, person := range map[string]members.PersonID{"twice": sam.Person, "nobody": {1}} {
		if _, err := h.erase(person); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if again := h.person("sam@meent.example"); again == sam.Person {
		t.Error("the address still leads to who was erased")
	}
	if faults := h.faults(); len(faults) > 0 {
		t.Errorf("the log of deeds: %v", faults)
	}
}

// TestErasedHandsOver what only they could do: a client keeps a manager, what they
// invited to is taken back, what they looked at waits for somebody else.
func TestErasedHandsOver(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	zoe := h.linde(c, "zoe@linde.example")
	bo := h.person("bo@linde.example")
	if _, err := h.AcceptColleagueInvitation(t.Context(), h.actor(bo, members.RoleID{}), h.invites(zoe, "bo@linde.example", members.PlainContact)); err != nil {
		t.Fatal(err)
	}
	h.invites(zoe, "mo@linde.example", members.PlainContact)
	h.erased(zoe.Person, zoe.Client)
	if now := h.actor(bo, members.RoleID{}); now.Duty != members.Manager {
		t.Errorf("the client has %q left", now.Duty)
	}
	if n := h.number(`SELECT count(*) FROM members.client_invitation WHERE email = 'mo@linde.example' AND withdrawn_at IS NULL`); n != 0 {
		t.Error("an invitation of somebody who is gone is open")
	}
	if n := h.number(`SELECT count(*) FROM members.client WHERE name = 'De Linde' AND address = 'Lindenlaan 14'`); n != 1 {
		t.Error("an organisation lost its name")
	}
	noor, jan := h.noor(c), h.jan(c)
	sam := h.member(c, "sam@meent.example")
	review := h.asksReview(sam, members.Decision{Restriction: h.restricts(noor, sam).ID})
	if err := h.TakeReview(t.Context(), jan, review); err != nil {
		t.Fatal(err)
	}
	if _, err := h.erase(sam.Person); !errors.Is(err, members.ErrHeld) {
		t.Errorf("who waits for an answer is erased: %v", err)
	}
	h.erased(jan.Person)
	if n := h.number(`SELECT count(*) FROM members.review WHERE state = 'asked' AND taken_by IS NULL`); n != 1 {
		t.Error("the review waits for who is gone")
	}
	var held *members.Held
	if _, err := h.erase(noor.Person); !errors.As(err, &held) || !slices.Equal(held.By, []members.Hold{members.OnlyCoordinator}) {
		t.Errorf("the last coordinator: %v", err)
	}
}

// TestErasedHousehold: the name of a household goes, unless bills need it.
func TestErasedHousehold(t *testing.T) {
	for name, keep := range map[string]bool{"without bills": false, "with bills": true} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			ask := newAsk(h.cooperative("Waalkracht"), "zoe@linde.example")
			ask.Kind = members.Household
			if err := h.AskClient(t.Context(), ask); err != nil {
				t.Fatal(err)
			}
			zoe := h.actor(h.person("zoe@linde.example"), members.RoleID{})
			billed := []members.ClientID{}
			if keep {
				billed = append(billed, zoe.Client)
			}
			h.erased(zoe.Person, billed...)
			if n := h.number(`SELECT count(*) FROM members.client WHERE name = 'De Linde' AND address <> ''`); (n == 1) != keep {
				t.Errorf("the name is kept in %d rows", n)
			}
		})
	}
}

// TestFarewell: the address is kept until the mail is out, and three days at most.
func TestFarewell(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	h.erased(h.member(c, "sam@meent.example").Person)
	var farewell members.FarewellID
	if err := h.db.QueryRow(t.Context(), `SELECT id FROM members.farewell`).Scan(&farewell); err != nil {
		t.Fatal(err)
	}
	if f, err := h.Farewell(t.Context(), farewell); err != nil || f.Email != "sam@meent.example" || f.Locale != members.Dutch {
		t.Errorf("the last mail goes to %+v, %v", f, err)
	}
	h.tx(func(tx pgx.Tx) error { return h.FarewellSentTx(t.Context(), tx, farewell) })
	if _, err := h.Farewell(t.Context(), farewell); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("after the mail: %v", err)
	}
	h.erased(h.member(c, "kim@meent.example").Person)
	h.now = h.now.Add(73 * time.Hour)
	if err := h.tidy(); err != nil || h.number(`SELECT count(*) FROM members.farewell`) != 0 {
		t.Errorf("an address to which nothing could be sent is kept: %v", err)
	}
}

// TestNothingIsConfidedByTheErased: no key is made for who is gone.
func TestNothingIsConfidedByTheErased(t *testing.T) {
	h := newHouse(t)
	sam := h.member(h.cooperative("Waalkracht"), "sam@meent.example")
	h.confide(h.Service, sam.Person, members.Phone, "0612345678")
	h.erased(sam.Person)
	err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.ConfideTx(t.Context(), tx, sam.Person, id.Cooperative{}, members.Phone, "0612345678")
	})
	if !errors.Is(err, members.ErrNotFound) || h.number(`SELECT count(*) FROM members.person_key`) != 0 {
		t.Errorf("ConfideTx = %v", err)
	}
}

// TestAddressIsFoundByItsIndex, also in a plan that knows no address.
func TestAddressIsFoundByItsIndex(t *testing.T) {
	h := newHouse(t)
	h.tx(func(tx pgx.Tx) error {
		const plan = `SET LOCAL plan_cache_mode = force_generic_plan; SET LOCAL enable_seqscan = off;
			PREPARE by_address (text) AS SELECT id FROM members.person WHERE email = $1`
		if _, err := tx.Exec(t.Context(), plan); err != nil {
			return err
		}
		rows, err := tx.Query(t.Context(), `EXPLAIN EXECUTE by_address ('sam@meent.example')`, pgx.QueryExecModeSimpleProtocol)
		if err != nil {
			return err
		}
		lines, err := pgx.CollectRows(rows, pgx.RowTo[string])
		if text := strings.Join(lines, "\n"); !strings.Contains(text, "person_email_unique") {
			t.Errorf("the plan:\n%s", text)
		}
		return err
	})
}
