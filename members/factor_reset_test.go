package members_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

func TestLostPhone(t *testing.T) {
	h := newHouse(t)
	c := h.cooperative("Waalkracht")
	noor, anna := h.actor(h.person("noor@meent.example"), members.RoleID{}), h.member(c, email)
	far, err := h.Found(t.Context(), members.NewCooperative{Name: "Noorderhand", Coordinator: newPerson("far@meent.example")})
	if err != nil {
		t.Fatal(err)
	}
	rival := h.actor(h.person("far@meent.example"), members.RoleID{})
	stranger := h.member(far.ID, "stranger@meent.example")
	device, store := h.addPasskey(anna), members.NewSessionStore(h.db)
	secret, spare := h.addApp(anna)
	h.commit(store, "phone", h.session(anna.Person, h.now))
	h.now = h.now.Add(time.Minute)
	const why = "Telefoon kwijt, aan de balie herkend."
	for name, tt := range map[string]struct {
		by   members.Actor
		whom members.PersonID
	}{
		"the office elsewhere": {rival, anna.Person}, "somebody elsewhere": {noor, stranger.Person}, "a member": {anna, noor.Person},
		"oneself": {noor, noor.Person}, "nobody": {noor, members.PersonID{}},
	} {
		if err := h.ResetFactors(t.Context(), tt.by, tt.whom, why); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s: %v", name, err)
		}
	}
	var problems check.Problems
	if err := h.ResetFactors(t.Context(), noor, anna.Person, "  "); !errors.As(err, &problems) || !problems.At("why") {
		t.Errorf("without a reason: %v", err)
	}
	if !h.alive(store, "phone") {
		t.Fatal("something was reset by that")
	}
	if err := h.ResetFactors(t.Context(), noor, anna.Person, why); err != nil {
		t.Fatal(err)
	}
	if has, err := h.Factors(t.Context(), anna.Person); err != nil || has != (members.Factors{}) || h.alive(store, "phone") {
		t.Errorf("Factors = %+v, %v; or a session lives", has, err)
	}
	if _, err := h.UsePasskey(t.Context(), browser, h.sign(device)); !errors.Is(err, members.ErrPasskey) {
		t.Errorf("the passkey gave %v", err)
	}
	for _, code := range []string{h.codes(secret), spare[0]} {
		if err := h.UseApp(t.Context(), anna.Person, code); !errors.Is(err, members.ErrWrongCode) {
			t.Errorf("a code gave %v", err)
		}
	}
	mine, err := h.Concerning(t.Context(), anna.Person)
	if err != nil || mine[0].What != "factors_reset" || mine[0].Why != why || mine[0].By != noor.Person {
		t.Errorf("Concerning = %+v, %v", mine, err)
	}
	var told int
	if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE payload ->> 'What' = 'factors_reset'`).Scan(&told); err != nil || told != 1 {
		t.Errorf("told %d times, %v", told, err)
	}
	list, err := h.WaysIn(t.Context(), noor)
	if err != nil || len(list) != 2 {
		t.Errorf("WaysIn = %+v, %v", list, err)
	}
	if list, err := h.WaysIn(t.Context(), anna); err != nil || len(list) > 0 {
		t.Errorf("a member sees %+v, %v", list, err)
	}
}

// TestTidyDeletesWhatPasskeysAndGuessesLeave over.
func TestTidyDeletesWhatPasskeysAndGuessesLeave(t *testing.T) {
	h := newHouse(t)
	anna := h.actor(h.person(email), members.RoleID{})
	h.askEmail(anna.Person, newEmail)
	if _, err := h.AskPasskey(t.Context(), browser); err != nil {
		t.Fatal(err)
	}
	_ = h.UseApp(t.Context(), anna.Person, "000000")
	h.now = h.now.Add(25 * time.Hour)
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(t.Context(), tx, members.Tidy{}) })
	var left int
	const query = `SELECT (SELECT count(*) FROM members.email_change) + (SELECT count(*) FROM members.passkey_challenge) + (SELECT count(*) FROM members.factor_guess)`
	if err := h.db.QueryRow(t.Context(), query).Scan(&left); err != nil || left > 0 {
		t.Errorf("%d rows are left, %v", left, err)
	}
}
