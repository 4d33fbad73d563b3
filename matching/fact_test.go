package matching_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// facts are what the coach's side was told of the member, in order; a shift
// stands at the time when it begins.
func (h *house) facts(who members.Actor) []string {
	h.t.Helper()
	const query = `SELECT kind FROM coaching.fact WHERE member_id = $1 ORDER BY at, seq`
	rows, err := h.db.Query(h.t.Context(), query, who.Member)
	h.must(err)
	kinds, err := pgx.CollectRows(rows, pgx.RowTo[string])
	h.must(err)
	return kinds
}

// TestEveryAnswerIsAFact, the answer and nothing behind it.
func TestEveryAnswerIsAFact(t *testing.T) {
	h := newHouse(t)
	half, whole := h.member("half", "weeding"), h.member("whole", "weeding", "window-cleaning")
	h.post(72*time.Hour, 1)
	h.now = h.now.Add(time.Hour)
	for _, who := range []members.Actor{half, whole} {
		h.must(h.Accept(t.Context(), who, h.offers(who)[0].ID))
	}
	h.later(24 * time.Hour)
	h.later(48 * time.Hour)
	for who, want := range map[members.Actor][]string{
		whole: {"offer_sent", "offer_yes", "confirmed", "shift", "first_shift"},
		half:  {"offer_sent", "offer_yes", "offer_reserve", "offer_thanked"},
	} {
		if diff := cmp.Diff(want, h.facts(who)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", who.Name, diff)
		}
	}
}

func TestNoAndSilenceAreFacts(t *testing.T) {
	h := newHouse(t)
	says, silent := h.member("says", "weeding"), h.member("silent", "weeding")
	h.post(72*time.Hour, 1)
	h.now = h.now.Add(time.Hour)
	h.must(h.Decline(t.Context(), says, h.offers(says)[0].ID, matching.Ill))
	h.later(24 * time.Hour)
	for who, want := range map[members.Actor][]string{says: {"offer_sent", "offer_no"}, silent: {"offer_sent", "offer_expired"}} {
		if diff := cmp.Diff(want, h.facts(who)); diff != "" {
			t.Errorf("%s (-want +got):\n%s", who.Name, diff)
		}
	}
}

// TestTitlesAreOfTheMembersOwnOffers and of nobody else's.
func TestTitlesAreOfTheMembersOwnOffers(t *testing.T) {
	h := newHouse(t)
	anna, bea := h.member("anna", "weeding"), h.member("bea", "weeding")
	h.post(72*time.Hour, 1)
	refs := []string{h.offers(anna)[0].ID.String(), h.offers(bea)[0].ID.String(), "6ba7b810-9dad-41d1-80b4-00c04fd430c8"}
	want := map[string]jobs.Title{refs[0]: {Text: "Ramen lappen", Language: members.Dutch}}
	if got, err := h.Titles(t.Context(), anna.Cooperative, anna.Member, refs); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	if got, err := h.Titles(t.Context(), id.NewCooperative(nil), anna.Member, refs); err != nil || len(got) != 0 {
		t.Errorf("another cooperative: %v, %v", got, err)
	}
}
