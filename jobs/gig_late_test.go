package jobs_test

import (
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/jobs"
	"meent/payments"
)

// TestCancelGigTakesWhatCameMeanwhile: a shift that was added while it waited is
// called off too.
func TestCancelGigTakesWhatCameMeanwhile(t *testing.T) {
	h := newHouse(t)
	gig := h.post(h.client, h.gig())
	tx, err := h.db.Begin(h.ctx())
	h.allRight(err)
	_, err = tx.Exec(h.ctx(), `SELECT FROM jobs.gig WHERE id = $1 FOR NO KEY UPDATE`, gig)
	h.allRight(err)
	_, err = tx.Exec(h.ctx(), `
		INSERT INTO jobs.shift (id, cooperative_id, gig_id, starts_at, ends_at, break_minutes, seats)
		SELECT gen_random_uuid(), cooperative_id, gig_id, starts_at + interval '1 day', ends_at + interval '1 day', 0, 1 FROM jobs.shift WHERE gig_id = $1`, gig)
	h.allRight(err)
	done := make(chan error, 1)
	go func() { done <- h.CancelGig(h.ctx(), h.client, gig, enough) }()
	h.waitForWaiter(tx)
	h.allRight(tx.Commit(h.ctx()))
	h.allRight(<-done)
	if all, left := h.count(`SELECT count(*) FROM jobs.shift`), h.count(`SELECT count(*) FROM jobs.shift WHERE called_off_at IS NULL`); all != 2 || left != 0 {
		t.Errorf("of %d shifts %d still take place", all, left)
	}
}

// TestGigsFinishByWhatTakesPlace: what was removed or called off keeps none open.
func TestGigsFinishByWhatTakesPlace(t *testing.T) {
	h := newHouse(t)
	state := map[string]jobs.GigID{}
	for _, name := range []string{"removed", "called off", "to come"} {
		var gig jobs.GigID
		shift := h.shift(20*24*time.Hour, 1)
		h.allRight(h.db.QueryRow(h.ctx(), `SELECT gig_id FROM jobs.shift WHERE id = $1`, shift).Scan(&gig))
		state[name] = gig
		switch name {
		case "removed":
			h.allRight(h.RemoveShift(h.ctx(), h.client, shift))
		case "called off":
			h.allRight(h.CallOffShift(h.ctx(), h.client, shift, enough))
		}
	}
	finish := func(want map[string]string) {
		t.Helper()
		h.tx(func(tx pgx.Tx) error { return h.FinishGigsTx(h.ctx(), tx, jobs.FinishGigs{}) })
		for name, gig := range state {
			var got string
			if err := h.db.QueryRow(h.ctx(), `SELECT state FROM jobs.gig WHERE id = $1`, gig).Scan(&got); err != nil || got != want[name] {
				t.Errorf("%s: the gig is %s, %v; want %s", name, got, err, want[name])
			}
		}
	}
	finish(map[string]string{"removed": "done", "called off": "open", "to come": "open"})
	h.now = h.now.Add(25 * time.Hour)
	finish(map[string]string{"removed": "done", "called off": "done", "to come": "open"})
}

// TestKeepSeatsCountsAsEverybodyDoes: the database itself cannot take the condition
// from the code.
func TestKeepSeatsCountsAsEverybodyDoes(t *testing.T) {
	h := newHouse(t)
	var text string
	h.allRight(h.db.QueryRow(h.ctx(), `SELECT prosrc FROM pg_proc WHERE proname = 'keep_seats' AND pronamespace = 'jobs'::regnamespace`).Scan(&text))
	if want := strings.ReplaceAll(jobs.HoldsSeat, "e.", ""); !strings.Contains(text, want) {
		t.Errorf("jobs.keep_seats has not %q:\n%s", want, text)
	}
}

// TestDaysFarAway: the first day of all is none on which somebody works, and a week
// far ahead is not another week.
func TestDaysFarAway(t *testing.T) {
	s := weekly()
	s.From, s.Every, s.Weekdays = "0001-01-01", jobs.EveryDay, nil
	days, err := s.Dates()
	p, is := err.(check.Problems)
	if !is || !has(p, "series-from", "no_such_day") {
		t.Errorf("from the year 1 there are %v, %v", days, err)
	}
	starts := time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	of := []jobs.Shift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 1}}
	copies, err := jobs.WeekCopy{From: "2026-11-24", To: "9999-11-23", Weeks: 2}.Shifts(of, nil, starts)
	if err != nil || len(copies) != 2 || payments.DayOf(copies[0].Starts) != "9999-11-23" || payments.DayOf(copies[1].Starts) != "9999-11-30" {
		t.Errorf("copies: %+v, %v", copies, err)
	}
}
