package members_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// office is a cooperative's coordinator, and what it has decided.
func (h *house) office(name string) (members.Actor, members.Settings) {
	h.t.Helper()
	h.cooperative(name)
	by := h.actor(h.person("noor@meent.example"), members.RoleID{})
	return by, h.settings(by)
}

func (h *house) settings(by members.Actor) members.Settings {
	h.t.Helper()
	s, err := h.Settings(h.t.Context(), by)
	if err != nil {
		h.t.Fatal(err)
	}
	return s
}

func TestChangeSettings(t *testing.T) {
	h := newHouse(t)
	noor, s := h.office("Waalkracht")
	want := members.Settings{Name: "Waalkracht", Contribution: 1000, NoticeHours: 24, LateShare: 5000, TrialDays: 90, WorkForms: members.WorkForms(), PublicWork: true, Version: 1}
	if diff := cmp.Diff(want, s); diff != "" {
		t.Errorf("a new cooperative begins with (-want +got):\n%s", diff)
	}
	s.Name, s.Contribution, s.LowestRate, s.WorkForms = " Waal & Kracht ", 1250, 1650, []members.WorkForm{members.TrialPlacement, members.PostedEmployee, members.TrialPlacement}
	s.PublicWork = false
	if err := h.ChangeSettings(t.Context(), noor, s, " De leden stemden. "); err != nil {
		t.Fatal(err)
	}
	want = members.Settings{Name: "Waal & Kracht", Contribution: 1250, LowestRate: 1650, NoticeHours: 24, LateShare: 5000, TrialDays: 90,
		WorkForms: []members.WorkForm{members.PostedEmployee, members.TrialPlacement}, Version: 2}
	if diff := cmp.Diff(want, h.settings(noor)); diff != "" {
		t.Errorf("the settings are (-want +got):\n%s", diff)
	}
	log, err := h.AuditLogOf(t.Context(), noor, members.SettingsChanged, 0)
	if err != nil || len(log) != 1 || log[0].By != noor.Person || log[0].Why != "De leden stemden." {
		t.Fatalf("AuditLogOf = %+v, %v", log, err)
	}
	detail := map[string]string{"name_was": "Waalkracht", "name_is": "Waal & Kracht", "contribution_was": "1000", "contribution_is": "1250", "rate_was": "0", "rate_is": "1650",
		"forms_was": "member_entrepreneur posted_employee partner_agency client_employee trial_placement", "forms_is": "posted_employee trial_placement", "public_was": "on", "public_is": "off"}
	if diff := cmp.Diff(detail, log[0].Detail); diff != "" {
		t.Errorf("the deed says (-want +got):\n%s", diff)
	}
	if h.actor(noor.Person, noor.Role).CooperativeName != "Waal & Kracht" {
		t.Error("the cooperative has its old name elsewhere")
	}
}

func TestChangeSettingsRefuses(t *testing.T) {
	h := newHouse(t)
	noor, good := h.office("Waalkracht")
	h.cooperative("Maasland")
	tests := []struct {
		name, field, rule string
		change            func(*members.Settings)
	}{
		{"no name", "name", "missing", func(s *members.Settings) { s.Name = " " }},
		{"a long name", "name", "too_long", func(s *members.Settings) { s.Name = strings.Repeat("é", 81) }},
		{"an unreadable name", "name", "unreadable", func(s *members.Settings) { s.Name = "a\x00b" }},
		{"another's name", "name", "taken", func(s *members.Settings) { s.Name = "Maasland" }},
		{"a rate below nothing", "rate", "too_much", func(s *members.Settings) { s.LowestRate = -1 }},
		{"a rate of the moon", "rate", "too_much", func(s *members.Settings) { s.LowestRate = members.MostLowestRate + 1 }},
		{"less than nothing", "contribution", "wrong_percent", func(s *members.Settings) { s.Contribution = -1 }},
		{"more than half", "contribution", "wrong_percent", func(s *members.Settings) { s.Contribution = 5001 }},
		{"negative notice", "notice", "out_of_range", func(s *members.Settings) { s.NoticeHours = -1 }},
		{"long notice", "notice", "out_of_range", func(s *members.Settings) { s.NoticeHours = 337 }},
		{"less than half", "late", "wrong_share", func(s *members.Settings) { s.LateShare = 4999 }},
		{"more than all", "late", "wrong_share", func(s *members.Settings) { s.LateShare = 10001 }},
		{"no trial", "trial", "out_of_range", func(s *members.Settings) { s.TrialDays = 0 }},
		{"long trial", "trial", "out_of_range", func(s *members.Settings) { s.TrialDays = 367 }},
		{"no form", "forms", "nothing_chosen", func(s *members.Settings) { s.WorkForms = nil }},
		{"a strange form", "forms", "not_a_choice", func(s *members.Settings) { s.WorkForms = []members.WorkForm{"slavery"} }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			s := good
			tt.change(&s)
			var problems check.Problems
			err := h.ChangeSettings(t.Context(), noor, s, "because")
			if !errors.As(err, &problems) || len(problems) != 1 || problems[0].Field != tt.field || problems[0].Rule != tt.rule {
				t.Errorf("ChangeSettings gave %v, want %s: %s", err, tt.field, tt.rule)
			}
		})
	}
	changed := good
	changed.TrialDays = 30
	var problems check.Problems
	if err := h.ChangeSettings(t.Context(), noor, changed, " "); !errors.As(err, &problems) || problems[0].Field != "why" {
		t.Errorf("without a reason: %v", err)
	}
	if diff := cmp.Diff(good, h.settings(noor)); diff != "" {
		t.Errorf("something was written:\n%s", diff)
	}
	if err := h.ChangeSettings(t.Context(), noor, good, "because"); err != nil {
		t.Errorf("nothing to change: %v", err)
	}
	if log, err := h.AuditLogOf(t.Context(), noor, members.SettingsChanged, 0); err != nil || len(log) > 0 {
		t.Errorf("a deed of nothing: %+v, %v", log, err)
	}
}

// TestLateShareGoesUpOnly: what was promised to members is not taken back, neither
// by the form nor past it.
func TestLateShareGoesUpOnly(t *testing.T) {
	h := newHouse(t)
	noor, s := h.office("Waalkracht")
	s.LateShare = 7500
	if err := h.ChangeSettings(t.Context(), noor, s, "because"); err != nil {
		t.Fatal(err)
	}
	s = h.settings(noor)
	s.LateShare = 7499
	var problems check.Problems
	if err := h.ChangeSettings(t.Context(), noor, s, "because"); !errors.As(err, &problems) || problems[0].Rule != "only_up" {
		t.Errorf("less than before: %v", err)
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE members.settings SET late_share_bp = 5000`); err == nil || !strings.Contains(err.Error(), "only go up") {
		t.Errorf("past the form: %v", err)
	}
	if got := h.settings(noor).LateShare; got != 7500 {
		t.Errorf("it is %d", got)
	}
}

// TestSettingsAreTheOffices: nobody else changes them, nor those of another.
func TestSettingsAreTheOffices(t *testing.T) {
	h := newHouse(t)
	noor, s := h.office("Waalkracht")
	sam := h.member(noor.Cooperative, "sam@meent.example")
	s.TrialDays = 30
	coach := noor
	coach.Kind = members.RoleCoach
	for _, by := range []members.Actor{sam, coach, {}, {Person: noor.Person, Kind: members.RoleCoordinator}} {
		if err := h.ChangeSettings(t.Context(), by, s, "because"); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("as %q of %s: %v", by.Kind, by.Cooperative, err)
		}
	}
	if got := h.settings(sam); got.TrialDays != 90 {
		t.Errorf("somebody else changed them: %+v", got)
	}
	if log, err := h.AuditLogOf(t.Context(), sam, members.SettingsChanged, 0); err != nil || len(log) > 0 {
		t.Errorf("a member reads the office's log: %+v, %v", log, err)
	}
	if _, err := h.Settings(t.Context(), members.Actor{Cooperative: id.Cooperative{1}}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("of no cooperative: %v", err)
	}
}

// TestSettingsAtOnce: of those who looked at the same, one changes them; deeds
// of all kinds meanwhile hold nobody up.
func TestSettingsAtOnce(t *testing.T) {
	h := newHouse(t)
	noor, s := h.office("Waalkracht")
	var all sync.WaitGroup
	results := make([]error, 8)
	for i := range results {
		all.Go(func() {
			mine := s
			mine.Name = fmt.Sprintf("Waal %d", i)
			results[i] = h.ChangeSettings(t.Context(), noor, mine, "because")
		})
		all.Go(func() {
			err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
				person, err := h.EnsurePersonTx(t.Context(), tx, newPerson(fmt.Sprintf("p%d@meent.example", i)))
				if err != nil {
					return err
				}
				if _, err := h.AddRoleTx(t.Context(), tx, members.NewRole{Person: person, Cooperative: noor.Cooperative, Kind: members.RoleCoach}); err != nil {
					return err
				}
				return h.AuditTx(t.Context(), tx, members.Deed{By: noor, What: "a"})
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !errors.Is(err, members.ErrStale) {
			t.Errorf("ChangeSettings gave %v", err)
		}
	}
	if won != 1 || h.settings(noor).Version != 2 {
		t.Errorf("%d won, the version is %d", won, h.settings(noor).Version)
	}
	if faults := h.faults(); len(faults) > 0 {
		t.Errorf("the log of deeds: %v", faults)
	}
}

// TestSettingsTableHolds what the rules hold, for whoever writes past them.
func TestSettingsTableHolds(t *testing.T) {
	h := newHouse(t)
	h.cooperative("Waalkracht")
	for do, constraint := range map[string]string{
		`UPDATE members.settings SET contribution_bp = 5001`:                                             "settings_contribution_range",
		`UPDATE members.settings SET notice_hours = -1`:                                                  "settings_notice_range",
		`UPDATE members.settings SET trial_days = 0`:                                                     "settings_trial_range",
		`UPDATE members.settings SET work_forms = '{}'`:                                                  "settings_some_work_form",
		`UPDATE members.settings SET work_forms = ARRAY['x']`:                                            "settings_work_forms_known",
		`UPDATE members.settings SET work_forms = ARRAY[NULL]::text[]`:                                   "settings_work_forms_known",
		`UPDATE members.settings SET version = 0`:                                                        "settings_version_counts",
		`INSERT INTO members.cooperative SELECT gen_random_uuid(), name, now() FROM members.cooperative`: "cooperative_name_unique",
	} {
		if _, err := h.db.Exec(t.Context(), do); err == nil || !strings.Contains(err.Error(), constraint) {
			t.Errorf("%s: %v, want %s", do, err, constraint)
		}
	}
}

// TestFoundFirst: of all who try at once, one founds the first cooperative.
func TestFoundFirst(t *testing.T) {
	h := newHouse(t)
	if founded, err := h.Founded(t.Context()); err != nil || founded {
		t.Errorf("Founded = %v, %v", founded, err)
	}
	bad := members.NewCooperative{Name: "", Coordinator: newPerson("noor@meent.example")}
	var problems check.Problems
	if _, err := h.FoundFirst(t.Context(), bad); !errors.As(err, &problems) {
		t.Errorf("without a name: %v", err)
	}
	var all sync.WaitGroup
	results := make([]error, 6)
	for i := range results {
		all.Go(func() {
			_, results[i] = h.FoundFirst(t.Context(), members.NewCooperative{Name: fmt.Sprintf("Coop %d", i), Coordinator: newPerson("noor@meent.example")})
		})
	}
	all.Wait()
	won := 0
	for _, err := range results {
		if err == nil {
			won++
		} else if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("FoundFirst gave %v", err)
		}
	}
	list, err := h.Cooperatives(t.Context())
	if err != nil || won != 1 || len(list) != 1 {
		t.Errorf("%d founded, %d are there, %v", won, len(list), err)
	}
	if founded, err := h.Founded(t.Context()); err != nil || !founded {
		t.Errorf("Founded = %v, %v", founded, err)
	}
}

// TestConcerningNamesNobodyElse: what a person did for another is told without
// that other.
func TestConcerningNamesNobodyElse(t *testing.T) {
	h := newHouse(t)
	noor, _ := h.office("Waalkracht")
	sam, bo := h.member(noor.Cooperative, "sam@meent.example"), h.member(noor.Cooperative, "bo@meent.example")
	h.tx(func(tx pgx.Tx) error {
		for _, d := range []members.Deed{
			{By: sam, For: bo.Person, What: "told", Ref: "client:1", Detail: map[string]string{"was": "1"}, Why: "about Bo"},
			{By: noor, For: sam.Person, What: "restricted", Ref: "client:2", Detail: map[string]string{"was": "2"}, Why: "about Sam"},
		} {
			if err := h.AuditTx(t.Context(), tx, d); err != nil {
				return err
			}
		}
		return nil
	})
	got, err := h.Concerning(t.Context(), sam.Person)
	if err != nil || len(got) != 2 {
		t.Fatalf("Concerning = %+v, %v", got, err)
	}
	for _, a := range got {
		if a.What == "told" && (!a.For.IsZero() || a.ForName+a.Ref+a.Why != "" || a.Detail != nil) {
			t.Errorf("Sam reads about Bo: %+v", a)
		}
		if a.What == "restricted" && (a.Why != "about Sam" || a.ByName == "" || a.ByKind != members.RoleCoordinator) {
			t.Errorf("Sam does not read what was done: %+v", a)
		}
	}
}
