package jobs_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// TestHoursAreFacts: each proposal, and what was agreed, with their minutes.
func TestHoursAreFacts(t *testing.T) {
	h := newHouse(t)
	e := h.engaged()
	four, three := jobs.Hours{Worked: 4 * time.Hour}, jobs.Hours{Worked: 3 * time.Hour, Reason: "Je ging om een uur weg."}
	for _, step := range []func() error{
		func() error { return h.ProposeHours(h.ctx(), h.member, e, four) }, // too early: no fact
		func() error { h.now = h.now.Add(5 * time.Hour); return h.ProposeHours(h.ctx(), h.member, e, four) },
		func() error { return h.ProposeHours(h.ctx(), h.member, e, four) }, // not their turn: no fact
		func() error { return h.ProposeHours(h.ctx(), h.client, e, three) },
		func() error { return h.ProposeHours(h.ctx(), h.member, e, four) },
		func() error { return h.AgreeHours(h.ctx(), h.client, e) },
		func() error { return h.AgreeHours(h.ctx(), h.client, e) },
	} {
		_ = step()
		h.now = h.now.Add(time.Minute)
	}
	type fact struct {
		Kind    string
		Minutes int
	}
	rows, err := h.db.Query(t.Context(), `SELECT kind, minutes FROM coaching.fact WHERE member_id = $1 ORDER BY at, seq`, h.member.Member)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowToStructByPos[fact])
	want := []fact{{"shift", 240}, {"first_shift", 240}, {"hours_proposed", 240}, {"hours_countered", 180}, {"hours_proposed", 240}, {"hours_agreed", 240}, {"billed", 0}}
	if diff := cmp.Diff(want, got); err != nil || diff != "" {
		t.Errorf("%v, facts (-want +got):\n%s", err, diff)
	}
}

// TestTitlesAreOfTheMembersOwnWork and of nobody else's.
func TestTitlesAreOfTheMembersOwnWork(t *testing.T) {
	h := newHouse(t)
	refs := []string{h.engaged().String(), "6ba7b810-9dad-41d1-80b4-00c04fd430c8"}
	want := map[string]jobs.Title{refs[0]: {Text: "Ramen lappen", Language: members.Dutch}}
	if got, err := h.Titles(t.Context(), h.member.Cooperative, h.member.Member, refs); err != nil || !cmp.Equal(got, want) {
		t.Errorf("%v, %v", got, err)
	}
	for name, by := range map[string]members.Actor{"nobody": {Cooperative: h.member.Cooperative}, "elsewhere": {Cooperative: h.otherOffices.Cooperative, Member: h.member.Member}} {
		if got, err := h.Titles(t.Context(), by.Cooperative, by.Member, refs); err != nil || len(got) != 0 {
			t.Errorf("%s: %v, %v", name, got, err)
		}
	}
}

// TestFirstShiftIsAFact where the member has no earlier work for the client; what
// does not take place is no work.
func TestFirstShiftIsAFact(t *testing.T) {
	h := newHouse(t)
	firsts := func() (n int) {
		if err := h.db.QueryRow(t.Context(), `SELECT count(*) FROM coaching.fact f JOIN coaching.fact s ON s.ref = f.ref AND s.kind = 'shift' AND s.at = f.at
			WHERE f.kind = 'first_shift' AND f.member_id = $1`, h.member.Member).Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	confirm := func(shift jobs.ShiftID) {
		if err := h.confirm(shift, h.member.Member); err != nil {
			t.Fatal(err)
		}
	}
	confirm(h.shift(50*time.Hour, 1))
	if n := firsts(); n != 1 {
		t.Errorf("after the first there are %d", n)
	}
	confirm(h.shift(74*time.Hour, 1))
	if n := firsts(); n != 1 {
		t.Errorf("after a later one there are %d", n)
	}
	confirm(h.shift(26*time.Hour, 1)) // is before all others
	if n := firsts(); n != 2 {
		t.Errorf("after an earlier one there are %d", n)
	}
	h.client, h.rival = h.rival, h.client
	confirm(h.shift(98*time.Hour, 1))
	if n := firsts(); n != 3 {
		t.Errorf("after one for another client there are %d", n)
	}
	if _, err := h.db.Exec(t.Context(), `UPDATE jobs.engagement SET state = 'absent', absent_at = starts_at, absent_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id LIMIT 1) WHERE member_id = $1`, h.member.Member); err != nil {
		t.Fatal(err)
	}
	confirm(h.shift(122*time.Hour, 1))
	if n := firsts(); n != 4 {
		t.Errorf("after nothing of it took place there are %d", n)
	}
	if err := h.confirm(h.shift(26*time.Hour, 1), h.newMember("zoe")); err != nil || firsts() != 4 {
		t.Errorf("somebody else's: %v, %d", err, firsts())
	}
}
