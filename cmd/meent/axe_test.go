package main

import (
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"meent/internal/tasks"
	"meent/members"
)

// stopTasks leaves the coordinator something to decide, and what was decided.
func (h *testHouse) stopTasks(t *testing.T) {
	t.Helper()
	one := h.someone(t, members.RoleCoordinator)
	cooperative, now := one.Role.Cooperative, h.now()
	for problem, text := range map[string]string{
		"failed": "dial tcp 10.0.0.7:6379: connect: connection refused", "refused": "jobs: the gig is cancelled",
		"late": "context deadline exceeded", "fault": "panic with a " + strings.Repeat("very", 40) + ".LongName", "vanished": "the worker vanished",
	} {
		insertDead(t, h.db, cooperative, "jobs.gig_posted", problem, text, now.Add(-2*time.Hour))
	}
	insertDead(t, h.db, cooperative, "payments.bill_sent", "refused", "not in this version", now)
	queue := tasks.New(h.db, tasks.Config{Now: h.now})
	first, second := insertDead(t, h.db, cooperative, "jobs.gig_posted", "failed", "x", now), insertDead(t, h.db, cooperative, "jobs.gig_posted", "failed", "x", now)
	by := tasks.By{Cooperative: cooperative, Person: tasks.PersonID(one.Person)}
	if err := errors.Join(queue.Drop(t.Context(), by, first, "De klus is al voorbij."), queue.Retry(t.Context(), tasks.By{}, second)); err != nil {
		t.Fatal(err)
	}
}

// keepOffBills leaves the office work that the law keeps off a bill.
func (h *testHouse) keepOffBills(t *testing.T) {
	t.Helper()
	const query = `UPDATE jobs.engagement e SET unbilled_at = $1, unbilled_why = 'person' FROM jobs.timesheet t WHERE t.engagement_id = e.id AND t.state = 'disputed'`
	if _, err := h.db.Exec(t.Context(), query, h.now()); err != nil {
		t.Fatal(err)
	}
}

// axePages lists the pages that each of the four people looks at, "" for a
// visitor, as routes; a part like :gig stands for the first on the list page.
// TestAxeCoversEveryPage holds it against routes.go.
func axePages() map[members.RoleKind][]string {
	common := []string{"/home", "/account", "/gigs", "/gigs/:gig", "/matching", "/matching/register"}
	wayIn := []string{"/account/sessions", "/account/email", "/account/email/code", "/account/phone", "/account/phone/code", "/account/app", "/account/passkeys", "/confirm", "/confirm/code"}
	return map[members.RoleKind][]string{
		"": {"/", "/signin", "/signin/sent", "/signin/link/:secret", "/card/:secret", "/join/:secret", "/join/:open", "/nowhere", "/dev/people", "/dev/mailbox",
			"/dev/mailbox/:message", "/dev/components", "/register", "/register/sent", "/invited/:secret", "/goodbye",
			"/open-gigs", "/open-gigs/:cooperative", "/open-gigs/:cooperative/:gig", "/open-gigs/:cooperative/:over"},
		members.RoleMember:      append(common, "/gigs?can=0&page=2", "/gigs?q=planten&km=40&can=0&day=1&load=light&load=middle", "/gigs?q=zeppelin&load=light", "/gigs?view=map", "/gigs/:gig?q=zeldzame", "/offers/:offer", "/offers/:asked", "/engagements/:engagement", "/engagements/:engagement/unsafe", "/engagements/:engagement/arranged", "/pay", "/pay/:engagement", "/pay/bank", "/pay/bank?again=yes", "/profile", "/profile/:question", "/days", "/sharing", "/notes", "/statements", "/statements/:statement", "/statements/:statement/form", "/sharing/clients", "/coach", "/progress", "/progress/score", "/coach/handover", "/buddy", "/buddies", "/buddies/:member", "/coach/ask?from=/pay", "/coach/ask", "/coach/rails", "/coach/rails?kind=only_groups", "/calendar", "/clients/:client/block", "/caseload", "/account/sessions", "/account/passkeys", "/account/contact", "/account/deeds", "/account/data", "/account/erase", "/kept", "/record?own=yes", "/record", "/searches", "/feedback", "/engagements/:engagement/feedback", "/favourites", "/refusals", "/jobs", "/gigs/:gig/why", "/whys", "/reviews/why/:why", "/matching/fairness"),
		members.RoleClient:      append(common, "/engagements/:engagement", "/engagements/:engagement/cancel", "/engagements/:engagement/missed", "/gigs/:gig/cancel", "/gigs/:gig/shifts/:shift/cancel", "/engagements/:engagement/dispute", "/bills", "/bills/:bill", "/asks/:ask", "/gigs/:asked", "/gigs/new", "/gigs/:gig/what", "/gigs/:gig/when", "/gigs/:gig/price", "/client/people", "/satisfaction/:satisfaction", "/people", "/people/:release", "/client/record", "/social-return", "/social-return?period=free", "/feedback", "/engagements/:engagement/feedback", "/engagements/:engagement/refuse", "/engagements/:engagement/job", "/favourites", "/refusals", "/jobs", "/jobs/:job"),
		members.RoleCoach:       append(append(common, wayIn...), "/questions", "/reports", "/caseload", "/caseload/:member", "/caseload/:member/profile", "/caseload/:member/contacts", "/caseload/:member/contacts/new", "/offline", "/caseload/:member/statements", "/caseload/:member/statements/:statement", "/caseload/:member/rails", "/caseload/:member/rails?kind=hours_day", "/caseload/:member/offers", "/caseload/:member/releases", "/caseload/:member/progress", "/caseload/:member/handover", "/caseload/:member/buddy", "/stand-ins", "/invitations", "/invitations/:invitation/together", "/restriction/:restriction", "/reviews/about/:decision", "/caseload/:member/refusals", "/caseload/:member/jobs"),
		members.RoleCoordinator: append(common, "/gigs/new", "/gigs/:gig/shifts", "/gigs/:gig/shifts/:shift/move", "/gigs/:gig/meeting", "/members", "/members/:member", "/members/:member/handover", "/caseloads", "/invitations", "/import", "/import/:import", "/import/:ready", "/clients", "/bills", "/bills/:bill", "/bills/:back", "/bills/:bill/clawback", "/money/disputes", "/money/disputes/:dispute", "/money/clawbacks/:clawback", "/payouts", "/money", "/money/differences", "/money/stops", "/advances", "/money/manual", "/money/limits", "/tasks", "/settings", "/deeds", "/figures", "/clients/:client", "/restrictions/:person", "/reviews", "/reviews/:review", "/questions", "/disputes", "/disputes/:engagement", "/hours", "/engagements/:disputed", "/reports", "/lost-phone", "/lost-phone/:person", "/municipalities", "/planning", "/planning/:shift", "/planning/:shift/ask/:member", "/whys", "/reviews/why/:why", "/worktime", "/matching/weights", "/matching/fairness", "/matching/dpia", "/admissions", "/team", "/team/new", "/team/:role", "/clients/:client/social-return", "/refusals", "/jobs", "/clients/:client/feedback"),
	}
}

// TestAxe looks at every page in both themes, on a phone and a desktop, and
// finds nothing against WCAG 2.2 A and AA, nor anything wider than the screen.
func TestAxe(t *testing.T) {
	script := readAxe(t)
	house := newTestHouse(t)
	house.stopTasks(t)
	for _, far := range []done{worked, proposed, agreed, sentBack, inDispute} {
		house.workDone(t, far)
	}
	house.keepOffBills(t)
	house.moneyBack(t)
	house.shareTimeline(t)
	house.agreeRails(t)
	house.tellProfile(t)
	house.logContacts(t)
	house.showCard(t)
	house.memberAsks(t)
	house.memberAsksWhy(t)
	house.saveSearches(t)
	house.tellFunder(t)
	house.afterTheWork(t) // which keeps the two apart
	house.helpTogether(t)
	house.officeActs(t)
	house.officeWork(t) // which restricts coaches
	house.tellCoach(t)
	house.join = house.invite(t)
	house.wrong, house.ready = house.upload(t)
	browser := newBrowser(t)
	for kind, routes := range axePages() {
		t.Run("as "+string(kind), func(t *testing.T) {
			v := &visitor{t: t, ctx: newTab(t, browser), house: house, axe: script}
			v.arrive(kind)
			for _, route := range routes {
				v.lookAt(v.resolve(route))
			}
			v.lookAtForms(kind)
			v.lookAtPrice(kind)
			v.lookAtChange(kind)
			v.lookAtSeries(kind)
			v.lookAtCallOff(kind)
			v.lookAtMenu(kind)
			v.lookAtCard(kind)
			v.lookAtBrowse(kind)
		})
	}
	t.Run("questions of the profile", func(t *testing.T) {
		v := &visitor{t: t, ctx: newTab(t, browser), house: house, axe: script}
		v.arrive(members.RoleMember)
		v.lookAtQuestions()
	})
	t.Run("money that waits", func(t *testing.T) { lookAtMoneyThatWaits(t, house, browser, script) }) // which stops payouts
}

// TestAxeCoversEveryPage: a page that nobody looks at is a fault of this file.
func TestAxeCoversEveryPage(t *testing.T) {
	source, err := os.ReadFile("../../web/routes.go")
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, routes := range axePages() {
		for _, route := range routes {
			seen[route] = true
		}
	}
	noPage := map[string]bool{"/first": true /* see TestFirstRun */, "/signin/second": true /* see second_browser_test.go */, "/live/mine": true, "/open-gigs/:cooperative/atom.xml": true, "/open-gigs/:cooperative/sitemap.xml": true, "/sitemap.xml": true, "/robots.txt": true, "/sw.js": true, "/calendar/:secret": true, "/static/*file": true, "/gigs/:gig/photos/:photo": true, "/gigs/:gig/photos/:photo/small": true, "/export/members.csv": true, "/statements/:statement/pdf": true, "/statements/:statement/csv": true, "/caseload/:member/statements/:statement/pdf": true, "/caseload/:member/statements/:statement/csv": true, "/export/clients.csv": true, "/record/pdf": true, "/record/json": true, "/matching/register/md": true, "/matching/register/json": true, "/matching/dpia/md": true, "/social-return/pdf": true, "/social-return/csv": true, "/clients/:client/social-return/pdf": true, "/clients/:client/social-return/csv": true, "/healthz": true, "/readyz": true, "/metrics": true}
	pages := regexp.MustCompile(`\{get, "([^"]+)"`).FindAllStringSubmatch(string(source), -1)
	if len(pages) < 15 {
		t.Fatalf("only %d pages found in routes.go", len(pages))
	}
	for _, page := range pages {
		if !seen[page[1]] && !noPage[page[1]] {
			t.Errorf("nobody looks at %s", page[1])
		}
	}
}

// arrive signs in as the first person of this role; a visitor signs out again,
// and leaves a mail in the mailbox.
func (v *visitor) arrive(kind members.RoleKind) {
	v.t.Helper()
	if kind == "" {
		v.signIn(v.house.someone(v.t, members.RoleMember), "code")
		v.signOut()
		return
	}
	v.signIn(v.house.someone(v.t, kind), "code")
}

// resolve finds the first address of a route like /gigs/:gig on its list page.
func (v *visitor) resolve(route string) string {
	v.t.Helper()
	list, name, ok := strings.Cut(route, "/:")
	if !ok {
		return route
	}
	if route == "/gigs/:gig/shifts" || route == "/gigs/:gig/meeting" { // of what is posted
		return v.find("/gigs", "/gigs/") + strings.TrimPrefix(route, "/gigs/:gig")
	}
	if list == "/reviews/why" {
		return v.find("/whys", list+"/")
	}
	if route == "/planning/:shift/ask/:member" { // of a shift that somebody fits
		path := "/planning/" + v.house.quiet
		return v.find(path, path+"/ask/")
	}
	if route == "/gigs/:gig/shifts/:shift/move" { // of a shift to come
		times := v.find("/gigs", "/gigs/") + "/shifts"
		return v.find(times, times+"/")
	}
	if below, ok := strings.CutPrefix(route, "/gigs/:gig/"); ok && slices.Contains([]string{"what", "when", "price"}, below) {
		return v.draft(members.RoleClient, "/"+below)
	}
	if _, below, ok := strings.Cut(name, "/"); ok && list == "/engagements" && slices.Contains([]string{"feedback", "refuse", "job"}, below) { // of agreed work
		return strings.TrimSuffix(v.find("/feedback", list+"/"), "/feedback") + "/" + below
	}
	if list == "/open-gigs" { // of which there may be one, or a list to choose from
		return v.publicWork(strings.TrimPrefix(name, "cooperative"))
	}
	if name, below, ok := strings.Cut(name, "/"); ok && route != "/clients/:client/block" { // for members, who have no list of clients
		path := v.resolve(list + "/:" + name)
		if below == "shifts/:shift/cancel" {
			return v.find(path, path+"/shifts/")
		}
		if below, _, ok := strings.Cut(below, "/:"); ok { // the first on a list that belongs to it
			return v.find(path+"/"+below, path+"/"+below+"/")
		}
		return path + "/" + below
	}
	if list == "/caseload" && name == "member" { // about whom everything is planted
		return list + "/" + v.house.followed
	}
	if name == "disputed" {
		return list + strings.TrimPrefix(v.find("/disputes", "/disputes/"), "/disputes")
	}
	if list == "/disputes" {
		return v.find(list, list+"/")
	}
	switch name {
	case "import":
		return v.house.wrong
	case "ready":
		return v.house.ready
	case "open":
		return v.house.join
	case "secret":
		return list + "/none"
	case "gig?q=zeldzame": // where somebody may ask
		return v.find("/gigs?q=zeldzame&can=0", list+"/")
	case "client/block":
		return v.find(v.find("/gigs", "/gigs/"), "/clients/")
	case "asked":
		return v.asked(list)
	case "back": // of which money goes back
		return v.find(v.find("/money/disputes", "/money/disputes/"), list+"/")
	case "clawback":
		return v.find("/money/disputes", list+"/")
	case "person":
		if list == "/lost-phone" {
			break
		}
		return v.find(v.find("/clients", "/clients/"), list+"/")
	case "decision":
		return v.find(v.find("/home", "/restriction/"), list+"/")
	case "engagement/unsafe", "engagement/dispute":
		return v.find("/home", list+"/") + strings.TrimPrefix(name, "engagement")
	case "offer", "engagement", "ask", "restriction", "satisfaction":
		if list == "/pay" {
			break
		}
		return v.find("/home", list+"/") // they have no list of their own
	}
	return v.find(list, list+"/")
}

// asked finds what the member asked, or the gig of it, which has its title.
func (v *visitor) asked(list string) (path string) {
	v.t.Helper()
	const find = `[...document.querySelectorAll("main h2 a, main h3 a")].find(a => a.textContent.startsWith("Zeldzame") && a.pathname.startsWith("%s"))?.pathname ?? ""`
	v.run(chromedp.Navigate(v.house.config.URL+"/home"), chromedp.Evaluate(fmt.Sprintf(find, list), &path))
	if path == "" {
		v.t.Fatalf("no link in %s to what was asked on /home", list)
	}
	return path
}

// first finds the first link on a page that begins so, and looks again while the
// background work has not come that far.
func (v *visitor) first(page, begins string) (path string) {
	v.t.Helper()
	return v.firstLink(`document`, page, begins, chromedp.Navigate(v.house.config.URL+page))
}

// find is first without leaving the page that is open.
func (v *visitor) find(page, begins string) (path string) {
	v.t.Helper()
	read := fmt.Sprintf(`(await fetch("%s").then(r => r.text()).then(t => new DOMParser().parseFromString(t, "text/html")))`, page)
	return v.firstLink(read, page, begins)
}

func (v *visitor) firstLink(document, page, begins string, before ...chromedp.Action) (path string) {
	v.t.Helper()
	find := fmt.Sprintf(`(async () => %s.querySelector('main a[href^="%s"]:not([href$="/new"]):not([href^="/pay/bank"])')?.getAttribute("href") ?? "")()`, document, begins)
	for late := time.Now().Add(30 * time.Second); path == "" && time.Now().Before(late); {
		v.run(append(before, chromedp.Evaluate(find, &path, awaitPromise))...)
	}
	if path == "" {
		v.t.Fatalf("no link to %s on %s", begins, page)
	}
	return path
}

// firstAsk is the page of what waits for a client's answer.
func (v *visitor) firstAsk(kind members.RoleKind) string {
	v.t.Helper()
	if kind != members.RoleClient {
		return ""
	}
	return v.find("/home", "/asks/")
}

// firstUnsafe is the form for unsafe work.
func (v *visitor) firstUnsafe(kind members.RoleKind) string {
	v.t.Helper()
	if kind != members.RoleMember {
		return ""
	}
	return v.find("/home", "/engagements/") + "/unsafe"
}

// draft is a step of what the client did not post yet.
func (v *visitor) draft(kind members.RoleKind, step string) string {
	v.t.Helper()
	if kind != members.RoleClient {
		return ""
	}
	var path string
	find := `document.querySelector('#unfinished ~ ul a')?.pathname ?? ""`
	if v.run(chromedp.Navigate(v.house.config.URL+"/home"), chromedp.Evaluate(find, &path)); path == "" {
		v.beginGig("window-cleaning")
		path = v.path()
	}
	return path[:strings.LastIndex(path, "/")] + step
}

// lookAtForms sends forms that are wrong and looks at what comes back.
func (v *visitor) lookAtForms(kind members.RoleKind) {
	v.t.Helper()
	forms := map[members.RoleKind][]string{
		"":                      {"/signin", "/signin/sent", "/signin/link/none", "/register", v.house.join},
		members.RoleMember:      {"/profile/travel", "/days", "/sharing", "/coach/ask", v.firstUnsafe(kind)},
		members.RoleClient:      {v.draft(kind, "/what"), v.draft(kind, "/when"), v.draft(kind, "/price"), v.firstAsk(kind), "/client/people"},
		members.RoleCoach:       {"/reviews/about/:decision"},
		members.RoleCoordinator: {"/tasks", "/restrictions/:person", "/settings", "/figures", "/money/manual", "/money/limits", "/matching/weights"},
	}
	for _, path := range forms[kind] {
		path = v.resolve(path)
		v.run(chromedp.Navigate(v.house.config.URL+path),
			chromedp.Evaluate(`document.querySelectorAll("main input:not([type=radio]):not([type=hidden])").forEach(i => i.value = "")`, nil))
		v.send()
		v.lookAround(path+" refused", narrow())
	}
}

// lookAtPrice fills in a gig of two times and looks at what it would cost.
func (v *visitor) lookAtPrice(kind members.RoleKind) {
	v.t.Helper()
	if kind != members.RoleClient {
		return
	}
	const fill = `for (const [name, value] of Object.entries({"shift-1-date-day": "30", "shift-1-date-month": "11", "shift-1-starts-hour": "9",
		"shift-1-ends-hour": "12"})) document.getElementsByName(name)[0].value = value`
	const another = `for (const [name, value] of Object.entries({"shift-2-date-day": "30", "shift-2-date-month": "11", "shift-2-starts-hour": "11",
		"shift-2-seats": "3"})) document.getElementsByName(name)[0].value = value`
	const rate = `document.getElementsByName("rate")[0].value = "14,50"`
	v.beginGig("window-cleaning")
	begun := strings.TrimSuffix(v.path(), "/what")
	v.run(chromedp.Navigate(v.house.config.URL+begun+"/when"), chromedp.Evaluate(fill, nil))
	v.click("more", http.StatusOK)
	v.run(chromedp.Evaluate(another, nil))
	v.refusedAt("/gigs/:gig/when", `main form .actions .button.main`) // two times at once
	v.run(chromedp.Navigate(v.house.config.URL+begun+"/price"), chromedp.Evaluate(rate, nil))
	v.refusedAt("/gigs/:gig/price", `main .button[name="price"]`) // below the floor
}

// refusedAt presses the button of a form that is wrong, and looks at what comes
// back.
func (v *visitor) refusedAt(page, button string) {
	v.t.Helper()
	answer, err := chromedp.RunResponse(v.ctx, chromedp.Click(button, chromedp.ByQuery))
	if err != nil || answer.Status != http.StatusUnprocessableEntity {
		v.t.Fatalf("the button of %s gave %v, %v", page, answer, err)
	}
	v.lookAround(page+" refused", looks())
}

// click presses the button of this name that can be seen, and waits for the
// page that answers.
func (v *visitor) click(name string, status int64) {
	v.t.Helper()
	answer, err := chromedp.RunResponse(v.ctx, chromedp.Click(`main .button[name="`+name+`"]`, chromedp.ByQuery))
	if err != nil || answer.Status != status {
		v.t.Fatalf("the button %s on %s gave %v, %v", name, v.path(), answer, err)
	}
}

// send presses the button of the first form that can be filled wrongly, and
// waits for the page that answers.
func (v *visitor) send() {
	v.t.Helper()
	v.tabTo(`main form:not([action$="/retry"]):not([action$="/stop"]):not([action$="/approve"]):not([action$="/back"]):not([action^="/days/"]):not([action$="/discard"]) [type="submit"]:not([name="more"]):not([name="look"]):not([name="add"]):not([name="price"]):not(.hidden):not(form[action$="/yes"] *)`)
	answer, err := chromedp.RunResponse(v.ctx, chromedp.KeyEvent(kb.Enter))
	if err != nil || answer.Status != http.StatusUnprocessableEntity {
		v.t.Fatalf("the wrong form on %s gave %v, %v", v.path(), answer, err)
	}
}

// lookAtMenu opens the person's menu by keyboard.
func (v *visitor) lookAtMenu(kind members.RoleKind) {
	v.t.Helper()
	if kind == "" {
		return // visitors have none
	}
	v.run(chromedp.EmulateViewport(390, 900), chromedp.Navigate(v.house.config.URL+"/home"))
	v.tabTo(`.menu summary`)
	v.run(chromedp.KeyEvent(kb.Enter), chromedp.WaitVisible(`.menu .sheet form`))
	v.lookAround("menu", narrow())
}

func media(theme string) chromedp.Action {
	return emulation.SetEmulatedMedia().WithFeatures([]*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: theme}, {Name: "prefers-reduced-motion", Value: "reduce"},
	})
}

func awaitPromise(p *runtime.EvaluateParams) *runtime.EvaluateParams { return p.WithAwaitPromise(true) }

func (v *visitor) fits(where string) {
	v.t.Helper()
	var wide bool
	v.run(chromedp.Evaluate(`document.documentElement.scrollWidth > document.documentElement.clientWidth`, &wide))
	if wide {
		v.t.Errorf("%s: the page is wider than the screen", where)
	}
}

// picture keeps a screenshot where MEENT_PICTURES names a folder.
func (v *visitor) picture(where string) {
	folder := os.Getenv("MEENT_PICTURES")
	if folder == "" {
		return
	}
	var png []byte
	v.run(page.BringToFront(), chromedp.FullScreenshot(&png, 100)) // a tab behind another is not drawn
	name := strings.NewReplacer("/", "_", ", ", "-", " ", "").Replace(v.t.Name() + "-" + where)
	if err := os.WriteFile(filepath.Join(folder, name+".png"), png, 0o644); err != nil {
		v.t.Fatal(err)
	}
}

func readAxe(t *testing.T) string {
	t.Helper()
	path := os.Getenv("MEENT_AXE")
	if path == "" {
		found, _ := filepath.Glob("../../.cache/axe/node_modules/axe-core/axe.min.js")
		if len(found) == 0 {
			absent(t, "axe-core")
		}
		path = found[0]
	}
	script, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(script)
}
