package members_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

func amsterdam(t interface{ Fatal(...any) }) *time.Location {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// TestQuietHoursEnd: over midnight, over the nights on which the clocks change,
// and not at all.
func TestQuietHoursEnd(t *testing.T) {
	night, noon, early := members.Span{From: 88, Until: 32}, members.Span{From: 48, Until: 56}, members.Span{From: 0, Until: 10} // 22–8, 12–14, 0–2.30
	for _, tt := range []struct {
		name  string
		quiet members.Span
		at    string // by the clocks in the Netherlands, with their offset
		want  string
	}{
		{"the day before it begins", night, "2026-11-24T21:59:59+01:00", "2026-11-24T21:59:59+01:00"},
		{"the moment it begins", night, "2026-11-24T22:00:00+01:00", "2026-11-25T08:00:00+01:00"},
		{"after midnight", night, "2026-11-25T03:07:11+01:00", "2026-11-25T08:00:00+01:00"},
		{"the last second", night, "2026-11-25T07:59:59+01:00", "2026-11-25T08:00:00+01:00"},
		{"the moment it ends", night, "2026-11-25T08:00:00+01:00", "2026-11-25T08:00:00+01:00"},
		{"at noon", noon, "2026-11-25T13:30:00+01:00", "2026-11-25T14:00:00+01:00"},
		{"until midnight", members.Span{From: 80, Until: 96}, "2026-12-31T23:00:00+01:00", "2027-01-01T00:00:00+01:00"},
		{"until midnight, as zero", members.Span{From: 80, Until: 0}, "2026-12-31T23:00:00+01:00", "2027-01-01T00:00:00+01:00"},
		{"in summer", night, "2026-07-01T23:00:00+02:00", "2026-07-02T08:00:00+02:00"},
		{"the short night", night, "2027-03-27T23:00:00+01:00", "2027-03-28T08:00:00+02:00"},
		{"the long night", night, "2026-10-24T23:00:00+02:00", "2026-10-25T08:00:00+01:00"},
		{"an end that does not exist", early, "2027-03-28T00:30:00+01:00", "2027-03-28T03:00:00+02:00"},
		{"an end that comes twice", early, "2026-10-25T00:30:00+02:00", "2026-10-25T02:30:00+02:00"},
		{"the whole day", members.Span{From: 0, Until: 96}, "2026-11-24T13:00:00+01:00", "2026-11-24T13:00:00+01:00"},
	} {
		at, err1 := time.Parse(time.RFC3339, tt.at)
		want, err2 := time.Parse(time.RFC3339, tt.want)
		if err := errors.Join(err1, err2); err != nil {
			t.Fatal(err)
		}
		if got := tt.quiet.EndFrom(at); !got.Equal(want) {
			t.Errorf("%s: %s ends at %s, want %s", tt.name, tt.at, got.In(amsterdam(t)), tt.want)
		}
	}
}

// TestNothingComesInQuietHours: at whatever moment of whichever year.
func TestNothingComesInQuietHours(t *testing.T) {
	zone := amsterdam(t)
	rapid.Check(t, func(t *rapid.T) {
		quiet := members.Span{From: rapid.IntRange(0, 95).Draw(t, "from"), Until: rapid.IntRange(0, 96).Draw(t, "until")}
		at := time.Unix(rapid.Int64Range(1_700_000_000, 2_000_000_000).Draw(t, "at"), 0)
		if quiet.From == quiet.Until || quiet.From == 0 && quiet.Until == 96 {
			return
		}
		end := quiet.EndFrom(at)
		clock := end.In(zone)
		quarter := clock.Hour()*4 + clock.Minute()/15
		inside := quarter >= quiet.From && quarter < quiet.Until
		if quiet.Until < quiet.From {
			inside = quarter >= quiet.From || quarter < quiet.Until
		}
		if inside || end.Before(at) || end.Sub(at) > 25*time.Hour {
			t.Fatalf("%+v from %v ends at %v", quiet, at.In(zone), clock)
		}
	})
}

// news is a task of a test.
type news struct{ Of string }

func (news) Kind() string { return "test.news" }

// dues gives when the news of a name come.
func (h *house) dues() map[string]time.Time {
	h.t.Helper()
	rows, err := h.db.Query(h.t.Context(), `SELECT payload ->> 'Of', due_at FROM tasks.task WHERE kind = 'test.news'`)
	if err != nil {
		h.t.Fatal(err)
	}
	dues := map[string]time.Time{}
	var of string
	var due time.Time
	if _, err := pgx.ForEachRow(rows, []any{&of, &due}, func() error { dues[of] = due; return nil }); err != nil {
		h.t.Fatal(err)
	}
	return dues
}

func (h *house) quiet(by members.Actor, from, until int) {
	h.t.Helper()
	ways := members.ContactWays{Channel: members.ByMail, Quiet: &members.Span{From: from, Until: until}, MostOffers: 3}
	if err := h.Answer(h.t.Context(), by, ways); err != nil {
		h.t.Fatal(err)
	}
}

func TestNoticesComeWhenTheyMay(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea, plain := h.member(c, email), h.member(c, "bea@meent.example"), h.member(c, "plain@meent.example")
	h.quiet(anna, 88, 32)
	h.quiet(bea, 48, 56)
	h.now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC) // 23.00
	morning, queue := time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC), tasks.New(h.db, tasks.Config{Now: func() time.Time { return h.now }})
	evening := h.now.Add(24 * time.Hour)
	h.tx(func(tx pgx.Tx) error {
		return members.NotifyTx(t.Context(), tx, queue, h.now, c,
			members.Notice{Member: anna.Member, Task: news{"waits"}},
			members.Notice{Member: anna.Member, Task: news{"hurries"}, AtOnce: true},
			members.Notice{Member: anna.Member, Task: news{"in time"}, Before: morning},
			members.Notice{Member: anna.Member, Task: news{"too late"}, Before: morning.Add(-time.Second)},
			members.Notice{Member: anna.Member, Task: news{"later"}, Opts: tasks.Opts{Due: evening}},
			members.Notice{Member: anna.Member, Task: news{"past"}, Opts: tasks.Opts{Due: h.now.Add(-time.Hour)}},
			members.Notice{Member: anna.Member, Task: news{"later, at once"}, Opts: tasks.Opts{Due: evening}, AtOnce: true},
			members.Notice{Member: bea.Member, Task: news{"another's hours"}},
			members.Notice{Member: plain.Member, Task: news{"no hours"}})
	})
	for of, want := range map[string]time.Time{
		"waits": morning, "hurries": h.now, "in time": morning, "too late": h.now, "later": morning.Add(24 * time.Hour), "past": morning,
		"later, at once": evening, "another's hours": h.now, "no hours": h.now,
	} {
		if got := h.dues()[of]; !got.Equal(want) {
			t.Errorf("%q comes at %v, want %v", of, got, want)
		}
	}
}

// TestQuietHoursStayInTheirCooperative: a member of another one with the same
// person, and an id of another one, change nothing.
func TestQuietHoursStayInTheirCooperative(t *testing.T) {
	h := newHouse(t)
	c, far := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna := h.member(c, email)
	h.quiet(anna, 88, 32)
	h.now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)
	queue := tasks.New(h.db, tasks.Config{Now: func() time.Time { return h.now }})
	h.tx(func(tx pgx.Tx) error {
		return members.NotifyTx(t.Context(), tx, queue, h.now, far, members.Notice{Member: anna.Member, Task: news{"far"}})
	})
	if got := h.dues()["far"]; !got.Equal(h.now) {
		t.Errorf("it comes at %v", got)
	}
	var of id.Cooperative
	if err := h.db.QueryRow(t.Context(), `SELECT cooperative_id FROM tasks.task WHERE kind = 'test.news'`).Scan(&of); err != nil || of != far {
		t.Errorf("the task is of %v, %v", of, err)
	}
}

func TestTextsTo(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	far, anna := h.cooperative("Noorderhand"), h.member(c, email)
	to := func(c id.Cooperative) members.Mobile {
		t.Helper()
		number, err := h.TextsTo(t.Context(), c, anna.Person)
		if err != nil {
			t.Fatal(err)
		}
		return number
	}
	choose := func(channel members.Channel) {
		t.Helper()
		if err := h.Answer(t.Context(), anna, members.ContactWays{Channel: channel, Phone: "024 1234567", MostOffers: 3}); err != nil {
			t.Fatal(err)
		}
	}
	choose(members.BySMS)
	if got := to(c); got != "" {
		t.Errorf("a number that nobody confirmed gets %q", got)
	}
	h.hasPhone(anna, mobile)
	if got := to(c); got != mobile {
		t.Errorf("texts go to %q", got)
	}
	if got := to(far); got != "" {
		t.Errorf("another cooperative texts to %q", got)
	}
	choose(members.ByMail)
	if got := to(c); got != "" {
		t.Errorf("who wants mail gets texts at %q", got)
	}
	choose(members.BySMS)
	if got, err := h.keyed(newKey(t)).TextsTo(t.Context(), c, anna.Person); got != "" || err != nil {
		t.Errorf("with another key it gave %q, %v; want mail", got, err)
	}
	if err := h.RemovePhone(t.Context(), anna); err != nil || to(c) != "" {
		t.Errorf("after removing it: %v", err)
	}
}
