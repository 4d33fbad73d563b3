package members_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"meent/internal/check"
	"meent/members"
)

const newEmail = "anna.new@meent.example"

// askEmail notes the wish and gives the task's id.
func (h *house) askEmail(person members.PersonID, address string) (change members.EmailChangeID) {
	h.t.Helper()
	if err := h.AskEmail(h.t.Context(), person, address); err != nil {
		h.t.Fatal(err)
	}
	const query = `SELECT id FROM members.email_change ORDER BY asked_at DESC LIMIT 1`
	if err := h.db.QueryRow(h.t.Context(), query).Scan(&change); err != nil {
		h.t.Fatal(err)
	}
	return change
}

func (h *house) email(person members.PersonID) (email string) {
	h.t.Helper()
	if err := h.db.QueryRow(h.t.Context(), `SELECT email FROM members.person WHERE id = $1`, person).Scan(&email); err != nil {
		h.t.Fatal(err)
	}
	return email
}

func TestEmailChanges(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	store := members.NewSessionStore(h.db)
	h.commit(store, "phone", h.session(anna.Person, h.now))
	pending := h.issue(email) // a sign-in that was under way at the old address
	change := h.askEmail(anna.Person, " Anna.New@Meent.Example ")
	issued, err := h.IssueEmail(t.Context(), change)
	if err != nil || issued.Person.Email != newEmail {
		t.Fatalf("IssueEmail = %+v, %v", issued.Person, err)
	}
	if err := h.ChangeEmail(t.Context(), anna, wrong(issued.Code)); !errors.Is(err, members.ErrWrongCode) {
		t.Errorf("a wrong code gave %v", err)
	}
	if _, err := h.FormerEmail(t.Context(), change); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("the old address would be told too early: %v", err)
	}
	h.now = h.now.Add(time.Minute)
	if err := h.ChangeEmail(t.Context(), anna, issued.Code); err != nil || h.email(anna.Person) != newEmail {
		t.Fatalf("ChangeEmail gave %v, and the address is %s", err, h.email(anna.Person))
	}
	if h.alive(store, "phone") {
		t.Error("another session goes on")
	}
	if err := useLink(h, pending.Link, browser); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("a sign-in at the old address gave %v", err)
	}
	if err := h.ChangeEmail(t.Context(), anna, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the code worked twice: %v", err)
	}
	if former, err := h.FormerEmail(t.Context(), change); err != nil || former.Email != email {
		t.Errorf("FormerEmail = %+v, %v", former, err)
	}
	if mine, err := h.Concerning(t.Context(), anna.Person); err != nil || mine[0].What != "email_changed" {
		t.Errorf("Concerning = %+v, %v", mine, err)
	}
}

// TestTakenEmailLooksFree: nobody finds out here who else is a member.
func TestTakenEmailLooksFree(t *testing.T) {
	h := newHouse(t)
	anna := h.actor(h.person(email), members.RoleID{})
	h.person("bram@meent.example")
	for _, address := range []string{"bram@meent.example", newEmail} {
		change := h.askEmail(anna.Person, address)
		_, err := h.IssueEmail(t.Context(), change)
		if taken := errors.Is(err, members.ErrNotFound); taken != (address != newEmail) {
			t.Errorf("%s: IssueEmail gave %v", address, err)
		}
		for try := 1; try <= members.SignInTries; try++ {
			want := members.ErrWrongCode
			if try == members.SignInTries {
				want = members.ErrSignInSpent
			}
			if err := h.ChangeEmail(t.Context(), anna, "none"); !errors.Is(err, want) {
				t.Errorf("%s: wrong code %d gave %v", address, try, err)
			}
		}
		h.now = h.now.Add(time.Second)
	}
}

// TestEmailTakenMeanwhile: whoever came first keeps the address.
func TestEmailTakenMeanwhile(t *testing.T) {
	h := newHouse(t)
	anna := h.actor(h.person(email), members.RoleID{})
	issued, err := h.IssueEmail(t.Context(), h.askEmail(anna.Person, newEmail))
	if err != nil {
		t.Fatal(err)
	}
	h.person(newEmail)
	if err := h.ChangeEmail(t.Context(), anna, issued.Code); !errors.Is(err, members.ErrSignInSpent) || h.email(anna.Person) != email {
		t.Errorf("ChangeEmail gave %v, and the address is %s", err, h.email(anna.Person))
	}
}

func TestEmailCodeIsOnesOwnAndShortLived(t *testing.T) {
	h := newHouse(t)
	anna, bram := h.actor(h.person(email), members.RoleID{}), h.actor(h.person("bram@meent.example"), members.RoleID{})
	issued, err := h.IssueEmail(t.Context(), h.askEmail(anna.Person, newEmail))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ChangeEmail(t.Context(), bram, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("somebody else uses it: %v", err)
	}
	h.now = h.now.Add(members.SignInLife)
	if err := h.ChangeEmail(t.Context(), anna, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("too late gave %v", err)
	}
	var problems check.Problems
	if err := h.AskEmail(t.Context(), anna.Person, "anna@"); !errors.As(err, &problems) {
		t.Errorf("what is no address gave %v", err)
	}
}

// guesses is how many are tried where a limit holds.
const guesses = 10_000

// allRefused makes that many guesses, eight at a time, none of which may be
// looked at.
func (h *house) allRefused(n int, guess func() error, want error) {
	h.t.Helper()
	errs := atOnce(8, func() error {
		for range n / 8 {
			if err := guess(); !errors.Is(err, want) {
				return fmt.Errorf("a guess beyond the limit gave %v", err)
			}
		}
		return nil
	})
	if err := errors.Join(errs...); err != nil {
		h.t.Error(err)
	}
}

// TestTenThousandGuessesAtSignIn: whoever asks anew as soon as the tries are
// used up has fifty guesses a day, and no right code is left after them.
func TestTenThousandGuessesAtSignIn(t *testing.T) {
	h := newHouse(t)
	h.person(email)
	for range members.CodesADay {
		code := h.issue(email).Code
		for range members.SignInTries {
			if err := useCode(h, wrong(code), browser); !errors.Is(err, members.ErrWrongCode) && !errors.Is(err, members.ErrSignInSpent) {
				t.Fatal(err)
			}
		}
		h.now = h.now.Add(time.Second)
	}
	if code := h.issue(email).Code; code != "" {
		t.Fatal("one more code was made")
	}
	for range members.SignInTries {
		_ = useCode(h, "000000", browser)
	}
	h.allRefused(guesses, func() error { return useCode(h, "000000", browser) }, members.ErrSignInSpent)
}

// TestTenThousandGuessesAtEmail in one day.
func TestTenThousandGuessesAtEmail(t *testing.T) {
	h := newHouse(t)
	anna := h.actor(h.person(email), members.RoleID{})
	for n := 0; n <= members.CodesADay; n++ {
		issued, err := h.IssueEmail(t.Context(), h.askEmail(anna.Person, newEmail))
		if last := n == members.CodesADay; last != errors.Is(err, members.ErrSignInSpent) || err != nil && !last {
			t.Fatalf("request %d gave %v", n+1, err)
		}
		for range members.SignInTries {
			_ = h.ChangeEmail(t.Context(), anna, wrong(issued.Code))
		}
		h.now = h.now.Add(time.Second)
	}
	h.allRefused(guesses, func() error { return h.ChangeEmail(t.Context(), anna, "000000") }, members.ErrSignInSpent)
}
