package jobs_test

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// many adds so many gigs all over the country, with three shifts each
// and texts of the usual length, some with accents.
func (h *house) many(t testing.TB, gigs int) {
	t.Helper()
	for _, statement := range []string{
		`WITH word AS MATERIALIZED (SELECT array_agg(nl ORDER BY code) AS nl, count(*) AS n FROM members.skill),
			town AS MATERIALIZED (SELECT array_agg(code ORDER BY code) AS code, count(*) AS n FROM members.place)
			INSERT INTO jobs.gig (id, cooperative_id, client_id, title, description, language, place_code, address, rate_cents, load, support_on_site, with_others, state, posted_by, posted_at)
			SELECT gen_random_uuid(), g.cooperative_id, g.client_id, word.nl[1 + i % word.n],
				repeat('Je helpt ons een ochtend met ' || word.nl[1 + (i * 7) % word.n] || '. ', 8) || CASE WHEN i % 5 = 0 THEN 'In het café.' ELSE '' END,
				'nl', town.code[1 + (i * 13) % town.n], '', 1500 + 50 * (i % 20), (ARRAY['light', 'middle', 'heavy'])[1 + i % 3],
				i % 2 = 0, i % 3 = 0, 'open', g.posted_by, g.posted_at FROM jobs.gig g, word, town, generate_series(1, ` + fmt.Sprint(gigs-1) + `) i`,
		`ANALYZE jobs.gig, members.skill`, // or each row's foreign key is looked for in the whole table
		`INSERT INTO jobs.gig_skill SELECT g.cooperative_id, g.id, w.code FROM jobs.gig g JOIN members.skill w ON w.nl = g.title ON CONFLICT DO NOTHING`,
		`INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
			SELECT gen_random_uuid(), g.cooperative_id, g.id, s.starts_at + n * interval '31 hours', s.ends_at + n * interval '31 hours', 0, 2
			FROM jobs.gig g, jobs.shift s, generate_series(1, 3) n`,
		`ANALYZE jobs.gig, jobs.shift, jobs.gig_skill`,
	} {
		h.tx(func(tx pgx.Tx) error {
			if _, err := tx.Exec(t.Context(), `SET LOCAL statement_timeout = 0`); err != nil {
				return err
			}
			_, err := tx.Exec(t.Context(), statement)
			return err
		})
	}
}

// BenchmarkPlain is the whole page without an index, for a cooperative of usual
// size and for the largest. Its p95 should stay under 40 and 300 ms.
func BenchmarkPlain(b *testing.B) {
	for _, gigs := range []int{300, 10_000} {
		h := newHouse(b)
		h.post(h.client, h.gig())
		h.many(b, gigs)
		for name, wish := range map[string]jobs.Wish{
			"facts": {Loads: []jobs.Load{jobs.Light}, Days: []time.Weekday{time.Monday}, Parts: []jobs.DayPart{jobs.Morning, jobs.Evening}, Metres: 40_000},
			"words": {Text: "ramen lap", Sort: jobs.Nearest},
			"empty": {},
			"none":  {Text: "zeppelin"}, // with its ways out
		} {
			b.Run(fmt.Sprint(gigs, " ", name), func(b *testing.B) { benchBrowse(b, h, wish) })
		}
	}
}

func benchBrowse(b *testing.B, h *house, wish jobs.Wish) {
	var took []time.Duration
	for b.Loop() {
		start := time.Now()
		found, err := h.Browse(b.Context(), nil, h.member, wish)
		if err != nil || found.Counts == nil {
			b.Fatal(found, err)
		}
		if found.Total == 0 {
			if totals, err := h.Wider(b.Context(), nil, h.member, found, slices.Repeat([]jobs.Wish{{Text: "ramen"}}, 11)); err != nil || len(totals) != 11 {
				b.Fatal(totals, err)
			}
		}
		took = append(took, time.Since(start))
	}
	slices.Sort(took)
	for _, percent := range []int{50, 95} {
		b.ReportMetric(float64(took[len(took)*percent/100].Microseconds())/1000, fmt.Sprintf("p%d-ms", percent))
	}
}
