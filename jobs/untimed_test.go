package jobs_test

import (
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// TestHoursWithoutATimer, as of work from before there were timers, get one, once,
// and every reminder with time between them before they are agreed.
func TestHoursWithoutATimer(t *testing.T) {
	const day = 24 * time.Hour
	h := newHouse(t)
	e := h.overWork()
	sweep := func() int {
		t.Helper()
		h.tx(func(tx pgx.Tx) error { return h.TidyTx(h.ctx(), tx, jobs.Tidy{}) })
		return h.count(`SELECT count(*) FROM tasks.task WHERE kind = 'jobs.sheet_silent' AND state = 'waiting'`)
	}
	h.now = h.now.Add(30 * day)
	if n := sweep(); n != 1 {
		t.Fatalf("%d timers of work that had one", n)
	}
	h.exec(`DELETE FROM tasks.task WHERE kind = 'jobs.sheet_silent'`)
	for range 2 {
		if n := sweep(); n != 1 {
			t.Fatalf("%d timers, want one", n)
		}
	}
	begin := h.now
	tells := map[int][]string{0: {"member propose"}, 3: {"member propose"}, 4: {"client planned"}, 6: {"client silent", "member silent"}}
	for i := range 8 {
		h.now = begin.Add(time.Duration(i) * day)
		if got := h.timers(); !slices.Equal(got, tells[i]) {
			t.Errorf("after %d days %q is told, want %q", i, got, tells[i])
		}
	}
	h.wantBills("240 6400+640")
	if n := sweep(); n != 0 {
		t.Errorf("%d timers of agreed hours", n)
	}
	if got := h.stateOf(e); got != jobs.Billed {
		t.Errorf("the work is %s", got)
	}
}

// TestHoursFromBeforeSteps: what was proposed before steps were kept can be disputed
// in part, and is waited for.
func TestHoursFromBeforeSteps(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	h.exec(`DELETE FROM jobs.sheet_step`)
	h.exec(`UPDATE jobs.timesheet SET round = 0`)
	h.exec(`DELETE FROM tasks.task WHERE kind = 'jobs.sheet_silent'`)
	h.now = h.now.Add(48 * time.Hour)
	h.tx(func(tx pgx.Tx) error { return h.TidyTx(h.ctx(), tx, jobs.Tidy{}) })
	if told := h.timers(); len(told) != 0 {
		t.Errorf("the first day tells %q", told)
	}
	if err := h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: 3 * time.Hour, Reason: "Een uur minder."}); err != nil {
		t.Fatal(err)
	}
	d, err := h.DisputeOf(h.ctx(), h.client, e)
	if err != nil || d.Disagreement.Most != 4*time.Hour || d.Disagreement.Undisputed != 3*time.Hour {
		t.Errorf("the dispute is %+v, %v", d.Disagreement, err)
	}
}
