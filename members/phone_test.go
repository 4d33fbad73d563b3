package members_test

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/tasks"
	"meent/internal/vault"
	"meent/members"
)

const mobile = "+31612345678"

// askPhone notes the wish and gives the task's id.
func (h *house) askPhone(person members.PersonID, number string) (change members.PhoneChangeID) {
	h.t.Helper()
	if err := h.AskPhone(h.t.Context(), person, number); err != nil {
		h.t.Fatal(err)
	}
	const query = `SELECT id FROM members.phone_change ORDER BY asked_at DESC, id LIMIT 1`
	if err := h.db.QueryRow(h.t.Context(), query).Scan(&change); err != nil {
		h.t.Fatal(err)
	}
	return change
}

// hasPhone lets a person confirm a number.
func (h *house) hasPhone(by members.Actor, number string) {
	h.t.Helper()
	issued, err := h.IssuePhone(h.t.Context(), h.askPhone(by.Person, number))
	if err == nil {
		err = h.ConfirmPhone(h.t.Context(), by, issued.Code)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.now = h.now.Add(time.Second)
}

func (h *house) ownPhone(person members.PersonID) members.Mobile {
	h.t.Helper()
	number, err := h.OwnPhone(h.t.Context(), person)
	if err != nil && !errors.Is(err, members.ErrNotFound) {
		h.t.Fatal(err)
	}
	return number
}

// askByText asks to sign in by number and gives the task's id.
func (h *house) askByText(number string) (sign members.SignInID) {
	h.t.Helper()
	err := h.AskSignIn(h.t.Context(), members.AskSignIn{Email: number, Texts: true, Browser: browser, Locale: members.Dutch})
	if err != nil {
		h.t.Fatal(err)
	}
	if err := h.db.QueryRow(h.t.Context(), `SELECT id FROM members.sign_in ORDER BY asked_at DESC, id LIMIT 1`).Scan(&sign); err != nil {
		h.t.Fatal(err)
	}
	return sign
}

func TestPhoneIsConfirmedAndSignsIn(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	issued, err := h.IssuePhone(t.Context(), h.askPhone(anna.Person, "06 12 34 56 78"))
	if err != nil || issued.Mobile != mobile || issued.Person.ID != anna.Person {
		t.Fatalf("IssuePhone = %+v, %v", issued, err)
	}
	if _, err := h.IssueSignIn(t.Context(), h.askByText(mobile)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a number that nobody confirmed signs in: %v", err)
	}
	if err := h.ConfirmPhone(t.Context(), anna, wrong(issued.Code)); !errors.Is(err, members.ErrWrongCode) {
		t.Errorf("a wrong code gave %v", err)
	}
	if err := h.ConfirmPhone(t.Context(), anna, issued.Code); err != nil || h.ownPhone(anna.Person) != mobile {
		t.Fatalf("ConfirmPhone gave %v, and the number is %q", err, h.ownPhone(anna.Person))
	}
	if err := h.ConfirmPhone(t.Context(), anna, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the code worked twice: %v", err)
	}
	h.now = h.now.Add(time.Minute)
	for _, written := range []string{"0612345678", "+31 (0)6 12345678"} {
		sign, err := h.IssueSignIn(t.Context(), h.askByText(written))
		if err != nil || sign.Mobile != mobile || sign.Person.ID != anna.Person {
			t.Fatalf("IssueSignIn = %+v, %v", sign, err)
		}
		if got, err := h.UseCode(t.Context(), sign.Code, browser); err != nil || got != anna.Person {
			t.Fatalf("UseCode = %v, %v", got, err)
		}
		if err := useCode(h, sign.Code, browser); !errors.Is(err, members.ErrSignInSpent) {
			t.Errorf("the code worked twice: %v", err)
		}
		h.now = h.now.Add(time.Second)
	}
	if err := h.RemovePhone(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	if err := h.RemovePhone(t.Context(), anna); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("removing it twice gave %v", err)
	}
	if _, err := h.IssueSignIn(t.Context(), h.askByText(mobile)); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a removed number signs in: %v", err)
	}
	h.toldOf("phone_added", "phone_removed")
}

// toldOf looks whether the person is told by mail, and whether it stands in the
// log.
func (h *house) toldOf(changes ...string) {
	h.t.Helper()
	for _, what := range changes {
		var told, deeds int
		const query = `SELECT (SELECT count(*) FROM tasks.task WHERE kind = 'members.sign_in_changed' AND payload ->> 'What' = $1),
			(SELECT count(*) FROM members.audit WHERE what = $1)`
		if err := h.db.QueryRow(h.t.Context(), query, what).Scan(&told, &deeds); err != nil || told != 1 || deeds != 1 {
			h.t.Errorf("%s was told %d times and stands in the log %d times, %v", what, told, deeds, err)
		}
	}
}

// TestNumberOfSomebodyElse: the asker sees what they see of a free number, and
// the owner keeps it.
func TestNumberOfSomebodyElse(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea := h.member(c, email), h.member(c, "bea@meent.example")
	h.hasPhone(anna, mobile)
	change := h.askPhone(bea.Person, mobile) // fails the test unless the answer is nil
	if _, err := h.IssuePhone(t.Context(), change); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("IssuePhone gave %v, want ErrNotFound", err)
	}
	for try := 1; try <= members.SignInTries; try++ {
		want := members.ErrWrongCode
		if try == members.SignInTries {
			want = members.ErrSignInSpent
		}
		if err := h.ConfirmPhone(t.Context(), bea, "123456"); !errors.Is(err, want) {
			t.Errorf("code %d gave %v, want %v", try, err, want)
		}
	}
	if h.ownPhone(anna.Person) != mobile || h.ownPhone(bea.Person) != "" {
		t.Error("the number moved")
	}
}

// TestTwoAtOnceWantOneNumber: each got a code while it was free.
func TestTwoAtOnceWantOneNumber(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	codes := map[members.PersonID]string{}
	people := []members.Actor{h.member(c, email), h.member(c, "bea@meent.example")}
	for _, by := range people {
		issued, err := h.IssuePhone(t.Context(), h.askPhone(by.Person, mobile))
		if err != nil {
			t.Fatal(err)
		}
		codes[by.Person] = issued.Code
		h.now = h.now.Add(time.Second)
	}
	turn := make(chan members.Actor, 2)
	turn <- people[0]
	turn <- people[1]
	won := 0
	for _, err := range atOnce(2, func() error { by := <-turn; return h.ConfirmPhone(t.Context(), by, codes[by.Person]) }) {
		switch {
		case err == nil:
			won++
		case !errors.Is(err, members.ErrSignInSpent):
			t.Errorf("the second gave %v", err)
		}
	}
	if won != 1 {
		t.Errorf("%d have the number", won)
	}
}

func TestHundredClicksConfirmOnce(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	issued, err := h.IssuePhone(t.Context(), h.askPhone(anna.Person, mobile))
	if err != nil {
		t.Fatal(err)
	}
	confirmed := 0
	for _, err := range atOnce(100, func() error { return h.ConfirmPhone(t.Context(), anna, issued.Code) }) {
		switch {
		case err == nil:
			confirmed++
		case !errors.Is(err, members.ErrSignInSpent):
			t.Errorf("a click gave %v", err)
		}
	}
	if confirmed != 1 {
		t.Errorf("confirmed %d times", confirmed)
	}
	h.toldOf("phone_added")
}

// TestTenThousandGuessesByText: of each request five count, and of a day ten requests.
func TestTenThousandGuessesByText(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	h.hasPhone(anna, mobile)
	counted := 0
	for range 20 {
		issued, err := h.IssueSignIn(t.Context(), h.askByText(mobile))
		if err != nil {
			t.Fatal(err)
		}
		for range 500 {
			switch err := useCode(h, wrong(issued.Code), browser); {
			case errors.Is(err, members.ErrWrongCode):
				counted++
			case !errors.Is(err, members.ErrSignInSpent):
				t.Fatalf("a guess gave %v", err)
			}
		}
		if err := useCode(h, issued.Code, browser); !errors.Is(err, members.ErrSignInSpent) {
			t.Fatalf("after the guesses the right code gave %v", err)
		}
		h.now = h.now.Add(time.Second)
	}
	// Without a code there is nothing to guess, though it looks the same.
	if want := 20 * (members.SignInTries - 1); counted != want {
		t.Errorf("%d guesses were answered as wrong, want %d", counted, want)
	}
	var codes int
	const query = `SELECT count(*) FROM members.sign_in WHERE code_hash <> 'none'`
	if err := h.db.QueryRow(t.Context(), query).Scan(&codes); err != nil || codes != members.CodesADay {
		t.Errorf("%d codes were made, %v; want %d", codes, err, members.CodesADay)
	}
}

// TestCodesOfAnotherPurpose: the code of one thing does not do another.
func TestCodesOfAnotherPurpose(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	h.hasPhone(anna, mobile)
	sign, err := h.IssueSignIn(t.Context(), h.askByText(mobile))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ConfirmPhone(t.Context(), anna, sign.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the code of a sign-in confirmed a number: %v", err)
	}
	issued, err := h.IssuePhone(t.Context(), h.askPhone(anna.Person, "06 87654321"))
	if err != nil {
		t.Fatal(err)
	}
	if issued.Code == sign.Code {
		t.Skip("one in a million")
	}
	if err := useCode(h, issued.Code, browser); !errors.Is(err, members.ErrWrongCode) {
		t.Errorf("the code of a number signed in: %v", err)
	}
	if err := h.ChangeEmail(t.Context(), anna, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("the code of a number changed the address: %v", err)
	}
	if h.ownPhone(anna.Person) != mobile {
		t.Error("the number changed")
	}
}

func TestPhoneRequestsRunOut(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	change := h.askPhone(anna.Person, mobile)
	if err := h.ConfirmPhone(t.Context(), anna, "123456"); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("before the message was made a code gave %v", err)
	}
	issued, err := h.IssuePhone(t.Context(), change)
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(members.SignInLife)
	if err := h.ConfirmPhone(t.Context(), anna, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("after ten minutes it gave %v", err)
	}
	if _, err := h.IssuePhone(t.Context(), change); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("IssuePhone after ten minutes gave %v", err)
	}
	h.now = h.now.Add(25 * time.Hour)
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(t.Context(), tx, members.Tidy{}) })
	var left int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM members.phone_change`).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d requests are left, %v", left, err)
	}
}

// TestNobodyIsPestered: ten codes a day to one number, whoever asks.
func TestNobodyIsPestered(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	sent := 0
	for i := range 3 {
		by := h.member(c, fmt.Sprintf("p%d@meent.example", i))
		for range 6 {
			_, err := h.IssuePhone(t.Context(), h.askPhone(by.Person, mobile))
			if err == nil {
				sent++
			} else if !errors.Is(err, members.ErrSignInSpent) {
				t.Fatal(err)
			}
			h.now = h.now.Add(time.Second)
		}
	}
	if sent != members.CodesADay {
		t.Errorf("%d codes went to one number, want %d", sent, members.CodesADay)
	}
}

func TestWrongNumbersAreRefused(t *testing.T) {
	h := newHouse(t)
	anna := h.person(email)
	for _, text := range []string{"", "06", "010 1234567", "0900 1234", "112", "anna", "\xff06", strings.Repeat("06", 900)} {
		var problems check.Problems
		if err := h.AskPhone(t.Context(), anna, text); !errors.As(err, &problems) || problems[0].Field != "phone" {
			t.Errorf("AskPhone(%q) gave %v", text, err)
		}
	}
	for text, rule := range map[string]string{"010 1234567": "not_a_mobile", "06123": "not_a_mobile", "anna": "not_an_email", "anna1@": "not_an_email", "anna2.meent.example": "not_an_email"} {
		var problems check.Problems
		err := h.AskSignIn(t.Context(), members.AskSignIn{Email: text, Texts: true, Browser: browser})
		if !errors.As(err, &problems) || problems[0].Field != "email" || problems[0].Rule != rule {
			t.Errorf("AskSignIn(%q) gave %v, want %s", text, err, rule)
		}
	}
	err := h.AskSignIn(t.Context(), members.AskSignIn{Email: mobile, Browser: browser})
	var problems check.Problems
	if !errors.As(err, &problems) || problems[0].Rule != "not_an_email" {
		t.Errorf("without text messages a number gave %v", err)
	}
}

// TestNumbersAreNowhere: not in a row that can be read without the keys, and not
// in a task.
func TestNumbersAreNowhere(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	h.hasPhone(anna, mobile)
	h.askByText(mobile)
	h.askByText("+31687654321")
	var text string
	const query = `SELECT string_agg(t, ' ') FROM (SELECT p::text t FROM members.phone p UNION ALL SELECT c::text FROM members.phone_change c
		UNION ALL SELECT s::text FROM members.sign_in s UNION ALL SELECT t::text FROM tasks.task t UNION ALL SELECT a::text FROM members.audit a) AS all_of_it`
	if err := h.db.QueryRow(t.Context(), query).Scan(&text); err != nil {
		t.Fatal(err)
	}
	for _, secret := range []string{"612345678", fmt.Sprintf("%x", "612345678"), "687654321", browser} {
		if strings.Contains(text, secret) {
			t.Errorf("%q can be read", secret)
		}
	}
}

// TestUnknownNumberLooksTheSame: a row and a task, and a code that is wrong.
func TestUnknownNumberLooksTheSame(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	h.hasPhone(anna, mobile)
	for _, number := range []string{mobile, "0687654321"} {
		_, err := h.IssueSignIn(t.Context(), h.askByText(number))
		if known := number == mobile; known != (err == nil) || !known && !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", number, err)
		}
		if err := useCode(h, "12345x", browser); !errors.Is(err, members.ErrWrongCode) {
			t.Errorf("%s: a wrong code gave %v", number, err)
		}
		h.now = h.now.Add(time.Second)
	}
}

func TestConfirmByText(t *testing.T) {
	h := newHouse(t)
	anna := h.member(h.cooperative("Waalkracht"), email)
	if err := h.AskConfirmByText(t.Context(), anna.Person, browser); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("without a number it gave %v", err)
	}
	h.hasPhone(anna, mobile)
	if err := h.AskConfirmByText(t.Context(), anna.Person, browser); err != nil {
		t.Fatal(err)
	}
	var sign members.SignInID
	if err := h.db.QueryRow(t.Context(), `SELECT id FROM members.sign_in`).Scan(&sign); err != nil {
		t.Fatal(err)
	}
	issued, err := h.IssueSignIn(t.Context(), sign)
	if err != nil || issued.Mobile != mobile {
		t.Fatalf("IssueSignIn = %+v, %v", issued, err)
	}
	if got, err := h.UseCode(t.Context(), issued.Code, browser); err != nil || got != anna.Person {
		t.Errorf("UseCode = %v, %v", got, err)
	}
}

// keyed is the domain with other keys, and the queue.
func (h *house) keyed(keys ...vault.Key) *house {
	clock := func() time.Time { return h.now }
	other := *h
	other.Service = members.New(h.db, tasks.New(h.db, tasks.Config{Now: clock}), clock, nil, members.Keyring(keys...), members.QuickCodes())
	return &other
}

// TestPhoneOutlivesItsKey: before, while and after a new key takes over the
// number signs in, and stays one person's.
func TestPhoneOutlivesItsKey(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea := h.member(c, email), h.member(c, "bea@meent.example")
	old, fresh := newKey(t), newKey(t)
	h.keyed(old).hasPhone(anna, mobile)
	works := func(when string, h *house) {
		t.Helper()
		issued, err := h.IssueSignIn(t.Context(), h.askByText(mobile))
		if err != nil || issued.Person.ID != anna.Person || issued.Mobile != mobile {
			t.Errorf("%s: IssueSignIn = %v, %v", when, issued.Person.ID, err)
		}
		if _, err := h.IssuePhone(t.Context(), h.askPhone(bea.Person, mobile)); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: somebody else gets a code: %v", when, err)
		}
	}
	h.now = h.now.Add(time.Minute)
	works("before", h.keyed(fresh, old))
	done, err := h.keyed(fresh, old).RotateKeys(t.Context())
	if err != nil || done.Marked != 1 || done.Closed != 0 {
		t.Fatalf("RotateKeys = %+v, %v", done, err)
	}
	h.now = h.now.Add(time.Minute)
	works("after", h.keyed(fresh, old))
	h.now = h.now.Add(time.Minute)
	works("with the new key alone", h.keyed(fresh))
	if again, err := h.keyed(fresh, old).RotateKeys(t.Context()); again != (members.Rotation{}) || err != nil {
		t.Errorf("once more gave %+v, %v", again, err)
	}
	if err := h.keyed().AskPhone(context.Background(), bea.Person, mobile); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("without a key it gave %v", err)
	}
}

// TestErasedNumberIsFree: with the person's key goes what they were found by.
func TestErasedNumberIsFree(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea := h.member(c, email), h.member(c, "bea@meent.example")
	h.hasPhone(anna, mobile)
	pending := h.askPhone(anna.Person, "0687654321")
	h.tx(func(tx pgx.Tx) error { return h.DestroyKeyTx(t.Context(), tx, anna.Person) })
	if _, err := h.IssuePhone(t.Context(), pending); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("a code for a number that was asked before: %v", err)
	}
	var left int
	const query = `SELECT (SELECT count(*) FROM members.phone) + (SELECT count(*) FROM members.phone_change WHERE tries < 5 AND used_at IS NULL)`
	if err := h.db.QueryRow(t.Context(), query).Scan(&left); err != nil || left != 0 {
		t.Errorf("%d rows are left, %v", left, err)
	}
	h.now = h.now.Add(time.Second)
	h.hasPhone(bea, mobile)
}

// TestLostPhoneTakesTheNumber: who found it does not get in by it.
func TestLostPhoneTakesTheNumber(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, noor := h.member(c, email), h.actor(h.person("noor@meent.example"), members.RoleID{})
	h.hasPhone(anna, mobile)
	pending, err := h.IssueSignIn(t.Context(), h.askByText(mobile))
	if err != nil {
		t.Fatal(err)
	}
	if err := h.ResetFactors(t.Context(), noor, anna.Person, "Telefoon gestolen"); err != nil {
		t.Fatal(err)
	}
	if err := useCode(h, pending.Code, browser); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("a code under way gave %v", err)
	}
	if h.ownPhone(anna.Person) != "" {
		t.Error("the number stayed")
	}
}

// TestOneNumberUnderTwoKeys: while a new key takes over, the marks differ and
// the number is still one person's.
func TestOneNumberUnderTwoKeys(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	anna, bea := h.member(c, email), h.member(c, "bea@meent.example")
	old, fresh := newKey(t), newKey(t)
	both := h.keyed(fresh, old)
	issued, err := both.IssuePhone(t.Context(), both.askPhone(bea.Person, mobile)) // while it is free
	if err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Second)
	h.keyed(old, fresh).hasPhone(anna, mobile)
	if err := both.ConfirmPhone(t.Context(), bea, issued.Code); !errors.Is(err, members.ErrSignInSpent) {
		t.Errorf("it became somebody else's: %v", err)
	}
	if _, err := both.OwnPhone(t.Context(), bea.Person); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("OwnPhone gave %v", err)
	}
}

// TestCoordinatorIsNotFoundByNumber: a text message is no way to other people's
// data.
func TestCoordinatorIsNotFoundByNumber(t *testing.T) {
	h := newHouse(t)
	noor := h.noor(h.cooperative("Waalkracht"))
	h.hasPhone(noor, mobile)
	h.now = h.now.Add(time.Second)
	if err := h.AskSignIn(t.Context(), members.AskSignIn{Email: mobile, Texts: true, Browser: "b", Locale: members.Dutch}); err != nil {
		t.Fatal(err)
	}
	var asked members.SignInID
	if err := h.db.QueryRow(t.Context(), `SELECT id FROM members.sign_in WHERE phone_marks IS NOT NULL ORDER BY asked_at DESC LIMIT 1`).Scan(&asked); err != nil {
		t.Fatal(err)
	}
	if _, err := h.IssueSignIn(t.Context(), asked); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a code for a coordinator's number: %v", err)
	}
}
