package members_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

func TestTidyDeletesWhatHasRunOut(t *testing.T) {
	h := newHouse(t)
	store := members.NewSessionStore(h.db)
	anna := h.person(email)
	h.ask(email)
	if err := store.Commit("old", h.session(anna, h.now), time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(25 * time.Hour)
	h.ask(email)
	h.commit(store, "new", h.session(anna, h.now))
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(t.Context(), tx, members.Tidy{}) })
	var signIns, sessions int
	const query = `SELECT (SELECT count(*) FROM members.sign_in), (SELECT count(*) FROM members.session)`
	if err := h.db.QueryRow(t.Context(), query).Scan(&signIns, &sessions); err != nil || signIns != 1 || sessions != 1 {
		t.Errorf("%d sign-ins and %d sessions are left, %v; want the new ones", signIns, sessions, err)
	}
}
