package matching_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/check"
	"meent/internal/feed"
	"meent/internal/pg/pgtest"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// house is one cooperative with a client and members in Nijmegen, and a worker
// that does what its tasks ask.
type house struct {
	*matching.Service
	t        *testing.T
	db       *pgxpool.Pool
	now      time.Time
	people   *members.Service
	jobs     *jobs.Service
	worker   *tasks.Worker
	coaching *coaching.Service
	client   members.Actor
	told     []string // kinds of what members were told
	key      vault.Key
}

// reference is what every database of the program begins with.
func reference(ctx context.Context, db *pgxpool.Pool) error {
	people := members.New(db, nil, time.Now, nil)
	return errors.Join(people.LoadReference(ctx), payments.New(db, nil, people, nil, time.Now, nil).LoadReference(ctx))
}

func newHouse(t *testing.T) *house {
	t.Helper()
	h := &house{t: t, now: time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)}
	h.db = pgtest.Loaded(t, reference, tasks.Schema(), feed.Schema(), members.Schema(), coaching.Schema(), payments.Schema(), jobs.Schema(), matching.Schema())
	clock := func() time.Time { return h.now }
	queue := tasks.New(h.db, tasks.Config{Now: clock})
	key, err := vault.NewKey(vault.NewSecret())
	if err != nil {
		t.Fatal(err)
	}
	h.key, h.people = key, members.New(h.db, queue, clock, nil, members.Keyring(key))
	money := payments.New(h.db, queue, h.people, nil, clock, nil)
	h.coaching = coaching.New(h.db, queue, h.people, clock, nil)
	h.jobs = jobs.New(h.db, queue, h.people, money, clock, nil)
	h.Service = matching.New(h.db, queue, h.jobs, clock, nil)
	h.work(queue)
	h.found()
	return h
}

func (h *house) work(queue *tasks.Queue) {
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(h.t).Addr()})
	h.t.Cleanup(func() { client.Close() })
	m := tasks.NewMux()
	tasks.HandleTx(m, h.FindTx)
	tasks.HandleTx(m, h.FillTx)
	tasks.HandleTx(m, h.SeatsChangedTx)
	tasks.HandleTx(m, h.ShiftRemovedTx)
	tasks.HandleTx(m, h.AskOverTx)
	tasks.HandleTx(m, h.SeatFreedTx)
	tasks.HandleTx(m, h.ShiftCalledOffTx)
	tasks.HandleTx(m, h.ShiftMovedTx)
	tasks.HandleTx(m, hear[matching.MoveUnfit](h))
	tasks.HandleTx(m, hear[jobs.EngagementOver](h))
	tasks.HandleTx(m, hear[jobs.WorkOff](h))
	tasks.HandleTx(m, h.CoachTimeTx)
	tasks.HandleTx(m, h.CoachRailEndedTx)
	tasks.HandleTx(m, h.TellChangedTx)
	tasks.HandleTx(m, hear[matching.ChangeTold](h))
	tasks.HandleTx(m, hear[matching.OfferWaits](h))
	tasks.HandleTx(m, hear[jobs.GigPosted](h))
	tasks.HandleTx(m, hear[jobs.GigChanged](h))
	tasks.HandleTx(m, hear[matching.SeatAsked](h))
	tasks.HandleTx(m, hear[matching.OfferSent](h))
	tasks.HandleTx(m, hear[matching.OfferDecided](h))
	tasks.HandleTx(m, h.ReviewClockTx)
	tasks.HandleTx(m, func(_ context.Context, _ pgx.Tx, t matching.ReviewTold) error {
		h.told = append(h.told, "review "+string(t.News))
		return nil
	})
	var err error
	h.worker, err = tasks.NewWorker(queue, client, m)
	h.must(err)
}

// hear notes what people are told.
func hear[T tasks.Task](h *house) func(context.Context, pgx.Tx, T) error {
	return func(_ context.Context, _ pgx.Tx, t T) error {
		if !strings.HasPrefix(t.Kind(), "jobs.") {
			h.told = append(h.told, t.Kind())
		}
		return nil
	}
}

func (h *house) must(err error) {
	h.t.Helper()
	if err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) found() {
	c, err := h.people.Found(h.t.Context(), members.NewCooperative{Name: "Waalkracht", Coordinator: newPerson("noor")})
	h.must(err)
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error {
		person, err := h.people.EnsurePersonTx(h.t.Context(), tx, newPerson("piet"))
		if err != nil {
			return err
		}
		client, err := h.people.AddClientTx(h.t.Context(), tx, members.NewClient{Cooperative: c.ID, Name: "De Linde", Kind: members.Organisation,
			PlaceCode: "nijmegen", Address: "Lindenlaan 14"})
		if err != nil {
			return err
		}
		h.client = members.Actor{Person: person}
		_, err = h.people.AddRoleTx(h.t.Context(), tx, members.NewRole{Person: person, Cooperative: c.ID, Kind: members.RoleClient, Client: client})
		return err
	}))
	h.client, err = h.people.Actor(h.t.Context(), h.client.Person, members.RoleID{})
	h.must(err)
}

func newPerson(name string) members.NewPerson {
	return members.NewPerson{Name: name, Email: name + "@meent.example", Locale: members.Dutch}
}

func (h *house) member(name string, skills ...string) (who members.Actor) {
	h.t.Helper()
	h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) (err error) {
		if who.Person, err = h.people.EnsurePersonTx(h.t.Context(), tx, newPerson(name)); err != nil {
			return err
		}
		_, err = h.people.AddMemberTx(h.t.Context(), tx, members.NewMember{Person: who.Person, Cooperative: h.client.Cooperative,
			PlaceCode: "nijmegen", ReachMetres: 25_000, Travel: members.Bike, Skills: skills})
		return err
	}))
	who, err := h.people.Actor(h.t.Context(), who.Person, members.RoleID{})
	h.must(err)
	return who
}

// post posts a gig with one shift of three hours that begins after so long, and
// lets the tasks be done.
func (h *house) post(after time.Duration, seats int) {
	h.t.Helper()
	starts := h.now.Add(after)
	_, err := h.jobs.Post(h.t.Context(), h.client, jobs.NewGig{
		Client: h.client.Client, Title: "Ramen lappen", Description: "Je lapt de ramen.", Language: members.Dutch, PlaceCode: "arnhem",
		Address: "Lindenlaan 14", Rate: 1600, Load: jobs.Middle, Skills: []string{"window-cleaning", "weeding"},
		Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: seats}},
	})
	h.must(err)
	h.run()
}

func (h *house) run() {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	var dead int
	h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM tasks.task WHERE failures > 0`).Scan(&dead))
	if dead > 0 {
		h.t.Fatalf("%d tasks failed", dead)
	}
}

// later lets time pass, and the tasks be done.
func (h *house) later(d time.Duration) { h.t.Helper(); h.now = h.now.Add(d); h.run() }

func (h *house) offers(who members.Actor) []matching.Offer {
	h.t.Helper()
	list, err := h.Offers(h.t.Context(), who)
	h.must(err)
	return list
}

func (h *house) state(who members.Actor) matching.State {
	h.t.Helper()
	list := h.offers(who)
	if len(list) != 1 {
		h.t.Fatalf("%s has %d offers, want one", who.Name, len(list))
	}
	return list[0].State
}

func TestSeatGoesToTheHighestPointsAndNotToTheFirst(t *testing.T) {
	h := newHouse(t)
	half, whole := h.member("half", "weeding"), h.member("whole", "weeding", "window-cleaning")
	stranger := h.member("stranger", "cloakroom")
	h.post(72*time.Hour, 1)
	if len(h.offers(stranger)) != 0 {
		t.Error("somebody who can do none of it was asked")
	}
	h.must(h.Accept(t.Context(), half, h.offers(half)[0].ID))
	h.later(time.Hour)
	if got := h.state(half); got != matching.Yes {
		t.Errorf("an hour later the first yes is %s", got)
	}
	h.must(h.Accept(t.Context(), whole, h.offers(whole)[0].ID))
	h.later(24 * time.Hour)
	if a, b := h.state(whole), h.state(half); a != matching.Confirmed || b != matching.Reserve {
		t.Errorf("the higher points are %s, the lower %s", a, b)
	}
	coming, err := h.jobs.Coming(t.Context(), whole, h.now, 5)
	if err != nil || len(coming) != 1 || coming[0].State != jobs.Confirmed {
		t.Errorf("engagements %+v, %v", coming, err)
	}
	want := []string{"matching.offer_sent", "matching.offer_sent", "matching.offer_decided", "matching.offer_decided"}
	if diff := cmp.Diff(want, h.told); diff != "" {
		t.Error(diff)
	}
	h.later(48 * time.Hour) // the shift begins: nobody waits in silence
	h.now = h.now.Add(-time.Minute)
	if got := h.state(half); got != matching.Thanked {
		t.Errorf("when the shift begins the reserve is %s, want thanked", got)
	}
}

func TestNextWaveAsksOthers(t *testing.T) {
	h := newHouse(t)
	var all []members.Actor
	for i := range 5 {
		all = append(all, h.member(fmt.Sprint("m", i), "weeding"))
	}
	h.post(96*time.Hour, 1)
	asked := h.asked(all)
	if len(asked) != 3 {
		t.Fatalf("the first wave is %d, want 3", len(asked))
	}
	h.must(h.Decline(t.Context(), asked[0], h.offers(asked[0])[0].ID, matching.TooFar))
	h.later(24 * time.Hour)
	if again := h.asked(all); len(again) != 5 {
		t.Errorf("after the second wave %d were asked, want all 5", len(again))
	}
	if got := h.state(asked[0]); got != matching.No {
		t.Errorf("who said no is %s", got)
	}
	if got := h.state(asked[1]); got != matching.Expired {
		t.Errorf("who said nothing is %s", got)
	}
}

func (h *house) asked(all []members.Actor) (asked []members.Actor) {
	for _, who := range all {
		if len(h.offers(who)) > 0 {
			asked = append(asked, who)
		}
	}
	return asked
}

// text is an explanation as it is stored.
func text(t *testing.T, e matching.Explanation) string {
	t.Helper()
	stored, err := json.Marshal(e)
	if err != nil {
		t.Fatal(err)
	}
	return string(stored)
}

// TestSayingNoIsFree: what the matcher knows of everybody is byte for byte the
// same before and after a no, and so are the next offers.
func TestSayingNoIsFree(t *testing.T) {
	explanations := func(says bool) string {
		h := newHouse(t)
		who := h.member("anna", "weeding")
		h.post(72*time.Hour, 1)
		if says {
			h.must(h.Decline(t.Context(), who, h.offers(who)[0].ID, matching.Ill))
		}
		h.later(80 * time.Hour)
		h.post(72*time.Hour, 1)
		list := h.offers(who)
		if len(list) != 1 {
			t.Fatalf("%d offers, want the second alone", len(list))
		}
		return text(t, list[0].Explanation)
	}
	if silent, no := explanations(false), explanations(true); silent != no {
		t.Errorf("a no has changed\n%s to\n%s", silent, no)
	}
}

func TestAnswersThatAreTooLateOrNotOnesOwn(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	h.post(72*time.Hour, 1)
	own := h.offers(anna)[0].ID
	if err := h.Accept(t.Context(), bea, own); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("somebody else's: %v", err)
	}
	if err := h.Accept(t.Context(), h.client, own); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("as a client: %v", err)
	}
	var problems check.Problems
	if err := h.Decline(t.Context(), anna, own, "lazy"); !errors.As(err, &problems) {
		t.Errorf("a strange reason: %v", err)
	}
	h.must(h.Accept(t.Context(), anna, own))
	for name, again := range map[string]error{"yes": h.Accept(t.Context(), anna, own), "no": h.Decline(t.Context(), anna, own, "")} {
		if !errors.Is(again, matching.ErrOver) {
			t.Errorf("a second answer %s: %v", name, again)
		}
	}
	h.now = h.now.Add(25 * time.Hour)
	if err := h.Accept(t.Context(), bea, h.offers(bea)[0].ID); !errors.Is(err, matching.ErrOver) {
		t.Errorf("after the window: %v", err)
	}
}

// TestBusyMeanwhile: two yeses for overlapping shifts, and the second is
// withdrawn when the first became an engagement.
func TestBusyMeanwhile(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.post(72*time.Hour, 1)
	h.post(73*time.Hour, 1)
	for _, o := range h.offers(anna) {
		h.must(h.Accept(t.Context(), anna, o.ID))
	}
	h.later(25 * time.Hour)
	states := map[matching.State]int{}
	for _, o := range h.offers(anna) {
		states[o.State]++
	}
	if diff := cmp.Diff(map[matching.State]int{matching.Confirmed: 1, matching.Withdrawn: 1}, states); diff != "" {
		t.Error(diff)
	}
}

func TestCheckOfOthersIsNotFound(t *testing.T) {
	h := newHouse(t)
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		_, err := h.Check(t.Context(), tx, h.client.Cooperative, members.MemberID{}, jobs.ShiftID{})
		if !errors.Is(err, members.ErrNotFound) {
			t.Errorf("Check = %v", err)
		}
		return nil
	}))
}

// TestThreeOffersAreEnough until the member has answered one of them.
func TestThreeOffersAreEnough(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	for i := range 5 {
		h.post(72*time.Hour+time.Duration(i)*24*time.Hour, 1)
	}
	if got := h.offers(anna); len(got) != 3 {
		t.Fatalf("%d offers, want 3", len(got))
	}
	h.must(h.Decline(t.Context(), anna, h.offers(anna)[0].ID, ""))
	h.later(2 * time.Hour) // a shift that found nobody looks again
	if got := h.offers(anna); len(got) != 4 {
		t.Errorf("after an answer %d offers, want a fourth", len(got))
	}
}

// TestManyShiftsAtOnceAskNotTooMuch: eight waves race for the same two members.
func TestManyShiftsAtOnceAskNotTooMuch(t *testing.T) {
	h := newHouse(t)
	both := []members.Actor{h.member("anna", "weeding"), h.member("bea", "weeding")}
	shifts := h.unasked(8)
	var waves sync.WaitGroup
	for _, shift := range shifts {
		waves.Go(func() {
			if err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.fill(tx, shift) }); err != nil {
				t.Error(err)
			}
		})
	}
	waves.Wait()
	for _, who := range both {
		if got := len(h.offers(who)); got != 3 {
			t.Errorf("%s was asked %d times at once, want 3", who.Name, got)
		}
	}
}

// unasked posts gigs of one shift on different days, of which nobody has heard.
func (h *house) unasked(n int) (shifts []jobs.ShiftID) {
	h.t.Helper()
	for i := range n {
		starts := h.now.Add(72*time.Hour + time.Duration(i)*24*time.Hour)
		gig, err := h.jobs.Post(h.t.Context(), h.client, jobs.NewGig{Client: h.client.Client, Title: "Wieden", Description: "Je wiedt.", Language: members.Dutch,
			PlaceCode: "arnhem", Rate: 1600, Load: jobs.Light, Skills: []string{"weeding"},
			Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(time.Hour), Seats: 1}}})
		h.must(err)
		found, err := h.jobs.Gig(h.t.Context(), h.client, gig)
		h.must(err)
		shifts = append(shifts, found.Shifts[0].ID)
	}
	_, err := h.db.Exec(h.t.Context(), `DELETE FROM tasks.task WHERE kind = 'jobs.gig_opened' AND state = 'waiting'`)
	h.must(err)
	return shifts
}

func (h *house) fill(tx pgx.Tx, shift jobs.ShiftID) error {
	return h.FillTx(h.t.Context(), tx, matching.Fill{Shift: shift, Cooperative: h.client.Cooperative})
}

// TestOtherShiftTookTheLastOffer: a shift that found somebody, whom another
// shift asked at that moment, does not wait for hours.
func TestOtherShiftTookTheLastOffer(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	h.post(20*24*time.Hour, 1)
	h.post(21*24*time.Hour, 1)
	shifts := h.unasked(2)
	first, err := h.db.Begin(t.Context())
	h.must(err)
	defer first.Rollback(t.Context())
	h.must(h.fill(first, shifts[0]))
	second := make(chan error, 1)
	go func() {
		second <- pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.fill(tx, shifts[1]) })
	}()
	for waits := false; !waits; { // until the second has ranked, and waits for the first
		h.must(h.db.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock')`).Scan(&waits))
	}
	h.must(first.Commit(t.Context()))
	h.must(<-second)
	h.must(h.Decline(t.Context(), anna, h.offers(anna)[0].ID, ""))
	h.later(time.Second)
	if got := len(h.offers(anna)); got != 4 {
		t.Errorf("after an answer %d offers, want a fourth at once", got)
	}
}

// TestFillThatComesTooEarly, by a clock that is ahead, costs nobody the answer:
// it follows itself until the window closes, and until the shift begins.
func TestFillThatComesTooEarly(t *testing.T) {
	h := newHouse(t)
	half, whole := h.member("half", "weeding"), h.member("whole", "weeding", "window-cleaning")
	h.post(72*time.Hour, 1)
	for _, who := range []members.Actor{half, whole} {
		h.must(h.Accept(t.Context(), who, h.offers(who)[0].ID))
	}
	h.fillEarly(h.offers(half)[0].Until)
	h.later(time.Hour)
	if a, b := h.state(whole), h.state(half); a != matching.Confirmed || b != matching.Reserve {
		t.Fatalf("after the window the offers are %s and %s", a, b)
	}
	h.fillEarly(h.offers(half)[0].Shift.Starts)
	h.later(time.Hour)
	if got := h.state(half); got != matching.Thanked {
		t.Errorf("after the shift began the reserve is %s", got)
	}
}

// fillEarly lets the waiting Fill come twice, a second before its time.
func (h *house) fillEarly(at time.Time) {
	h.t.Helper()
	h.now = at.Add(-time.Second)
	for range 2 {
		_, err := h.db.Exec(h.t.Context(), `UPDATE tasks.task SET due_at = $1 WHERE kind = 'matching.fill' AND state = 'waiting'`, h.now)
		h.must(err)
		h.run()
	}
}
