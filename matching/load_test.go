package matching_test

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/feed"
	"meent/matching"
	"meent/matching/engine"
	"meent/members"
)

// TestLoadedIsCandidate: of every member and open shift of a world drawn by lot the
// engine is told what the plain rules read.
func TestLoadedIsCandidate(t *testing.T) {
	w := newWild(t, 11, 14, 14)
	loader := w.Loader(w.client.Cooperative)
	faults, pairs, err := w.LoadedUnlike(t.Context(), loader)
	w.must(err)
	for _, f := range faults[:min(20, len(faults))] {
		t.Error(f)
	}
	if pairs < 100 {
		t.Errorf("only %d pairs", pairs)
	}
	w.loadsSomeAsAll(loader)
}

// loadsSomeAsAll: who is loaded alone is who was loaded with all, also an hour later.
func (w *wild) loadsSomeAsAll(l *matching.Loader) {
	all, err := l.All(w.t.Context())
	w.must(err)
	w.now = w.now.Add(time.Hour)
	for _, m := range all.Members {
		some, err := l.Members(w.t.Context(), []members.MemberID{m.ID})
		w.must(err)
		if diff := cmp.Diff([]engine.Member{m}, some); diff != "" {
			w.t.Errorf("%s alone (-all +alone):\n%s", m.ID, diff)
		}
	}
}

// TestLoadedAnswers: what a member answers in the profile, that no rule read before.
func TestLoadedAnswers(t *testing.T) {
	w := newWild(t, 12, 2, 1)
	m := w.members[0]
	w.exec(`UPDATE members.member_profile SET physical = 2, sensory = 3, mental = 5, support = 'start', dutch = 'little', english = 'none', hours_wanted = 12, hours_most = 20, rest_days = 2, room_cents = 0 WHERE member_id = $1`, m.Member)
	w.exec(`INSERT INTO members.member_goal (cooperative_id, member_id, skill_code) VALUES ($1, $2, 'forklift'), ($1, $2, 'mopping')`, m.Cooperative, m.Member)
	w.exec(`DELETE FROM members.member_ability WHERE member_id = $1`, m.Member)
	w.exec(`INSERT INTO members.member_ability (cooperative_id, member_id, ability_code, strength)
		SELECT $1, $2, code, CASE WHEN bit IN (0, 3) THEN 'must' ELSE 'prefer' END FROM members.ability WHERE bit < 6`, m.Cooperative, m.Member)
	l := w.Loader(m.Cooperative)
	found, err := l.Members(t.Context(), []members.MemberID{m.Member})
	w.must(err)
	got := found[0]
	want := got
	want.Bears, want.Support, want.Dutch, want.Most, want.Wanted, want.RestDays = [3]int{2, 3, 5}, engine.StartSupport, 2, 20*time.Hour, 12*time.Hour, 2
	want.Room, want.HasRoom, want.Musts = 0, true, 1|1<<3
	want.Goals = []uint16{l.SkillNumber("forklift"), l.SkillNumber("mopping")}
	slices.Sort(want.Goals)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("answers (-want +got):\n%s", diff)
	}
	gig := w.gigs[0]
	w.exec(`UPDATE jobs.gig SET physical = 4, sensory = 1, mental = 2, dutch = 'enough', rate_cents = 1600, work_form = 'member_entrepreneur', state = 'open' WHERE id = $1`, gig)
	w.exec(`DELETE FROM jobs.gig_ability WHERE gig_id = $1`, gig)
	w.exec(`INSERT INTO jobs.gig_ability (cooperative_id, gig_id, ability_code) SELECT $1, $2, code FROM members.ability WHERE bit IN (1, 4)`, m.Cooperative, gig)
	open, err := l.Open(t.Context())
	w.must(err)
	seen := 0
	for _, o := range open {
		if o.Gig == gig {
			seen++
			if worked := o.Ends.Sub(o.Starts) - o.Break; o.Loads != [3]int{4, 1, 2} || o.Dutch != 3 || o.Offers != 1<<1|1<<4 || o.Pay != int(worked*1600/time.Hour) {
				t.Errorf("%+v", o)
			}
		}
	}
	if seen == 0 {
		t.Error("no work was looked at")
	}
}

// TestEveryTableIsFollowed: no table is read into the engine whose changes are not in
// the feed; of reference data, which changes only with the program, none are.
func TestEveryTableIsFollowed(t *testing.T) {
	w := newHouse(t)
	rows, err := w.db.Query(t.Context(), matching.Followed())
	w.must(err)
	followed, err := pgx.CollectRows(rows, pgx.RowTo[string])
	w.must(err)
	reference := []string{"members.place", "members.skill", "members.skill_group", "members.ability"}
	table, read := regexp.MustCompile(`\b(members|coaching|jobs|matching)\.[a-z_]+ [a-z]\b|\b(FROM|JOIN) (members|coaching|jobs|matching)\.[a-z_]+`), map[string]bool{}
	for _, file := range []string{"load_store.go", "load_ties_store.go", "load_work_store.go", "work_store.go", "../members/exception_store.go", "../jobs/worktime_store.go"} {
		text, err := os.ReadFile(file)
		w.must(err)
		for _, found := range table.FindAllString(string(text), -1) {
			for _, word := range strings.Fields(found) {
				if strings.Contains(word, ".") {
					read[word] = true
				}
			}
		}
	}
	for name := range read {
		if !slices.Contains(followed, name) && !slices.Contains(reference, name) && w.isTable(name) {
			t.Errorf("%s is read, and nobody follows it", name)
		}
	}
	if len(read) < 20 {
		t.Errorf("only %d tables were found", len(read))
	}
}

func (h *house) isTable(name string) (is bool) {
	h.must(h.db.QueryRow(h.t.Context(), `SELECT to_regclass($1) IS NOT NULL`, name).Scan(&is))
	return is
}

// TestFeedNamesWhoChanged: after each sort of change the feed names the member or gig
// whom it concerns, and a row that stays as it was names nobody.
func TestFeedNamesWhoChanged(t *testing.T) {
	w := newWild(t, 13, 3, 6)
	m, gig := w.members[0], w.gigs[0]
	w.must(feed.Settle(t.Context(), w.db))
	at, err := feed.Now(t.Context(), w.db)
	w.must(err)
	for sql, want := range map[string]string{
		`UPDATE members.member SET reach_m = reach_m + 1 WHERE id = $1`:                                                                       "member",
		`UPDATE members.member SET reach_m = reach_m WHERE id = $1`:                                                                           "",
		`UPDATE members.member_profile SET rest_days = 3 WHERE member_id = $1`:                                                                "member",
		`INSERT INTO members.member_goal SELECT cooperative_id, id, 'weeding' FROM members.member WHERE id = $1`:                              "member",
		`UPDATE members.member_profile SET quiet_from = NULL WHERE quiet_from IS NULL AND member_id = $1`:                                     "",
		`UPDATE jobs.gig SET with_others = NOT with_others WHERE id = $1`:                                                                     "gig",
		`INSERT INTO jobs.gig_ability SELECT g.cooperative_id, g.id, a.code FROM jobs.gig g, members.ability a WHERE g.id = $1 AND a.bit = 5`: "gig",
	} {
		entity := any(m.Member)
		if strings.Contains(sql, "jobs.gig") {
			entity = gig
		}
		w.exec(sql, entity)
		changes, next, err := feed.Read(t.Context(), w.db, at, 100)
		w.must(err)
		at = next
		var got string
		for _, c := range changes {
			if c.Cooperative == m.Cooperative && (c.Entity == [16]byte(m.Member) || c.Entity == [16]byte(gig)) {
				got += c.Kind
			}
		}
		if got != want || len(changes) > 1 {
			t.Errorf("%s: %v, want %q", sql, changes, want)
		}
	}
}
