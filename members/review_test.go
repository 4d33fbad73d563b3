package members_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

const words = "Ik begrijp niet waarom. Kijk er alsjeblieft nog een keer naar."

func (h *house) asksReview(by members.Actor, d members.Decision) members.ReviewID {
	h.t.Helper()
	review, err := h.AskReview(h.t.Context(), by, d, words)
	if err != nil {
		h.t.Fatal(err)
	}
	return review
}

func (h *house) review(by members.Actor, review members.ReviewID) members.ReviewPage {
	h.t.Helper()
	page, err := h.Review(h.t.Context(), by, review)
	if err != nil {
		h.t.Fatal(err)
	}
	return page
}

// tick does the review's clock when it is due, and says whether there was any.
func (h *house) tick(review members.ReviewID) bool {
	h.t.Helper()
	due := h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'members.review_clock' AND state = 'waiting' AND due_at <= $1`, h.now)
	if due == 0 {
		return false
	}
	if _, err := h.db.Exec(h.t.Context(), `DELETE FROM tasks.task WHERE kind = 'members.review_clock' AND due_at <= $1`, h.now); err != nil {
		h.t.Fatal(err)
	}
	var c id.Cooperative
	if err := h.db.QueryRow(h.t.Context(), `SELECT cooperative_id FROM members.review WHERE id = $1`, review).Scan(&c); err != nil {
		h.t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error {
		return h.ReviewClockTx(h.t.Context(), tx, members.ReviewClock{Review: review, Cooperative: c})
	})
	return true
}

// told lists whom the news would reach.
func (h *house) told(c id.Cooperative, review members.ReviewID, news members.ReviewNews) (who []string) {
	h.t.Helper()
	_, people, err := h.ToldReview(h.t.Context(), members.ReviewTold{Review: review, Cooperative: c, News: news})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range people {
		who = append(who, strings.Split(string(p.Email), "@")[0])
	}
	return who
}

func (h *house) newsQueued(news members.ReviewNews) int {
	return h.number(`SELECT count(*) FROM tasks.task WHERE kind = 'members.review_told' AND payload ->> 'News' = $1`, string(news))
}

func TestOverturnedRestrictionEndsAtOnce(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor, jan := h.member(c, "anna@meent.example"), h.noor(c), h.jan(c)
	d := members.Decision{Restriction: h.restricts(noor, anna).ID}
	review := h.asksReview(anna, d)
	if again := h.asksReview(anna, d); again != review {
		t.Error("asking twice made two")
	}
	for name, tt := range map[string]struct {
		by   members.Actor
		want error
	}{
		"who decided": {noor, members.ErrOwnDecision}, "who asked": {anna, members.ErrNotFound},
		"elsewhere": {h.noor(h.cooperative("Noorderhand")), members.ErrNotFound}, "nobody": {members.Actor{}, members.ErrNotFound},
	} {
		if err := h.TakeReview(t.Context(), tt.by, review); !errors.Is(err, tt.want) {
			t.Errorf("%s takes it: %v", name, err)
		}
	}
	if err := h.AnswerReview(t.Context(), jan, review, members.Overturned, reason); !errors.Is(err, members.ErrDecided) {
		t.Errorf("answered before it was taken: %v", err)
	}
	if err := h.TakeReview(t.Context(), jan, review); err != nil {
		t.Fatal(err)
	}
	if err := h.TakeReview(t.Context(), jan, review); !errors.Is(err, members.ErrDecided) {
		t.Errorf("taken twice: %v", err)
	}
	if err := h.AnswerReview(t.Context(), noor, review, members.Upheld, reason); !errors.Is(err, members.ErrDecided) {
		t.Errorf("answered by who decided: %v", err)
	}
	if err := h.AnswerReview(t.Context(), jan, review, members.Overturned, reason); err != nil {
		t.Fatal(err)
	}
	if err := h.may(anna); err != nil {
		t.Errorf("the restriction stands: %v", err)
	}
	page := h.review(anna, review)
	if page.State != members.ReviewAnswered || page.Outcome != members.Overturned || page.Taker != "Noor Bakker" || page.Alone || page.About.Stands {
		t.Errorf("%+v", page)
	}
	var deeds []string
	for _, deed := range must(h.Concerning(t.Context(), anna.Person))(t) {
		deeds = append([]string{deed.What}, deeds...)
	}
	if diff := cmp.Diff([]string{"person_restricted", "review_asked", "review_taken", "person_restored", "review_answered"}, deeds); diff != "" {
		t.Error(diff)
	}
	if err := h.AnswerReview(t.Context(), jan, review, members.Upheld, reason); !errors.Is(err, members.ErrDecided) {
		t.Errorf("answered twice: %v", err)
	}
}

func must[T any](value T, err error) func(*testing.T) T {
	return func(t *testing.T) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

func TestUpheldChangesNothing(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor, jan := h.member(c, "anna@meent.example"), h.noor(c), h.jan(c)
	review := h.asksReview(anna, members.Decision{Restriction: h.restricts(noor, anna).ID})
	if err := errors.Join(h.TakeReview(t.Context(), jan, review), h.AnswerReview(t.Context(), jan, review, members.Upheld, reason)); err != nil {
		t.Fatal(err)
	}
	if err := h.may(anna); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("upheld: %v", err)
	}
}

func TestRefusedClientIsLetIn(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	zoe, noor, jan := h.asks(c, "zoe@linde.example"), h.noor(c), h.jan(c)
	if _, err := h.AskReview(t.Context(), zoe, members.Decision{Client: zoe.Client}, words); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a review of nothing: %v", err)
	}
	if err := h.RefuseClient(t.Context(), noor, zoe.Client, reason); err != nil {
		t.Fatal(err)
	}
	yara := h.asks(c, "yara@eik.example")
	if _, err := h.AskReview(t.Context(), yara, members.Decision{Client: zoe.Client}, words); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("another client's refusal: %v", err)
	}
	review := h.asksReview(zoe, members.Decision{Client: zoe.Client})
	if err := errors.Join(h.TakeReview(t.Context(), jan, review), h.AnswerReview(t.Context(), jan, review, members.Overturned, reason)); err != nil {
		t.Fatal(err)
	}
	if got := h.actor(zoe.Person, zoe.Role); got.ClientState != members.ClientApproved || h.may(got) != nil {
		t.Errorf("%+v, %v", got, h.may(got))
	}
	if about := h.review(jan, review).About; about.ByName != "Noor Bakker" || about.Why != reason || about.By != noor.Person {
		t.Errorf("%+v", about)
	}
}

// TestDeedOfARestrictionIsThat: one decision has one review, however it is named.
func TestDeedOfARestrictionIsThat(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	r := h.restricts(noor, anna)
	deed := must(h.Concerning(t.Context(), anna.Person))(t)[0]
	d := members.Decision{Deed: members.DeedID{Cooperative: c, Seq: deed.Seq}}
	parsed, err := members.ParseDecision(d.String())
	if err != nil || parsed != d {
		t.Fatalf("%q is %+v, %v", d, parsed, err)
	}
	if a, b := h.asksReview(anna, d), h.asksReview(anna, members.Decision{Restriction: r.ID}); a != b {
		t.Error("the deed and its restriction have a review each")
	}
	newest := must(h.Concerning(t.Context(), anna.Person))(t)[0]
	_, err = h.AskReview(t.Context(), anna, members.Decision{Deed: members.DeedID{Cooperative: c, Seq: newest.Seq}}, words)
	if newest.What != "review_asked" || !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a review of %s: %v", newest.What, err)
	}
	for _, text := range []string{"", "deed", "deed:x:1", "deed:" + c.String() + ":0", "deed:" + c.String() + ":01", "client:", "restriction:17", "gig:" + c.String()} {
		if _, err := members.ParseDecision(text); !errors.Is(err, id.ErrInvalid) {
			t.Errorf("%q: %v", text, err)
		}
	}
}

func TestWhoReadsAReview(t *testing.T) {
	h := newHouse(t)
	c, far := h.cooperative("Waalkracht"), h.cooperative("Noorderhand")
	anna, bram, noor := h.member(c, "anna@meent.example"), h.member(c, "bram@meent.example"), h.noor(c)
	r := h.restricts(noor, anna)
	review := h.asksReview(anna, members.Decision{Restriction: r.ID})
	els := h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoach}, "els@meent.example")
	for name, by := range map[string]members.Actor{"another member": bram, "a coach": els, "elsewhere": h.noor(far), "nobody": {}} {
		if _, err := h.Review(t.Context(), by, review); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := h.AskReview(t.Context(), by, members.Decision{Restriction: r.ID}, words); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s asks: %v", name, err)
		}
		if _, err := h.Restriction(t.Context(), by, r.ID); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s reads the restriction: %v", name, err)
		}
	}
	for _, text := range []string{"", "waarom", strings.Repeat("w", 2001)} {
		var problems check.Problems
		if _, err := h.AskReview(t.Context(), anna, members.Decision{Restriction: r.ID}, text); !errors.As(err, &problems) || !problems.At("words") {
			t.Errorf("%d characters: %v", len(text), err)
		}
	}
	var problems check.Problems
	if err := h.AnswerReview(t.Context(), noor, review, "perhaps", "nee"); !errors.As(err, &problems) || !problems.At("outcome") || !problems.At("answer") {
		t.Errorf("%v", err)
	}
}

// TestOnlyOneCoordinator: then that one may look again, and it is marked.
func TestOnlyOneCoordinator(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	review := h.asksReview(anna, members.Decision{Restriction: h.restricts(noor, anna).ID})
	if diff := cmp.Diff([]string{"noor"}, h.told(c, review, members.NewsAsked)); diff != "" || h.review(noor, review).Others {
		t.Error("there is somebody else", diff)
	}
	if err := h.TakeReview(t.Context(), noor, review); err != nil {
		t.Fatal(err)
	}
	if page := h.review(anna, review); !page.Alone || page.TakenBy != noor.Person {
		t.Errorf("it is not marked: %+v", page)
	}
}

func TestFourteenDays(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor, jan := h.member(c, "anna@meent.example"), h.noor(c), h.jan(c)
	asked := time.Date(2027, 3, 20, 9, 0, 0, 0, time.UTC) // ten o'clock; on the 28th the clock goes forward
	h.now = asked
	review := h.asksReview(anna, members.Decision{Restriction: h.restricts(noor, anna).ID})
	due := time.Date(2027, 4, 3, 8, 0, 0, 0, time.UTC) // ten o'clock again
	if page := h.review(anna, review); !page.Due.Equal(due) {
		t.Fatalf("due %s", page.Due)
	}
	h.now = time.Date(2027, 3, 30, 8, 0, 0, 0, time.UTC).Add(-time.Second)
	if h.tick(review) {
		t.Error("the clock looked before the tenth day was over")
	}
	h.now = h.now.Add(time.Second)
	if !h.tick(review) || h.newsQueued(members.NewsReminded) != 1 || h.newsQueued(members.NewsEscalated) != 0 {
		t.Error("nobody was reminded on the tenth day")
	}
	if diff := cmp.Diff([]string{"jan"}, h.told(c, review, members.NewsReminded)); diff != "" {
		t.Error(diff)
	}
	if err := h.TakeReview(t.Context(), jan, review); err != nil {
		t.Fatal(err)
	}
	if err := h.TakeReview(t.Context(), noor, review); !errors.Is(err, members.ErrDecided) {
		t.Errorf("taken away before it is late: %v", err)
	}
	h.now = due.Add(-time.Second)
	if h.tick(review) || h.review(jan, review).Late(h.now) {
		t.Error("late before the time is over")
	}
	h.now = due
	if !h.tick(review) || h.newsQueued(members.NewsEscalated) != 1 || h.newsQueued(members.NewsReminded) != 1 {
		t.Error("nobody was told on the fourteenth day")
	}
	if who := h.told(c, review, members.NewsEscalated); len(who) != 2 {
		t.Errorf("told: %v", who)
	}
	page := h.review(anna, review)
	if page.State != members.ReviewTaken || page.LateAt.IsZero() || !page.Late(h.now) || page.Until(h.now) != 0 {
		t.Errorf("the clock decided: %+v", page)
	}
	if err := h.may(anna); !errors.Is(err, members.ErrRestricted) {
		t.Errorf("and the decision: %v", err)
	}
	h.now = h.now.Add(60 * 24 * time.Hour)
	if h.tick(review) {
		t.Error("the clock goes on")
	}
	counts := must(h.Counts(t.Context(), noor))(t)
	if counts.Reviews != 1 || counts.Late != 1 {
		t.Errorf("%+v", counts)
	}
	kees := h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoordinator}, "kees@meent.example")
	if err := h.TakeReview(t.Context(), kees, review); err != nil {
		t.Errorf("what is late, another may take: %v", err)
	}
	if err := h.AnswerReview(t.Context(), jan, review, members.Upheld, reason); !errors.Is(err, members.ErrDecided) {
		t.Errorf("who lost it answers: %v", err)
	}
}

// TestClockOverSummerTime: days are days of the calendar.
func TestClockOverSummerTime(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor := h.noor(c)
	for i, tt := range []struct{ asked, due string }{
		{"2027-01-10T09:00:00Z", "2027-01-24T09:00:00Z"}, // winter
		{"2027-03-27T22:30:00Z", "2027-04-10T21:30:00Z"}, // half past eleven, the evening before the clock goes forward
		{"2027-03-14T01:30:00Z", "2027-03-28T01:30:00Z"}, // half past two, which the 28th does not have: half past three
		{"2027-10-17T00:30:00Z", "2027-10-31T00:30:00Z"}, // half past two, which the 31st has twice: the first
		{"2027-10-24T08:00:00Z", "2027-11-07T09:00:00Z"}, // over the clock that goes back
	} {
		h.now, _ = time.Parse(time.RFC3339, tt.asked)
		anna := h.member(c, string(rune('a'+i))+"@meent.example")
		review := h.asksReview(anna, members.Decision{Restriction: h.restricts(noor, anna).ID})
		if got := h.review(anna, review).Due.Format(time.RFC3339); got != tt.due {
			t.Errorf("asked %s: due %s, want %s", tt.asked, got, tt.due)
		}
	}
}

// TestTwoCoordinatorsTakeItAtOnce: one is the named person.
func TestTwoCoordinatorsTakeItAtOnce(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor := h.member(c, "anna@meent.example"), h.noor(c)
	review := h.asksReview(anna, members.Decision{Restriction: h.restricts(noor, anna).ID})
	takers := []members.Actor{h.jan(c), h.role(members.NewRole{Cooperative: c, Kind: members.RoleCoordinator}, "kees@meent.example")}
	var group sync.WaitGroup
	errs := make([]error, 2)
	for i, by := range takers {
		group.Go(func() { errs[i] = h.TakeReview(t.Context(), by, review) })
	}
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), members.ErrDecided) {
		t.Errorf("%v", errs)
	}
}

// TestRestoredAndOverturnedAtOnce: it ends once, and both are written.
func TestRestoredAndOverturnedAtOnce(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor, jan := h.member(c, "anna@meent.example"), h.noor(c), h.jan(c)
	review := h.asksReview(anna, members.Decision{Restriction: h.restricts(noor, anna).ID})
	if err := h.TakeReview(t.Context(), jan, review); err != nil {
		t.Fatal(err)
	}
	var group sync.WaitGroup
	var restored, answered error
	group.Go(func() { restored = h.Restore(t.Context(), noor, anna.Person, reason) })
	group.Go(func() { answered = h.AnswerReview(t.Context(), jan, review, members.Overturned, reason) })
	group.Wait()
	if answered != nil || restored != nil && !errors.Is(restored, members.ErrDecided) {
		t.Errorf("%v, %v", restored, answered)
	}
	if n := h.number(`SELECT count(*) FROM members.audit WHERE what = 'person_restored'`); n != 1 {
		t.Errorf("restored %d times", n)
	}
	if faults := h.faults(); len(faults) != 0 {
		t.Errorf("the log: %v", faults)
	}
}
