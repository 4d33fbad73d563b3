package jobs_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// house has one cooperative with a coordinator, a member, a coach and two
// clients with a contact each, and a second cooperative with a coordinator.
type house struct {
	*jobs.Service
	db     *pgxpool.Pool
	t      testing.TB
	now    time.Time
	people *members.Service
	queue  *tasks.Queue
	begun
}

// begun is what is there when a test begins: the same in each house.
type begun struct {
	key                                                     vault.Key
	coordinator, member, coach, client, rival, otherOffices members.Actor
}

var beginning pgtest.World[begun]

func newHouse(t testing.TB) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	h.db, h.begun = beginning.Clone(t, h.populate, tasks.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), jobs.Schema())
	clock := func() time.Time { return h.now }
	queue := tasks.New(h.db, tasks.Config{Now: clock})
	h.queue = queue
	h.people = members.New(h.db, queue, clock, nil, members.Keyring(h.key))
	money := payments.New(h.db, queue, h.people, nil, clock, nil)
	h.Service = jobs.New(h.db, queue, h.people, money, clock, nil)
	return h
}

// populate makes the cooperatives in a database that each house is a clone of.
func (h *house) populate(db *pgxpool.Pool) begun {
	h.t.Helper()
	key, err := vault.NewKey(vault.NewSecret())
	if err = errors.Join(err, reference(h.ctx(), db)); err != nil {
		h.t.Fatal(err)
	}
	clock := func() time.Time { return h.now }
	first := &house{t: h.t, db: db, begun: begun{key: key}}
	first.people = members.New(db, tasks.New(db, tasks.Config{Now: clock}), clock, nil, members.Keyring(key))
	first.fill()
	return first.begun
}

// reference is what every database of the program begins with.
func reference(ctx context.Context, db *pgxpool.Pool) error {
	people := members.New(db, nil, time.Now, nil)
	return errors.Join(people.LoadReference(ctx), payments.New(db, nil, people, nil, time.Now, nil).LoadReference(ctx))
}

func (h *house) ctx() context.Context { return context.Background() }

func (h *house) fill() {
	h.coordinator, h.otherOffices = h.found("Waalkracht", "noor"), h.found("Noorderhand", "jan")
	h.coach = h.role("els", members.NewRole{Cooperative: h.coordinator.Cooperative, Kind: members.RoleCoach})
	h.client, h.rival = h.contact("De Linde", "piet"), h.contact("De Beuk", "kees")
	h.tx(func(tx pgx.Tx) error {
		person, err := h.people.EnsurePersonTx(h.ctx(), tx, newPerson("anna"))
		if err != nil {
			return err
		}
		_, err = h.people.AddMemberTx(h.ctx(), tx, members.NewMember{Person: person, Cooperative: h.coordinator.Cooperative,
			PlaceCode: "nijmegen", ReachMetres: 5000, Travel: members.Bike})
		h.member = members.Actor{Person: person}
		return err
	})
	h.member = h.actor(h.member.Person)
}

func newPerson(name string) members.NewPerson {
	return members.NewPerson{Name: name, Email: name + "@meent.example", Locale: members.Dutch}
}

func (h *house) tx(f func(pgx.Tx) error) {
	h.t.Helper()
	if err := pgx.BeginFunc(h.ctx(), h.db, f); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) actor(person members.PersonID) members.Actor {
	h.t.Helper()
	actor, err := h.people.Actor(h.ctx(), person, members.RoleID{})
	if err != nil {
		h.t.Fatal(err)
	}
	return actor
}

func (h *house) found(name, coordinator string) members.Actor {
	h.t.Helper()
	if _, err := h.people.Found(h.ctx(), members.NewCooperative{Name: name, Coordinator: newPerson(coordinator)}); err != nil {
		h.t.Fatal(err)
	}
	var person members.PersonID
	h.tx(func(tx pgx.Tx) (err error) {
		person, err = h.people.EnsurePersonTx(h.ctx(), tx, newPerson(coordinator))
		return err
	})
	return h.actor(person)
}

func (h *house) role(name string, n members.NewRole) members.Actor {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) (err error) {
		if n.Person, err = h.people.EnsurePersonTx(h.ctx(), tx, newPerson(name)); err != nil {
			return err
		}
		_, err = h.people.AddRoleTx(h.ctx(), tx, n)
		return err
	})
	return h.actor(n.Person)
}

func (h *house) contact(client, name string) members.Actor {
	h.t.Helper()
	n := members.NewRole{Cooperative: h.coordinator.Cooperative, Kind: members.RoleClient}
	h.tx(func(tx pgx.Tx) (err error) {
		n.Client, err = h.people.AddClientTx(h.ctx(), tx, members.NewClient{Cooperative: n.Cooperative, Name: client,
			Kind: members.Organisation, PlaceCode: "arnhem", Address: "Lindenlaan 14"})
		return err
	})
	return h.role(name, n)
}

// gig is a lawful gig of the client, tomorrow morning.
func (h *house) gig() jobs.NewGig {
	starts := h.now.Add(24 * time.Hour)
	return jobs.NewGig{
		Client: h.client.Client, Title: "Ramen lappen", Description: "Je lapt de ramen.\nAlles staat klaar.", Language: members.Dutch,
		PlaceCode: "arnhem", Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{"window-cleaning"},
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 2}},
	}
}

func (h *house) post(by members.Actor, n jobs.NewGig) jobs.GigID {
	h.t.Helper()
	gig, err := h.Post(h.ctx(), by, n)
	if err != nil {
		h.t.Fatal(err)
	}
	return gig
}

func TestPostShowsInTheLists(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	for name, by := range map[string]members.Actor{"member": h.member, "coach": h.coach, "coordinator": h.coordinator} {
		page, err := h.OpenGigs(t.Context(), by, 1)
		if err != nil || page.Total != 1 || page.Gigs[0].ID != gig {
			t.Fatalf("the %s sees %+v, %v; want the gig", name, page, err)
		}
		got := page.Gigs[0]
		if got.Seats != 2 || got.Coming != 1 || got.Next.Worked() != 3*time.Hour || got.PlaceName != "Arnhem" {
			t.Errorf("the %s sees %+v", name, got)
		}
		if far := got.Metres; (by.Kind == members.RoleMember) != (far > 15_000 && far < 17_000) || by.Kind != members.RoleMember && far != -1 {
			t.Errorf("for the %s the gig is %d m away", name, far)
		}
	}
	own, err := h.ClientGigs(t.Context(), h.client)
	if err != nil || len(own) != 1 {
		t.Errorf("the client sees %d own gigs, %v", len(own), err)
	}
	counts, err := h.Counts(t.Context(), h.coordinator)
	if err != nil || counts != (jobs.Counts{Open: 1, SeatsSoon: 2}) {
		t.Errorf("the counts are %+v, %v", counts, err)
	}
}

func TestPostTellsOthersAfterTheCommit(t *testing.T) {
	h := newHouse(t)
	h.post(h.coordinator, h.gig())
	rows, _ := h.db.Query(t.Context(), `SELECT kind FROM tasks.task ORDER BY kind`)
	kinds, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if want := []string{jobs.GigChanged{}.Kind(), jobs.GigOpened{}.Kind(), jobs.GigPosted{}.Kind()}; err != nil || !slices.Equal(kinds, want) {
		t.Errorf("the tasks are %q, %v; want %q", kinds, err, want)
	}
}

// TestPostTwiceIsOneGig: two presses, two tabs, or a page that was sent again.
func TestPostTwiceIsOneGig(t *testing.T) {
	h := newHouse(t)
	n := h.gig()
	n.ID = id.New[jobs.Gig](nil)
	var presses sync.WaitGroup
	for range 8 {
		presses.Go(func() {
			if gig, err := h.Post(t.Context(), h.client, n); err != nil || gig != n.ID {
				t.Errorf("Post = %v, %v; want %v", gig, err, n.ID)
			}
		})
	}
	presses.Wait()
	var gigs, shifts, told int
	const count = `SELECT (SELECT count(*) FROM jobs.gig), (SELECT count(*) FROM jobs.shift), (SELECT count(*) FROM tasks.task)`
	if err := h.db.QueryRow(t.Context(), count).Scan(&gigs, &shifts, &told); err != nil || gigs != 1 || shifts != 1 || told != 3 {
		t.Errorf("%d gigs, %d shifts, %d tasks, %v; want 1, 1, 3", gigs, shifts, told, err)
	}
	n.Client = h.rival.Client
	if _, err := h.Post(t.Context(), h.rival, n); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another client's id gave %v, want ErrNotFound", err)
	}
}

func TestPostRefusesStrangers(t *testing.T) {
	h := newHouse(t)
	for name, by := range map[string]members.Actor{
		"another client": h.rival, "a member": h.member, "a coach": h.coach, "another cooperative": h.otherOffices, "nobody": {},
	} {
		if _, err := h.Post(t.Context(), by, h.gig()); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s got %v, want ErrNotFound", name, err)
		}
	}
}

func TestPostRefuses(t *testing.T) {
	h := newHouse(t)
	shift := func(g *jobs.NewGig) *jobs.NewShift { return &g.Shifts[0] }
	tests := []struct {
		name, field, rule string
		change            func(*jobs.NewGig)
	}{
		{"no title", "title", "missing", func(g *jobs.NewGig) { g.Title = " " }},
		{"a long title", "title", "too_long", func(g *jobs.NewGig) { g.Title = strings.Repeat("é", 81) }},
		{"an unreadable title", "title", "unreadable", func(g *jobs.NewGig) { g.Title = "\xff" }},
		{"no description", "description", "missing", func(g *jobs.NewGig) { g.Description = "" }},
		{"NUL in the description", "description", "unreadable", func(g *jobs.NewGig) { g.Description = "a\x00" }},
		{"a long address", "address", "too_long", func(g *jobs.NewGig) { g.Address = strings.Repeat("a", 201) }},
		{"no such place", "place", "unknown_place", func(g *jobs.NewGig) { g.PlaceCode = "atlantis" }},
		{"no such skill", "skills", "not_a_choice", func(g *jobs.NewGig) { g.Skills = []string{"flying"} }},
		{"too many skills", "skills", "too_many", func(g *jobs.NewGig) { g.Skills = make([]string, 11) }},
		{"no such load", "load", "not_a_choice", func(g *jobs.NewGig) { g.Load = "crushing" }},
		{"no such language", "language", "not_a_choice", func(g *jobs.NewGig) { g.Language = "fr" }},
		{"10,000 euro an hour", "rate", "too_much", func(g *jobs.NewGig) { g.Rate = 1_000_000 }},
		{"a rate and no time", "rate", "not_an_amount", func(g *jobs.NewGig) { g.Rate, g.Shifts = 0, nil }},
		{"no place", "place", "missing", func(g *jobs.NewGig) { g.PlaceCode = "" }},
		{"no known place", "place", "unknown_place", func(g *jobs.NewGig) { g.PlaceCode, g.Place = "", "Atlantis" }},
		{"one of two places", "place", "several_places", func(g *jobs.NewGig) { g.PlaceCode, g.Place = "", "beek" }},
		{"an unreadable skill", "skills", "unreadable", func(g *jobs.NewGig) { g.Skills = []string{"\x00"} }},
		{"one cent below the floor", "rate", "below_floor", func(g *jobs.NewGig) { g.Rate = 1498 }},
		{"a rate of nothing", "rate", "below_floor", func(g *jobs.NewGig) { g.Rate = 0 }},
		{"a rate below nothing", "rate", "below_floor", func(g *jobs.NewGig) { g.Rate = -1600 }},
		{"no shift", "shifts", "no_shift", func(g *jobs.NewGig) { g.Shifts = nil }},
		{"101 shifts", "shifts", "too_many", func(g *jobs.NewGig) { g.Shifts = repeat(g.Shifts[0], 101) }},
		{"yesterday", "shift-1-date", "in_the_past", func(g *jobs.NewGig) { shift(g).Starts = h.now.Add(-time.Hour); shift(g).Ends = h.now.Add(time.Hour) }},
		{"backwards", "shift-1-ends", "ends_before_start", func(g *jobs.NewGig) { shift(g).Ends = shift(g).Starts }},
		{"thirteen hours", "shift-1-ends", "too_long_shift", func(g *jobs.NewGig) { shift(g).Ends = shift(g).Starts.Add(13 * time.Hour) }},
		{"no time", "shift-1-date", "missing", func(g *jobs.NewGig) { g.Shifts[0].Starts = time.Time{} }},
		{"the same time twice", "shift-2-date", "overlaps", func(g *jobs.NewGig) { g.Shifts = repeat(g.Shifts[0], 2) }},
		{"nothing but a break", "shift-1-break", "wrong_break", func(g *jobs.NewGig) { shift(g).Break = 3 * time.Hour }},
		{"no seat", "shift-1-seats", "out_of_range", func(g *jobs.NewGig) { shift(g).Seats = 0 }},
		{"2027, no figure", "shift-1-date", "no_figure", func(g *jobs.NewGig) { moveTo(g, "2027-01-04T09:00:00Z") }},
		{"over New Year, no figure", "shift-1-date", "no_figure", func(g *jobs.NewGig) { moveTo(g, "2026-12-31T21:30:00Z") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			gig := h.gig()
			tt.change(&gig)
			_, err := h.Post(t.Context(), h.client, gig)
			var problems check.Problems
			if !errors.As(err, &problems) || !has(problems, tt.field, tt.rule) {
				t.Errorf("Post gave %v, want %s: %s", err, tt.field, tt.rule)
			}
		})
	}
	var written int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.gig`).Scan(&written); err != nil || written != 0 {
		t.Errorf("%d gigs were written, %v", written, err)
	}
}

func repeat(s jobs.NewShift, n int) []jobs.NewShift {
	all := make([]jobs.NewShift, n)
	for i := range all {
		all[i] = s
	}
	return all
}

func moveTo(g *jobs.NewGig, start string) {
	at, err := time.Parse(time.RFC3339, start)
	if err != nil {
		panic(err)
	}
	g.Shifts[0].Starts, g.Shifts[0].Ends = at, at.Add(3*time.Hour)
}

func has(problems check.Problems, field, rule string) bool {
	for _, p := range problems {
		if p.Field == field && p.Rule == rule {
			return true
		}
	}
	return false
}

// TestFloorCountsOnEveryDay posts over the first of July, when the floor rises:
// the message names the higher one and its day.
func TestFloorCountsOnEveryDay(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 6, 20, 9, 0, 0, 0, time.UTC)
	gig := h.gig()
	gig.Rate = 1480
	moveTo(&gig, "2026-06-30T18:00:00Z")
	h.post(h.client, gig) // ends at eleven in the evening of 30 June in Amsterdam
	moveTo(&gig, "2026-06-30T20:00:00Z")
	_, err := h.Post(t.Context(), h.client, gig)
	var problems check.Problems
	if !errors.As(err, &problems) || problems[0].Args["Cents"] != int64(1499) || problems[0].Args["Day"] != "2026-07-01" {
		t.Errorf("Post gave %v, want 1499 cents on 2026-07-01", err)
	}
}

func TestWhoSeesAGig(t *testing.T) {
	h := newHouse(t)
	open, paused := h.post(h.client, h.gig()), h.post(h.client, h.gig())
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.gig SET state = 'paused' WHERE id = $1`, paused); err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		name                        string
		by                          members.Actor
		seesOpen, seesPaused, knows bool
	}{
		{"member", h.member, true, false, false},
		{"coach", h.coach, true, false, false},
		{"its client", h.client, true, true, true},
		{"another client", h.rival, false, false, false},
		{"coordinator", h.coordinator, true, true, true},
		{"coordinator of another cooperative", h.otherOffices, false, false, false},
		{"nobody", members.Actor{}, false, false, false},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			gig, err := h.Gig(t.Context(), tt.by, open)
			if (err == nil) != tt.seesOpen || err != nil && !errors.Is(err, members.ErrNotFound) {
				t.Errorf("the open gig gave %v", err)
			}
			if (gig.Address != "") != tt.knows {
				t.Errorf("the address is %q", gig.Address)
			}
			if tt.seesOpen && (len(gig.Shifts) != 1 || len(gig.Skills) != 1) {
				t.Errorf("the gig is %+v", gig)
			}
			if _, err := h.Gig(t.Context(), tt.by, paused); (err == nil) != tt.seesPaused {
				t.Errorf("the paused gig gave %v", err)
			}
		})
	}
	if _, err := h.Gig(t.Context(), h.coordinator, jobs.GigID{1}); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("no gig gave %v", err)
	}
}

func TestOpenGigsPageByPage(t *testing.T) {
	h := newHouse(t)
	for i := range jobs.PageSize + 5 {
		gig := h.gig()
		gig.Title = fmt.Sprint("Klus ", i)
		gig.Shifts[0].Starts = gig.Shifts[0].Starts.Add(-time.Duration(i) * time.Minute)
		h.post(h.client, gig)
	}
	first, err1 := h.OpenGigs(t.Context(), h.member, 1)
	second, err2 := h.OpenGigs(t.Context(), h.member, 2)
	beyond, err3 := h.OpenGigs(t.Context(), h.member, 9)
	if err := errors.Join(err1, err2, err3); err != nil {
		t.Fatal(err)
	}
	if len(first.Gigs) != jobs.PageSize || len(second.Gigs) != 5 || len(beyond.Gigs) != 0 || first.Pages() != 2 {
		t.Errorf("pages of %d, %d and %d gigs, %d pages", len(first.Gigs), len(second.Gigs), len(beyond.Gigs), first.Pages())
	}
	if first.Gigs[0].Title != "Klus 24" || second.Gigs[4].Title != "Klus 0" {
		t.Errorf("the soonest is %q, the last %q", first.Gigs[0].Title, second.Gigs[4].Title)
	}
	other, err := h.OpenGigs(t.Context(), h.otherOffices, 1)
	if err != nil || other.Total != 0 {
		t.Errorf("another cooperative sees %d gigs, %v", other.Total, err)
	}
}

func TestPastGigsLeaveTheList(t *testing.T) {
	h := newHouse(t)
	h.post(h.client, h.gig())
	h.now = h.now.Add(48 * time.Hour)
	page, err := h.OpenGigs(t.Context(), h.member, 1)
	if err != nil || page.Total != 0 {
		t.Errorf("%d gigs, %v; want none", page.Total, err)
	}
	counts, err := h.Counts(t.Context(), h.coordinator)
	if err != nil || counts != (jobs.Counts{}) {
		t.Errorf("the counts are %+v, %v", counts, err)
	}
}

// BenchmarkOpenGigs lists the first page of 10,000 open gigs with 30,000 shifts.
func BenchmarkOpenGigs(b *testing.B) {
	h := newHouse(b)
	h.post(h.client, h.gig())
	for _, statement := range []string{
		`INSERT INTO jobs.gig SELECT gen_random_uuid(), cooperative_id, client_id, title, description, language, place_code, address,
			rate_cents, load, support_on_site, with_others, state, posted_by, posted_at FROM jobs.gig, generate_series(1, 9999)`,
		`INSERT INTO jobs.shift SELECT gen_random_uuid(), g.cooperative_id, g.id, s.starts_at + n * interval '1 hour', s.ends_at + n * interval '1 hour', 0, 2
			FROM jobs.gig g, jobs.shift s, generate_series(1, 3) n`,
		`ANALYZE`,
	} {
		if _, err := h.db.Exec(b.Context(), statement); err != nil {
			b.Fatal(err)
		}
	}
	for b.Loop() {
		if _, err := h.OpenGigs(b.Context(), h.member, 1); err != nil {
			b.Fatal(err)
		}
	}
}

// TestPostKeepsToTheCooperativesRate: where its own lowest rate is higher than
// the law's that one is named; elsewhere it counts for nothing.
func TestPostKeepsToTheCooperativesRate(t *testing.T) {
	h := newHouse(t)
	set := func(cents int) {
		t.Helper()
		if _, err := h.db.Exec(t.Context(), `UPDATE members.settings SET lowest_rate_cents = $2 WHERE cooperative_id = $1`, h.client.Cooperative, cents); err != nil {
			t.Fatal(err)
		}
	}
	for _, tt := range []struct {
		own, rate int
		rule      string // empty: it is posted
	}{{1700, 1699, "below_own"}, {1700, 1400, "below_own"}, {1700, 1700, ""}, {1400, 1498, "below_floor"}, {1400, 1499, ""}, {0, 1499, ""}} {
		set(tt.own)
		gig := h.gig()
		gig.Rate = payments.Cents(tt.rate)
		_, err := h.Post(t.Context(), h.client, gig)
		var problems check.Problems
		if refused := errors.As(err, &problems); refused != (tt.rule != "") || refused && !has(problems, "rate", tt.rule) || err != nil && !refused {
			t.Errorf("a rate of %d where %d is the lowest gave %v, want %q", tt.rate, tt.own, err, tt.rule)
		}
	}
}
