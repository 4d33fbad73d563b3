package members_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"meent/members"
)

func (h *house) session(person members.PersonID, since time.Time) []byte {
	h.t.Helper()
	values := map[string]any{members.SessionPerson: person.String(), members.SessionSince: since.Format(time.RFC3339Nano)}
	data, err := members.SessionCodec{}.Encode(h.now.Add(time.Hour), values)
	if err != nil {
		h.t.Fatal(err)
	}
	return data
}

func (h *house) commit(store *members.SessionStore, token string, data []byte) {
	h.t.Helper()
	if err := store.Commit(token, data, time.Now().Add(time.Hour)); err != nil {
		h.t.Fatal(err)
	}
}

func (h *house) alive(store *members.SessionStore, token string) bool {
	h.t.Helper()
	_, found, err := store.Find(token)
	if err != nil {
		h.t.Fatal(err)
	}
	return found
}

func TestSessionIsKeptChangedAndDeleted(t *testing.T) {
	h := newHouse(t)
	store := members.NewSessionStore(h.db)
	anna := h.person(email)
	h.commit(store, "hash", h.session(anna, h.now))
	h.commit(store, "hash", h.session(anna, h.now))
	data, found, err := store.Find("hash")
	if err != nil || !found {
		t.Fatalf("Find gave %v, %v", found, err)
	}
	_, values, err := members.SessionCodec{}.Decode(data)
	if err != nil || values[members.SessionPerson] != anna.String() {
		t.Errorf("Decode gave %v, %v", values, err)
	}
	if err := store.Delete("hash"); err != nil || h.alive(store, "hash") {
		t.Errorf("after Delete (%v) the session lives", err)
	}
}

// TestSessionInUseIsWrittenNowAndThen: looking at pages writes nothing, and the
// end of what is in use moves all the same.
func TestSessionInUseIsWrittenNowAndThen(t *testing.T) {
	h := newHouse(t)
	store, data := members.NewSessionStore(h.db), h.session(h.person(email), h.now)
	first := time.Now().Add(time.Hour).Truncate(time.Second)
	for _, c := range []struct{ ends, stands time.Duration }{
		{0, 0}, {4 * time.Minute, 0}, {6 * time.Minute, 6 * time.Minute}, {time.Minute, time.Minute},
	} {
		if err := store.Commit("hash", data, first.Add(c.ends)); err != nil {
			t.Fatal(err)
		}
		var ends time.Time
		if err := h.db.QueryRow(t.Context(), `SELECT expires_at FROM members.session`).Scan(&ends); err != nil || !ends.Equal(first.Add(c.stands)) {
			t.Errorf("an end after %v is stored as %v, %v", c.ends, ends.Sub(first), err)
		}
	}
}

func TestExpiredSessionIsNotFound(t *testing.T) {
	h := newHouse(t)
	store := members.NewSessionStore(h.db)
	if err := store.Commit("hash", h.session(h.person(email), h.now), time.Now().Add(-time.Second)); err != nil {
		t.Fatal(err)
	}
	if h.alive(store, "hash") {
		t.Error("an expired session was found")
	}
}

// TestSignOutEverywhereBeatsALateCommit lets a request that began before the
// sign-out store its session after it.
func TestSignOutEverywhereBeatsALateCommit(t *testing.T) {
	h := newHouse(t)
	store := members.NewSessionStore(h.db)
	anna, other := h.person(email), h.person("bram@meent.example")
	old := h.session(anna, h.now)
	h.commit(store, "phone", old)
	h.commit(store, "laptop", old)
	h.commit(store, "other", h.session(other, h.now))
	h.now = h.now.Add(time.Minute)
	if err := h.SignOutEverywhere(t.Context(), anna); err != nil {
		t.Fatal(err)
	}
	h.commit(store, "laptop", old)
	got := []bool{h.alive(store, "phone"), h.alive(store, "laptop"), h.alive(store, "other")}
	if diff := cmp.Diff([]bool{false, false, true}, got); diff != "" {
		t.Errorf("phone, laptop, somebody else live (-want +got):\n%s", diff)
	}
	h.now = h.now.Add(time.Minute)
	h.commit(store, "again", h.session(anna, h.now))
	if !h.alive(store, "again") {
		t.Error("a new sign-in after signing out everywhere has no session")
	}
}

func TestSessionWithoutPersonIsNotStored(t *testing.T) {
	h := newHouse(t)
	store := members.NewSessionStore(h.db)
	data, err := members.SessionCodec{}.Encode(h.now, map[string]any{"flash": "saved"})
	if err != nil {
		t.Fatal(err)
	}
	h.commit(store, "hash", data)
	if h.alive(store, "hash") {
		t.Error("a session of nobody was stored")
	}
}

func TestCodecRefusesWhatIsNotText(t *testing.T) {
	if _, err := (members.SessionCodec{}).Encode(time.Now(), map[string]any{"n": 1}); err == nil {
		t.Error("Encode took a number")
	}
	if _, _, err := (members.SessionCodec{}).Decode([]byte(`{"deadline":"never"}`)); err == nil {
		t.Error("Decode took a deadline that is none")
	}
}

// TestEndedSessionStaysEnded lets requests that were under way store it again,
// under its own token and under a new one.
func TestEndedSessionStaysEnded(t *testing.T) {
	h := newHouse(t)
	store, anna, bram := members.NewSessionStore(h.db), h.person(email), h.person("bram@meent.example")
	values := map[string]any{members.SessionPerson: anna.String(), members.SessionSince: h.now.Format(time.RFC3339Nano),
		members.SessionKey: h.NewSessionID().String(), members.SessionSeen: "2026-11-24", members.SessionDevice: "firefox android"}
	data, err := members.SessionCodec{}.Encode(h.now.Add(time.Hour), values)
	if err != nil {
		t.Fatal(err)
	}
	h.commit(store, "phone", data)
	list, err := h.Sessions(t.Context(), anna)
	if err != nil || len(list) != 1 || list[0].Device != "firefox android" || list[0].Seen != "2026-11-24" || !list[0].Since.Equal(h.now) {
		t.Fatalf("Sessions = %+v, %v", list, err)
	}
	if err := h.EndSession(t.Context(), bram, list[0].ID); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("somebody else ends it: %v", err)
	}
	if err := h.EndSession(t.Context(), anna, list[0].ID); err != nil {
		t.Fatal(err)
	}
	h.commit(store, "phone", data)
	h.commit(store, "renewed", data)
	if h.alive(store, "phone") || h.alive(store, "renewed") {
		t.Error("the session came back")
	}
	if list, err := h.Sessions(t.Context(), anna); err != nil || len(list) > 0 {
		t.Errorf("Sessions afterwards = %+v, %v", list, err)
	}
}

// TestSignedOutStaysSignedOut: a page under way does not bring the token back.
func TestSignedOutStaysSignedOut(t *testing.T) {
	h := newHouse(t)
	store, data := members.NewSessionStore(h.db), h.session(h.person(email), h.now)
	h.commit(store, "hash", data)
	if err := store.Delete("hash"); err != nil {
		t.Fatal(err)
	}
	h.commit(store, "hash", data)
	if h.alive(store, "hash") {
		t.Error("the session came back")
	}
}
