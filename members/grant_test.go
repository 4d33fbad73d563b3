package members_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// TestGrantIsAliveOnItsLastDay: the day is the one in the Netherlands, also
// where the clock goes forward or back on it.
func TestGrantIsAliveOnItsLastDay(t *testing.T) {
	at := func(text string) time.Time {
		at, err := time.Parse(time.RFC3339, text)
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	tests := []struct {
		name    string
		until   members.Day
		revoked string
		now     string
		want    members.GrantState
	}{
		{"long before", "2027-05-24", "", "2026-11-24T09:00:00Z", members.GrantActive},
		{"the last second of a winter's day", "2026-11-24", "", "2026-11-24T22:59:59Z", members.GrantActive},
		{"the second after", "2026-11-24", "", "2026-11-24T23:00:00Z", members.GrantExpired},
		{"the last second of a day of 23 hours", "2027-03-28", "", "2027-03-28T21:59:59Z", members.GrantActive},
		{"the second after that day", "2027-03-28", "", "2027-03-28T22:00:00Z", members.GrantExpired},
		{"the last second of a day of 25 hours", "2026-10-25", "", "2026-10-25T22:59:59Z", members.GrantActive},
		{"the second after that long day", "2026-10-25", "", "2026-10-25T23:00:00Z", members.GrantExpired},
		{"ended at once", "2027-05-24", "2026-11-24T09:00:00Z", "2026-11-24T09:00:00Z", members.GrantRevoked},
		{"ended, and its day is over too", "2026-11-24", "2026-11-24T09:00:00Z", "2027-11-24T09:00:00Z", members.GrantRevoked},
	}
	for _, tt := range tests {
		g := members.Grant{Until: tt.until}
		if tt.revoked != "" {
			g.RevokedAt = at(tt.revoked)
		}
		if got := g.State(at(tt.now)); got != tt.want {
			t.Errorf("%s: %s, want %s", tt.name, got, tt.want)
		}
	}
}

func TestMonthsLater(t *testing.T) {
	for day, want := range map[members.Day]members.Day{"2026-11-24": "2027-05-24", "2026-08-31": "2027-02-28", "2027-08-31": "2028-02-29", "2026-12-31": "2027-06-30"} {
		if got := day.AddMonths(members.UsualGrantMonths); got != want {
			t.Errorf("six months after %s is %s, want %s", day, got, want)
		}
	}
	if got := members.Day("2028-02-29").AddMonths(members.LongestGrantMonths); got != "2029-02-28" {
		t.Errorf("a year after a leap day is %s", got)
	}
}

// keys is a member with a coach of the same cooperative, and a member elsewhere.
type keys struct {
	*house
	anna, els, far members.Actor
}

func newKeys(t *testing.T) *keys {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	k := &keys{house: h, anna: h.member(c, "anna@meent.example"), els: h.coach(c, "els@meent.example")}
	k.far = h.member(h.cooperative("Noorderhand"), "far@meent.example")
	return k
}

func (h *house) coach(c id.Cooperative, email string) members.Actor {
	h.t.Helper()
	n := members.NewRole{Person: h.person(email), Cooperative: c, Kind: members.RoleCoach}
	var role members.RoleID
	h.tx(func(tx pgx.Tx) (err error) {
		role, err = h.AddRoleTx(h.t.Context(), tx, n)
		return err
	})
	return h.actor(n.Person, role)
}

func (k *keys) give(by members.Actor, to members.RoleID, until members.Day, scopes ...members.Scope) error {
	return pgx.BeginFunc(k.t.Context(), k.db, func(tx pgx.Tx) error {
		return k.GrantTx(k.t.Context(), tx, by, members.NewGrant{Grantee: to, Scopes: scopes, Until: until})
	})
}

func (k *keys) read(by members.Actor, scope members.Scope) (until members.Day, err error) {
	err = pgx.BeginFunc(k.t.Context(), k.db, func(tx pgx.Tx) (err error) {
		until, err = k.ReadTx(k.t.Context(), tx, by, k.anna.Member, scope)
		return err
	})
	return until, err
}

// log is the member's access log as "scope hour".
func (k *keys) log() (lines []string) {
	k.t.Helper()
	list, _, err := k.Reads(k.t.Context(), k.anna, time.Time{})
	if err != nil {
		k.t.Fatal(err)
	}
	for _, line := range list {
		lines = append(lines, string(line.Scope)+" "+line.Hour.UTC().Format("15"))
	}
	return lines
}

func TestReadingIsGrantedAndLogged(t *testing.T) {
	k := newKeys(t)
	if _, err := k.read(k.els, members.HoursScope); !errors.Is(err, members.ErrNotGranted) {
		t.Fatalf("before any grant: %v", err)
	}
	if err := k.give(k.anna, k.els.Role, "2027-05-24", members.HoursScope, members.OffersScope); err != nil {
		t.Fatal(err)
	}
	for range 2 { // twice in an hour is one line
		if until, err := k.read(k.els, members.HoursScope); err != nil || until != "2027-05-24" {
			t.Fatalf("hours until %s, %v", until, err)
		}
	}
	k.now = k.now.Add(59*time.Minute + 59*time.Second)
	_, err := k.read(k.els, members.HoursScope)
	k.now = k.now.Add(time.Second)
	_, next := k.read(k.els, members.HoursScope)
	_, other := k.read(k.els, members.PayScope)
	if err != nil || next != nil || !errors.Is(other, members.ErrNotGranted) {
		t.Errorf("%v, %v, and what was not given: %v", err, next, other)
	}
	if diff := cmp.Diff([]string{"hours 10", "hours 09"}, k.log()); diff != "" {
		t.Errorf("the log (-want +got):\n%s", diff)
	}
}

func TestRevokedAtOnceAndExpiredAfterItsDay(t *testing.T) {
	k := newKeys(t)
	if err := k.give(k.anna, k.els.Role, "2026-11-25", members.HoursScope, members.PayScope); err != nil {
		t.Fatal(err)
	}
	_, err := k.read(k.els, members.HoursScope)
	list, listErr := k.Grants(t.Context(), k.anna)
	if err != nil || listErr != nil || len(list) != 2 || list[0].Scope != members.HoursScope || list[0].Until != "2026-11-25" {
		t.Fatalf("%v, %v, %+v", err, listErr, list)
	}
	k.now = k.now.Add(time.Hour)
	for range 2 { // a second tap is no fault
		if err := k.Revoke(t.Context(), k.anna, list[0].ID); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := k.read(k.els, members.HoursScope); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("after it was ended: %v", err)
	}
	k.now = time.Date(2026, 11, 25, 22, 59, 59, 0, time.UTC)
	_, last := k.read(k.els, members.PayScope)
	k.now = k.now.Add(time.Second)
	if _, err := k.read(k.els, members.PayScope); last != nil || !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("on the last day %v, after it %v", last, err)
	}
	if diff := cmp.Diff([]string{"pay 22", "hours 09"}, k.log()); diff != "" {
		t.Errorf("the log (-want +got):\n%s", diff)
	}
	if list, err := k.Grants(t.Context(), k.anna); err != nil || len(list) != 0 {
		t.Errorf("still listed: %+v, %v", list, err)
	}
}

func TestGrantAgainMovesTheLastDay(t *testing.T) {
	k := newKeys(t)
	for _, until := range []members.Day{"2027-05-24", "2026-12-01", "2027-11-24"} {
		if err := k.give(k.anna, k.els.Role, until, members.HoursScope, members.HoursScope); err != nil {
			t.Fatal(err)
		}
		if list, err := k.Grants(t.Context(), k.anna); err != nil || len(list) != 1 || list[0].Until != until {
			t.Errorf("%s gave %+v, %v", until, list, err)
		}
		k.now = k.now.Add(time.Minute)
	}
}

// TestGrantsAtOnce: of many at the same time one is alive in the end.
func TestGrantsAtOnce(t *testing.T) {
	k := newKeys(t)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			if err := k.give(k.anna, k.els.Role, "2027-05-24", members.HoursScope); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	if list, err := k.Grants(t.Context(), k.anna); err != nil || len(list) != 1 {
		t.Errorf("%d are alive, %v", len(list), err)
	}
}

func TestGrantThatIsWrong(t *testing.T) {
	k := newKeys(t)
	good := []members.Scope{members.HoursScope}
	tests := []struct {
		name   string
		until  members.Day
		scopes []members.Scope
		want   string
	}{
		{"nothing", "2027-05-24", nil, "check: scopes: nothing_chosen"},
		{"a strange thing", "2027-05-24", []members.Scope{"diagnosis"}, "check: scopes: not_a_choice"},
		{"yesterday", "2026-11-23", good, "check: until: day_is_past"},
		{"more than a year", "2027-11-25", good, "check: until: day_too_far"},
		{"no day", "2027-02-30", good, "check: until: no_such_day"},
		{"no text", "", good, "check: until: no_such_day"},
	}
	for _, tt := range tests {
		var problems check.Problems
		if err := k.give(k.anna, k.els.Role, tt.until, tt.scopes...); !errors.As(err, &problems) || problems.Error() != tt.want {
			t.Errorf("%s: %v, want %s", tt.name, err, tt.want)
		}
	}
	for _, until := range []members.Day{"2026-11-24", "2027-11-24"} {
		if err := k.give(k.anna, k.els.Role, until, good...); err != nil {
			t.Errorf("until %s: %v", until, err)
		}
	}
}

func TestGrantsOfOthersAreNotFound(t *testing.T) {
	k := newKeys(t)
	if err := k.give(k.anna, k.els.Role, "2027-05-24", members.HoursScope); err != nil {
		t.Fatal(err)
	}
	list, err := k.Grants(t.Context(), k.anna)
	if err != nil {
		t.Fatal(err)
	}
	farCoach := k.coach(k.far.Cooperative, "henk@meent.example")
	for name, err := range map[string]error{
		"a member elsewhere ends it": k.Revoke(t.Context(), k.far, list[0].ID),
		"the coach ends it":          k.Revoke(t.Context(), k.els, list[0].ID),
		"no grant":                   k.Revoke(t.Context(), k.anna, members.GrantID{1}),
		"a coach gives":              k.give(k.els, k.els.Role, "2027-05-24", members.HoursScope),
		"to a coach elsewhere":       k.give(k.anna, farCoach.Role, "2027-05-24", members.HoursScope),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	bob := k.coach(k.anna.Cooperative, "bob@meent.example")
	traveller := k.els
	traveller.Cooperative = k.far.Cooperative
	for name, by := range map[string]members.Actor{"another coach": bob, "a coach elsewhere": farCoach, "the member": k.anna, "another cooperative": traveller} {
		if _, err := k.read(by, members.HoursScope); !errors.Is(err, members.ErrNotGranted) {
			t.Errorf("%s read: %v", name, err)
		}
	}
	if _, err := k.read(k.els, members.HoursScope); err != nil || len(k.log()) != 1 {
		t.Errorf("the coach: %v, %v", err, k.log())
	}
}

// TestLogPages never cuts an hour in two.
func TestLogPages(t *testing.T) {
	k := newKeys(t)
	if err := k.give(k.anna, k.els.Role, "2027-05-24", members.HoursScope, members.PayScope); err != nil {
		t.Fatal(err)
	}
	for range 20 {
		for _, scope := range []members.Scope{members.HoursScope, members.PayScope} {
			if _, err := k.read(k.els, scope); err != nil {
				t.Fatal(err)
			}
		}
		k.now = k.now.Add(time.Hour)
	}
	first, more, err := k.Reads(t.Context(), k.anna, time.Time{})
	if err != nil || len(first) != members.ReadsPage || !more {
		t.Fatalf("%d lines, more %v, %v", len(first), more, err)
	}
	rest, more, err := k.Reads(t.Context(), k.anna, first[len(first)-1].Hour)
	if err != nil || len(rest) != 40-members.ReadsPage || more {
		t.Errorf("%d older lines, more %v, %v", len(rest), more, err)
	}
}

// TestNobodyGrantsThemselves: a coach who is a member, too.
func TestNobodyGrantsThemselves(t *testing.T) {
	k := newKeys(t)
	n := members.NewRole{Person: k.anna.Person, Cooperative: k.anna.Cooperative, Kind: members.RoleCoach}
	var own members.RoleID
	k.tx(func(tx pgx.Tx) (err error) {
		own, err = k.AddRoleTx(t.Context(), tx, n)
		return err
	})
	for name, role := range map[string]members.RoleID{"as coach": own, "as the member": k.anna.Role} {
		var problems check.Problems
		err := k.give(k.anna, role, "2027-05-24", members.HoursScope)
		if !errors.As(err, &problems) || problems.Error() != "check: scopes: grant_to_oneself" {
			t.Errorf("%s: %v", name, err)
		}
	}
	if list, err := k.Grants(t.Context(), k.anna); err != nil || len(list) != 0 {
		t.Errorf("granted: %+v, %v", list, err)
	}
}

func TestEverythingStopsForOnePerson(t *testing.T) {
	k := newKeys(t)
	bob := k.coach(k.anna.Cooperative, "bob@meent.example")
	for _, to := range []members.RoleID{k.els.Role, bob.Role} {
		if err := k.give(k.anna, to, "2027-05-24", members.Scopes()...); err != nil {
			t.Fatal(err)
		}
	}
	k.now = k.now.Add(time.Hour)
	for range 2 { // a second tap is no fault
		if err := k.RevokeAll(t.Context(), k.anna, k.els.Role); err != nil {
			t.Fatal(err)
		}
	}
	for _, scope := range members.Scopes() {
		if _, err := k.read(k.els, scope); !errors.Is(err, members.ErrNotGranted) {
			t.Errorf("%s: %v", scope, err)
		}
	}
	if _, err := k.read(bob, members.HoursScope); err != nil {
		t.Errorf("the other one: %v", err)
	}
	for name, err := range map[string]error{
		"elsewhere": k.RevokeAll(t.Context(), k.far, bob.Role), "oneself": k.RevokeAll(t.Context(), bob, bob.Role),
		"nobody": k.RevokeAll(t.Context(), k.anna, members.RoleID{7}), "never given": k.RevokeAll(t.Context(), k.anna, k.far.Role),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestRefusalIsNotedOnceAnHour, and a refusal survives the transaction that it
// undid.
func TestRefusalIsNotedOnceAnHour(t *testing.T) {
	k := newKeys(t)
	try := func(scope members.Scope) error {
		_, err := k.read(k.els, scope)
		return k.NoteRefusal(t.Context(), k.els, err)
	}
	for range 2 {
		var refused *members.NotGranted
		if err := try(members.HoursScope); !errors.As(err, &refused) || refused.Scope != members.HoursScope || refused.Member != k.anna.Member {
			t.Fatalf("refused: %v", err)
		}
	}
	if err := k.give(k.anna, k.els.Role, "2027-05-24", members.HoursScope); err != nil {
		t.Fatal(err)
	}
	if err := try(members.HoursScope); err != nil {
		t.Fatal(err)
	}
	if err := try(members.PayScope); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("pay: %v", err)
	}
	list, _, err := k.Reads(t.Context(), k.anna, time.Time{})
	if err != nil || len(list) != 3 || list[0].Refused || !list[1].Refused || !list[2].Refused || list[2].Scope != members.PayScope {
		t.Errorf("the log: %+v, %v", list, err)
	}
	if err := k.NoteRefusal(t.Context(), k.els, members.ErrNotFound); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another error became %v", err)
	}
}
