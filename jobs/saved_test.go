package jobs_test

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

func (h *house) save(n jobs.Saved) jobs.SearchID {
	h.t.Helper()
	search, err := h.SaveSearch(h.ctx(), h.member, n)
	h.allRight(err)
	return search
}

func (h *house) searches(by members.Actor) jobs.Searches {
	h.t.Helper()
	found, err := h.Searches(h.ctx(), by)
	h.allRight(err)
	return found
}

func TestSaveSearch(t *testing.T) {
	h := newHouse(t)
	wish := jobs.Wish{Text: " Ramen  lappen ", Groups: []string{"kitchen", "cleaning", "kitchen"}, Loads: []jobs.Load{jobs.Middle, jobs.Light},
		Days: []time.Weekday{time.Sunday, time.Monday}, Parts: []jobs.DayPart{jobs.Morning}, LeastPay: 1800, Support: true, Others: true, Metres: 5000,
		Sort: jobs.Nearest, Page: 3, Only: []jobs.GigID{{1}}}
	search := h.save(jobs.Saved{Wish: wish, CanDo: true})
	found := h.searches(h.member)
	if len(found.List) != 1 || !found.Mail || found.List[0].ID != search || !found.List[0].At.Equal(h.now) || !found.List[0].CanDo || found.List[0].Gone {
		t.Fatalf("saved is %+v", found)
	}
	got := found.List[0].Wish
	if got.Text != "Ramen lappen" || got.Only != nil || got.Page != 0 || len(got.Groups) != 2 || len(got.Loads) != 2 || len(got.Days) != 2 ||
		len(got.Parts) != 1 || got.LeastPay != 1800 || !got.Support || !got.Others || got.Metres != 5000 || got.Sort != jobs.Nearest {
		t.Errorf("the wish is %+v", got)
	}
	same := wish
	same.Text, same.Sort, same.Groups = "de RAMEN lappen", jobs.Soonest, []string{"cleaning", "kitchen"}
	if again := h.save(jobs.Saved{Wish: same, CanDo: true}); again != search {
		t.Error("what looks for the same is another search")
	}
	if one, is := found.Find(jobs.Saved{Wish: same, CanDo: true}); !is || one.ID != search {
		t.Error("what looks for the same is not found")
	}
	if _, is := found.Find(jobs.Saved{Wish: same}); is {
		t.Error("another search is found as this one")
	}
	if other := h.save(jobs.Saved{Wish: same}); other == search {
		t.Error("all work is the same search as what the member can do")
	}
	if n := h.number(`SELECT count(*) FROM jobs.saved_search WHERE strpos(encode(wish, 'escape'), 'amen') > 0`); n != 0 {
		t.Error("what somebody typed can be read without a key")
	}
}

func TestTooManySearches(t *testing.T) {
	h := newHouse(t)
	errs := together(jobs.MostSearches+4, func(i int) error {
		_, err := h.SaveSearch(h.ctx(), h.member, jobs.Saved{Wish: jobs.Wish{Text: "werk" + strconv.Itoa(i%(jobs.MostSearches+2))}})
		return err
	})
	many := 0
	for _, err := range errs {
		if errors.Is(err, jobs.ErrManySearches) {
			many++
		} else if err != nil {
			t.Error(err)
		}
	}
	if n := len(h.searches(h.member).List); n != jobs.MostSearches || many == 0 {
		t.Errorf("%d searches, and %d too many", n, many)
	}
}

func TestSearchThatIsNone(t *testing.T) {
	h := newHouse(t)
	for field, w := range map[string]jobs.Wish{
		"q":    {Text: strings.Repeat("a", jobs.MostSearchText+1)},
		"kind": {Groups: []string{""}},
		"load": {Loads: []jobs.Load{"feather"}},
		"day":  {Days: []time.Weekday{7}},
		"part": {Parts: []jobs.DayPart{"noon"}},
		"pay":  {LeastPay: 1},
		"km":   {Metres: -1},
		"sort": {Sort: "worst"},
	} {
		var p check.Problems
		if _, err := h.SaveSearch(h.ctx(), h.member, jobs.Saved{Wish: w}); !errors.As(err, &p) || !p.At(field) {
			t.Errorf("%s: %v", field, err)
		}
	}
	for _, by := range []members.Actor{h.coordinator, h.coach, h.client, {}} {
		if _, err := h.SaveSearch(h.ctx(), by, jobs.Saved{}); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("as %s: %v", by.Kind, err)
		}
	}
}

// TestSearchesAreOnesOwn: nobody reads or moves those of another.
func TestSearchesAreOnesOwn(t *testing.T) {
	h := newHouse(t)
	search := h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	other := h.member
	other.Member = h.newMember("bob")
	far := h.member
	far.Cooperative = h.otherOffices.Cooperative
	for _, by := range []members.Actor{other, far, h.coordinator, h.client} {
		if len(h.searches(by).List) != 0 {
			t.Errorf("%+v reads them", by)
		}
		for _, err := range []error{h.RemoveSearch(h.ctx(), by, search), h.MailSearches(h.ctx(), by, false)} {
			if !errors.Is(err, members.ErrNotFound) {
				t.Errorf("%+v: %v", by, err)
			}
		}
	}
	if err := h.RemoveSearch(h.ctx(), h.member, id.New[jobs.Saved](nil)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("of one that is not there: %v", err)
	}
	h.allRight(h.MailSearches(h.ctx(), h.member, false))
	if h.searches(h.member).Mail {
		t.Error("the mail is not off")
	}
	h.allRight(h.RemoveSearch(h.ctx(), h.member, search))
	if len(h.searches(h.member).List) != 0 {
		t.Error("it is still there")
	}
}

func TestSearchesAreForgotten(t *testing.T) {
	h := newHouse(t)
	left := func() int {
		return h.number(`SELECT (SELECT count(*) FROM jobs.saved_search) + (SELECT count(*) FROM jobs.search_news)`)
	}
	h.save(jobs.Saved{})
	h.tx(func(tx pgx.Tx) error { return h.EraseTx(h.ctx(), tx, members.Erasing{Person: h.coach.Person}) })
	if left() != 2 {
		t.Error("gone with another person")
	}
	h.tx(func(tx pgx.Tx) error { return h.EraseTx(h.ctx(), tx, members.Erasing{Person: h.member.Person}) })
	if left() != 0 {
		t.Error("still there after erasing")
	}
	h.save(jobs.Saved{})
	ended := members.MembershipEnded{Cooperative: h.member.Cooperative, Member: h.member.Member}
	h.tx(func(tx pgx.Tx) error { return h.MembershipEndedTx(h.ctx(), tx, ended) })
	if left() != 2 {
		t.Error("gone for who is back")
	}
	h.leave()
	h.tx(func(tx pgx.Tx) error { return h.MembershipEndedTx(h.ctx(), tx, ended) })
	if left() != 0 {
		t.Error("still there of who left")
	}
}

// leave makes the member of the house alumni.
func (h *house) leave() {
	h.t.Helper()
	h.exec(`UPDATE members.member SET state = 'alumni', alumni_at = $2 WHERE id = $1`, h.member.Member, h.now)
}

// round lets a day pass in the house, gives the tasks that are due, and does them.
// It gives the titles that were told in each mail.
func (h *house) round(index jobs.Index, can jobs.Can) (mails [][]string) {
	h.t.Helper()
	h.tx(func(tx pgx.Tx) error { return h.SearchesDueTx(h.ctx(), tx, jobs.SearchesDue{}) })
	rows, _ := h.db.Query(h.ctx(), `DELETE FROM tasks.task WHERE kind = 'jobs.search_news' RETURNING id::text, payload`)
	type one struct {
		key  string
		task jobs.SearchNews
	}
	list, err := pgx.CollectRows(rows, func(row pgx.CollectableRow) (o one, err error) { return o, row.Scan(&o.key, &o.task) })
	h.allRight(err)
	for _, o := range list {
		if told := h.tell(index, can, o.key, o.task); told != nil {
			mails = append(mails, told)
		}
	}
	return mails
}

// tell does one task, as web does.
func (h *house) tell(index jobs.Index, can jobs.Can, key string, task jobs.SearchNews) (titles []string) {
	h.t.Helper()
	n, err := h.News(h.ctx(), index, can, key, task)
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	h.allRight(err)
	h.tx(func(tx pgx.Tx) error { return h.NewsToldTx(h.ctx(), tx, task, n) })
	for _, gig := range n.Gigs {
		titles = append(titles, gig.Title)
	}
	return titles
}

func everything(context.Context, members.Actor) ([]jobs.GigID, error) { return nil, nil }

// later moves the clock, and the days with it.
func (h *house) later(d time.Duration) { h.now = h.now.Add(d) }

// TestNewsOnceADay: a new gig is told once, a newer one the next day, and nothing
// when nothing is new, also where two do the same at once.
func TestNewsOnceADay(t *testing.T) {
	h := newHouse(t)
	h.titled("Etalage oud", 200)
	h.later(time.Hour)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "etalage"}})
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "winkel"}})
	h.tells(h.round(nil, everything)) // what was there is no news
	h.later(24 * time.Hour)
	h.titled("Etalage winkel", 200)
	h.titled("Tuin", 200)
	h.tells(h.round(nil, everything), "Etalage winkel") // which fits both, once
	h.tells(h.round(nil, everything))
	h.titled("Etalage zemen", 200)
	h.tells(h.round(nil, everything)) // today was told
	task := jobs.SearchNews{Member: h.member.Member, Cooperative: h.member.Cooperative}
	if told := h.tell(nil, everything, "another", task); told != nil {
		t.Errorf("a second task of the day told %v", told)
	}
	h.later(24 * time.Hour)
	h.tells(h.round(nil, everything), "Etalage zemen")
	h.later(24 * time.Hour)
	h.tells(h.round(nil, everything))
	if n := h.number(`SELECT cardinality(told) FROM jobs.search_news`); n != 2 {
		t.Errorf("%d gigs are noted as told", n)
	}
}

// TestNewsBeginsAnew: what was there when a search was saved, or when the mail was
// switched on, is no news.
func TestNewsBeginsAnew(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "etalage"}})
	h.later(time.Hour)
	h.titled("Vijver", 300)
	h.later(time.Hour)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "vijver"}})
	h.tells(h.round(nil, everything))
	h.allRight(h.MailSearches(h.ctx(), h.member, false))
	h.titled("Etalage", 300)
	h.later(24 * time.Hour)
	h.allRight(h.MailSearches(h.ctx(), h.member, true))
	h.tells(h.round(nil, everything))
}

// tells compares one mail, or none.
func (h *house) tells(got [][]string, want ...string) {
	h.t.Helper()
	if len(want) == 0 && len(got) != 0 || len(want) > 0 && (len(got) != 1 || !slices.Equal(got[0], want)) {
		h.t.Errorf("told %q, want %q", got, want)
	}
}

// TestNewsAfterACrash: the task that has the mail of the day tells the same again,
// under the same key, and no other does.
func TestNewsAfterACrash(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Hour)
	h.titled("Ramen lappen", 200)
	task := jobs.SearchNews{Member: h.member.Member, Cooperative: h.member.Cooperative}
	if n, err := h.News(h.ctx(), nil, everything, "first", task); err != nil || len(n.Gigs) != 1 || n.Who.Name != "anna" {
		t.Fatalf("%+v, %v", n, err)
	}
	if _, err := h.News(h.ctx(), nil, everything, "second", task); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a second runner: %v", err)
	}
	h.tells([][]string{h.tell(nil, everything, "first", task)}, "Ramen lappen")
	far := task
	far.Cooperative = h.otherOffices.Cooperative
	if _, err := h.News(h.ctx(), nil, everything, "first", far); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("of another cooperative: %v", err)
	}
}

// TestNewsIsOfToday: what closed again is not told, what opens again is; nor is
// anybody told who does not want it or may not work.
func TestNewsIsOfToday(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{Wish: jobs.Wish{Text: "ramen"}})
	h.later(time.Hour)
	index := h.index(t)
	full, paused := h.titled("Ramen een", 200), h.titled("Ramen twee", 210)
	h.allRight(h.RebuildIndex(h.ctx(), index))
	h.fillUp(t, full) // the index lags
	h.allRight(h.Pause(h.ctx(), h.client, paused))
	h.tells(h.round(index, everything))
	h.allRight(h.Resume(h.ctx(), h.client, paused))
	for what, do := range map[string]func() func(){
		"who does not want it": h.silent, "who is restricted": h.restricted, "who left": h.left,
	} {
		undo := do()
		h.later(24 * time.Hour)
		if told := h.round(index, everything); len(told) != 0 {
			t.Errorf("%s is told %q", what, told)
		}
		undo()
	}
	h.later(24 * time.Hour)
	h.tells(h.round(index, everything), "Ramen twee")
}

func (h *house) silent() func() {
	h.exec(`UPDATE jobs.search_news SET mailed = false`)
	return func() { h.exec(`UPDATE jobs.search_news SET mailed = true`) }
}

func (h *house) restricted() func() {
	h.exec(`INSERT INTO members.restriction (id, cooperative_id, person_id, why, by_id, by_role, by_kind, at) SELECT gen_random_uuid(), $1, $2, decode(repeat('ab', 60), 'hex'), $3, $4, 'coordinator', $5`,
		h.member.Cooperative, h.member.Person, h.coordinator.Person, h.coordinator.Role, h.now)
	return func() { h.exec(`DELETE FROM members.restriction`) }
}

func (h *house) left() func() {
	h.leave()
	return func() {
		h.exec(`UPDATE members.member SET state = 'member', alumni_at = NULL WHERE id = $1`, h.member.Member)
	}
}

// TestNewsOfManyGigs: ten are named, and the others counted.
func TestNewsOfManyGigs(t *testing.T) {
	h := newHouse(t)
	h.save(jobs.Saved{})
	h.later(time.Hour)
	for i := range 23 {
		h.titled("Ramen "+strconv.Itoa(i), 200+4*i)
	}
	task := jobs.SearchNews{Member: h.member.Member, Cooperative: h.member.Cooperative}
	n, err := h.News(h.ctx(), nil, everything, "key", task)
	if err != nil || len(n.Gigs) != jobs.MostNews || n.Rest != 13 || n.Gigs[0].Title != "Ramen 0" {
		t.Errorf("%d gigs and %d more, %v", len(n.Gigs), n.Rest, err)
	}
}

// TestNewsIsWhatThePageShows: for each wish the mail has what the list has, among
// what is new; and of what the member can do only that.
func TestNewsIsWhatThePageShows(t *testing.T) {
	h := newHouse(t)
	index := h.index(t)
	h.exec(`UPDATE members.member SET reach_m = 20000`)
	for i, n := range []jobs.NewGig{
		{Title: "Ramen lappen", Rate: 1600, Load: jobs.Middle}, {Title: "Kantoorschoonmaak", Rate: 1900, Load: jobs.Light, SupportOnSite: true},
		{Title: "Onkruid wieden", Rate: 2600, Load: jobs.Heavy, WithOthers: true}, {Title: "Etalage", Rate: 1700, Load: jobs.Light, PlaceCode: "nijmegen"},
	} {
		full := h.gig()
		full.Title, full.Rate, full.Load, full.SupportOnSite, full.WithOthers = n.Title, n.Rate, n.Load, n.SupportOnSite, n.WithOthers
		if n.PlaceCode != "" {
			full.PlaceCode = n.PlaceCode
		}
		full.Shifts[0].Starts = full.Shifts[0].Starts.Add(time.Duration(50+7*i) * time.Hour)
		full.Shifts[0].Ends = full.Shifts[0].Ends.Add(time.Duration(50+7*i) * time.Hour)
		h.later(time.Minute)
		h.post(h.client, full)
	}
	h.allRight(h.RebuildIndex(h.ctx(), index))
	page := h.browse(t, index, h.member, jobs.Wish{})
	h.exec(`UPDATE jobs.gig SET posted_at = $1 WHERE id = $2`, h.now.Add(-time.Hour), page.Gigs[3].ID) // it is no news
	can := func(context.Context, members.Actor) ([]jobs.GigID, error) {
		return []jobs.GigID{page.Gigs[0].ID, page.Gigs[3].ID}, nil
	}
	for name, n := range map[string]jobs.Saved{
		"all":          {},
		"can":          {CanDo: true},
		"a typo":       {Wish: jobs.Wish{Text: "rammen"}},
		"a compound":   {Wish: jobs.Wish{Text: "schoonmaak"}},
		"light":        {Wish: jobs.Wish{Loads: []jobs.Load{jobs.Light}}},
		"pay":          {Wish: jobs.Wish{LeastPay: 1800}},
		"help":         {Wish: jobs.Wish{Support: true}},
		"others":       {Wish: jobs.Wish{Others: true}},
		"near":         {Wish: jobs.Wish{Metres: 5000}},
		"near, sorted": {Wish: jobs.Wish{Metres: 50_000, Sort: jobs.Nearest}},
		"a day":        {Wish: jobs.Wish{Days: []time.Weekday{page.Gigs[1].Next.Starts.In(members.Amsterdam()).Weekday()}}},
		"a part":       {Wish: jobs.Wish{Parts: []jobs.DayPart{jobs.Evening}}},
		"a kind":       {Wish: jobs.Wish{Groups: []string{h.group(t)}}},
		"another kind": {Wish: jobs.Wish{Groups: []string{"green"}}},
	} {
		h.exec(`DELETE FROM jobs.saved_search`)
		h.exec(`DELETE FROM jobs.search_news`)
		h.save(n)
		h.exec(`UPDATE jobs.saved_search SET saved_at = $1`, h.now.Add(-30*time.Minute))
		h.exec(`UPDATE jobs.search_news SET since = $1`, h.now.Add(-30*time.Minute))
		shown := h.searches(h.member).List[0].Wish
		if n.CanDo {
			shown.Only, _ = can(h.ctx(), h.member)
		}
		var want []jobs.GigID
		for _, gig := range ids(h.browse(t, index, h.member, shown)) {
			if gig != page.Gigs[3].ID {
				want = append(want, gig)
			}
		}
		news, err := h.News(h.ctx(), index, can, "key", jobs.SearchNews{Member: h.member.Member, Cooperative: h.member.Cooperative})
		if err != nil && (!errors.Is(err, members.ErrNotFound) || len(want) > 0) {
			t.Errorf("%s: %v", name, err)
		}
		got := ids(jobs.Found{Page: jobs.Page{Gigs: news.Gigs}})
		for _, list := range [][]jobs.GigID{got, want} {
			slices.SortFunc(list, func(a, b jobs.GigID) int { return slices.Compare(a[:], b[:]) })
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: told %v, the page has %v", name, got, want)
		}
	}
}

// TestNewsKeepsTheHours: each day has one, also where clocks change, and it waits
// for the end of quiet hours.
func TestNewsKeepsTheHours(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 10, 23, 14, 30, 0, 0, time.UTC) // 16.30 in summer
	h.save(jobs.Saved{})
	ways := members.ContactWays{Channel: members.ByMail, Quiet: &members.Span{From: 64, Until: 28}, MostOffers: 1} // 16.00 to 7.00
	h.allRight(h.people.Answer(h.ctx(), h.member, ways))
	asked := func() (due []string) {
		h.tx(func(tx pgx.Tx) error { return h.SearchesDueTx(h.ctx(), tx, jobs.SearchesDue{}) })
		rows, _ := h.db.Query(h.ctx(), `DELETE FROM tasks.task WHERE kind = 'jobs.search_news' RETURNING due_at`)
		list, err := pgx.CollectRows(rows, pgx.RowTo[time.Time])
		h.allRight(err)
		for _, at := range list {
			due = append(due, at.In(members.Amsterdam()).Format("2 Jan 15:04"))
		}
		return due
	}
	for _, tt := range []struct {
		now  time.Time
		want string
	}{
		{h.now, "24 Oct 07:00"},
		{h.now.Add(7 * time.Hour), ""}, // half past eleven of the same day
		{time.Date(2026, 10, 24, 14, 30, 0, 0, time.UTC), "25 Oct 07:00"},
		{time.Date(2026, 10, 25, 15, 30, 0, 0, time.UTC), "26 Oct 07:00"}, // 16.30 in winter
		{time.Date(2026, 10, 25, 22, 59, 0, 0, time.UTC), ""},
		{time.Date(2026, 10, 26, 15, 30, 0, 0, time.UTC), "27 Oct 07:00"},
	} {
		h.now = tt.now
		if got := strings.Join(asked(), ", "); got != tt.want {
			t.Errorf("at %v it comes at %q, want %q", tt.now, got, tt.want)
		}
	}
}
