package matching_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5/pgconn"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// TestNobodyToAsk: a cooperative without members, and a gig that nobody in it can do: the
// search goes on and does no harm, finds who comes later, and ends when the work begins.
func TestNobodyToAsk(t *testing.T) {
	for name, people := range map[string]int{"no members": 0, "nobody can": 3} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			ctx, noor := t.Context(), h.coordinator()
			for i := range people {
				h.member(fmt.Sprint("cook", i), "cooking-groups")
			}
			h.post(72*time.Hour, 2)
			shift, late := h.only(), h.now.Add(72*time.Hour)
			keeper := h.EngineKeeper()
			for _, way := range []string{"tables", "engine"} {
				if way == "engine" {
					h.byEngine(keeper)
				}
				if list, err := h.Fitting(ctx, noor, shift, 10); err != nil || len(list) != 0 {
					t.Errorf("%s: fitting are %v, %v", way, list, err)
				}
				h.later(5 * time.Hour)
				if n := h.count(`SELECT count(*) FROM matching.offer`); n != 0 {
					t.Errorf("%s: %d offers", way, n)
				}
			}
			h.WithoutEngine()
			anna := h.member("anna", "weeding")
			h.later(2 * time.Hour)
			if h.state(anna) != matching.Sent {
				t.Errorf("who came later is %s", h.state(anna))
			}
			h.now = late
			h.run()
			for range 3 {
				h.later(25 * time.Hour)
			}
			if n := h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'matching.fill' AND state <> 'done'`); n != 0 || h.waiting() != 0 {
				t.Errorf("after the work %d tasks and %d people wait", n, h.waiting())
			}
		})
	}
}

func (h *house) count(query string, args ...any) (n int) {
	h.t.Helper()
	h.must(h.db.QueryRow(h.t.Context(), query, args...).Scan(&n))
	return n
}

// TestTenThousandSkillsOfTheTables: of who has all of them, all but one, and none, on work
// that asks all: the same by the tables and the engine, and explained to the last.
func TestTenThousandSkillsOfTheTables(t *testing.T) {
	const many = 10_000
	h := newHouse(t)
	ctx, noor := t.Context(), h.coordinator()
	all, most, none := h.member("all"), h.member("most"), h.member("none")
	h.exec(`INSERT INTO members.skill (code, group_code, nl, en, synonyms_nl) SELECT 'skill-' || n, g.code, 'Kunst ' || n, 'Art ' || n, '{}'
		FROM generate_series(1, $1::int) n, (SELECT code FROM members.skill_group LIMIT 1) g`, many)
	for _, who := range []members.Actor{all, most} {
		h.exec(`INSERT INTO members.member_skill (cooperative_id, member_id, skill_code, level) SELECT $1, $2, code, 'can' FROM members.skill WHERE code LIKE 'skill-%'`, who.Cooperative, who.Member)
	}
	h.exec(`DELETE FROM members.member_skill WHERE member_id = $1 AND skill_code = 'skill-77'`, most.Member)
	gig, shift := h.demanding(func(*jobs.NewGig) {})
	h.exec(`DELETE FROM jobs.gig_skill WHERE gig_id = $1`, gig)
	h.exec(`INSERT INTO jobs.gig_skill (cooperative_id, gig_id, skill_code, need, level) SELECT $1, $2, code, 'required', 'can' FROM members.skill WHERE code LIKE 'skill-%'`, noor.Cooperative, gig)
	keeper := h.EngineKeeper()
	var before []matching.Suggestion
	for _, way := range []string{"tables", "engine"} {
		if way == "engine" {
			h.byEngine(keeper)
		}
		list, err := h.Suggestions(ctx, all, 3)
		if err != nil || len(list) != 1 || len(list[0].Explanation.Facts.Asked) != many {
			t.Fatalf("%s: who can all of it: %d suggestions, %v", way, len(list), err)
		}
		if before = append(before, list...); len(before) == 2 {
			if diff := cmp.Diff(before[0], before[1]); diff != "" {
				t.Errorf("by the tables and by the engine:\n%s", diff)
			}
		}
		for _, who := range []members.Actor{most, none} {
			if list, err := h.Suggestions(ctx, who, 3); err != nil || len(list) != 0 {
				t.Errorf("%s: who lacks some: %v, %v", way, list, err)
			}
			h.breaks(who, shift, matching.SkillRule)
		}
	}
	h.must(h.OfferTo(ctx, noor, shift, all.Member, "Zij kan echt alles."))
	o := h.offers(all)[0]
	if r, err := h.Replay(ctx, o.ID); err != nil || !r.Same || o.Explanation.Points[0].Points != o.Explanation.Points[0].Of {
		t.Errorf("computed again: %v, %v", r.Same, err)
	}
}

// TestWhatTheTablesRefuse: work and people outside the country, no reach at all, and
// weights that are no weights, whoever writes them there.
func TestWhatTheTablesRefuse(t *testing.T) {
	h := newHouse(t)
	h.member("anna", "weeding")
	noor := h.coordinator()
	weights := func(near int) func() error {
		return func() error {
			_, err := h.db.Exec(t.Context(), `INSERT INTO matching.weights (cooperative_id, version, fit, growth, near, calm, room, known, fair, why, since, by_role_id)
				VALUES ($1, 3, 1, 1, $2, 1, 1, 1, 1, 'Zo besloten.', $3, $4)`, noor.Cooperative, near, h.now, noor.Role)
			return err
		}
	}
	write := func(query string) func() error {
		return func() error { _, err := h.db.Exec(t.Context(), query); return err }
	}
	for name, tt := range map[string]struct {
		constraint string
		do         func() error
	}{
		"off the map":    {"place_in_the_netherlands", write(`INSERT INTO members.place SELECT (jsonb_populate_record(p, '{"code": "nowhere", "lat": 91, "lon": 400}')).* FROM members.place p LIMIT 1`)},
		"not a number":   {"place_in_the_netherlands", write(`INSERT INTO members.place SELECT p.code || '-', p.name, p.municipality, p.province, 'NaN', p.lon FROM members.place p LIMIT 1`)},
		"no reach":       {"member_reach_range", write(`UPDATE members.member SET reach_m = 0`)},
		"less than none": {"member_reach_range", write(`UPDATE members.member SET reach_m = -1`)},
		"negative":       {"weights_range", weights(-1)},
		"too high":       {"weights_range", weights(1001)},
		"overflowing":    {"weights_range", weights(1<<31 - 1)},
	} {
		var wrong *pgconn.PgError
		if err := tt.do(); !errors.As(err, &wrong) || wrong.ConstraintName != tt.constraint {
			t.Errorf("%s: %v", name, err)
		}
	}
	h.must(weights(0)())
}
