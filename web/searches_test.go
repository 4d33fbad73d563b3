package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"
	"github.com/jackc/pgx/v5"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
)

// fields are the names and values of a form on a page, without script.
func fields(form *goquery.Selection) url.Values {
	values := url.Values{}
	form.Find("input").Each(func(_ int, input *goquery.Selection) { values.Add(input.AttrOr("name", ""), input.AttrOr("value", "")) })
	return values
}

// pairs are the same as post takes them.
func pairs(values url.Values) (list []string) {
	for name, all := range values {
		for _, value := range all {
			list = append(list, name, value)
		}
	}
	return list
}

// TestSavedSearch: an empty list offers to tell; what was saved stands on a page of
// its own, leads to the same list, and is told once a day by mail.
func TestSavedSearch(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.says(b.get("/searches"), "Je hebt nog niets bewaard")
	const list = "/gigs?day=4&km=4&load=light&q=etalage"
	form := b.get(list).Find(`#found form[action="/searches"]`)
	if got := strings.TrimSpace(form.Find("button").Text()); form.Length() != 1 || got != "Vertel het me als er iets is" {
		t.Fatalf("the empty list offers %q", got)
	}
	if got, want := fields(form).Encode(), "day=4&km=4&load=light&q=etalage"; got != want {
		t.Errorf("the form sends %s, want %s", got, want)
	}
	if got := b.post("/searches", pairs(fields(form))...); got.status != http.StatusSeeOther || got.location != "/searches" {
		t.Fatalf("saving leads to %d %s", got.status, got.location)
	}
	page := b.get("/searches")
	h.says(page, "“etalage”", "Licht werk", "donderdag", "20 minuten fietsen", "Alleen werk dat je kunt doen", "De mail staat aan")
	if got := page.Find(".cards h2 a").AttrOr("href", ""); got != list {
		t.Errorf("the search leads to %s", got)
	}
	h.says(b.get(list), "dit is bewaard")
	if b.get(list).Find(`#found form[action="/searches"]`).Length() != 0 {
		t.Error("it can be saved twice")
	}
	if got := strings.TrimSpace(b.get("/gigs?can=0").Find(`#found form[action="/searches"] button`).Text()); got != "Bewaar wat ik zoek" {
		t.Errorf("a list with work offers %q", got)
	}
	h.newsOf(b)
	remove := page.Find(`form[action$="/remove"]`).AttrOr("action", "")
	h.expect(b.post("/searches/mail", "on", "0"), http.StatusSeeOther)
	h.says(b.get("/searches"), "De mail staat uit")
	h.tellsWithMail(b)
	h.expect(b.post(remove), http.StatusSeeOther)
	h.expect(b.post(remove), http.StatusNotFound)
	h.says(b.get("/searches"), "Je hebt nog niets bewaard")
	if text := h.log.String(); strings.Contains(text, "etalage") {
		t.Error("the log tells what somebody looks for")
	}
}

// tellsWithMail: where the mail is off, an empty list offers to switch it on, and does
// so; nothing says that we tell.
func (h *house) tellsWithMail(b *browser) {
	h.t.Helper()
	if page := b.get("/searches"); page.contains("Dan hoor je het van ons") {
		h.t.Error("with the mail off the page says that we tell")
	}
	form := b.get("/gigs?q=zeppelin").Find(`#found form[action="/searches"]`)
	button := form.Find("button")
	if got := strings.TrimSpace(button.Text()); got != "Vertel het me, en zet de mail aan" || !strings.Contains(form.Text(), "staat uit") {
		h.t.Errorf("with the mail off an empty list offers %q", got)
	}
	h.expect(b.post("/searches", append(pairs(fields(form)), button.AttrOr("name", ""), button.AttrOr("value", ""))...), http.StatusSeeOther)
	page := b.get("/searches")
	h.says(page, "De mail staat aan", "Dan hoor je het van ons")
	if got := page.Find(`nav.nav a[aria-current]`).AttrOr("href", ""); got != "/gigs" {
		h.t.Errorf("the page is marked at %q", got)
	}
	h.expect(b.post(page.Find(`.card:contains("zeppelin") form[action$="/remove"]`).AttrOr("action", "")), http.StatusSeeOther)
}

// newsOf looks at the mail after new work was posted, of which one fits.
func (h *house) newsOf(b *browser) {
	h.t.Helper()
	h.now = time.Date(2026, 11, 24, 17, 30, 0, 0, time.UTC) // all hear it before half past six
	news := func() int {
		h.must(pgx.BeginFunc(h.t.Context(), h.db, func(tx pgx.Tx) error { return h.jobs.SearchesDueTx(h.t.Context(), tx, jobs.SearchesDue{}) }))
		h.run()
		var n int
		h.must(h.db.QueryRow(h.t.Context(), `SELECT count(*) FROM mail.message WHERE subject = 'Er is nieuw werk'`).Scan(&n))
		return n
	}
	if news() != 0 {
		h.t.Error("a mail without news")
	}
	h.now = h.now.Add(24 * time.Hour)
	h.post(h.actors[members.RoleClient], "Etalage niet licht")
	client := h.actors[members.RoleClient]
	_, err := h.jobs.Post(h.t.Context(), client, jobs.NewGig{Title: "Etalage", Skills: []string{"window-cleaning"}, PlaceCode: "nijmegen", Rate: 2000, Load: jobs.Light,
		Client: client.Client, Description: "Je helpt mee.", Language: members.Dutch, Address: "Lindenlaan 14",
		Shifts: []jobs.NewShift{{Starts: h.now.Add(25 * time.Hour), Ends: h.now.Add(28 * time.Hour), Seats: 1}}})
	h.must(err)
	h.run()
	if n := news(); n != 1 {
		h.t.Fatalf("%d mails with news, want 1", n)
	}
	var text, page string
	h.must(h.db.QueryRow(h.t.Context(), `SELECT text, html FROM mail.message WHERE subject = 'Er is nieuw werk'`).Scan(&text, &page))
	for _, want := range []string{"Er is één nieuwe klus", "Etalage\n", "Nijmegen", "/searches", "Zet hem dan uit"} {
		if !strings.Contains(text, want) {
			h.t.Errorf("the mail lacks %q: %s", want, text)
		}
	}
	if strings.Contains(text, "niet licht") || strings.Contains(text, "Lindenlaan") || !strings.Contains(page, "<a href=") {
		h.t.Errorf("the mail is %s", text)
	}
	h.now = h.now.Add(24 * time.Hour)
	if n := news(); n != 1 {
		h.t.Errorf("%d mails the day after, want none more", n-1)
	}
}

// TestManySearches: the eleventh is refused, and the list says so beforehand.
func TestManySearches(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for i := range jobs.MostSearches {
		h.expect(b.post("/searches", "q", "werk"+string(rune('a'+i)), "pay", "nonsense", "day", "9"), http.StatusSeeOther)
	}
	h.says(b.get("/gigs?q=tuin"), "Je bewaarde al 10 keer")
	h.expect(b.post("/searches", "q", "tuin"), http.StatusConflict)
	h.expect(b.post("/searches", "q", " WERKa\x00 "), http.StatusSeeOther) // the first
	for _, kind := range []members.RoleKind{members.RoleClient, members.RoleCoach, members.RoleCoordinator} {
		if h.signedIn(kind).get("/gigs").Find(`form[action="/searches"]`).Length() != 0 {
			t.Errorf("a %s saves searches", kind)
		}
	}
}

// TestListWithoutTheKey: what was saved cannot be read then, and the list is there.
func TestListWithoutTheKey(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	h.expect(b.post("/searches", "q", "tuin"), http.StatusSeeOther)
	key := func(query string) {
		_, err := h.db.Exec(t.Context(), query)
		h.must(err)
	}
	key(`UPDATE members.person_key SET key_id = reverse(key_id)`)
	if got := b.get("/gigs?can=0"); got.status != http.StatusOK || got.Find(`form[action="/searches"]`).Length() != 0 || !strings.Contains(h.log.String(), "the key is not there") {
		t.Errorf("the list is %d", got.status)
	}
	key(`UPDATE members.person_key SET key_id = reverse(key_id)`)
	if b.get("/gigs?can=0").Find(`form[action="/searches"]`).Length() == 0 {
		t.Error("nothing can be saved with the key")
	}
	key(`UPDATE members.member SET state = 'alumni', alumni_at = now()`)
	if b.get("/gigs?can=0").Find(`form[action="/searches"]`).Length() != 0 {
		t.Error("who left is promised mail")
	}
}

// TestNoNewsInQuietHours: a mail that is tried again at night waits for the morning.
func TestNoNewsInQuietHours(t *testing.T) {
	h := newHouse(t)
	h.run()
	member := h.actors[members.RoleMember]
	_, err := h.jobs.SaveSearch(t.Context(), member, jobs.Saved{})
	h.must(err)
	h.must(h.members.Answer(t.Context(), member, members.ContactWays{Channel: members.ByMail, Quiet: &members.Span{From: 88, Until: 28}, MostOffers: 1})) // 22.00 to 7.00
	h.now = h.now.Add(time.Hour)
	h.post(h.actors[members.RoleClient], "Etalage")
	h.run()
	h.now = time.Date(2026, 11, 24, 22, 0, 0, 0, time.UTC)
	task := jobs.SearchNews{Member: member.Member, Cooperative: member.Cooperative}
	var key string
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		if _, err := h.tasks.EnqueueTx(t.Context(), tx, task, tasks.Opts{}); err != nil {
			return err
		}
		return tx.QueryRow(t.Context(), `SELECT id::text FROM tasks.task WHERE kind = $1`, task.Kind()).Scan(&key)
	}))
	_, err = h.jobs.News(t.Context(), nil, nil, key, task) // and then its mail did not go
	h.must(err)
	h.post(h.actors[members.RoleClient], "Later")
	mails := func() (n int) {
		h.run()
		h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM mail.message WHERE subject = 'Er is nieuw werk'`).Scan(&n))
		return n
	}
	if mails() != 0 {
		t.Error("a mail at night")
	}
	h.now = time.Date(2026, 11, 25, 6, 0, 0, 0, time.UTC)
	if n := mails(); n != 1 {
		t.Errorf("%d mails in the morning, want 1", n)
	}
	var text string
	h.must(h.db.QueryRow(t.Context(), `SELECT text FROM mail.message WHERE subject = 'Er is nieuw werk'`).Scan(&text))
	if !strings.Contains(text, "Etalage") || strings.Contains(text, "Later") {
		t.Errorf("the mail is another than the one that did not go: %s", text)
	}
}
