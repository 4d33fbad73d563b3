package members_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"meent/internal/tasks"
	"meent/members"
)

// codes is an app as a person has it.
func (h *house) codes(secret members.AppSecret) string { return secret.Code(h.now) }

// addApp sets an app up for the person, and gives its secret and the spare codes.
func (h *house) addApp(by members.Actor) (secret members.AppSecret, spare []string) {
	h.t.Helper()
	err := h.BeginApp(h.t.Context(), by.Person, false)
	if err == nil {
		secret, err = h.NewApp(h.t.Context(), by.Person)
	}
	if err == nil {
		spare, err = h.ConfirmApp(h.t.Context(), by, h.codes(secret), false)
	}
	if err != nil {
		h.t.Fatal(err)
	}
	h.now = h.now.Add(time.Minute)
	return secret, spare
}

func TestAppShowsCodes(t *testing.T) {
	h := newHouse(t)
	noor := h.founder()
	secret, spare := h.addApp(noor)
	if len(spare) != 8 {
		t.Errorf("%d spare codes", len(spare))
	}
	code := h.codes(secret)
	if err := h.UseApp(t.Context(), noor.Person, code); err != nil {
		t.Fatalf("the code gave %v", err)
	}
	if err := h.UseApp(t.Context(), noor.Person, code); !errors.Is(err, members.ErrWrongCode) {
		t.Errorf("the code worked twice: %v", err)
	}
	if err := h.UseApp(t.Context(), noor.Person, spare[3]); err != nil {
		t.Errorf("a spare code gave %v", err)
	}
	if err := h.UseApp(t.Context(), noor.Person, spare[3]); !errors.Is(err, members.ErrWrongCode) {
		t.Errorf("it worked twice: %v", err)
	}
	if has, err := h.Factors(t.Context(), noor.Person); err != nil || has != (members.Factors{App: true, Spare: 7}) {
		t.Errorf("Factors = %+v, %v", has, err)
	}
	for name, err := range map[string]error{
		"a second app": h.BeginApp(t.Context(), noor.Person, false), "halfway in": h.BeginApp(t.Context(), noor.Person, true),
	} {
		if !errors.Is(err, members.ErrHasFactor) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := h.RemoveApp(t.Context(), noor); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(time.Minute)
	for _, code := range []string{h.codes(secret), spare[0]} {
		if err := h.UseApp(t.Context(), noor.Person, code); !errors.Is(err, members.ErrWrongCode) {
			t.Errorf("after removing: %v", err)
		}
	}
}

func (h *house) founder() members.Actor {
	h.t.Helper()
	h.cooperative("Waalkracht")
	return h.actor(h.person("noor@meent.example"), members.RoleID{})
}

// TestAppCodeAtOnce: one code signs in once.
func TestAppCodeAtOnce(t *testing.T) {
	h := newHouse(t)
	noor := h.founder()
	secret, spare := h.addApp(noor)
	for _, code := range []string{h.codes(secret), spare[0]} {
		used := 0
		for _, err := range atOnce(5, func() error { return h.UseApp(t.Context(), noor.Person, code) }) {
			if err == nil {
				used++
			}
		}
		if used != 1 {
			t.Errorf("one code worked %d times", used)
		}
	}
}

func TestNewAppWaitsAQuarter(t *testing.T) {
	h := newHouse(t)
	noor := h.founder()
	if err := h.BeginApp(t.Context(), noor.Person, true); err != nil {
		t.Fatal(err)
	}
	secret, err := h.NewApp(t.Context(), noor.Person)
	if err != nil {
		t.Fatal(err)
	}
	if err := h.UseApp(t.Context(), noor.Person, h.codes(secret)); !errors.Is(err, members.ErrWrongCode) {
		t.Errorf("it counts before its first code: %v", err)
	}
	h.now = h.now.Add(15 * time.Minute)
	if _, err := h.ConfirmApp(t.Context(), noor, h.codes(secret), true); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("too late gave %v", err)
	}
}

func TestAppSecretIsSealedAtRest(t *testing.T) {
	h := newHouse(t)
	noor := h.founder()
	secret, spare := h.addApp(noor)
	var row, codes string
	const query = `SELECT (SELECT encode(secret, 'escape') FROM members.code_app), (SELECT string_agg(encode(code_hash, 'escape'), ' ') FROM members.recovery_code)`
	if err := h.db.QueryRow(t.Context(), query).Scan(&row, &codes); err != nil {
		t.Fatal(err)
	}
	for _, found := range []bool{strings.Contains(row, string(secret)), strings.Contains(row, secret.Text()), strings.Contains(codes, spare[0])} {
		if found {
			t.Error("a secret stands in the database")
		}
	}
	bare := members.New(h.db, tasks.New(h.db, tasks.Config{}), func() time.Time { return h.now }, nil)
	if err := bare.BeginApp(t.Context(), h.person(email), true); !errors.Is(err, members.ErrNoKey) {
		t.Errorf("without a key: %v", err)
	}
}

// TestTenThousandGuessesAtTheApp: ten are looked at in an hour, then even the
// right code waits; the wait ends by itself, and the person is told once.
func TestTenThousandGuessesAtTheApp(t *testing.T) {
	h := newHouse(t)
	noor := h.founder()
	secret, _ := h.addApp(noor)
	begin, looked := h.now, 0
	for range members.GuessesAnHour + 5 {
		if err := h.UseApp(t.Context(), noor.Person, wrong(h.codes(secret))); errors.Is(err, members.ErrWrongCode) {
			looked++
		}
	}
	if looked != members.GuessesAnHour {
		t.Errorf("%d guesses were looked at, want %d", looked, members.GuessesAnHour)
	}
	var wait members.TooManyGuesses
	h.now = begin.Add(time.Hour - time.Second)
	if err := h.UseApp(t.Context(), noor.Person, h.codes(secret)); !errors.As(err, &wait) || !wait.Until.Equal(begin.Add(time.Hour)) {
		t.Errorf("the right code within the hour gave %v", err)
	}
	errs := atOnce(8, func() error {
		for range guesses / 8 {
			if err := h.UseApp(t.Context(), noor.Person, "000000"); !errors.As(err, new(members.TooManyGuesses)) {
				return err
			}
		}
		return nil
	})
	if err := errors.Join(errs...); err != nil {
		t.Error(err)
	}
	h.now = begin.Add(time.Hour)
	if err := h.UseApp(t.Context(), noor.Person, h.codes(secret)); err != nil {
		t.Errorf("the right code after the hour gave %v", err)
	}
	var told int
	const query = `SELECT count(*) FROM tasks.task WHERE kind = 'members.sign_in_changed' AND payload ->> 'What' = 'many_guesses'`
	if err := h.db.QueryRow(t.Context(), query).Scan(&told); err != nil || told != 1 {
		t.Errorf("the person is told %d times, %v", told, err)
	}
}
