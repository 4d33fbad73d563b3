package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/jobs"
	"meent/members"
)

// mailsTo counts the mails to somebody that say this.
func (h *house) mailsTo(address, says string) (n int) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	const count = `SELECT count(*) FROM mail.message WHERE recipient = $1 AND text LIKE '%' || $2 || '%'`
	h.must(h.db.QueryRow(h.t.Context(), count, address, says).Scan(&n))
	return n
}

// begins lets the work that is agreed begin so much later: two days before it, it
// can be called off without cost, and a day before not.
func (h *house) begins(later time.Duration) {
	h.t.Helper()
	for _, query := range []string{
		`UPDATE jobs.engagement SET starts_at = starts_at + $1::interval, ends_at = ends_at + $1::interval
			WHERE shift_id IN (SELECT id FROM jobs.shift WHERE gig_id = $2)`,
		`UPDATE jobs.shift SET starts_at = starts_at + $1::interval, ends_at = ends_at + $1::interval WHERE gig_id = $2`,
	} {
		_, err := h.db.Exec(h.t.Context(), query, later.String(), h.gig)
		h.must(err)
	}
}

// TestMemberCallsOffWithOneTap: from the first page, and from the page of the work.
func TestMemberCallsOffWithOneTap(t *testing.T) {
	h := newHouse(t)
	h.share(h.signedIn(members.RoleMember), "24", "5", "2027", "agenda")
	e := h.engaged()
	path := "/engagements/" + e.String()
	member, client := h.signedIn(members.RoleMember), h.signedIn(members.RoleClient)
	home := member.get("/home")
	if home.Find(`form[action="`+path+`/off"] button[name="why"]`).Length() != 2 {
		t.Fatal("the first page has no button")
	}
	if page := member.get(path); page.Find(`form[action="`+path+`/off"] button[value="ill"]`).Text() != "Ik ben ziek" {
		t.Errorf("the page of the work has no button")
	}
	if got := member.post(path+"/off", "why", "", "text", strings.Repeat("a", jobs.MostOffText+1)); got.status != http.StatusUnprocessableEntity {
		t.Errorf("a long text gave %d", got.status)
	}
	got := member.post(path+"/off", "why", "ill", "text", "Koorts <b>")
	if got.status != http.StatusSeeOther || got.location != path+"/arranged" {
		t.Fatalf("calling off gave %d %s", got.status, got.location)
	}
	page := member.get(path + "/arranged")
	for _, words := range []string{"Het is geregeld", "Beterschap", "Afzeggen telt nergens mee", "Koorts <b>"} {
		if !strings.Contains(page.Find("main").Text(), words) {
			t.Errorf("the member does not read %q:\n%s", words, page.Find("main").Text())
		}
	}
	theirs := client.get(path)
	for _, secret := range []string{"ziek", "Koorts", "Beterschap"} {
		if strings.Contains(theirs.Find("main").Text(), secret) {
			t.Errorf("the client reads %q", secret)
		}
	}
	if !strings.Contains(theirs.Find("main").Text(), "De plek is weer vrij") {
		t.Errorf("the client reads:\n%s", theirs.Find("main").Text())
	}
	for address, says := range map[string]string{"client.waal@meent.example": "Een plek is weer vrij", "coach.waal@meent.example": "die je begeleidt"} {
		if n := h.mailsTo(address, says); n != 1 {
			t.Errorf("%s has %d mails", address, n)
		}
	}
	for _, secret := range []string{"ziek", "Koorts"} {
		if n := h.mailsTo("client.waal@meent.example", secret) + h.mailsTo("coach.waal@meent.example", secret); n != 0 {
			t.Errorf("%d mails say %q", n, secret)
		}
	}
	back := member.post(path + "/back")
	if back.status != http.StatusSeeOther || back.location == path {
		t.Errorf("coming back gave %d %s", back.status, back.location)
	}
	if again := member.get(path + "/arranged"); again.status != http.StatusOK {
		t.Errorf("the old page gives %d", again.status)
	}
}

// TestCoachWithoutTheKeyIsNotTold: a mail goes to who may read the agenda.
func TestCoachWithoutTheKeyIsNotTold(t *testing.T) {
	h := newHouse(t)
	member := h.signedIn(members.RoleMember)
	member.post("/engagements/"+h.engaged().String()+"/off", "why", "")
	if n := h.mailsTo("coach.waal@meent.example", "begeleidt"); n != 0 {
		t.Errorf("the coach has %d mails", n)
	}
}

// TestClientSeesWhatItCosts, presses once, and the member hears what they get.
func TestClientSeesWhatItCosts(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String()
	client := h.signedIn(members.RoleClient)
	h.begins(24 * time.Hour)
	if gig := client.get("/gigs/" + h.gig.String()); gig.Find(`a[href="`+path+`/cancel"]`).Length() != 1 || !strings.Contains(gig.Find("main").Text(), "Mens member") {
		t.Error("the gig does not show who comes")
	}
	page := client.get(path + "/cancel")
	if page.Find(`[name="seen"]`).AttrOr("value", "") != "0" || !strings.Contains(page.Find("main").Text(), "Afzeggen kost niets") {
		t.Errorf("two days before it says:\n%s", page.Find("main").Text())
	}
	h.begins(-24 * time.Hour)
	late := client.post(path+"/cancel", "seen", "0")
	if late.status != http.StatusConflict || !strings.Contains(late.Find("main").Text(), "Het kost intussen meer") {
		t.Fatalf("by then it gave %d", late.status)
	}
	for _, words := range []string{"50 procent van het loon", "€\u00a024,00", "€\u00a02,40", "€\u00a026,40"} {
		if !strings.Contains(late.Find("main").Text(), words) {
			t.Errorf("the page does not say %q:\n%s", words, late.Find("main").Text())
		}
	}
	if got := client.post(path+"/cancel", "seen", "x"); got.status != http.StatusOK {
		t.Errorf("without a price it gave %d", got.status)
	}
	if got := client.post(path+"/cancel", "seen", late.Find(`[name="seen"]`).AttrOr("value", "")); got.status != http.StatusSeeOther {
		t.Fatalf("with the price it gave %d", got.status)
	}
	if n := h.mailsTo("member.waal@meent.example", "24,00"); n != 1 {
		t.Errorf("the member has %d mails about what they get", n)
	}
	member := h.signedIn(members.RoleMember).get(path)
	if !strings.Contains(member.Find("main").Text(), "Je krijgt een deel van je loon") || !strings.Contains(member.Find("main").Text(), "Betaalde tijd") {
		t.Errorf("the member reads:\n%s", member.Find("main").Text())
	}
	if again := client.post(path+"/cancel", "seen", "2640"); again.status != http.StatusConflict {
		t.Errorf("a second press gave %d", again.status)
	}
}

func TestSomebodyDidNotCome(t *testing.T) {
	h := newHouse(t)
	path := "/engagements/" + h.engaged().String()
	if got := h.signedIn(members.RoleClient).post(path + "/missed"); got.status != http.StatusConflict {
		t.Errorf("a day before it gave %d", got.status)
	}
	h.now = h.now.Add(24*time.Hour + 15*time.Minute)
	client, member, office := h.signedIn(members.RoleClient), h.signedIn(members.RoleMember), h.signedIn(members.RoleCoordinator)
	if page := client.get(path + "/missed"); !strings.Contains(page.Find("main").Text(), "Is Mens member er niet?") {
		t.Errorf("the client reads:\n%s", page.Find("main").Text())
	}
	if got := client.post(path + "/missed"); got.status != http.StatusSeeOther {
		t.Fatalf("it gave %d", got.status)
	}
	if n := h.mailsTo("member.waal@meent.example", "Gaat het goed met je?"); n != 1 {
		t.Errorf("the member has %d mails", n)
	}
	page := member.get(path)
	if !strings.Contains(page.Find("main").Text(), "We misten je") || page.Find(`form[action="`+path+`/there"]`).Length() != 1 {
		t.Errorf("the member reads:\n%s", page.Find("main").Text())
	}
	if got := member.post(path + "/there"); got.status != http.StatusSeeOther {
		t.Errorf("answering gave %d", got.status)
	}
	if n := h.mailsTo("coordinator.waal@meent.example", "het er wel was"); n != 1 {
		t.Errorf("the office has %d mails", n)
	}
	if page := office.get(path + "/missed"); !strings.Contains(page.Find("main").Text(), "zegt dat dit niet klopt") {
		t.Errorf("the office reads:\n%s", page.Find("main").Text())
	}
	if page := office.get("/home"); !strings.Contains(page.Find("main").Text(), "1 lid zegt er wel te zijn geweest") {
		t.Error("the first page of the office says nothing")
	}
	if page := office.get("/disputes"); page.Find(`a[href="`+path+`/missed"]`).Length() != 1 {
		t.Errorf("the list has:\n%s", page.Find("main").Text())
	}
	if got := office.post(path + "/missed/stays"); got.status != http.StatusUnprocessableEntity {
		t.Errorf("without a reason it gave %d", got.status)
	}
	if got := office.post(path+"/missed/stays", "reason", "De lijst van de voorman klopt."); got.status != http.StatusSeeOther {
		t.Errorf("that it stays gave %d", got.status)
	}
	if n := h.mailsTo("member.waal@meent.example", "keek of je er was"); n != 1 {
		t.Errorf("the member has %d mails about the answer", n)
	}
	if page := member.get(path); !strings.Contains(page.Find("main").Text(), "De lijst van de voorman klopt.") || page.Find(`main a[href="/account/deeds"]`).Length() != 1 {
		t.Errorf("the member reads:\n%s", page.Find("main").Text())
	}
	if page := client.get(path); strings.Contains(page.Find("main").Text(), "De lijst van de voorman klopt.") {
		t.Error("the client reads why")
	}
	if page := office.get("/home"); strings.Contains(page.Find("main").Text(), "zegt er wel te zijn geweest") {
		t.Error("it still waits")
	}
	if got := client.post(path + "/missed/undo"); got.status != http.StatusForbidden {
		t.Errorf("undone by the client: %d", got.status)
	}
	if got := office.post(path + "/missed/undo"); got.status != http.StatusSeeOther {
		t.Errorf("undoing gave %d", got.status)
	}
	if got := client.post(path + "/missed"); got.status != http.StatusConflict || !strings.Contains(got.Find("main").Text(), "De coöperatie zocht dit uit") {
		t.Errorf("said once more it gave %d", got.status)
	}
	if page := member.get(path); strings.Contains(page.Find("main").Text(), "We misten je") {
		t.Error("it was not put right")
	}
}

// TestGigIsPausedAndCancelled: buttons of the client, each with its words.
func TestGigIsPausedAndCancelled(t *testing.T) {
	h := newHouse(t)
	path := "/gigs/" + h.gig.String()
	e := h.engaged()
	h.begins(24 * time.Hour)
	client := h.signedIn(members.RoleClient)
	gig, err := h.jobs.Gig(t.Context(), h.actors[members.RoleClient], h.gig)
	h.must(err)
	for _, step := range []struct {
		post   string
		status int
		says   string
	}{
		{"/pause", http.StatusSeeOther, "even gestopt"}, {"/pause", http.StatusConflict, "even gestopt"}, {"/finish", http.StatusConflict, "even gestopt"},
		{"/resume", http.StatusSeeOther, "open"},
	} {
		if got := client.post(path + step.post); got.status != step.status {
			t.Errorf("%s gave %d, want %d", step.post, got.status, step.status)
		}
		if page := client.get(path); !strings.Contains(page.Find("main").Text(), step.says) {
			t.Errorf("after %s it does not say %q", step.post, step.says)
		}
	}
	shift := path + "/shifts/" + gig.Shifts[0].ID.String() + "/cancel"
	if page := client.get(shift); page.status != http.StatusOK || !strings.Contains(page.Find("main").Text(), "1 persoon zou komen") {
		t.Errorf("the shift's page gave %d:\n%s", page.status, page.Find("main").Text())
	}
	if got := client.get(path + "/cancel"); got.status != http.StatusOK || !strings.Contains(got.Find("main").Text(), "De hele klus afzeggen") {
		t.Errorf("the gig's page gave %d", got.status)
	}
	if got := client.post(path+"/cancel", "seen", "0"); got.status != http.StatusSeeOther {
		t.Fatalf("cancelling gave %d", got.status)
	}
	if page := client.get(path); !strings.Contains(page.Find("main").Text(), "gaat niet door") {
		t.Error("the gig is not off")
	}
	if got := client.post(shift, "seen", "0"); got.status != http.StatusNotFound {
		t.Errorf("a shift of it: %d", got.status)
	}
	if n := h.mailsTo("member.waal@meent.example", "De klant heeft het afgezegd"); n != 1 {
		t.Errorf("the member has %d mails about %s", n, e)
	}
}
