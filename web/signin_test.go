package web_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/members"
)

const memberMail = "member.waal@meent.example"

func TestKnownAndUnknownAddressLookTheSame(t *testing.T) {
	h := newHouse(t)
	look := func(email string) []any {
		got := h.browser().post("/signin", "email", email)
		got.header.Del("X-Request-Id")
		got.header.Del("Date")
		got.header.Del("Set-Cookie") // a fresh secret for either
		return []any{got.status, got.location, got.body, got.header}
	}
	if diff := cmp.Diff(look(memberMail), look("nobody@meent.example")); diff != "" {
		t.Errorf("known and unknown differ:\n%s", diff)
	}
	if _, err := h.worker.RunDue(t.Context()); err != nil {
		t.Fatal(err)
	}
	list, err := h.mailbox.List(t.Context(), 10)
	if err != nil {
		t.Fatal(err)
	}
	list = slices.DeleteFunc(list, func(m mail.Stored) bool { return linkPattern.FindString(m.Text) == "" })
	if len(list) != 1 || list[0].To != memberMail {
		t.Errorf("%d mails to sign in with; want one, to the known address", len(list))
	}
	var left int
	err = h.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = $1 AND state <> 'done'`, members.SignInAsked{}.Kind()).Scan(&left)
	if err != nil || left > 0 {
		t.Errorf("%d tasks are left, %v", left, err)
	}
}

func TestSignInByLinkIsNotConsumedByLooking(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	_, link := b.ask(memberMail)
	for _, method := range []string{http.MethodGet, http.MethodHead, http.MethodGet} {
		if got := b.do(method, link, ""); got.status != http.StatusOK {
			t.Fatalf("%s gave %d", method, got.status)
		}
	}
	if got := b.post(link); got.location != "/home" {
		t.Fatalf("the button gave %d:\n%s", got.status, got.Find("main").Text())
	}
	if got := b.get("/home"); !strings.Contains(got.Find("h1").Text(), "Mens member") {
		t.Errorf("home says %q", got.Find("h1").Text())
	}
	if got := h.browser().post(link); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the link worked twice: %d", got.status)
	}
}

func TestLinkWorksOnlyInTheBrowserThatAsked(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	_, link := b.ask(memberMail)
	other := h.browser()
	if got := other.get(link); got.status != http.StatusOK {
		t.Errorf("looking in another browser gave %d", got.status)
	}
	got := other.post(link)
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find(".notice").Text(), "browser") {
		t.Errorf("another browser got %d: %s", got.status, got.Find("main").Text())
	}
	if got := b.post(link); got.location != "/home" {
		t.Errorf("the right browser got %d afterwards", got.status)
	}
}

func TestCodes(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	code, _ := b.ask(memberMail)
	tests := []struct{ name, code, says string }{
		{"nothing", "", "zes cijfers"},
		{"letters", "abcdef", "zes cijfers"},
		{"five digits", "12345", "zes cijfers"},
		{"Arabic digits", "١٢٣٤٥٦", "zes cijfers"},
		{"very long", strings.Repeat("1", 5000), "zes cijfers"},
		{"unreadable", "\xff\xff", "zes cijfers"},
		{"a wrong one", wrongCode(code), "klopt niet"},
	}
	for _, tt := range tests {
		got := b.post("/signin/code", "code", tt.code)
		if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.Find("#code-wrong").Text(), tt.says) {
			t.Errorf("%s gave %d: %s", tt.name, got.status, got.Find("#code-wrong").Text())
		}
	}
	if got := h.browser().post("/signin/code", "code", code); got.status != http.StatusUnprocessableEntity {
		t.Errorf("the code worked in another browser: %d", got.status)
	}
	if got := b.post("/signin/code", "code", " "+code+" "); got.location != "/home" {
		t.Errorf("the right code with spaces gave %d", got.status)
	}
}

func wrongCode(code string) string {
	if strings.HasPrefix(code, "0") {
		return "1" + code[1:]
	}
	return "0" + code[1:]
}

func TestCodeAndLinkExpire(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	code, link := b.ask(memberMail)
	h.now = h.now.Add(members.SignInLife)
	if got := b.post("/signin/code", "code", code); !strings.Contains(got.Find("#code-wrong").Text(), "werkt niet meer") {
		t.Errorf("an old code gave %d: %s", got.status, got.Find("main").Text())
	}
	if got := b.post(link); got.status != http.StatusUnprocessableEntity {
		t.Errorf("an old link gave %d", got.status)
	}
}

func TestSessionIsNewAfterSigningIn(t *testing.T) {
	h := newHouse(t)
	first := h.signedIn(members.RoleMember)
	token := func(b *browser) string {
		for _, cookie := range b.Jar.Cookies(mustURL(h)) {
			if cookie.Name == "meent" {
				return cookie.Value
			}
		}
		return ""
	}
	before := token(first)
	code, _ := first.ask(memberMail)
	if got := first.post("/signin/code", "code", code); got.location != "/home" {
		t.Fatalf("signing in again gave %d", got.status)
	}
	if after := token(first); before == "" || after == before {
		t.Errorf("the session token stayed %q", after)
	}
	fixed := h.browser()
	got := fixed.do(http.MethodGet, "/account", "", "Cookie", "meent="+before)
	if got.status != http.StatusSeeOther {
		t.Errorf("the old token still opens /account: %d", got.status)
	}
	var stored string
	if err := h.db.QueryRow(t.Context(), `SELECT string_agg(token_hash, ' ') FROM members.session`).Scan(&stored); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(stored, token(first)) {
		t.Error("the database holds a live token")
	}
}

func mustURL(h *house) *url.URL {
	request, err := http.NewRequest(http.MethodGet, h.server.URL, nil)
	h.must(err)
	return request.URL
}

func TestSignOutAndSignOutEverywhere(t *testing.T) {
	h := newHouse(t)
	phone, laptop, other := h.signedIn(members.RoleMember), h.signedIn(members.RoleMember), h.signedIn(members.RoleCoach)
	if got := phone.post("/signout"); got.location != "/" {
		t.Errorf("signing out gave %d", got.status)
	}
	h.now = h.now.Add(time.Second)
	phone = h.signedIn(members.RoleMember)
	h.now = h.now.Add(time.Second)
	if got := phone.post("/signout/everywhere"); got.location != "/" {
		t.Errorf("signing out everywhere gave %d", got.status)
	}
	for name, b := range map[string]*browser{"phone": phone, "laptop": laptop} {
		if got := b.get("/account"); got.status != http.StatusSeeOther {
			t.Errorf("the %s is still signed in: %d", name, got.status)
		}
	}
	if got := other.get("/account"); got.status != http.StatusOK {
		t.Errorf("somebody else was signed out: %d", got.status)
	}
}

func TestSignInLeadsBackToWhereOneWanted(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	got := b.get("/profile")
	if got.location != "/signin?next=%2Fprofile" {
		t.Fatalf("a visitor was sent to %q", got.location)
	}
	form := b.get(got.location)
	next := form.Find(`input[name="next"]`).AttrOr("value", "")
	if got := b.post("/signin", "email", memberMail, "next", next); got.location != "/signin/sent" {
		t.Fatalf("asking gave %d", got.status)
	}
	code, _ := h.newestMail()
	if got := b.post("/signin/code", "code", code); got.location != "/profile" {
		t.Errorf("after signing in one is at %q", got.location)
	}
}

func TestSignInNeverLeadsAway(t *testing.T) {
	h := newHouse(t)
	b := h.browser()
	b.post("/signin", "email", memberMail, "next", "//evil.example/")
	code, _ := h.newestMail()
	if got := b.post("/signin/code", "code", code); got.location != "/home" {
		t.Errorf("after signing in one is at %q", got.location)
	}
}

func TestAddressesAreChecked(t *testing.T) {
	h := newHouse(t)
	for _, email := range []string{"", "anna", "a@b", strings.Repeat("a", 300) + "@b.nl", "\xff@b.nl", "a\x00@b.nl", "<script>@b.nl"} {
		got := h.browser().post("/signin", "email", email)
		if got.status != http.StatusUnprocessableEntity || got.Find("#email-wrong").Length() != 1 || got.Find(".problems a[href='#email']").Length() != 1 {
			t.Errorf("%q gave %d: %s", email, got.status, got.Find("main").Text())
		}
		if typed := got.Find("#email").AttrOr("value", ""); email != "" && typed == "" {
			t.Errorf("%q was not kept", email)
		}
	}
}

func TestAskingTooOftenIsRefusedForAnyAddress(t *testing.T) {
	h := newHouse(t)
	for _, email := range []string{memberMail, "nobody@meent.example"} {
		var last int
		for range 6 {
			last = h.browser().post("/signin", "email", email).status
		}
		if last != http.StatusTooManyRequests {
			t.Errorf("the sixth mail to %s gave %d", email, last)
		}
	}
}

func TestRoleIsChosenAmongOnesOwn(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	for name, role := range map[string]string{"somebody else's": h.actors[members.RoleCoach].Role.String(), "none": "", "nonsense": "17"} {
		if got := b.post("/role", "role", role); got.status != http.StatusNotFound {
			t.Errorf("%s role gave %d", name, got.status)
		}
	}
	if got := b.post("/role", "role", h.actors[members.RoleMember].Role.String()); got.location != "/home" {
		t.Errorf("one's own role gave %d", got.status)
	}
	if got := b.get("/caseload"); got.status != http.StatusForbidden {
		t.Errorf("a member reaches the caseload: %d", got.status)
	}
}

func TestRolesAreSwitchedInTheMenu(t *testing.T) {
	h := newHouse(t)
	member := h.actors[members.RoleMember]
	if one := h.signedIn(members.RoleMember).get("/home"); one.Find(`form[action="/role"]`).Length() != 0 {
		t.Error("somebody with one role is offered another")
	}
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		_, err := h.members.AddRoleTx(t.Context(), tx, members.NewRole{Person: member.Person, Cooperative: member.Cooperative, Kind: members.RoleCoach})
		return err
	}))
	b := h.signedIn(members.RoleMember)
	for range 2 { // there and back
		page := b.get("/home")
		button := page.Find(`.menu form[action="/role"] button`)
		face := page.Find("body").AttrOr("class", "")
		if button.Length() != 1 {
			t.Fatalf("the menu offers %d roles", button.Length())
		}
		if got := b.post("/role", "role", button.AttrOr("value", "")); got.location != "/home" {
			t.Fatalf("switching gave %d", got.status)
		}
		if after := b.get("/home").Find("body").AttrOr("class", ""); after == face {
			t.Errorf("the face stayed %q", after)
		}
	}
}

func TestDemoSignInIsForThisMachineOnly(t *testing.T) {
	h := newHouse(t)
	who := h.actors[members.RoleCoordinator]
	form := "person=" + who.Person.String() + "&role=" + who.Role.String()
	for name, headers := range map[string][]string{
		"through a proxy": {"X-Forwarded-For", "203.0.113.5"}, "forwarded": {"Forwarded", "for=203.0.113.5"}, "another name": {"Host", "evil.example"},
	} {
		for _, path := range []string{"/dev/people", "/dev/mailbox", "/dev/components", "/metrics"} {
			if got := h.browser().do(http.MethodGet, path, "", headers...); got.status < 400 {
				t.Errorf("%s %s gave %d", name, path, got.status)
			}
		}
		if got := h.browser().do(http.MethodPost, "/dev/signin", form, headers...); got.status < 400 {
			t.Errorf("%s the demo sign-in gave %d", name, got.status)
		}
	}
	if got := h.browser().do(http.MethodPost, "/dev/signin", form); got.location != "/home" {
		t.Errorf("here the demo sign-in gave %d", got.status)
	}
}
