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

func (h *house) tidy() error {
	return pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error { return h.TidyTx(h.t.Context(), tx, members.Tidy{}) })
}

// jan is a second coordinator.
func (h *house) jan(c id.Cooperative) members.Actor {
	h.t.Helper()
	return h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoordinator}, "jan@meent.example")
}

func (h *house) restricts(by, who members.Actor) members.Restriction {
	h.t.Helper()
	if err := h.Restrict(h.t.Context(), by, who.Person, reason); err != nil {
		h.t.Fatal(err)
	}
	page, err := h.Restrictable(h.t.Context(), by, who.Person)
	if err != nil || !page.Now().Holds() || page.Now().ID.IsZero() {
		h.t.Fatalf("%+v, %v", page, err)
	}
	return page.Now()
}

func TestRestrictAndRestore(t *testing.T) {
	h := newHouse(t)
	c, other := h.cooperative("Waalkracht"), h.cooperative("Zonzijde")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	elsewhere := h.role(members.NewRole{Cooperative: other, Kind: members.RoleCoach}, "anna@meent.example")
	r := h.restricts(noor, anna)
	restricted := h.actor(anna.Person, anna.Role)
	if !restricted.Restricted() || restricted.Restriction != r.ID || r.By != "Noor Bakker" || r.Why != reason {
		t.Errorf("%+v, %+v", restricted, r)
	}
	if err := h.may(anna); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("restricted: %v", err)
	}
	if h.may(elsewhere) != nil || h.actor(anna.Person, elsewhere.Role).Restricted() {
		t.Error("another cooperative is none of theirs")
	}
	if _, err := h.Profile(t.Context(), restricted); err != nil {
		t.Errorf("they read their own: %v", err)
	}
	if err := h.Restrict(t.Context(), noor, anna.Person, reason); !errors.Is(err, members.ErrDecided) {
		t.Errorf("twice: %v", err)
	}
	if err := h.Restore(t.Context(), noor, anna.Person, reason); err != nil || h.may(anna) != nil {
		t.Errorf("restored: %v, %v", err, h.may(anna))
	}
	if err := h.Restore(t.Context(), noor, anna.Person, reason); !errors.Is(err, members.ErrDecided) {
		t.Errorf("restored twice: %v", err)
	}
	if n := h.number(`SELECT count(*) FROM members.audit WHERE what IN ('person_restricted', 'person_restored') AND for_id = $1 AND by_id = $2`, anna.Person, noor.Person); n != 2 {
		t.Errorf("%d deeds", n)
	}
	if n := h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'members.restriction_changed'`); n != 2 {
		t.Errorf("%d times told", n)
	}
}

func TestWhoMayRestrict(t *testing.T) {
	h := newHouse(t)
	c, far := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	els := h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoach}, "els@meent.example")
	jan := h.jan(c)
	h.restricts(noor, jan)
	nobody := noor
	nobody.Person = members.PersonID{}
	bea := h.role(members.NewRole{Cooperative: far, Kind: members.RoleCoordinator}, "bea@meent.example")
	for name, tt := range map[string]struct {
		by   members.Actor
		who  members.PersonID
		why  string
		want error
	}{
		"a coach":               {els, anna.Person, reason, members.ErrNotFound},
		"a member":              {anna, els.Person, reason, members.ErrNotFound},
		"the program":           {members.Actor{}, anna.Person, reason, members.ErrNotFound},
		"no person":             {nobody, anna.Person, reason, members.ErrNotFound},
		"another cooperative":   {bea, anna.Person, reason, members.ErrNotFound},
		"somebody from there":   {noor, bea.Person, reason, members.ErrNotFound},
		"somebody who is not":   {noor, members.PersonID{1}, reason, members.ErrNotFound},
		"oneself":               {noor, noor.Person, reason, members.ErrOneself},
		"who is restricted":     {jan, anna.Person, reason, members.ErrRestricted},
		"a claim of the role":   {members.Actor{Person: els.Person, Role: els.Role, Kind: members.RoleCoordinator, Cooperative: c}, anna.Person, reason, errForeign},
		"without a reason":      {noor, anna.Person, " ", errProblems},
		"with one word":         {noor, anna.Person, "nee", errProblems},
		"with spaces for words": {noor, anna.Person, "nee" + strings.Repeat(" ", 30), errProblems},
		"with a book":           {noor, anna.Person, strings.Repeat("n", 2001), errProblems},
	} {
		err := h.Restrict(t.Context(), tt.by, tt.who, tt.why)
		var problems check.Problems
		switch tt.want {
		case errProblems:
			if !errors.As(err, &problems) || !problems.At("why") {
				t.Errorf("%s: %v", name, err)
			}
		case errForeign:
			if err == nil || !strings.Contains(err.Error(), "restriction_by_person") {
				t.Errorf("%s: %v", name, err)
			}
		default:
			if !errors.Is(err, tt.want) {
				t.Errorf("%s: %v, want %v", name, err, tt.want)
			}
		}
	}
	if n := h.number(`SELECT count(*) FROM members.restriction`); n != 1 {
		t.Errorf("%d restrictions", n)
	}
}

var (
	errProblems = errors.New("problems at why")
	errForeign  = errors.New("the tables refuse it")
)

// TestTablesKnowWhoRestricts: what the verbs promise, the schema holds, whoever
// writes: a coordinator of the cooperative, a person, and never oneself.
func TestTablesKnowWhoRestricts(t *testing.T) {
	h := newHouse(t)
	c, far := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	els := h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoach}, "els@meent.example")
	bea := h.role(members.NewRole{Cooperative: far, Kind: members.RoleCoordinator}, "bea@meent.example")
	const insert = `INSERT INTO members.restriction (id, cooperative_id, person_id, by_id, by_role, by_kind, why, at)
		VALUES (gen_random_uuid(), $1, $2, $3, $4, $5, $6, now())`
	for name, tt := range map[string]struct {
		person, by members.PersonID
		role       members.RoleID
		kind, why  string
		refused    string
	}{
		"nobody":                     {anna.Person, members.PersonID{}, noor.Role, "coordinator", reason, "by_id"},
		"no role":                    {anna.Person, noor.Person, members.RoleID{}, "coordinator", reason, "by_role"},
		"a person who is not":        {anna.Person, members.PersonID{1}, noor.Role, "coordinator", reason, "restriction_by_person"},
		"a coach":                    {anna.Person, els.Person, els.Role, "coach", reason, "restriction_by_coordinator"},
		"a coach called coordinator": {anna.Person, els.Person, els.Role, "coordinator", reason, "restriction_by_person"},
		"from elsewhere":             {anna.Person, bea.Person, bea.Role, "coordinator", reason, "restriction_by_person"},
		"oneself":                    {noor.Person, noor.Person, noor.Role, "coordinator", reason, "restriction_never_oneself"},
		"without a reason":           {anna.Person, noor.Person, noor.Role, "coordinator", "nee", "restriction_says_why"},
		"as it must be":              {els.Person, noor.Person, noor.Role, "coordinator", reason, ""},
	} {
		sealed := []byte(strings.Repeat(".", 29) + tt.why) // as long as it is when sealed
		_, err := h.db.Exec(t.Context(), insert, c, tt.person, tt.by, tt.role, tt.kind, sealed)
		if (err == nil) != (tt.refused == "") || err != nil && !strings.Contains(err.Error(), tt.refused) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTwoCoordinatorsRestrictEachOther at once: the second is too late.
func TestTwoCoordinatorsRestrictEachOther(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, jan := h.noor(c), h.jan(c)
	var group sync.WaitGroup
	errs := make([]error, 2)
	group.Go(func() { errs[0] = h.Restrict(t.Context(), noor, jan.Person, reason) })
	group.Go(func() { errs[1] = h.Restrict(t.Context(), jan, noor.Person, reason) })
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), members.ErrRestricted) {
		t.Errorf("%v", errs)
	}
}

// TestRestrictionWaitsForWhatBegan: who takes something on at that moment either
// was first, or is refused.
func TestRestrictionWaitsForWhatBegan(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	tx, err := h.db.Begin(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = tx.Rollback(t.Context()) }()
	if err := members.MayTakeTx(t.Context(), tx, anna); err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- h.Restrict(t.Context(), noor, anna.Person, reason) }()
	for h.number(`SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`) == 0 {
		select {
		case err := <-done:
			t.Fatalf("it did not wait: %v", err)
		default:
		}
	}
	if err := errors.Join(tx.Commit(t.Context()), <-done); err != nil {
		t.Fatal(err)
	}
	if err := h.may(anna); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("after it: %v", err)
	}
}
