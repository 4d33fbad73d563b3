package matching_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

// waves lets the windows close one by one while nobody says anything, and tells how many
// were asked in each.
func (h *house) waves(lead time.Duration, many int) (sizes []int) {
	h.t.Helper()
	all, asked := h.many(12), 0
	h.post(lead, 1)
	for range many {
		sizes = append(sizes, len(h.asked(all))-asked)
		asked = len(h.asked(all))
		h.later(24 * time.Hour)
	}
	return sizes
}

// TestWavesRise: while there is time few are asked; each wave without a yes is followed by
// a larger one, and near the shift more are asked at once.
func TestWavesRise(t *testing.T) {
	for name, tt := range map[string]struct {
		lead time.Duration
		want []int
	}{
		"a month and more": {35 * 24 * time.Hour, []int{1, 2, 3, 4, 2}}, // all twelve are asked then
		"three weeks":      {20 * 24 * time.Hour, []int{2, 3, 4, 3}},
		"four days":        {96 * time.Hour, []int{3, 4, 4}},
		"half a day":       {12 * time.Hour, []int{4}},
	} {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, newHouse(t).waves(tt.lead, len(tt.want))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestWaveStopsAtAYes: one who says yes in the first small wave has the seat, and nobody
// else was asked.
func TestWaveStopsAtAYes(t *testing.T) {
	h := newHouse(t)
	all := h.many(6)
	h.post(35*24*time.Hour, 1)
	first := h.asked(all)
	if len(first) != 1 {
		t.Fatalf("the first wave is %d", len(first))
	}
	h.must(h.Accept(t.Context(), first[0], h.offers(first[0])[0].ID))
	h.later(24 * time.Hour)
	if again := h.asked(all); len(again) != 1 || h.state(first[0]) != "confirmed" {
		t.Errorf("%d were asked, who said yes is %s", len(again), h.state(first[0]))
	}
}

// TestYesesOfTheCooperativeCount: after two hundred answers a wave is as large as they
// say, whoever gave them; those of others, of who asked, and of windows that are open do
// not count.
func TestYesesOfTheCooperativeCount(t *testing.T) {
	for name, tt := range map[string]struct {
		yeses, noes int
		asked       bool
		want        int
	}{
		"too few answers": {0, 199, false, 3}, "mostly no": {50, 150, false, 7}, "mostly yes": {180, 20, false, 1}, "they asked themselves": {0, 200, true, 3},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t)
			h.past(tt.yeses, tt.noes, tt.asked)
			all := h.many(12)
			h.post(72*time.Hour, 1)
			if got := len(h.asked(all)); got != tt.want {
				t.Errorf("%d were asked, want %d", got, tt.want)
			}
		})
	}
}

// past writes down so many answers of somebody who left since.
func (h *house) past(yeses, noes int, asked bool) {
	h.t.Helper()
	who := h.member("past", "weeding")
	h.post(72*time.Hour, 1)
	for _, query := range []string{
		`INSERT INTO jobs.shift SELECT (jsonb_populate_record(s.r, jsonb_build_object('id', gen_random_uuid(), 'starts_at', s.starts_at - n * interval '1 day', 'ends_at', s.ends_at - n * interval '1 day'))).*
		FROM (SELECT x AS r, x.* FROM jobs.shift x LIMIT 1) s, generate_series(10, 409) n`,
		`INSERT INTO matching.offer SELECT (jsonb_populate_record(o.r, jsonb_build_object('id', gen_random_uuid(), 'shift_id', s.id, 'asked', $3::boolean, 'until', s.starts_at, 'sent_at', s.starts_at - interval '1 day',
			'answered_at', CASE WHEN s.no > $1 + $2 / 2 THEN NULL ELSE s.starts_at - interval '1 hour' END, 'decided_at', CASE WHEN s.no <= $1 OR $3 OR s.no > $1 + $2 / 2 THEN s.starts_at END,
			'state', CASE WHEN s.no <= $1 THEN 'confirmed' WHEN $3 OR s.no > $1 + $2 / 2 THEN 'expired' ELSE 'no' END))).*
		FROM (SELECT x AS r FROM matching.offer x LIMIT 1) o, (SELECT id, starts_at, row_number() OVER (ORDER BY starts_at) AS no FROM jobs.shift WHERE starts_at < '2026-11-20') s
		WHERE s.no <= $1 + $2`,
	} {
		args := []any{yeses, noes, asked}
		if query[12:16] == "jobs" {
			args = nil
		}
		_, err := h.db.Exec(h.t.Context(), query, args...)
		h.must(err)
	}
	_, err := h.db.Exec(h.t.Context(), `UPDATE members.member SET state = 'alumni', alumni_at = $2 WHERE id = $1`, who.Member, h.now)
	h.must(err)
}
