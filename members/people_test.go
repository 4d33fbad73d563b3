package members_test

import (
	"errors"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

func TestActorOfEachRoleAndOfNone(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna := h.member(c, email)
	if anna.Kind != members.RoleMember || anna.Member.IsZero() || anna.CooperativeName != "Waalkracht" {
		t.Errorf("the member acts as %+v", anna)
	}
	bram := h.actor(h.person("bram@meent.example"), members.RoleID{})
	if bram.Kind != "" || !bram.Cooperative.IsZero() {
		t.Errorf("a person without role acts as %+v", bram)
	}
	if _, err := h.Actor(t.Context(), members.PersonID{1}, members.RoleID{}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the Actor of nobody gave %v", err)
	}
}

func TestActorFallsBackFromALostOrForeignRole(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna := h.member(c, email)
	var coach members.RoleID
	h.tx(func(tx pgx.Tx) (err error) {
		coach, err = h.AddRoleTx(t.Context(), tx, members.NewRole{Person: anna.Person, Cooperative: c, Kind: members.RoleCoach})
		return err
	})
	if got := h.actor(anna.Person, coach); got.Kind != members.RoleCoach || !got.Several || anna.Several {
		t.Errorf("with the coach's role Anna acts as %+v", got)
	}
	bram := h.member(c, "bram@meent.example")
	if got := h.actor(bram.Person, coach); got.Role != bram.Role {
		t.Errorf("with somebody else's role Bram acts as %+v", got)
	}
	if _, err := h.db.Exec(t.Context(), `DELETE FROM members.role WHERE id = $1`, coach); err != nil {
		t.Fatal(err)
	}
	if got := h.actor(anna.Person, coach); got.Kind != members.RoleMember {
		t.Errorf("after losing the coach's role Anna acts as %s", got.Kind)
	}
}

func TestFoundChecksEverything(t *testing.T) {
	h := newHouse(t)
	h.cooperative("Waalkracht")
	tests := []struct {
		name, cooperative, person, email, field, rule string
		locale                                        members.Locale
	}{
		{"no name", "", "Noor", "n@meent.example", "name", "missing", "nl"},
		{"taken name", "Waalkracht", "Noor", "n@meent.example", "name", "taken", "nl"},
		{"long name", strings.Repeat("a", 81), "Noor", "n@meent.example", "name", "too_long", "nl"},
		{"no person", "Maasland", "", "n@meent.example", "person", "missing", "nl"},
		{"no address", "Maasland", "Noor", "noor", "email", "not_an_email", "nl"},
		{"no language", "Maasland", "Noor", "n@meent.example", "locale", "not_a_choice", "fr"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := h.Found(t.Context(), members.NewCooperative{Name: tt.cooperative,
				Coordinator: members.NewPerson{Name: tt.person, Email: tt.email, Locale: tt.locale}})
			var problems check.Problems
			if !errors.As(err, &problems) || problems[0].Field != tt.field || problems[0].Rule != tt.rule {
				t.Errorf("Found gave %v, want %s: %s", err, tt.field, tt.rule)
			}
		})
	}
	list, err := h.Cooperatives(t.Context())
	if err != nil || len(list) != 1 {
		t.Errorf("there are %d cooperatives, %v; want one", len(list), err)
	}
}

func TestOneAddressIsOnePerson(t *testing.T) {
	h := newHouse(t)
	first, second := h.person("Anna@Meent.example"), h.person(" anna@meent.EXAMPLE ")
	if first != second {
		t.Error("one address in two spellings made two persons")
	}
}

func TestProfileIsTheMembersOwn(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna := h.member(c, email)
	coordinator := h.actor(h.person("noor@meent.example"), members.RoleID{})
	foreign := anna
	foreign.Cooperative = h.cooperative("Maasland")
	ctx := t.Context()
	for name, by := range map[string]members.Actor{"a coordinator": coordinator, "across cooperatives": foreign, "nobody": {}} {
		_, profile := h.Profile(ctx, by)
		answers := map[string]error{
			"Profile": profile, "Answer": h.Answer(ctx, by, members.Hours{Wanted: 8, Most: 12}), "Skip": h.Skip(ctx, by, members.NoteQuestion),
			"Answer a name": h.Answer(ctx, by, members.OwnName{Name: "Eve"}), "WeekOff": h.WeekOff(ctx, by, "2026-11-24", true),
			"DayOff": h.DayOff(ctx, by, "2026-11-25"), "ExtraTime": h.ExtraTime(ctx, by, "2026-11-25", members.Span{From: 4, Until: 8}),
			"UsualDay": h.UsualDay(ctx, by, "2026-11-25"),
		}
		for verb, err := range answers {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%s: %s gave %v, want ErrNotFound", name, verb, err)
			}
		}
	}
	if got, err := h.Profile(ctx, anna); err != nil || got.Name != "Noor Bakker" || got.Hours.Wanted != 0 {
		t.Errorf("somebody else changed it: %+v, %v", got, err)
	}
}

func TestListsStayInsideTheCooperative(t *testing.T) {
	h := newHouse(t)
	waal, maas := h.cooperative("Waalkracht"), h.cooperative("Maasland")
	anna := h.member(waal, email)
	h.member(maas, "bram@meent.example")
	h.tx(func(tx pgx.Tx) error {
		_, err := h.AddClientTx(t.Context(), tx, members.NewClient{Cooperative: maas, Name: "De Linde", Kind: members.Organisation, PlaceCode: "cuijk"})
		return err
	})
	list, err := h.Members(t.Context(), anna, "")
	if err != nil || len(list) != 1 || list[0].Skills != 1 {
		t.Errorf("Members gave %+v, %v; want Anna alone", list, err)
	}
	clients, err := h.Clients(t.Context(), anna)
	if err != nil || len(clients) != 0 {
		t.Errorf("Clients gave %+v, %v; want none", clients, err)
	}
}

func TestReferenceTwiceIsTheSame(t *testing.T) {
	h := newHouse(t)
	before, err := h.CountReference(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if err := h.LoadReference(t.Context()); err != nil {
		t.Fatal(err)
	}
	after, err := h.CountReference(t.Context())
	if err != nil || before != after || after.Places < 150 || after.Skills < 140 {
		t.Errorf("first %+v, then %+v, %v", before, after, err)
	}
}

// TestReferenceMendsWhatDiffers: what is as it should be is not written again, what is
// another is set right.
func TestReferenceMendsWhatDiffers(t *testing.T) {
	h := newHouse(t)
	if _, err := h.db.Exec(t.Context(), `UPDATE members.place SET name = 'Elders' WHERE code = 'nijmegen'`); err != nil {
		t.Fatal(err)
	}
	written := func() (n int) {
		h.t.Helper()
		if err := h.db.QueryRow(t.Context(), `SELECT count(DISTINCT xmin::text) FROM members.place`).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	for range 2 {
		if err := h.LoadReference(t.Context()); err != nil {
			t.Fatal(err)
		}
		var name string
		err := h.db.QueryRow(t.Context(), `SELECT name FROM members.place WHERE code = 'nijmegen'`).Scan(&name)
		if n := written(); err != nil || name != "Nijmegen" || n != 2 {
			t.Errorf("%q, %v; places of %d transactions, want 2", name, err, n)
		}
	}
}

// TestReferenceNamesMove: a name that one line of the list gave to another line's skill
// moves, since lines are written in their order.
func TestReferenceNamesMove(t *testing.T) {
	h := newHouse(t)
	skills, err := members.Skills()
	if err != nil {
		t.Fatal(err)
	}
	names := func(i int) string {
		if i == len(skills) {
			return "Free"
		}
		return skills[i].NL
	}
	for i := len(skills) - 1; i >= 0; i-- { // each has the name of the next
		if _, err := h.db.Exec(t.Context(), `UPDATE members.skill SET nl = $2 WHERE code = $1`, skills[i].Code, names(i+1)); err != nil {
			t.Fatal(err)
		}
	}
	if err := h.LoadReference(t.Context()); err != nil {
		t.Fatal(err)
	}
	for _, s := range skills {
		var name string
		if err := h.db.QueryRow(t.Context(), `SELECT nl FROM members.skill WHERE code = $1`, s.Code).Scan(&name); err != nil || name != s.NL {
			t.Errorf("%s is %q, want %q, %v", s.Code, name, s.NL, err)
		}
	}
}

// TestDistance compares with distances measured on a map.
func TestDistance(t *testing.T) {
	nijmegen, arnhem := members.Point{Lat: 51.8425, Lon: 5.8528}, members.Point{Lat: 51.98, Lon: 5.9111}
	if got := nijmegen.Metres(arnhem); got < 15_500 || got > 16_000 {
		t.Errorf("Nijmegen to Arnhem is %d m, want 15.5 to 16 km", got)
	}
	if got := nijmegen.Metres(nijmegen); got != 0 {
		t.Errorf("from a place to itself is %d m", got)
	}
}
