package main

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"meent/jobs"
	"meent/members"
)

// workPlay is a client and two members, each with a browser of their own, around
// one gig of two weeks.
type workPlay struct {
	*testing.T
	house  *testHouse
	client *visitor
	who    members.PersonRole // the client's contact
	gig    string             // its page
	first  jobs.ShiftID       // the first time of the series
	begins time.Time
}

// worker is a member of the play.
type worker struct {
	*visitor
	is   members.PersonRole
	work string // the page of their work, once they have it
}

// TestTwoWeeksOfWork plays a gig of two weeks: one member falls ill and another
// comes, the two sides disagree on the hours and one is silent, and what was said
// about the work ends on the member's paper.
func TestTwoWeeksOfWork(t *testing.T) {
	house := newTestHouse(t)
	p := &workPlay{T: t, house: house, who: house.someone(t, members.RoleClient)}
	p.client = p.opened(p.who, 1280, 900)
	p.manyCan("window-cleaning")
	p.postsSeries()
	ill, reserve := p.twoSayYes()
	p.reportsIll(ill)
	p.replaces(reserve)
	p.checksInAndOut(reserve)
	p.proposes(reserve)
	p.counters(reserve)
	p.silence(reserve)
	p.payBill()
	p.feedback(reserve)
	p.record(reserve)
	house.expectBooksInOrder(t)
}

// opened is somebody's own browser, which never meets a page that broke.
func (p *workPlay) opened(who members.PersonRole, width, height int64) *visitor {
	p.Helper()
	v := &visitor{t: p.T, ctx: newTab(p.T, newBrowser(p.T)), house: p.house}
	chromedp.ListenTarget(v.ctx, func(event any) {
		if got, ok := event.(*network.EventResponseReceived); ok && got.Response.Status >= 500 {
			p.Errorf("%s gave %d", got.Response.URL, got.Response.Status)
		}
	})
	v.run(chromedp.EmulateViewport(width, height))
	v.comeBack(who)
	return v
}

// manyCan lets everybody nearby do the work, so that two are asked.
func (p *workPlay) manyCan(skill string) {
	p.Helper()
	const query = `INSERT INTO members.member_skill (cooperative_id, member_id, skill_code) SELECT cooperative_id, id, $1 FROM members.member ON CONFLICT DO NOTHING`
	if _, err := p.house.db.Exec(p.Context(), query, skill); err != nil {
		p.Fatal(err)
	}
}

// postsSeries goes through the three steps: two mornings a week for two weeks,
// without the last.
func (p *workPlay) postsSeries() {
	p.Helper()
	c := p.client
	c.beginGig("window-cleaning")
	c.run(chromedp.Evaluate(`for (const name of ["load", "support", "others"]) document.getElementsByName(name)[0].checked = true`, nil))
	c.goOn()
	c.run(chromedp.Evaluate(`document.querySelectorAll("main details").forEach(d => d.open = true)`, nil))
	for _, day := range []string{"1", "3"} {
		c.fill(map[string]string{"series-weekdays": day})
	}
	c.fill(map[string]string{"series-from-day": "1", "series-from-month": "12", "series-from-year": "2026", "series-count": "4",
		"series-starts-hour": "9", "series-ends-hour": "12"})
	c.presses(`main button[name="look"][value="series"]`)
	c.says("Deze 4 dagen komen erbij")
	c.picture("work 1 series")
	c.run(chromedp.Evaluate(`document.getElementById("planned-day-2026-12-10").click()`, nil))
	c.presses(`main button[name="add"][value="series"]`)
	c.says("3 tijden die al gekozen zijn")
	if text := c.text("main"); strings.Contains(text, "10 december") {
		p.Errorf("the date that was ticked off is there:\n%s", text)
	}
	c.goOn()
	c.fill(map[string]string{"rate": "16,50"})
	c.click("post", 200)
	p.gig = c.path()
	c.says("0 van 3 plekken bezet")
	const query = `SELECT s.id, s.starts_at FROM jobs.shift s WHERE s.gig_id = $1::uuid ORDER BY s.starts_at LIMIT 1`
	if err := p.house.db.QueryRow(p.Context(), query, strings.TrimPrefix(p.gig, "/gigs/")).Scan(&p.first, &p.begins); err != nil {
		p.Fatal(err)
	}
	if want := time.Date(2026, 12, 1, 8, 0, 0, 0, time.UTC); !p.begins.Equal(want) {
		p.Errorf("the first time begins at %v, want %v", p.begins, want)
	}
}

// twoSayYes lets the two with the most points say yes to the first time, and the
// window close: one has the seat, the other is in reserve.
func (p *workPlay) twoSayYes() (has, reserve *worker) {
	p.Helper()
	for offer, who := range p.asked() {
		w := &worker{visitor: p.opened(who, 390, 844), is: who}
		w.opens("/offers/" + offer)
		w.says("Waarom jij")
		w.pushes(`form[action$="/yes"] button`, "/offers/"+offer)
		w.says("je zei ja")
		w.work = "/offers/" + offer
		if has == nil {
			has = w
		} else {
			reserve = w
		}
	}
	p.house.skip(25 * time.Hour)
	engaged := p.engaged("confirmed")
	if reserve.is.Role.ID.String() == engaged.role {
		has, reserve = reserve, has
	}
	has.comeBack(has.is)
	reserve.comeBack(reserve.is)
	reserve.opens(reserve.work)
	reserve.says("reserve")
	has.work, reserve.work = "/engagements/"+engaged.id, ""
	has.opens(has.work)
	has.says("Dit werk is van jou.")
	p.client.comeBack(p.who)
	p.client.opens(p.gig)
	p.client.says(has.is.Name)
	p.client.says("1 van 1 plekken bezet")
	return has, reserve
}

// asked waits until two were asked for the first time, and gives them.
func (p *workPlay) asked() (found map[string]members.PersonRole) {
	p.Helper()
	const query = `
		SELECT o.id::text, m.role_id::text FROM matching.offer o JOIN members.member m ON m.id = o.member_id
		WHERE o.shift_id = $1 AND o.state = 'sent' ORDER BY o.points DESC, o.id LIMIT 2`
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		rows, err := p.house.db.Query(p.Context(), query, p.first)
		if err != nil {
			p.Fatal(err)
		}
		found = map[string]members.PersonRole{}
		for rows.Next() {
			var offer, role string
			if err := rows.Scan(&offer, &role); err != nil {
				p.Fatal(err)
			}
			for _, one := range p.house.everyone {
				if one.Role.ID.String() == role {
					found[offer] = one
				}
			}
		}
		if rows.Close(); len(found) == 2 {
			return found
		}
	}
	p.Fatalf("%d were asked, want two", len(found))
	return nil
}

// engagedWith is whose work it is, by their role.
type engagedWith struct{ id, role string }

// engaged waits until somebody's work at the first time is so.
func (p *workPlay) engaged(state jobs.EngagementState) (e engagedWith) {
	p.Helper()
	const query = `SELECT e.id::text, m.role_id::text FROM jobs.engagement e JOIN members.member m ON m.id = e.member_id WHERE e.shift_id = $1 AND e.state = $2`
	var err error
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if err = p.house.db.QueryRow(p.Context(), query, p.first, state).Scan(&e.id, &e.role); err == nil {
			return e
		}
	}
	p.Fatalf("nobody's work is %s: %v", state, err)
	return e
}

// reportsIll is one tap on the first page.
func (p *workPlay) reportsIll(w *worker) {
	p.Helper()
	w.opens("/home")
	w.pushes(`main form[action="`+w.work+`/off"] button[value="ill"]`, w.work+"/arranged")
	for _, text := range []string{"Het is geregeld", "Beterschap. Je hoeft niets meer te doen.", "Afzeggen telt nergens mee."} {
		w.says(text)
	}
	w.picture("work 2 ill")
}

// replaces finds the reserve in the seat, on their page and on the client's, who
// reads no reason.
func (p *workPlay) replaces(w *worker) {
	p.Helper()
	engaged := p.engaged("confirmed")
	if engaged.role != w.is.Role.ID.String() {
		p.Fatalf("the seat went to %s, want the reserve %s", engaged.role, w.is.Role.ID)
	}
	w.work = "/engagements/" + engaged.id
	if got := w.first("/home", w.work); got != w.work {
		p.Errorf("the first page of the reserve leads to %s", got)
	}
	w.opens(w.work)
	w.says("Dit werk is van jou.")
	p.client.opens(p.gig)
	p.client.says(w.is.Name)
	p.client.says("1 van 1 plekken bezet")
	if text := p.client.text("main"); strings.Contains(text, "ziek") {
		p.Errorf("the client reads why:\n%s", text)
	}
}

// until lets time pass until then.
func (p *workPlay) until(then time.Time) { p.house.skip(then.Sub(p.house.now())) }

// checksInAndOut presses the one big button on a phone, twice.
func (p *workPlay) checksInAndOut(w *worker) {
	p.Helper()
	p.until(p.begins.Add(-2 * time.Minute))
	w.comeBack(w.is)
	w.opens(w.work)
	w.run(chromedp.Click(`form[action$="/clock"] button[value="in"]`, chromedp.ByQuery))
	w.hears("Je was er om 8.58")
	p.until(p.begins.Add(3*time.Hour + time.Minute))
	w.comeBack(w.is)
	w.opens(w.work)
	w.picture("work 3 clock")
	w.run(chromedp.Click(`form[action$="/clock"] button[value="out"]`, chromedp.ByQuery))
	w.hears("Je was klaar om 12.01")
	w.says("Hoe lang werkte je?")
}

// hears waits until the page says it.
func (v *visitor) hears(text string) {
	v.t.Helper()
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		if strings.Contains(v.text("main"), text) {
			return
		}
	}
	v.t.Fatalf("%s never says %q:\n%s", v.path(), text, v.text("main"))
}

// proposes three hours, which is one quarter of an hour less than the clock says
// at most.
func (p *workPlay) proposes(w *worker) {
	p.Helper()
	w.fill(map[string]string{"from-hour": "9", "from-minute": "00", "until-hour": "12", "until-minute": "00", "break": "0"})
	w.pushes(`form[action$="/hours"] button[name="by-clock"]`, w.work)
	w.says("wacht op de klant")
	w.says("49,50")
}

// counters says why it was less.
func (p *workPlay) counters(w *worker) {
	p.Helper()
	c := p.client
	c.comeBack(p.who)
	c.opens(w.work)
	c.says("wacht op u")
	c.says("was er om 8.58")
	c.fill(map[string]string{"hours": "2", "minutes": "30", "break": "0", "reason": ""})
	c.refused("Waarom zijn het andere uren?")
	c.fill(map[string]string{"reason": "De regen hield ons een half uur binnen."})
	c.sends(w.work)
	c.says("wacht op het lid")
	w.opens(w.work)
	w.says("wacht op jou")
	w.says("De regen hield ons een half uur binnen.")
	w.says("Nooit minder dan jij zelf schreef.")
	w.picture("work 4 countered")
}

// silence passes: a reminder after five days, and after seven what the member said.
func (p *workPlay) silence(w *worker) {
	p.Helper()
	p.house.skip(5*24*time.Hour + time.Hour)
	p.told(w, "als niemand iets zegt")
	w.comeBack(w.is)
	w.opens(w.work)
	w.says("wacht op jou")
	p.house.skip(2 * 24 * time.Hour)
	w.comeBack(w.is)
	w.waitFor(w.work, "Zeven dagen zei niemand iets.")
	w.says("3\u00a0uur")
	w.says("49,50")
	w.picture("work 5 silent")
}

// told waits for a mail about hours that says so.
func (p *workPlay) told(w *worker, text string) {
	p.Helper()
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); time.Sleep(50 * time.Millisecond) {
		list, err := p.house.mailbox.List(p.Context(), 200)
		if err != nil {
			p.Fatal(err)
		}
		for _, one := range list {
			if one.To == string(w.is.Email) && one.Subject == "Nieuws over uren" && strings.Contains(one.Text, text) {
				return
			}
		}
	}
	p.Errorf("no mail to %s says %q", w.is.Email, text)
}

// payBill is of the member's own figure.
func (p *workPlay) payBill() {
	p.Helper()
	p.client.comeBack(p.who)
	p.client.opens(p.gig)
	p.client.payBill()
}

// feedback goes from the client to the member, who answers and chooses it.
func (p *workPlay) feedback(w *worker) {
	p.Helper()
	c, page := p.client, w.work+"/feedback"
	c.comeBack(p.who)
	c.opens(page)
	c.fill(map[string]string{"skill-window-cleaning": "well", "sentence": "De ramen blonken en de buren zagen het."})
	c.sends(page)
	c.says("Gelukt. De ander leest wat er staat.")
	w.opens(page)
	w.says("De ramen blonken en de buren zagen het.")
	w.fill(map[string]string{"answer": "Graag gedaan, tot de volgende keer."})
	w.sends(page)
	w.says("Graag gedaan, tot de volgende keer.")
	w.pushes(`button[name="chosen"][value="yes"]`, page)
	w.says("Deze zin staat bij je getuigschrift.")
	w.picture("work 6 feedback")
	c.opens(page)
	c.says("Graag gedaan, tot de volgende keer.")
}

// record is the member's paper, on the page and as files.
func (p *workPlay) record(w *worker) {
	p.Helper()
	w.opens("/record")
	for _, text := range []string{"Keren gewerkt: 1. Samen: 3\u00a0uur.", "Nog niet ondertekend", "De ramen blonken en de buren zagen het.", w.is.Name} {
		w.says(text)
	}
	w.picture("work 7 record")
	for path, want := range map[string]string{"/record/pdf": "200 application/pdf %PDF-", "/record/json": "200 application/json {"} {
		if got := w.fetches(path); !strings.HasPrefix(got, want) {
			p.Errorf("%s gave %.60q, want %q", path, got, want)
		}
	}
	if got := w.fetches("/record/json"); !strings.Contains(got, "De ramen blonken en de buren zagen het.") {
		p.Errorf("the file does not have the sentence:\n%s", got)
	}
}

// fetches gives the status, the kind and the text of a file.
func (v *visitor) fetches(path string) (got string) {
	v.t.Helper()
	const script = `fetch(%q).then(async a => a.status + " " + a.headers.get("Content-Type").split(";")[0] + " " + await a.text())`
	v.run(chromedp.Evaluate(fmt.Sprintf(script, path), &got, func(e *runtime.EvaluateParams) *runtime.EvaluateParams { return e.WithAwaitPromise(true) }))
	return got
}
