package web_test

import (
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// TestErase goes the whole way: what may not be left opens nothing any more, and
// the pages of everybody else show a pseudonym.
func TestErase(t *testing.T) {
	h := newHouse(t)
	member := h.actors[members.RoleMember]
	h.offer()
	b, other := h.signedIn(members.RoleMember), h.signedIn(members.RoleMember)
	stranger := h.browser()
	h.share(b, "24", "5", "2027", "profile", "offers", "act for me")
	_, err := h.coaching.Ask(t.Context(), member, coaching.NewQuestion{Text: "Mag ik later komen?"})
	h.must(err)
	address, card := b.newCalendar(), h.card()
	_, link := h.browser().ask("member.waal@meent.example")

	page := b.get("/account/erase")
	h.says(page, "zeven jaar", "Dit kan niet terug")
	if page.Find(`form[action="/account/erase"] input[name="sure"]`).Length() != 1 {
		t.Fatalf("there is no form: %s", page.Find("main").Text())
	}
	unsure := b.post("/account/erase")
	h.expect(unsure, http.StatusUnprocessableEntity)
	h.says(unsure, "Zet een vinkje")
	if got := b.post("/account/erase", "sure", "yes"); got.location != "/goodbye" {
		t.Fatalf("erasing gave %d: %s", got.status, got.Find("main").Text())
	}
	h.says(b.get("/goodbye"), "Je gegevens zijn weg")

	for name, got := range map[string]answer{"this": b.get("/home"), "another": other.get("/home"), "a form of another": other.post("/account/data")} {
		if !strings.HasPrefix(got.location, "/signin") {
			t.Errorf("%s session lives on: %d, %s", name, got.status, got.location)
		}
	}
	h.expect(stranger.get(address), http.StatusNotFound)
	if got := stranger.post(card); got.status == http.StatusSeeOther {
		t.Error("the card lets somebody in")
	}
	if got := stranger.post(link); got.status == http.StatusSeeOther {
		t.Error("the link lets somebody in")
	}
	h.lastMail("member.waal@meent.example")
	h.pagesShowPseudonym("Mens member")
	h.expectAudit()
}

// lastMail is one, to the old address, without a name; then nobody knows the
// address any more.
func (h *house) lastMail(address string) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	n := 0
	for _, one := range list {
		if strings.Contains(one.Text, "Je gegevens bij Meent zijn weg") {
			n++
			if one.To != address || strings.Contains(one.Text, "Mens") {
				h.t.Errorf("the last mail went to %s: %s", one.To, one.Text)
			}
		}
	}
	if n != 1 {
		h.t.Errorf("there are %d last mails", n)
	}
	var left int
	const query = `SELECT (SELECT count(*) FROM members.farewell) + (SELECT count(*) FROM members.person WHERE email = $1)
		+ (SELECT count(*) FROM members.sign_in WHERE email = $1) + (SELECT count(*) FROM tasks.task WHERE payload::text LIKE '%' || $1 || '%' OR state = 'dead')`
	h.must(h.db.QueryRow(h.t.Context(), query, address).Scan(&left))
	if left != 0 {
		h.t.Errorf("the address stands in %d rows, or a task is dead", left)
	}
}

// pagesShowPseudonym opens what others see of the person.
func (h *house) pagesShowPseudonym(name string) {
	h.t.Helper()
	m := h.actors[members.RoleMember].Member.String()
	for kind, pages := range map[members.RoleKind]map[string]bool{ // whether the pseudonym is there
		members.RoleCoordinator: {"/members": true, "/members/" + m: true, "/deeds": true, "/home": false, "/lost-phone": false, "/reviews": false,
			"/questions": false, "/reports": false, "/payouts": false, "/tasks": false, "/gigs/" + h.gig.String(): false, "/export/members.csv": false},
		members.RoleCoach:  {"/caseload": false, "/home": false, "/questions": false, "/reports": false},
		members.RoleClient: {"/home": false, "/gigs/" + h.gig.String(): false, "/bills": false},
	} {
		b := h.signedIn(kind)
		for path, there := range pages {
			got := b.get(path)
			if got.status != http.StatusOK || strings.Contains(got.body, name) || strings.Contains(got.body, "Verwijderd ") != there {
				h.t.Errorf("%s of a %s gave %d; name: %v, pseudonym: %v", path, kind, got.status, strings.Contains(got.body, name), strings.Contains(got.body, "Verwijderd "))
			}
		}
	}
}

func (h *house) expectAudit() {
	h.t.Helper()
	if _, faults, err := h.members.VerifyAudit(h.t.Context()); err != nil || len(faults) > 0 {
		h.t.Errorf("the log of deeds: %v, %v", faults, err)
	}
}

// TestEraseManyTimes: of many clicks at once one erases, and nobody sees a fault.
func TestEraseManyTimes(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	var all sync.WaitGroup
	for range 100 {
		all.Go(func() {
			switch got := b.post("/account/erase", "sure", "yes"); {
			case got.location == "/goodbye", strings.HasPrefix(got.location, "/signin"), got.status == http.StatusTooManyRequests:
			default:
				t.Errorf("a click gave %d, %s: %s", got.status, got.location, got.Find("main").Text())
			}
		})
	}
	all.Wait()
	var deeds int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.audit WHERE what = 'person_erased'`).Scan(&deeds))
	if deeds != 1 {
		t.Errorf("%d deeds say that somebody was erased", deeds)
	}
	h.redis.FlushAll()
	h.lastMail("member.waal@meent.example")
}

// TestEraseHasToWait for work, for gigs, and for another coordinator.
func TestEraseHasToWait(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	for kind, why := range map[members.RoleKind]string{
		members.RoleMember: "Je hebt nog werk afgesproken", members.RoleClient: "er lopen klussen", members.RoleCoordinator: "de enige coördinator",
	} {
		b := h.signedIn(kind)
		page := b.get("/account/erase")
		h.says(page, why)
		if page.Find(`form[action="/account/erase"]`).Length() != 0 {
			t.Errorf("a %s may go on", kind)
		}
		got := b.post("/account/erase", "sure", "yes")
		h.expect(got, http.StatusConflict)
		h.says(got, why)
		h.expect(b.get("/home"), http.StatusOK)
	}
	var erased int
	h.must(h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.person WHERE erased_at IS NOT NULL`).Scan(&erased))
	if erased != 0 {
		t.Errorf("%d are erased", erased)
	}
}

// TestEraseCoachAndNobody: the members of a coach have none afterwards, and who
// has no role can go, too.
func TestEraseCoachAndNobody(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	h.share(member, "24", "5", "2027", "profile")
	for _, kind := range []members.RoleKind{members.RoleCoach, ""} {
		if got := h.signedIn(kind).post("/account/erase", "sure", "yes"); got.location != "/goodbye" {
			t.Errorf("erasing a %q gave %d: %s", kind, got.status, got.Find("main").Text())
		}
	}
	if coach, err := h.coaching.CoachOf(t.Context(), h.actors[members.RoleMember]); err != nil || !coach.Role.IsZero() {
		t.Errorf("the coach is %+v, %v", coach, err)
	}
	if grants, err := h.members.Grants(t.Context(), h.actors[members.RoleMember]); err != nil || len(grants) > 0 {
		t.Errorf("the coach may still read: %+v, %v", grants, err)
	}
	for _, path := range []string{"/home", "/sharing", "/account/deeds", "/coach/ask"} {
		h.expect(member.get(path), http.StatusOK)
	}
	office := h.signedIn(members.RoleCoordinator)
	if page := office.get("/members/" + h.actors[members.RoleMember].Member.String()); page.status != http.StatusOK || strings.Contains(page.body, "Verwijderd") {
		t.Errorf("the office may choose who is gone: %d", page.status)
	}
	h.expectAudit()
}

// TestEraseAndComeBack: the address is free for somebody new, who has nothing of
// what was.
func TestEraseAndComeBack(t *testing.T) {
	h := newHouse(t)
	was := h.actors[members.RoleMember]
	if got := h.signedIn(members.RoleMember).post("/account/erase", "sure", "yes"); got.location != "/goodbye" {
		t.Fatalf("erasing gave %d", got.status)
	}
	var who members.PersonID
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) (err error) {
		if who, err = h.members.EnsurePersonTx(t.Context(), tx, person(members.RoleMember, "waal")); err == nil {
			err = h.roleTx(t.Context(), tx, was.Cooperative, who, members.RoleMember, members.ClientID{})
		}
		return err
	}))
	if who == was.Person {
		t.Fatal("it is the same person")
	}
	b := h.signedIn(members.RoleMember)
	h.expect(b.get("/home"), http.StatusOK)
	files := unpacked(t, b.post("/account/data"))
	if strings.Contains(files["data.json"], was.Person.String()) || strings.Contains(files["data.json"], "Verwijderd") {
		t.Error("who is new takes what was somebody else's")
	}
}

// TestErasedStaysErased: the office cannot take them back, restrict them, or let
// them sign in anew.
func TestErasedStaysErased(t *testing.T) {
	h := newHouse(t)
	was := h.actors[members.RoleMember]
	if got := h.signedIn(members.RoleMember).post("/account/erase", "sure", "yes"); got.location != "/goodbye" {
		t.Fatalf("erasing gave %d", got.status)
	}
	office, m, p := h.signedIn(members.RoleCoordinator), was.Member.String(), was.Person.String()
	for path, fields := range map[string][]string{
		"/members/" + m + "/move":    {"to", "trial"},
		"/members/" + m + "/consent": {"consent", "no"},
		"/restrictions/" + p:         {"why", "Er zijn drie meldingen over onveilig werken."},
		"/lost-phone/" + p:           {"why", "De telefoon is kwijt."},
	} {
		if got := office.post(path, fields...); got.status != http.StatusNotFound {
			t.Errorf("%s gave %d: %s", path, got.status, got.Find("main").Text())
		}
	}
}

// TestErasedWorkStays: what was worked and paid is still there for the client and
// the office, of somebody without a name.
func TestErasedWorkStays(t *testing.T) {
	h := newHouse(t)
	e, member, client := h.engaged(), h.signedIn(members.RoleMember), h.actors[members.RoleClient]
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.shift SET starts_at = starts_at - interval '3 days', ends_at = ends_at - interval '3 days'`)
	h.must(err)
	_, err = h.db.Exec(t.Context(), `UPDATE jobs.engagement SET starts_at = starts_at - interval '3 days', ends_at = ends_at - interval '3 days'`)
	h.must(err)
	h.must(h.jobs.ProposeHours(t.Context(), h.actors[members.RoleMember], e, jobs.Hours{Worked: 90 * time.Minute}))
	if got := member.post("/account/erase", "sure", "yes"); got.status != http.StatusConflict {
		t.Errorf("with open hours: %d", got.status)
	}
	h.must(h.jobs.AgreeHours(t.Context(), client, e))
	if got := member.post("/account/erase", "sure", "yes"); got.status != http.StatusConflict {
		t.Errorf("with money on its way: %d", got.status)
	}
	for _, query := range []string{ // the client pays, and the bank says that the wage is there
		`UPDATE payments.bill SET state = 'paid', charge_id = 'ch_1', paid_at = billed_at`,
		`INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id, payout_id, sent_at, paid_at)
			SELECT gen_random_uuid(), cooperative_id, id, member_id, cents, 'paid', now(), 'tr_1', 'po_1', now(), now() FROM payments.bill_line WHERE kind = 'wage'`,
		`UPDATE jobs.engagement SET state = 'paid'`,
	} {
		_, err := h.db.Exec(t.Context(), query)
		h.must(err)
	}
	if got := member.post("/account/erase", "sure", "yes"); got.location != "/goodbye" {
		t.Fatalf("with nothing left to wait for: %d, %s", got.status, got.Find("main").Text())
	}
	var bill string
	h.must(h.db.QueryRow(t.Context(), `SELECT id::text FROM payments.bill`).Scan(&bill))
	work := "/engagements/" + e.String()
	for kind, paths := range map[members.RoleKind][]string{
		members.RoleClient:      {"/home", work, "/bills", "/bills/" + bill, "/gigs/" + h.gig.String()},
		members.RoleCoordinator: {"/home", "/bills", "/bills/" + bill, "/payouts", "/gigs/" + h.gig.String()},
	} {
		b := h.signedIn(kind)
		for _, path := range paths {
			got := b.get(path)
			if got.status != http.StatusOK || strings.Contains(got.body, "Mens member") {
				t.Errorf("%s as %s gave %d; the name: %v", path, kind, got.status, strings.Contains(got.body, "Mens member"))
			}
		}
	}
	if got := h.signedIn(members.RoleClient).get(work); !strings.Contains(got.body, "Verwijderd ") {
		t.Errorf("the client's page of the work: %s", got.Find("main").Text())
	}
}
