package main

import (
	"log/slog"
	"maps"
	"strings"
	"testing"
	"time"

	"meent/internal/pg/pgtest"
)

// TestBrowseIndexIsSeen by who runs the house: `meent reindex` asks for it to be
// filled, and the doctor and Prometheus tell how it differed at its last check.
func TestBrowseIndexIsSeen(t *testing.T) {
	db := pgtest.New(t, schemas()...)
	address := db.Config().ConnString()
	exec := func(query string, args ...any) {
		t.Helper()
		if _, err := db.Exec(t.Context(), query, args...); err != nil {
			t.Fatal(err)
		}
	}
	if out, err := meent(t, address, "reindex"); err != nil || !strings.Contains(out, "fills the browse index anew") {
		t.Errorf("reindex gave %v and said %q", err, out)
	}
	var asked int
	err := db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = 'jobs.index_asked' AND payload = '{"Anyway": true}' AND state = 'waiting'`).Scan(&asked)
	if err != nil || asked != 1 {
		t.Errorf("it was asked for %d times, %v", asked, err)
	}

	c, err := readConfig([]string{"DATABASE_URL=" + address})
	if err != nil {
		t.Fatal(err)
	}
	p := &program{config: c, log: slog.New(slog.DiscardHandler), now: time.Now}
	s := p.newServices(&backends{db: db})
	checked := time.Now().Add(-3 * time.Hour).Truncate(time.Second)
	for _, step := range []struct {
		note, says string
		shows      map[string]float64
	}{
		{``, "was not compared with the gigs yet.", map[string]float64{}},
		{`INSERT INTO jobs.index_check (checked_at, held, missing, surplus, stale, repaired) VALUES ($1, 41, 0, 0, 0, 9)`, "ago, 41 gigs.",
			map[string]float64{"drift missing": 0, "drift surplus": 0, "drift stale": 0, "repaired_total": 9, "checked_timestamp_seconds": float64(checked.Unix())}},
		{`UPDATE jobs.index_check SET checked_at = $1, missing = 2, surplus = 3, stale = 4, repaired = 18`, "ago the index lacked 2 gigs, had 3 too many and 4 as they were earlier; they were put right.",
			map[string]float64{"drift missing": 2, "drift surplus": 3, "drift stale": 4, "repaired_total": 18, "checked_timestamp_seconds": float64(checked.Unix())}},
	} {
		if step.note != "" {
			exec(step.note, checked)
		}
		if f := p.checkDrift(t.Context(), s); f.err != nil || !strings.Contains(f.sentence, step.says) || strings.Contains(step.says, "ago") && !strings.Contains(f.sentence, "3h0m") {
			t.Errorf("the doctor says %q, %v; want %q", f.sentence, f.err, step.says)
		}
		if got := browseGauges(t, s); !maps.Equal(got, step.shows) {
			t.Errorf("Prometheus reads %v, want %v", got, step.shows)
		}
	}
}

// browseGauges are the metrics of the last check, by name and label.
func browseGauges(t *testing.T, s *services) map[string]float64 {
	t.Helper()
	families, err := newRegistry(s).Gather()
	if err != nil {
		t.Fatal(err)
	}
	all := map[string]float64{}
	for _, f := range families {
		name, ours := strings.CutPrefix(f.GetName(), "meent_browse_")
		if !ours || name == "asked_total" {
			continue
		}
		for _, m := range f.GetMetric() {
			key := name
			for _, l := range m.GetLabel() {
				key += " " + l.GetValue()
			}
			all[key] = m.GetGauge().GetValue() + m.GetCounter().GetValue()
		}
	}
	return all
}
