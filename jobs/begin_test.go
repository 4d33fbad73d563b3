package jobs_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

func (h *house) begin(by members.Actor, client members.ClientID) jobs.GigID {
	h.t.Helper()
	gig, err := h.Begin(h.ctx(), by, jobs.Beginning{ID: id.New[jobs.Gig](nil), Client: client, Language: members.Dutch})
	if err != nil {
		h.t.Fatal(err)
	}
	return gig
}

func yes() *bool { is := true; return &is }

func (h *house) what() jobs.What {
	return jobs.What{Title: "Ramen lappen", Description: "Je lapt de ramen.", Language: members.Dutch, Load: jobs.Light,
		Support: yes(), Others: yes(), Skills: []string{"window-cleaning"}}
}

func (h *house) when(days ...int) jobs.When {
	w := jobs.When{Place: "Arnhem", Address: "Lindenlaan 14"}
	for _, day := range days {
		starts := h.now.Add(time.Duration(day) * 24 * time.Hour)
		w.Shifts = append(w.Shifts, jobs.NewShift{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 2})
	}
	return w
}

// fields are those at which something is wrong.
func fields(err error) (list []string) {
	var problems check.Problems
	errors.As(err, &problems)
	for _, p := range problems {
		list = append(list, p.Field+" "+p.Rule)
	}
	return list
}

func TestDraftToOpen(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	want := []string{"title missing", "description missing", "load not_a_choice", "support not_a_choice", "others not_a_choice", "shifts no_shift", "rate below_own"}
	if got := fields(h.Open(h.ctx(), h.client, gig)); !slices.Equal(got, want) && !slices.Equal(got, append(want[:6:6], "rate not_an_amount")) {
		t.Errorf("an empty draft lacks %q", got)
	}
	draft, err := h.Gig(h.ctx(), h.client, gig)
	if err != nil || draft.State != jobs.Draft || draft.PlaceName == "" || draft.Support != nil {
		t.Fatalf("the draft is %+v, %v", draft, err)
	}
	steps := []error{h.ChangeWhat(h.ctx(), h.client, gig, h.what()), h.ChangeWhen(h.ctx(), h.client, gig, h.when(3, 4)),
		h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1650})}
	if err := errors.Join(steps...); err != nil {
		t.Fatal(err)
	}
	if list, err := h.ClientGigs(h.ctx(), h.client); err != nil || len(list) != 0 {
		t.Errorf("a draft is listed as a gig: %v, %v", list, err)
	}
	h.now = h.now.Add(time.Hour)
	if err := h.Open(h.ctx(), h.client, gig); err != nil {
		t.Fatal(err)
	}
	open, err := h.Gig(h.ctx(), h.member, gig)
	if err != nil || open.Title != "Ramen lappen" || open.Rate != 1650 || len(open.Shifts) != 2 || !open.SupportOnSite || !open.PostedAt.Equal(h.now) ||
		len(open.Skills) != 1 || open.Address != "" || open.Begun != (jobs.Begun{}) {
		t.Errorf("a member sees %+v, %v", open, err)
	}
	if err := h.Open(h.ctx(), h.client, gig); err != nil {
		t.Errorf("opening twice gave %v", err)
	}
	if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.gig_opened'`); n != 1 {
		t.Errorf("members are looked for %d times", n)
	}
	for name, err := range map[string]error{"when": h.ChangeWhen(h.ctx(), h.client, gig, h.when(5)), "discard": h.Discard(h.ctx(), h.client, gig)} {
		if !errors.Is(err, jobs.ErrPosted) {
			t.Errorf("%s of an open gig gave %v", name, err)
		}
	}
}

// TestDraftKeepsWhatIsRight: what is wrong in a step does not cost what is right.
func TestDraftKeepsWhatIsRight(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	what, when := h.what(), h.when(3, -1, 5)
	what.Title, what.Others, what.Skills, when.Place = "Ramen \xff", nil, []string{"flying"}, "Atlantis"
	if got := fields(h.ChangeWhat(h.ctx(), h.client, gig, what)); !slices.Equal(got, []string{"title unreadable", "others not_a_choice", "skills not_a_choice"}) {
		t.Errorf("wrong is %q", got)
	}
	if got := fields(h.ChangeWhen(h.ctx(), h.client, gig, when)); !slices.Equal(got, []string{"shift-2-date in_the_past", "place unknown_place"}) {
		t.Errorf("wrong is %q", got)
	}
	if got := fields(h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1400})); !slices.Equal(got, []string{"rate below_floor"}) {
		t.Errorf("wrong is %q", got)
	}
	if got := fields(h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 20001})); !slices.Equal(got, []string{"rate too_much"}) {
		t.Errorf("wrong is %q", got)
	}
	g, err := h.Gig(h.ctx(), h.client, gig)
	if err != nil || g.Title != "" || g.Description != "Je lapt de ramen." || g.Load != jobs.Light || g.Support == nil || g.Others != nil ||
		len(g.Skills) != 0 || g.Address != "Lindenlaan 14" || g.PlaceName == "" || len(g.Shifts) != 2 || g.Rate != 0 {
		t.Errorf("kept is %+v, %v", g, err)
	}
}

// TestDraftsAreOfThoseWhoRunThem: nobody else sees, changes, posts or throws away.
func TestDraftsAreOfThoseWhoRunThem(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	for name, by := range map[string]members.Actor{
		"another client": h.rival, "a member": h.member, "a coach": h.coach, "another cooperative's office": h.otherOffices, "nobody": {},
	} {
		_, see := h.Gig(h.ctx(), by, gig)
		_, missing := h.Missing(h.ctx(), by, gig)
		_, again := h.Begin(h.ctx(), by, jobs.Beginning{ID: gig, Client: by.Client, Language: members.Dutch})
		_, other := h.Begin(h.ctx(), by, jobs.Beginning{Client: h.client.Client, Language: members.Dutch})
		_, from := h.Begin(h.ctx(), by, jobs.Beginning{Client: by.Client, From: gig, Language: members.Dutch})
		for verb, err := range map[string]error{
			"Gig": see, "Missing": missing, "Begin again": again, "Begin for another": other, "Begin from": from,
			"ChangeWhat": h.ChangeWhat(h.ctx(), by, gig, h.what()), "ChangeWhen": h.ChangeWhen(h.ctx(), by, gig, h.when(2)),
			"ChangePrice": h.ChangePrice(h.ctx(), by, gig, jobs.Rates{Rate: 1650}), "Open": h.Open(h.ctx(), by, gig), "Discard": h.Discard(h.ctx(), by, gig),
		} {
			var problems check.Problems
			if !errors.Is(err, members.ErrNotFound) && !errors.As(err, &problems) {
				t.Errorf("%s as %s gave %v", verb, name, err)
			}
		}
		if list, err := h.Drafts(h.ctx(), by); err != nil || len(list) != 0 {
			t.Errorf("%s sees %v, %v", name, list, err)
		}
		if list, err := h.Earlier(h.ctx(), by, h.client.Client); err != nil || len(list) != 0 {
			t.Errorf("%s sees earlier gigs %v, %v", name, list, err)
		}
	}
	if err := h.Open(h.ctx(), h.client, id.New[jobs.Gig](nil)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("opening nothing gave %v", err)
	}
	if err := h.ChangeWhat(h.ctx(), h.coordinator, gig, h.what()); err != nil {
		t.Errorf("the office cannot help: %v", err)
	}
	if list, _ := h.Drafts(h.ctx(), h.coordinator); len(list) != 0 {
		t.Errorf("the office is led to a draft that it did not begin: %v", list)
	}
	own := h.begin(h.coordinator, h.client.Client)
	office, _ := h.Drafts(h.ctx(), h.coordinator)
	client, err := h.Drafts(h.ctx(), h.client)
	if err != nil || len(office) != 1 || office[0].ID != own || len(client) != 2 {
		t.Errorf("the office has %v, the client %v, %v", office, client, err)
	}
	if err := h.Discard(h.ctx(), h.client, own); err != nil || h.count(`SELECT count(*) FROM jobs.gig WHERE state = 'draft'`) != 1 {
		t.Errorf("throwing away gave %v", err)
	}
}

func TestBeginningTwiceBeginsOnce(t *testing.T) {
	h := newHouse(t)
	b := jobs.Beginning{ID: id.New[jobs.Gig](nil), Client: h.client.Client, Language: members.Dutch, Template: "window-cleaning"}
	for range 2 {
		if gig, err := h.Begin(h.ctx(), h.client, b); err != nil || gig != b.ID {
			t.Errorf("beginning gave %v, %v", gig, err)
		}
	}
	if n := h.count(`SELECT count(*) FROM jobs.gig`); n != 1 {
		t.Errorf("%d drafts", n)
	}
	b.ID, b.Template = id.New[jobs.Gig](nil), "none"
	if _, err := h.Begin(h.ctx(), h.client, b); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a template that there is not gave %v", err)
	}
	b.Client = members.ClientID{}
	if _, err := h.Begin(h.ctx(), h.coordinator, b); !slices.Equal(fields(err), []string{"client missing"}) {
		t.Errorf("no client gave %v", err)
	}
}

func TestMostDrafts(t *testing.T) {
	h := newHouse(t)
	for range jobs.MostDrafts {
		h.begin(h.client, h.client.Client)
	}
	if _, err := h.Begin(h.ctx(), h.coordinator, jobs.Beginning{Client: h.client.Client, Language: members.Dutch}); !errors.Is(err, jobs.ErrManyDrafts) {
		t.Errorf("one more gave %v", err)
	}
	h.begin(h.rival, h.rival.Client)
}

// TestBeginFromEarlier takes everything over but the dates.
func TestBeginFromEarlier(t *testing.T) {
	h := newHouse(t)
	gig := h.begin(h.client, h.client.Client)
	if err := errors.Join(h.ChangeWhat(h.ctx(), h.client, gig, h.what()), h.ChangeWhen(h.ctx(), h.client, gig, h.when(3)),
		h.ChangePrice(h.ctx(), h.client, gig, jobs.Rates{Rate: 1650}), h.Open(h.ctx(), h.client, gig)); err != nil {
		t.Fatal(err)
	}
	earlier, err := h.Earlier(h.ctx(), h.client, h.client.Client)
	if err != nil || len(earlier) != 1 || earlier[0].ID != gig {
		t.Fatalf("to begin from is %v, %v", earlier, err)
	}
	copied, err := h.Begin(h.ctx(), h.coordinator, jobs.Beginning{Client: h.client.Client, From: gig, Language: members.English})
	if err != nil {
		t.Fatal(err)
	}
	g, err := h.Gig(h.ctx(), h.client, copied)
	got := fmt.Sprint(g.Title, g.Description, g.Language, g.Rate, g.Load, *g.Support, *g.Others, g.PlaceName, g.Address, len(g.Skills), len(g.Shifts), g.State)
	if want := fmt.Sprint("Ramen lappen", "Je lapt de ramen.", "nl", payments.Cents(1650), "light", true, true, "Arnhem", "Lindenlaan 14", 1, 0, "draft"); err != nil || got != want {
		t.Errorf("the copy is %s, want %s, %v", got, want, err)
	}
}
