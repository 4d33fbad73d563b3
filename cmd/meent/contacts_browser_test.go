package main

import (
	"context"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// logContacts writes two contacts about the first member, and the first of the
// first coach's.
func (h *testHouse) logContacts(t *testing.T) {
	t.Helper()
	coaches := h.coaches()
	first, coach := h.actor(t, members.RoleMember), h.actor(t, members.RoleCoach)
	own, err := coaches.CoachOf(t.Context(), first)
	if err != nil {
		t.Fatal(err)
	}
	list, err := coaches.Caseload(t.Context(), coach)
	if err != nil {
		t.Fatal(err)
	}
	firsts := members.Actor{Cooperative: first.Cooperative, Kind: members.RoleCoach, Role: own.Role, Person: coach.Person}
	for _, next := range []string{"", "Dinsdag bellen we samen."} {
		for who, by := range map[members.MemberID]members.Actor{first.Member: firsts, list[0].Member: coach} {
			err := coaches.LogContact(t.Context(), by, coaching.NewContact{ID: id.New[coaching.Contact](nil), Member: who,
				Kind: coaching.Visit, Minutes: 75, Why: "De taak was nieuw. We hebben de stappen samen op papier gezet.", Next: next})
			if err != nil {
				t.Fatal(err)
			}
		}
	}
}

func (h *testHouse) coaches() *coaching.Service {
	people := members.New(h.db, nil, h.now, nil, h.keyring)
	return coaching.New(h.db, tasks.New(h.db, tasks.Config{Now: h.now}), people, h.now, nil)
}

// airwaves stand between a browser and the house, and can be cut.
type airwaves struct {
	sync.Mutex
	isCut bool
	open  []net.Conn
}

// between gives the house an address behind a network.
func (h *testHouse) between(t *testing.T) *airwaves {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = listener.Close() })
	n, to := &airwaves{}, strings.TrimPrefix(h.config.URL, "http://")
	h.config.URL = "http://" + listener.Addr().String()
	go func() {
		for {
			from, err := listener.Accept()
			if err != nil {
				return
			}
			go n.carry(from, to)
		}
	}()
	return n
}

func (n *airwaves) carry(from net.Conn, address string) {
	defer from.Close()
	n.Lock()
	isCut := n.isCut
	n.open = append(n.open, from)
	n.Unlock()
	if isCut {
		return
	}
	to, err := net.Dial("tcp", address)
	if err != nil {
		return
	}
	go func() { _, _ = io.Copy(to, from); _ = to.Close() }()
	_, _ = io.Copy(from, to)
}

func (n *airwaves) cut(isCut bool) {
	n.Lock()
	defer n.Unlock()
	n.isCut = isCut
	for _, conn := range n.open {
		_ = conn.Close()
	}
	n.open = nil
}

// TestContactOnAPhone logs a contact in five taps, and others without internet:
// each is kept on the phone and sent once; one that comes too late stays there.
func TestContactOnAPhone(t *testing.T) {
	house := newTestHouse(t)
	coach, coaches := house.actor(t, members.RoleCoach), house.coaches()
	list, err := coaches.Caseload(t.Context(), coach)
	if err != nil {
		t.Fatal(err)
	}
	member := members.Actor{Cooperative: coach.Cooperative, Kind: members.RoleMember, Member: list[0].Member}
	err = coaches.Grant(t.Context(), member, members.NewGrant{Grantee: coach.Role, Scopes: []members.Scope{members.SharedNotesScope}, Until: members.DayOf(house.now()).AddMonths(6)})
	if err != nil {
		t.Fatal(err)
	}
	p := &contactPhone{visitor: &visitor{t: t, ctx: newTab(t, newBrowser(t)), house: house}, form: "/caseload/" + list[0].Member.String() + "/contacts/new"}
	var stop context.CancelFunc
	p.ctx, stop = context.WithTimeout(p.ctx, 90*time.Second)
	t.Cleanup(stop)
	before := p.kept()
	p.run(chromedp.EmulateViewport(390, 844))
	p.signIn(house.someone(t, members.RoleCoach), "code")
	net := house.between(t) // cookies know no ports
	p.run(chromedp.Navigate(house.config.URL+"/caseload"), chromedp.Poll(`navigator.serviceWorker.controller?.state === "activated"`, nil, chromedp.WithPollingTimeout(20*time.Second)))

	p.taps++
	p.presses(`a[href="` + p.form + `"]`) // and waits for the page, or what is filled in may be of one that goes
	p.fillIn("Samen de route geoefend.")
	p.run(chromedp.WaitVisible(`.figures`))
	if p.taps > 5 || p.kept() != before+1 {
		t.Errorf("%d taps, %d kept", p.taps, p.kept()-before)
	}

	net.cut(true)
	p.logsWithout("De taak was nieuw.", "Bewaard op deze telefoon. We versturen het zodra er internet is.")
	if p.kept() != before+1 {
		t.Error("it was sent without a network")
	}
	net.cut(false)
	p.run(chromedp.Evaluate(`dispatchEvent(new Event("online")); dispatchEvent(new Event("online"))`, nil))
	p.waits("Verstuurd.")
	if p.kept() != before+2 || strings.Contains(p.stored(), "nieuw") {
		t.Errorf("%d kept, want 2; the phone has %s", p.kept()-before, p.stored())
	}

	net.cut(true)
	p.logsWithout("Zij heeft rugpijn.", "Bewaard op deze telefoon.")
	net.cut(false)
	p.run(chromedp.Navigate(house.config.URL + "/caseload"))
	p.waits("Nog niet verstuurd. Er is iets om naar te kijken.")
	p.tap(`.kept a[data-open]`)
	p.run(chromedp.WaitVisible(`#why`), chromedp.SetValue(`#why`, "Zij kan niet tillen."))
	p.tap(`form[data-keep] .button.main`)
	p.run(chromedp.WaitVisible(`.figures`))
	if p.kept() != before+3 || strings.Contains(p.stored(), "tillen") || !strings.Contains(p.text("main"), "Zij kan niet tillen.") {
		t.Errorf("%d kept, want 3; the phone has %s", p.kept()-before, p.stored())
	}

	net.cut(true)
	p.logsWithout("Samen gebeld met de klant.", "Bewaard op deze telefoon.")
	if _, err := house.db.Exec(t.Context(), `UPDATE members.access_grant SET revoked_at = $1 WHERE revoked_at IS NULL`, house.now()); err != nil {
		t.Fatal(err)
	}
	net.cut(false)
	p.run(chromedp.Navigate(house.config.URL + "/caseload"))
	p.waits("Dit mag niet meer. Het staat alleen nog op je telefoon.")
	if p.kept() != before+3 || !strings.Contains(p.stored(), "gebeld") {
		t.Errorf("%d kept, want 3; the phone has %s", p.kept()-before, p.stored())
	}
	p.picture("kept on a phone, 390 px")

	p.signOut()
	if got := p.stored(); got != "" {
		t.Errorf("after signing out the phone has %s", got)
	}
	var caches int
	p.run(chromedp.Evaluate(`caches.keys().then(all => all.length)`, &caches, awaited))
	if caches != 0 {
		t.Errorf("after signing out there are %d caches", caches)
	}
}

// contactPhone is a coach's, which counts taps.
type contactPhone struct {
	*visitor
	form string
	taps int
}

func (p *contactPhone) tap(selector string) {
	p.t.Helper()
	p.taps++
	p.run(chromedp.Click(selector, chromedp.ByQuery))
}

// fillIn fills the form in and sends it: four taps, and what is typed.
func (p *contactPhone) fillIn(why string) {
	p.t.Helper()
	p.run(chromedp.WaitVisible(`#why`))
	p.tap(`label[for="kind-visit"]`)
	p.tap(`label[for="minutes-30"]`)
	p.tap(`#why`)
	p.run(chromedp.SendKeys(`#why`, why))
	p.tap(`form[data-keep] .button.main`)
}

// logsWithout opens the form, which comes from the phone, and reads what becomes
// of it.
func (p *contactPhone) logsWithout(why, says string) {
	p.t.Helper()
	p.run(chromedp.Navigate(p.house.config.URL + p.form))
	if got := p.text("h1"); got != "Geen internet" {
		p.t.Fatalf("without a network the page is %q", got)
	}
	p.fillIn(why)
	p.waits(says)
}

func (p *contactPhone) waits(says string) {
	p.t.Helper()
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if strings.Contains(p.text(".kept"), says) {
			return
		}
	}
	p.t.Fatalf("%s never says %q:\n%s\nthe phone has %s", p.path(), says, p.text("main"), p.stored())
}

func (p *contactPhone) stored() (text string) {
	p.t.Helper()
	p.run(chromedp.Evaluate(`localStorage.getItem("meent-kept-2") ?? ""`, &text))
	return text
}

func (p *contactPhone) kept() (n int) {
	p.t.Helper()
	if err := p.house.db.QueryRow(p.t.Context(), `SELECT count(*) FROM coaching.contact`).Scan(&n); err != nil {
		p.t.Fatal(err)
	}
	return n
}
