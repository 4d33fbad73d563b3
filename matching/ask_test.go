package matching_test

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// quiet posts a gig of so many seats for which nobody is asked yet, and gives
// its only shift.
func (h *house) quiet(after time.Duration, seats int) (jobs.GigID, jobs.ShiftID) {
	h.t.Helper()
	starts := h.now.Add(after)
	gig, err := h.jobs.Post(h.t.Context(), h.client, jobs.NewGig{
		Client: h.client.Client, Title: "Ramen lappen", Description: "Je lapt de ramen.", Language: members.Dutch, PlaceCode: "arnhem",
		Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{"window-cleaning", "weeding"},
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: seats}}, Asks: h.now.Add(1000 * time.Hour),
	})
	h.must(err)
	found, err := h.jobs.Gig(h.t.Context(), h.client, gig)
	h.must(err)
	return gig, found.Shifts[0].ID
}

func (h *house) ask(who members.Actor, shift jobs.ShiftID) matching.OfferID {
	h.t.Helper()
	offer, asked, err := h.Ask(h.t.Context(), who, shift)
	h.must(err)
	if !asked {
		h.t.Fatalf("%s asked before", who.Name)
	}
	return offer
}

func (h *house) coordinator() members.Actor { return h.as("noor") }

// as is the person of this name, in their first role.
func (h *house) as(name string) (who members.Actor) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		who.Person, err = h.people.EnsurePersonTx(h.t.Context(), tx, newPerson(name))
		return err
	}))
	who, err := h.people.Actor(h.t.Context(), who.Person, members.RoleID{})
	h.must(err)
	return who
}

func TestAskAndGrant(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	offer, other := h.ask(anna, shift), h.ask(bea, shift)
	h.run()
	list, err := h.AskedSeats(t.Context(), h.client)
	if err != nil || len(list) != 2 || list[0].Member != "" {
		t.Fatalf("the client sees %+v, %v", list, err)
	}
	if all, err := h.AskedSeats(t.Context(), h.coordinator()); err != nil || len(all) != 2 || all[0].Member == "" {
		t.Errorf("the coordinator sees %+v, %v", all, err)
	}
	h.must(h.Grant(t.Context(), h.client, offer))
	h.run()
	if a, b := h.state(anna), h.state(bea); a != matching.Confirmed || b != matching.Expired {
		t.Errorf("the granted ask is %s, the other on a full shift %s", a, b)
	}
	if got, err := h.AskedSeat(t.Context(), h.client, offer); err != nil || got.Member != "anna" {
		t.Errorf("after the yes the client sees %+v, %v", got, err)
	}
	if err := h.Grant(t.Context(), h.client, other); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("granting what is over: %v", err)
	}
	coming, err := h.jobs.Coming(t.Context(), anna, h.now, 5)
	if err != nil || len(coming) != 1 || coming[0].State != jobs.Confirmed {
		t.Errorf("engagements %+v, %v", coming, err)
	}
	want := []string{"matching.seat_asked", "matching.seat_asked", "matching.offer_decided", "matching.offer_decided"}
	if diff := cmp.Diff(want, h.told); diff != "" {
		t.Error(diff)
	}
}

func TestRefuse(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	offer := h.ask(anna, shift)
	for _, wrong := range []matching.Refusal{{Why: "too_slow"}, {}, {Why: matching.GigChanged, Text: strings.Repeat("x", matching.MostRefusal+1)}, {Why: matching.GigChanged, Text: "\x00"}} {
		var problems check.Problems
		if err := h.Refuse(t.Context(), h.client, offer, wrong); !errors.As(err, &problems) {
			t.Errorf("%.20q: %v", wrong.Why, err)
		}
	}
	h.must(h.Refuse(t.Context(), h.coordinator(), offer, matching.Refusal{Why: matching.GigChanged, Text: "Het regent."}))
	got, err := h.Offer(t.Context(), anna, offer)
	if err != nil || got.State != matching.Refused || got.Text != "Het regent." || got.Why != matching.GigChanged {
		t.Errorf("the member reads %+v, %v", got, err)
	}
	h.textIsSealed(anna, offer, "Het regent.")
	h.run()
	if !slices.Contains(h.told, "matching.offer_decided") {
		t.Error("the member is told nothing")
	}
	if _, again, err := h.Ask(t.Context(), anna, shift); err != nil || again {
		t.Errorf("asking again: %v, %v; want that it stays as it is", again, err)
	}
}

// textIsSealed holds that the text of a refusal is not in the row, and that it
// goes with the member's key.
func (h *house) textIsSealed(who members.Actor, offer matching.OfferID, text string) {
	h.t.Helper()
	var row string
	h.must(h.db.QueryRow(h.t.Context(), `SELECT o::text FROM matching.offer o WHERE id = $1`, offer).Scan(&row))
	if strings.Contains(row, text) || !strings.Contains(row, "refused") {
		h.t.Errorf("the row is %s", row)
	}
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error { return h.people.DestroyKeyTx(h.t.Context(), tx, who.Person) }))
	if got, err := h.Offer(h.t.Context(), who, offer); err != nil || got.Text != "" || !got.Gone || got.Why == "" {
		h.t.Errorf("without the key: %+v, %v", got.Refusal, err)
	}
	if list, err := h.Offers(h.t.Context(), who); err != nil || len(list) != 1 || list[0].Text != "" {
		h.t.Errorf("a list gives %+v, %v", list, err)
	}
}

func TestWithdraw(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	offer := h.ask(anna, shift)
	if err := h.Withdraw(t.Context(), bea, offer); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("somebody else's: %v", err)
	}
	if err := h.Accept(t.Context(), anna, offer); !errors.Is(err, matching.ErrOver) {
		t.Errorf("saying yes to one's own question: %v", err)
	}
	h.must(h.Withdraw(t.Context(), anna, offer))
	for name, err := range map[string]error{"twice": h.Withdraw(t.Context(), anna, offer), "grant": h.Grant(t.Context(), h.client, offer),
		"refuse": h.Refuse(t.Context(), h.client, offer, matching.Refusal{Why: matching.GigChanged})} {
		if !errors.Is(err, matching.ErrDecided) {
			t.Errorf("%s after it was taken back: %v", name, err)
		}
	}
}

func TestWhoMayNotAsk(t *testing.T) {
	h := newHouse(t)
	gig, shift := h.quiet(72*time.Hour, 1)
	able, stranger := h.member("able", "weeding"), h.member("stranger", "cloakroom")
	for name, who := range map[string]members.Actor{"client": h.client, "coordinator": h.coordinator(), "nobody": {}} {
		if _, _, err := h.Ask(t.Context(), who, shift); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("a %s: %v", name, err)
		}
	}
	h.breaks(stranger, shift, matching.SkillRule)
	chances, err := h.Chances(t.Context(), stranger, gig)
	if err != nil || len(chances) != 1 || !slices.Equal(chances[0].Broken, []matching.Rule{matching.SkillRule}) {
		t.Errorf("chances of the stranger %+v, %v", chances, err)
	}
	h.now = h.now.Add(73 * time.Hour)
	h.breaks(able, shift, matching.SeatRule)
	if chances, err := h.Chances(t.Context(), able, gig); err != nil || len(chances) != 0 {
		t.Errorf("chances on what has begun %+v, %v", chances, err)
	}
}

// breaks checks that asking is refused for exactly this rule.
func (h *house) breaks(who members.Actor, shift jobs.ShiftID, rule matching.Rule) {
	h.t.Helper()
	var broken *matching.Broken
	_, asked, err := h.Ask(h.t.Context(), who, shift)
	if !errors.As(err, &broken) || !errors.Is(err, matching.ErrBroken) || asked || !slices.Equal(broken.Rules, []matching.Rule{rule}) {
		h.t.Errorf("%s asks: %v, want that %s is broken", who.Name, err, rule)
	}
}

// TestAskOfAnotherCooperative: ids of others are not found, whoever asks.
func TestAskOfAnotherCooperative(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	offer := h.ask(anna, shift)
	_, err := h.people.Found(t.Context(), members.NewCooperative{Name: "Noorderhand", Coordinator: newPerson("jan")})
	h.must(err)
	far := h.as("jan")
	foreign := anna // a member of there who knows the ids of here
	foreign.Cooperative = far.Cooperative
	_, _, asks := h.Ask(t.Context(), foreign, shift)
	_, finds := h.AskedSeat(t.Context(), far, offer)
	rival := h.client
	rival.Client = members.ClientID(h.client.Role)
	for name, err := range map[string]error{
		"ask": asks, "find": finds, "grant": h.Grant(t.Context(), far, offer), "withdraw": h.Withdraw(t.Context(), foreign, offer),
		"refuse": h.Refuse(t.Context(), far, offer, matching.Refusal{Why: matching.GigChanged}), "rival": h.Grant(t.Context(), rival, offer),
		"oneself": h.Grant(t.Context(), anna, offer), "none": h.Grant(t.Context(), h.client, matching.OfferID{}),
	} {
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v, want that it is not found", name, err)
		}
	}
	if list, err := h.AskedSeats(t.Context(), far); err != nil || len(list) != 0 {
		t.Errorf("another cooperative sees %d, %v", len(list), err)
	}
}

// TestAskRaces: of two questions at once one counts, and of eight answers one.
func TestAskRaces(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 5)
	asked := h.race(func(int) (bool, error) {
		_, asked, err := h.Ask(t.Context(), anna, shift)
		return asked, err
	})
	if asked != 1 || len(h.offers(anna)) != 1 {
		t.Fatalf("%d questions count, %d rows", asked, len(h.offers(anna)))
	}
	offer := h.offers(anna)[0].ID
	decided := h.race(func(i int) (bool, error) {
		var err error
		switch i % 3 {
		case 0:
			err = h.Grant(t.Context(), h.client, offer)
		case 1:
			err = h.Refuse(t.Context(), h.coordinator(), offer, matching.Refusal{Why: matching.GigChanged})
		case 2:
			err = h.Withdraw(t.Context(), anna, offer)
		}
		if errors.Is(err, matching.ErrDecided) {
			return false, nil
		}
		return true, err
	})
	var seats int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM jobs.engagement`).Scan(&seats))
	if decided != 1 || seats > 1 {
		t.Errorf("%d answers count, %d seats", decided, seats)
	}
}

// race does it eight times at once, and counts what succeeded.
func (h *house) race(one func(i int) (bool, error)) (won int) {
	h.t.Helper()
	var group sync.WaitGroup
	var mutex sync.Mutex
	for i := range 8 {
		group.Go(func() {
			counts, err := one(i)
			mutex.Lock()
			defer mutex.Unlock()
			if err != nil {
				h.t.Error(err)
			}
			if counts {
				won++
			}
		})
	}
	group.Wait()
	return won
}

// TestGrantRaceForTheLastSeat: eight members, one seat.
func TestGrantRaceForTheLastSeat(t *testing.T) {
	h := newHouse(t)
	_, shift := h.quiet(72*time.Hour, 1)
	var offers []matching.OfferID
	for i := range 8 {
		offers = append(offers, h.ask(h.member(fmt.Sprint("m", i), "weeding"), shift))
	}
	won := h.race(func(i int) (bool, error) {
		err := h.Grant(t.Context(), h.client, offers[i])
		if errors.Is(err, matching.ErrDecided) || errors.Is(err, jobs.ErrNoSeat) {
			return false, nil
		}
		return err == nil, err
	})
	var open int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM matching.offer WHERE state = 'asked'`).Scan(&open))
	if won != 1 || open != 0 {
		t.Errorf("%d won, %d still wait; want 1 and 0", won, open)
	}
}

// TestAskEndsInTime: two hours before the shift nobody waits any more, also when
// the task comes too early.
func TestAskEndsInTime(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(10*time.Hour, 1)
	offer := h.ask(anna, shift)
	h.now = h.now.Add(8*time.Hour - time.Second)
	_, err := h.db.Exec(t.Context(), `UPDATE tasks.task SET due_at = $1 WHERE kind = 'matching.ask_over'`, h.now)
	h.must(err)
	h.run()
	if got := h.state(anna); got != matching.Asked {
		t.Fatalf("a second too early it is %s", got)
	}
	h.now = h.now.Add(time.Second)
	if err := h.Grant(t.Context(), h.client, offer); !errors.Is(err, matching.ErrDecided) {
		t.Errorf("granting when the time is over: %v", err)
	}
	h.run()
	if got := h.state(anna); got != matching.Expired || h.told[len(h.told)-1] != "matching.offer_decided" {
		t.Errorf("in the end it is %s, told %v", got, h.told)
	}
}

// TestAskOnAShiftThatAWaveFills ends, and the member is told.
func TestAskOnAShiftThatAWaveFills(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding", "window-cleaning")
	gig, shift := h.quiet(72*time.Hour, 1)
	h.ask(anna, shift)
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		return h.FindTx(t.Context(), tx, jobs.GigOpened{ID: gig, Cooperative: h.client.Cooperative})
	}))
	h.run()
	if got := len(h.offers(anna)); got != 1 {
		t.Fatalf("who asked was asked too: %d offers", got)
	}
	h.must(h.Accept(t.Context(), bea, h.offers(bea)[0].ID))
	h.later(25 * time.Hour)
	if a, b := h.state(anna), h.state(bea); a != matching.Expired || b != matching.Confirmed {
		t.Errorf("the ask is %s, the offer %s", a, b)
	}
}

// TestGrantOfWhatCannotBe: the member works elsewhere meanwhile, or the gig is
// no longer open. The answer is told to both.
func TestGrantOfWhatCannotBe(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	_, first := h.quiet(72*time.Hour, 1)
	gig, second := h.quiet(73*time.Hour, 2)
	one, two, three := h.ask(anna, first), h.ask(anna, second), h.ask(bea, second)
	h.must(h.Grant(t.Context(), h.client, one))
	if err := h.Grant(t.Context(), h.client, two); !errors.Is(err, matching.ErrCannotCome) {
		t.Errorf("of somebody who is busy: %v", err)
	}
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.gig SET state = 'cancelled' WHERE id = $1`, gig)
	h.must(err)
	if err := h.Grant(t.Context(), h.client, three); !errors.Is(err, matching.ErrNotOpen) {
		t.Errorf("of a gig that is not open: %v", err)
	}
	if got, err := h.Offer(t.Context(), anna, two); err != nil || got.State != matching.Withdrawn {
		t.Errorf("the ask of who is busy is %s, %v", got.State, err)
	}
	if got := h.state(bea); got != matching.Expired {
		t.Errorf("the ask on the cancelled gig is %s", got)
	}
}

// TestAskingIsFree: a refused question changes nothing of what the matcher
// knows.
func TestAskingIsFree(t *testing.T) {
	explanations := func(asks bool) string {
		h := newHouse(t)
		who := h.member("anna", "weeding")
		_, shift := h.quiet(72*time.Hour, 1)
		if asks {
			h.must(h.Refuse(t.Context(), h.client, h.ask(who, shift), matching.Refusal{Why: matching.OtherSkills}))
		}
		h.later(80 * time.Hour)
		h.post(72*time.Hour, 1)
		for _, o := range h.offers(who) {
			if !o.ByMember {
				return text(t, o.Explanation)
			}
		}
		t.Fatal("no offer")
		return ""
	}
	if silent, asked := explanations(false), explanations(true); silent != asked {
		t.Errorf("a question has changed\n%s to\n%s", silent, asked)
	}
}

// TestManyAsked: ten questions may wait at once.
func TestManyAsked(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	for i := range 11 {
		_, shift := h.quiet(time.Duration(48+5*i)*time.Hour, 1)
		if _, _, err := h.Ask(t.Context(), anna, shift); (i == 10) != errors.Is(err, matching.ErrManyAsked) {
			t.Errorf("question %d: %v", i+1, err)
		}
	}
}

func TestDeciders(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	_, shift := h.quiet(72*time.Hour, 1)
	offer := h.ask(anna, shift)
	if _, people, err := h.Deciders(t.Context(), h.client.Cooperative, offer); err != nil || len(people) != 1 || people[0].ID != h.client.Person {
		t.Errorf("the client's people are %+v, %v", people, err)
	}
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.gig SET posted_by = $1; `, h.coordinator().Role)
	h.must(err)
	_, err = h.db.Exec(t.Context(), `DELETE FROM members.role WHERE id = $1`, h.client.Role)
	h.must(err)
	if _, people, err := h.Deciders(t.Context(), h.client.Cooperative, offer); err != nil || len(people) != 1 || people[0].ID != h.coordinator().Person {
		t.Errorf("without a contact they are %+v, %v", people, err)
	}
}
