package members_test

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"time"

	"meent/internal/check"
	"meent/members"
)

const (
	email   = "anna@meent.example"
	browser = "a browser's secret"
)

// ask asks to sign in and gives the id that the task carries.
func (h *house) ask(email string) (sign members.SignInID) {
	h.t.Helper()
	err := h.AskSignIn(h.t.Context(), members.AskSignIn{Email: email, Browser: browser, Locale: members.Dutch})
	if err != nil {
		h.t.Fatal(err)
	}
	const newest = `SELECT id FROM members.sign_in ORDER BY asked_at DESC, id LIMIT 1`
	if err := h.db.QueryRow(h.t.Context(), newest).Scan(&sign); err != nil {
		h.t.Fatal(err)
	}
	return sign
}

func (h *house) issue(email string) members.IssuedSignIn {
	h.t.Helper()
	issued, err := h.IssueSignIn(h.t.Context(), h.ask(email))
	if err != nil {
		h.t.Fatal(err)
	}
	return issued
}

func wrong(code string) string {
	if code == "000000" {
		return "000001"
	}
	return "000000"
}

func TestSignInByLinkAndByCodeOnce(t *testing.T) {
	h := newHouse(t)
	anna := h.person(email)
	ways := map[string]func(members.IssuedSignIn) (members.PersonID, error){
		"link": func(i members.IssuedSignIn) (members.PersonID, error) { return h.UseLink(t.Context(), i.Link, browser) },
		"code": func(i members.IssuedSignIn) (members.PersonID, error) { return h.UseCode(t.Context(), i.Code, browser) },
	}
	for name, use := range ways {
		t.Run(name, func(t *testing.T) {
			issued := h.issue(email)
			if got, err := use(issued); err != nil || got != anna {
				t.Fatalf("the first use gave %v, %v", got, err)
			}
			for again, use := range ways {
				if _, err := use(issued); !errors.Is(err, members.ErrSignInSpent) {
					t.Errorf("after it the %s gave %v, want ErrSignInSpent", again, err)
				}
			}
			h.now = h.now.Add(time.Second)
		})
	}
}

func TestSignInRefuses(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	tests := []struct {
		name string
		use  func(members.IssuedSignIn) error
		want error
	}{
		{"link in another browser", func(i members.IssuedSignIn) error { return useLink(h, i.Link, "other") }, members.ErrSignInSpent},
		{"code in another browser", func(i members.IssuedSignIn) error { return useCode(h, i.Code, "other") }, members.ErrSignInSpent},
		{"no such link", func(members.IssuedSignIn) error { return useLink(h, "none", browser) }, members.ErrSignInSpent},
		{"empty link", func(members.IssuedSignIn) error { return useLink(h, "", browser) }, members.ErrSignInSpent},
		{"wrong code", func(i members.IssuedSignIn) error { return useCode(h, wrong(i.Code), browser) }, members.ErrWrongCode},
		{"code of 10 kB", func(members.IssuedSignIn) error { return useCode(h, strings.Repeat("1", 10_000), browser) }, members.ErrWrongCode},
		{"link after ten minutes", func(i members.IssuedSignIn) error {
			h.now = h.now.Add(10 * time.Minute)
			return useLink(h, i.Link, browser)
		}, members.ErrSignInSpent},
		{"code after ten minutes", func(i members.IssuedSignIn) error {
			h.now = h.now.Add(10 * time.Minute)
			return useCode(h, i.Code, browser)
		}, members.ErrSignInSpent},
		{"code of the last but one", func(i members.IssuedSignIn) error {
			h.now = h.now.Add(time.Second)
			if h.issue(email).Code == i.Code { // one in a million
				return members.ErrWrongCode
			}
			return useCode(h, i.Code, browser)
		}, members.ErrWrongCode},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			h.now = h.now.Add(time.Second)
			if err := tt.use(h.issue(email)); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
		})
	}
}

func useLink(h *house, link, browser string) error {
	_, err := h.UseLink(h.t.Context(), link, browser)
	return err
}

func useCode(h *house, code, browser string) error {
	_, err := h.UseCode(h.t.Context(), code, browser)
	return err
}

func TestFiveWrongCodesSpendTheSignIn(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	issued := h.issue(email)
	for try := 1; try <= members.SignInTries; try++ {
		want := members.ErrWrongCode
		if try == members.SignInTries {
			want = members.ErrSignInSpent
		}
		if err := useCode(h, wrong(issued.Code), browser); !errors.Is(err, want) {
			t.Errorf("wrong code %d gave %v, want %v", try, err, want)
		}
	}
	if err := useCode(h, issued.Code, browser); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the right code afterwards gave %v, want ErrSignInSpent", err)
	}
	if err := useLink(h, issued.Link, browser); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the link afterwards gave %v, want ErrSignInSpent", err)
	}
}

// TestGuessingAtOnceWinsNothing lets twenty wrong codes arrive together: five
// count, and no right one gets through after them.
func TestGuessingAtOnceWinsNothing(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	issued := h.issue(email)
	counted := 0
	for _, err := range atOnce(20, func() error { return useCode(h, wrong(issued.Code), browser) }) {
		if errors.Is(err, members.ErrWrongCode) {
			counted++
		}
	}
	if counted != members.SignInTries-1 {
		t.Errorf("%d wrong codes were answered as wrong, want %d", counted, members.SignInTries-1)
	}
	if err := useCode(h, issued.Code, browser); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the right code afterwards gave %v", err)
	}
}

func TestUsedAtOnceOnlyOneSignsIn(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	issued := h.issue(email)
	for name, use := range map[string]func() error{
		"link": func() error { return useLink(h, issued.Link, browser) },
		"code": func() error { return useCode(h, issued.Code, browser) },
	} {
		signedIn := 0
		for _, err := range atOnce(members.SignInTries, use) {
			if err == nil {
				signedIn++
			}
		}
		if signedIn != 1 {
			t.Errorf("%d of five signed in by %s, want one", signedIn, name)
		}
		h.now = h.now.Add(time.Second)
		issued = h.issue(email)
	}
}

func atOnce(n int, f func() error) []error {
	errs := make([]error, n)
	var all sync.WaitGroup
	for i := range errs {
		all.Go(func() { errs[i] = f() })
	}
	all.Wait()
	return errs
}

func TestNewSecretsReplaceTheOld(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	sign := h.ask(email)
	first, err1 := h.IssueSignIn(t.Context(), sign)
	second, err2 := h.IssueSignIn(t.Context(), sign)
	if err := errors.Join(err1, err2); err != nil {
		t.Fatal(err)
	}
	if err := useLink(h, first.Link, browser); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the first link gave %v", err)
	}
	if err := useLink(h, second.Link, browser); err != nil {
		t.Errorf("the second link gave %v", err)
	}
}

func TestUnknownAddressLooksTheSame(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	for _, address := range []string{email, "nobody@meent.example"} {
		h.ask(address) // fails the test unless the answer is nil
		h.now = h.now.Add(time.Second)
	}
	_, err := h.IssueSignIn(t.Context(), h.ask("nobody@meent.example"))
	if !errors.Is(err, members.ErrNotFound) {
		t.Errorf("IssueSignIn gave %v, want ErrNotFound", err)
	}
	var rows, queued int
	const query = `SELECT (SELECT count(*) FROM members.sign_in), (SELECT count(*) FROM tasks.task)`
	if err := h.db.QueryRow(t.Context(), query).Scan(&rows, &queued); err != nil || rows != 3 || queued != 3 {
		t.Errorf("%d rows and %d tasks, %v; want 3 of each", rows, queued, err)
	}
}

func TestSecretsAreHashedAtRest(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	issued := h.issue(email)
	var row string
	if err := h.db.QueryRow(t.Context(), `SELECT s::text FROM members.sign_in s`).Scan(&row); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{issued.Link, issued.Code, browser} {
		if strings.Contains(row, secret) {
			t.Errorf("the row holds a secret: %s", row)
		}
	}
	var payloads string
	if err := h.db.QueryRow(t.Context(), `SELECT string_agg(t::text, ' ') FROM tasks.task t`).Scan(&payloads); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(payloads, "anna") {
		t.Errorf("a task holds the address: %s", payloads)
	}
}

func TestAskSignInRefusesWhatIsNoAddress(t *testing.T) {
	h := newHouse(t)
	for _, text := range []string{"", " ", "anna", "anna@", "anna@localhost", "Anna <anna@meent.example>", "a@b.c\nBcc: d@e.f", "\xff@b.nl", strings.Repeat("a", 250) + "@b.nl"} {
		err := h.AskSignIn(t.Context(), members.AskSignIn{Email: text, Browser: browser})
		var problems check.Problems
		if !errors.As(err, &problems) || problems[0].Field != "email" {
			t.Errorf("AskSignIn(%q) gave %v, want a problem at the e-mail field", text, err)
		}
	}
}

// TestManyRequestsGetALinkAlone: a stranger who asks all day cannot go on
// guessing codes, and the owner still comes in.
func TestManyRequestsGetALinkAlone(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	for n := 1; n <= members.CodesADay+1; n++ {
		issued := h.issue(email)
		if hasCode := issued.Code != ""; hasCode != (n <= members.CodesADay) {
			t.Errorf("request %d has a code: %v", n, hasCode)
		}
		h.now = h.now.Add(time.Second)
	}
	issued := h.issue(email)
	for _, code := range []string{"", "none", "000000"} {
		if err := useCode(h, code, browser); !errors.Is(err, members.ErrWrongCode) {
			t.Errorf("the code %q gave %v", code, err)
		}
	}
	if err := useLink(h, issued.Link, browser); err != nil {
		t.Errorf("the link gave %v", err)
	}
	h.now = h.now.Add(25 * time.Hour)
	if issued := h.issue(email); issued.Code == "" {
		t.Error("a day later there is still no code")
	}
}
