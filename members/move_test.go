package members_test

import (
	"errors"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// joining makes a member in this state.
func (h *house) joining(c id.Cooperative, email string, in members.Membership, consent members.Consent) members.Actor {
	h.t.Helper()
	person := h.person(email)
	h.tx(func(tx pgx.Tx) error {
		_, err := h.AddMemberTx(h.t.Context(), tx, members.NewMember{Person: person, Cooperative: c, PlaceCode: "nijmegen",
			ReachMetres: 5000, Travel: members.Bike, Membership: in, Consent: consent})
		return err
	})
	return h.actor(person, members.RoleID{})
}

func (h *house) coordinator() members.Actor {
	h.t.Helper()
	return h.actor(h.person("noor@meent.example"), members.RoleID{})
}

func (h *house) stands(by members.Actor, m members.MemberID) members.Standing {
	h.t.Helper()
	got, err := h.Standing(h.t.Context(), by, m)
	if err != nil {
		h.t.Fatal(err)
	}
	return got
}

// tasksOf lists when tasks of the kind are due.
func (h *house) tasksOf(kind string) (due []time.Time) {
	h.t.Helper()
	rows, err := h.db.Query(h.t.Context(), `SELECT due_at FROM tasks.task WHERE kind = $1 ORDER BY due_at`, kind)
	if err == nil {
		due, err = pgx.CollectRows(rows, pgx.RowTo[time.Time])
	}
	if err != nil {
		h.t.Fatal(err)
	}
	return due
}

func TestMembershipFromReferredToAlumniAndBack(t *testing.T) {
	h := newHouse(t)
	sam := h.joining(h.cooperative("Waalkracht"), email, members.Referred, members.ConsentNotNeeded)
	noor := h.coordinator()
	settings, err := h.Settings(t.Context(), noor)
	if err != nil {
		t.Fatal(err)
	}
	settings.TrialDays = 60
	if err := h.ChangeSettings(t.Context(), noor, settings, "De leden stemden voor een kortere proeftijd."); err != nil {
		t.Fatal(err)
	}
	if sam.Membership != members.Referred || noor.Membership != "" {
		t.Errorf("Sam acts as %q, the coordinator as %q", sam.Membership, noor.Membership)
	}
	begun := map[members.Membership]time.Time{members.Referred: h.now}
	for _, to := range []members.Membership{members.OnTrial, members.Joined, members.Alumni, members.OnTrial} {
		h.now = h.now.Add(time.Hour)
		begun[to] = h.now
		if err := h.MoveMember(t.Context(), noor, sam.Member, to, " Samen besproken. "); err != nil {
			t.Fatalf("to %s: %v", to, err)
		}
	}
	got := h.stands(noor, sam.Member)
	if got.Membership != members.OnTrial || got.TrialUntil != "2027-01-23" || got.MovedBy != noor.Name {
		t.Errorf("Sam stands so: %+v", got)
	}
	for state, at := range begun {
		if !got.Since[state].Equal(at) {
			t.Errorf("%s since %v, want %v", state, got.Since[state], at)
		}
	}
	log, err := h.AuditLog(t.Context(), noor, 0)
	if err != nil || log[0].What != "membership_moved" || log[0].Why != "Samen besproken." || log[0].For != sam.Person || log[0].By != noor.Person {
		t.Errorf("the last deed is %+v, %v", log[0], err)
	}
	if diff := cmp.Diff(map[string]string{"was": "alumni", "is": "trial"}, log[0].Detail); diff != "" {
		t.Error(diff)
	}
	// A week before the last day, nine o'clock in Amsterdam; both trials end on one day.
	if diff := cmp.Diff([]time.Time{time.Date(2027, 1, 16, 8, 0, 0, 0, time.UTC)}, h.tasksOf("members.trial_ends"), cmp.Comparer(time.Time.Equal)); diff != "" {
		t.Error(diff)
	}
}

func TestMoveMemberRefuses(t *testing.T) {
	h := newHouse(t)
	waal := h.cooperative("Waalkracht")
	sam, waits := h.member(waal, email), h.joining(waal, "wim@meent.example", members.Referred, members.ConsentNo)
	noor := h.coordinator()
	far := noor
	far.Cooperative = h.cooperative("Maasland")
	coach := noor
	coach.Kind = members.RoleCoach
	tests := []struct {
		name string
		by   members.Actor
		m    members.MemberID
		to   members.Membership
		why  string
		want error
	}{
		{"a member to trial", noor, sam.Member, members.OnTrial, "", members.ErrWrongMove},
		{"to nothing", noor, sam.Member, "", "", members.ErrWrongMove},
		{"without the municipality", noor, waits.Member, members.OnTrial, "", members.ErrNoConsent},
		{"another cooperative", far, sam.Member, members.Alumni, "because", members.ErrNotFound},
		{"a coach", coach, sam.Member, members.Alumni, "because", members.ErrNotFound},
		{"the member", sam, sam.Member, members.Alumni, "because", members.ErrNotFound},
		{"nobody", noor, members.MemberID{1}, members.Alumni, "because", members.ErrNotFound},
	}
	for _, tt := range tests {
		if err := h.MoveMember(t.Context(), tt.by, tt.m, tt.to, tt.why); !errors.Is(err, tt.want) {
			t.Errorf("%s gave %v, want %v", tt.name, err, tt.want)
		}
	}
	for _, why := range []string{"", "  ", "\x00", strings.Repeat("x", 501)} {
		var problems check.Problems
		if err := h.MoveMember(t.Context(), noor, sam.Member, members.Alumni, why); !errors.As(err, &problems) || problems[0].Field != "why" {
			t.Errorf("the end for %.10q gave %v, want a problem at why", why, err)
		}
	}
	if got := h.stands(noor, sam.Member); got.Membership != members.Joined {
		t.Errorf("a refused move was made: %+v", got)
	}
	for name, by := range map[string]members.Actor{"far": far, "coach": coach, "member": sam} {
		if _, err := h.Standing(t.Context(), by, sam.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads where Sam stands: %v", name, err)
		}
		if err := h.NoteConsent(t.Context(), by, sam.Member, members.ConsentNo, ""); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s notes a consent: %v", name, err)
		}
	}
}

func TestConsentOpensTheTrial(t *testing.T) {
	h := newHouse(t)
	wim := h.joining(h.cooperative("Waalkracht"), email, members.Referred, members.ConsentNo)
	noor := h.coordinator()
	for _, wrong := range []struct {
		is    members.Consent
		day   members.Day
		field string
	}{{"perhaps", "2026-11-24", "consent"}, {members.ConsentYes, "", "consent-day"}, {members.ConsentYes, "2026-02-30", "consent-day"}, {members.ConsentYes, "2026-11-25", "consent-day"}} {
		var problems check.Problems
		if err := h.NoteConsent(t.Context(), noor, wim.Member, wrong.is, wrong.day); !errors.As(err, &problems) || problems[0].Field != wrong.field {
			t.Errorf("%q of %q gave %v", wrong.is, wrong.day, err)
		}
	}
	if err := h.NoteConsent(t.Context(), noor, wim.Member, members.ConsentYes, "2026-11-24"); err != nil {
		t.Fatal(err)
	}
	if got := h.stands(noor, wim.Member); got.Consent != members.ConsentYes || got.ConsentDay != "2026-11-24" {
		t.Errorf("the consent is %+v", got)
	}
	if err := h.MoveMember(t.Context(), noor, wim.Member, members.OnTrial, ""); err != nil {
		t.Errorf("the trial after the consent: %v", err)
	}
	log, err := h.AuditLog(t.Context(), noor, 0)
	if err != nil || log[1].What != "consent_noted" || log[1].Detail["day"] != "2026-11-24" {
		t.Errorf("the deeds are %+v, %v", log, err)
	}
}

// TestOneMoveAtOnce: of many who press one button, one moves.
func TestOneMoveAtOnce(t *testing.T) {
	h := newHouse(t)
	sam := h.joining(h.cooperative("Waalkracht"), email, members.Referred, members.ConsentNotNeeded)
	noor := h.coordinator()
	var all sync.WaitGroup
	var moved atomic.Int32
	for range 20 {
		all.Go(func() {
			switch err := h.MoveMember(t.Context(), noor, sam.Member, members.OnTrial, ""); {
			case err == nil:
				moved.Add(1)
			case !errors.Is(err, members.ErrWrongMove):
				t.Error(err)
			}
		})
	}
	all.Wait()
	if moved.Load() != 1 || len(h.tasksOf("members.membership_moved")) != 1 {
		t.Errorf("%d moves, %d mails; want one", moved.Load(), len(h.tasksOf("members.membership_moved")))
	}
}

func TestAgeOn(t *testing.T) {
	for _, tt := range []struct {
		born, on members.Day
		want     int
	}{
		{"2008-11-24", "2026-11-23", 17}, {"2008-11-24", "2026-11-24", 18}, {"2008-11-24", "2026-11-25", 18},
		{"2008-02-29", "2026-02-28", 17}, {"2008-02-29", "2026-03-01", 18}, {"2008-02-29", "2028-02-29", 20},
		{"2027-01-01", "2026-11-24", 0}, {"", "2026-11-24", 0}, {"1950-12-31", "2026-01-01", 75},
	} {
		if got := tt.born.AgeOn(tt.on); got != tt.want {
			t.Errorf("born on %q, on %q: %d, want %d", tt.born, tt.on, got, tt.want)
		}
	}
}
