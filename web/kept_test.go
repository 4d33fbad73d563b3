package web_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/retention"
	"meent/members"
)

// TestKeptSaysWhatIsDone: each rule has its row, with its period, in both
// languages; everybody who is signed in comes there from their account.
func TestKeptSaysWhatIsDone(t *testing.T) {
	h := newHouse(t)
	b := h.signedIn(members.RoleMember)
	if b.get("/account").Find(`a[href="/kept"]`).Length() != 1 {
		t.Error("the account does not lead there")
	}
	got := b.get("/kept")
	if rows := got.Find("main tbody tr").Length(); got.status != http.StatusOK || rows != len(retention.Rules()) {
		t.Errorf("%d rows, %d rules", rows, len(retention.Rules()))
	}
	if strings.Contains(got.body, "kept.") {
		t.Error("a text is missing")
	}
	text := got.Find("main").Text()
	for _, want := range []string{"1 dag nadat je erom vroeg", "7 jaar na het eind van het jaar waarin alles is betaald", "1 maand nadat", "1 uur na het proberen",
		"2 jaar na het lezen", "De nieuwste 500", "Altijd", "Algemene wet inzake rijksbelastingen, artikel 52"} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	if got := h.signedIn("").get("/kept"); got.status != http.StatusOK {
		t.Errorf("a person without a role: %d", got.status)
	}
}

// TestSessionEndsAsItIsKept: a session lasts as long as the page says, used or not.
func TestSessionEndsAsItIsKept(t *testing.T) {
	h := newHouse(t)
	h.signedIn(members.RoleMember).get("/home")
	var deadline time.Time
	const query = `SELECT (data ->> 'deadline')::timestamptz FROM members.session`
	h.must(h.db.QueryRow(t.Context(), query).Scan(&deadline))
	want := time.Now().Add(retention.Of(retention.Sessions).Keep.Duration())
	if off := want.Sub(deadline); off < -time.Minute || off > 10*time.Minute {
		t.Errorf("the session ends at %v, want %v", deadline, want)
	}
}
