package main

import (
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/members"
	"meent/payments"
	"meent/payments/stripesim"
)

// TestLifeOfAGig plays a gig from the client's form to the member's bank, with
// script and without.
func TestLifeOfAGig(t *testing.T) {
	house := newTestHouse(t)
	browser := newBrowser(t)
	house.waitForTheEngine(t)
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("script %v", script), func(t *testing.T) {
			v := &visitor{t: t, ctx: newTab(t, browser), house: house}
			v.run(emulation.SetScriptExecutionDisabled(!script), chromedp.EmulateViewport(390, 844))
			client := house.someone(t, members.RoleClient)
			gig := v.postGig(client)
			member, offer := house.bestOffer(t, gig)
			v.sayYes(member, offer)
			engagement := v.hearThatItIsAgreed()
			house.skip(72 * time.Hour) // the work is done
			v.proposeHours(member, engagement)
			v.agreeHours(client, engagement)
			v.payBill()
			v.readThatItIsPaid(member, engagement)
			house.expectOneEngagement(t, gig)
			house.expectBooksInOrder(t)
			house.expectTheEngineChose(t)
		})
	}
}

// waitForTheEngine returns when the house's engine is in step: before that the tables
// would choose, as they should.
func (h *testHouse) waitForTheEngine(t *testing.T) {
	t.Helper()
	for late := time.Now().Add(30 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		var kept bool
		if err := h.db.QueryRow(t.Context(), `SELECT EXISTS (SELECT FROM matching.keeper WHERE state = 'kept')`).Scan(&kept); err != nil {
			t.Fatal(err)
		}
		if kept {
			return
		}
		if time.Now().After(late) {
			t.Fatal("the engine is never in step")
		}
	}
}

// expectTheEngineChose asks the metrics who chose the people of the gig: the engine,
// at least once, and nothing was wrong in it.
func (h *testHouse) expectTheEngineChose(t *testing.T) {
	t.Helper()
	answer, err := http.Get("http://" + h.config.Addr + "/metrics")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	is := func(name string) (value float64) {
		_, after, found := strings.Cut(string(text), "\n"+name+" ")
		if _, err := fmt.Sscan(after, &value); !found || err != nil {
			t.Fatalf("no %s in the metrics: %v", name, err)
		}
		return value
	}
	if n := is(`meent_matching_query_seconds_count{by="engine"}`); n < 1 {
		t.Errorf("the engine chose %g times, the tables alone %g times", n, is(`meent_matching_query_seconds_count{by="tables"}`))
	}
	if wrong, faults := is("meent_matching_drift_rows_total"), is("meent_matching_engine_faults_total"); wrong+faults > 0 {
		t.Errorf("%g members were not as the tables say, and %g faults", wrong, faults)
	}
}

// postGig goes through the three steps for a morning in three days, and gives the
// gig's id.
func (v *visitor) postGig(client members.PersonRole) string {
	v.t.Helper()
	v.signIn(client, "code")
	day := v.house.now().Add(72 * time.Hour)
	v.beginGig("window-cleaning")
	v.run(chromedp.Evaluate(`for (const name of ["load", "support", "others"]) document.getElementsByName(name)[0].checked = true`, nil))
	v.picture("1 posting, what")
	v.goOn()
	v.run(chromedp.Evaluate(fmt.Sprintf(`for (const [name, value] of Object.entries({"shift-1-date-day": "%d", "shift-1-date-month": "%d",
		"shift-1-date-year": "%d", "shift-1-starts-hour": "9", "shift-1-ends-hour": "12"})) document.getElementsByName(name)[0].value = value`,
		day.Day(), day.Month(), day.Year()), nil))
	v.picture("1 posting, when")
	v.goOn()
	v.run(chromedp.Evaluate(`document.getElementsByName("rate")[0].value = "16,50"`, nil))
	v.picture("1 posting, price")
	v.click("post", http.StatusOK)
	gig, ok := strings.CutPrefix(v.path(), "/gigs/")
	if !ok || strings.Contains(gig, "/") || gig == "new" {
		v.t.Fatalf("posting led to %s:\n%s", v.path(), v.text("main"))
	}
	v.signOut()
	return gig
}

// beginGig begins a draft from a template, by its first step.
func (v *visitor) beginGig(template string) {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/gigs/new"))
	v.presses(`main button[value="` + template + `"]`)
	if !strings.HasSuffix(v.path(), "/what") {
		v.t.Fatalf("beginning led to %s:\n%s", v.path(), v.text("main"))
	}
}

// goOn leads to the next step.
func (v *visitor) goOn() {
	v.t.Helper()
	before := v.path()
	v.presses(`main form .actions .button.main`)
	if v.path() == before {
		v.t.Fatalf("%s did not lead on:\n%s", before, v.text("main"))
	}
}

// presses a button, and waits for the page that answers.
func (v *visitor) presses(button string) {
	v.t.Helper()
	if answer, err := chromedp.RunResponse(v.ctx, chromedp.Click(button, chromedp.ByQuery)); err != nil || answer.Status != http.StatusOK {
		v.t.Fatalf("the button %s on %s gave %v, %v", button, v.path(), answer, err)
	}
}

// bestOffer waits until members were asked, and gives the one with the most
// points, who will get the seat.
func (h *testHouse) bestOffer(t *testing.T, gig string) (member members.PersonRole, offer string) {
	t.Helper()
	const query = `
		SELECT o.id::text, r.id::text FROM matching.offer o
		JOIN jobs.shift s ON s.id = o.shift_id JOIN members.member m ON m.id = o.member_id JOIN members.role r ON r.id = m.role_id
		WHERE s.gig_id = $1::uuid ORDER BY o.points DESC LIMIT 1`
	var role string
	for late := time.Now().Add(20 * time.Second); ; time.Sleep(50 * time.Millisecond) {
		err := h.db.QueryRow(t.Context(), query, gig).Scan(&offer, &role)
		if err == nil {
			break
		}
		if time.Now().After(late) {
			t.Fatalf("nobody was asked: %v", err)
		}
	}
	for _, one := range h.everyone {
		if one.Role.ID.String() == role {
			return one, offer
		}
	}
	t.Fatalf("the role %s is nobody's", role)
	return members.PersonRole{}, ""
}

func (v *visitor) sayYes(member members.PersonRole, offer string) {
	v.t.Helper()
	v.signIn(member, "code")
	path := v.first("/home", "/offers/"+offer) // the card on the first page
	v.run(chromedp.Navigate(v.house.config.URL + path))
	if text := v.text("main"); !strings.Contains(text, "Waarom jij") || !strings.Contains(text, "bij je vandaan") {
		v.t.Errorf("the offer does not say why:\n%s", text)
	}
	v.picture("2 offer")
	v.tabTo(`form[action$="/yes"] button`)
	v.press("\r", path)
	if text := v.text("main"); !strings.Contains(text, "je zei ja") {
		v.t.Errorf("after a yes the page says:\n%s", text)
	}
}

// hearThatItIsAgreed lets the window close, and finds the work on the member's
// first page.
func (v *visitor) hearThatItIsAgreed() (engagement string) {
	v.t.Helper()
	v.house.skip(25 * time.Hour)
	engagement = v.first("/home", "/engagements/")
	v.run(chromedp.Navigate(v.house.config.URL + engagement))
	if text := v.text("main"); !strings.Contains(text, "Dit werk is van jou.") {
		v.t.Errorf("the work is not the member's:\n%s", text)
	}
	v.signOut()
	return engagement
}

func (v *visitor) proposeHours(member members.PersonRole, engagement string) {
	v.t.Helper()
	v.comeBack(member)
	v.run(chromedp.Navigate(v.house.config.URL + engagement))
	v.tabTo(`form[action$="/hours"] button`) // three hours stand there already
	v.picture("3 hours")
	v.press("\r", engagement)
	if text := v.text("main"); !strings.Contains(text, "wacht op de klant") || !strings.Contains(text, "49,50") {
		v.t.Errorf("after the proposal the page says:\n%s", text)
	}
	v.signOut()
}

func (v *visitor) agreeHours(client members.PersonRole, engagement string) {
	v.t.Helper()
	v.comeBack(client)
	v.run(chromedp.Navigate(v.house.config.URL + v.first("/home", engagement)))
	v.picture("4 agree")
	v.tabTo(`form[action$="/agree"] button`)
	v.press("\r", engagement)
	if text := v.text("main"); !strings.Contains(text, "uren staan vast") {
		v.t.Errorf("after the client's yes the page says:\n%s", text)
	}
}

// payBill pays the bill of the agreed hours, first with a card that is refused.
func (v *visitor) payBill() {
	v.t.Helper()
	bill := v.first("/home", "/bills/")
	v.run(chromedp.Navigate(v.house.config.URL + bill))
	if text := v.text("main"); !strings.Contains(text, "54,45") { // 49,50 and ten percent
		v.t.Errorf("the bill says:\n%s", text)
	}
	v.picture("5 bill")
	v.tabTo(`form[action$="/pay"] button`)
	answer, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent("\r"))
	if err != nil || answer.Status != http.StatusOK || !strings.HasPrefix(v.path(), "/checkout/") {
		v.t.Fatalf("paying led to %s, %v:\n%s", v.path(), err, v.text("main"))
	}
	v.picture("6 checkout")
	v.payWith("4000000000000002")
	if text := v.text("main"); !strings.Contains(text, "geweigerd") {
		v.t.Errorf("a refused card:\n%s", text)
	}
	v.payWith("4242424242424242")
	if v.path() != bill {
		v.t.Errorf("after paying the browser is at %s", v.path())
	}
	v.waitFor(bill, "Dank u wel.")
	v.signOut()
}

func (v *visitor) payWith(card string) {
	v.t.Helper()
	v.run(chromedp.SetValue(`input[name="card"]`, card, chromedp.ByQuery))
	if _, err := chromedp.RunResponse(v.ctx, chromedp.Submit(`form`, chromedp.ByQuery)); err != nil {
		v.t.Fatal(err)
	}
}

// waitFor looks at a page until it says something.
func (v *visitor) waitFor(path, text string) {
	v.t.Helper()
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(100 * time.Millisecond) {
		v.run(chromedp.Navigate(v.house.config.URL + path))
		if strings.Contains(v.text("main"), text) {
			return
		}
	}
	v.t.Fatalf("%s never says %q:\n%s", path, text, v.text("main"))
}

// comeBack is a later sign-in, on the page of the demo: so many by mail in a
// minute would be refused.
func (v *visitor) comeBack(who members.PersonRole) {
	v.t.Helper()
	button := fmt.Sprintf(`button[name="role"][value="%s"]`, who.Role.ID)
	v.run(chromedp.Navigate(v.house.config.URL+"/dev/people"), chromedp.Focus(button, chromedp.ByQuery))
	v.press(kb.Enter, "/home")
}

// readThatItIsPaid finds the wage on its way, and at the bank once that said so.
func (v *visitor) readThatItIsPaid(member members.PersonRole, engagement string) {
	v.t.Helper()
	v.comeBack(member)
	v.tellBank()
	v.waitFor(engagement, "onderweg naar je bank")
	v.house.skip(4 * time.Second) // the bank's time
	v.waitFor(engagement, "Je bank kreeg het geld op")
	v.picture("10 paid")
	v.waitFor("/pay", "betaald")
	v.signOut()
}

// tellBank says on the gateway's own page to which account the wage goes, unless
// that is known.
func (v *visitor) tellBank() {
	v.t.Helper()
	v.run(chromedp.Navigate(v.house.config.URL + "/pay/bank"))
	if strings.Contains(v.text("main"), "Alles is geregeld") {
		return
	}
	v.waitFor("/pay/bank", "wil nog iets van je weten")
	v.waitFor("/home", "Er wacht")
	v.run(chromedp.Navigate(v.house.config.URL + "/pay/bank"))
	v.picture("7 bank")
	v.tabTo(`form[action="/pay/bank/start"] button`)
	answer, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent("\r"))
	if err != nil || answer.Status != http.StatusOK || !strings.HasPrefix(v.path(), "/onboarding/") {
		v.t.Fatalf("telling the bank led to %s, %v:\n%s", v.path(), err, v.text("main"))
	}
	v.picture("8 onboarding")
	if _, err := chromedp.RunResponse(v.ctx, chromedp.Click(`form button:not(.second)`, chromedp.ByQuery)); err != nil {
		v.t.Fatal(err)
	}
	if text := v.text("main"); v.path() != "/pay/bank" || !strings.Contains(text, "Alles is geregeld") {
		v.t.Errorf("afterwards the browser is at %s:\n%s", v.path(), text)
	}
	v.picture("9 bank is known")
}

// expectBooksInOrder: nothing is wrong in the ledger, and what it says to be at
// Stripe is there.
func (h *testHouse) expectBooksInOrder(t *testing.T) {
	t.Helper()
	faults, err := payments.New(h.db, nil, nil, nil, h.now, nil).Audit(t.Context())
	if err != nil || len(faults) > 0 {
		t.Errorf("the books: %v, %v", faults, err)
	}
	book, err := stripesim.New(h.db, stripesim.Config{Now: h.now}).Book(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	var ours int64
	const query = `
		SELECT coalesce(sum(balance_cents), 0) FROM payments.account
		WHERE address LIKE 'bill:%' OR address LIKE '%:payable' OR address LIKE 'coop:%'`
	if err := h.db.QueryRow(t.Context(), query).Scan(&ours); err != nil || ours != book.Platform {
		t.Errorf("the ledger says %d cents, the simulator %d, %v", ours, book.Platform, err)
	}
}

// expectOneEngagement looks at what is left: one engagement of the gig, three
// hours agreed once.
func (h *testHouse) expectOneEngagement(t *testing.T, gig string) {
	t.Helper()
	const query = `
		SELECT count(*), coalesce(sum(t.minutes) FILTER (WHERE t.state = 'agreed' AND e.state = 'paid'), 0)
		FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id LEFT JOIN jobs.timesheet t ON t.engagement_id = e.id
		WHERE s.gig_id = $1::uuid`
	var engagements, minutes int
	if err := h.db.QueryRow(t.Context(), query, gig).Scan(&engagements, &minutes); err != nil || engagements != 1 || minutes != 180 {
		t.Errorf("%d engagements, %d minutes agreed, %v; want 1 and 180", engagements, minutes, err)
	}
}
