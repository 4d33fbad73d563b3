package jobs_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// TestPutRightLateLeavesTime: the client who said that nobody came is warned, and
// has days to answer, before the hours are agreed by silence.
func TestPutRightLateLeavesTime(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.Miss(h.ctx(), h.client, e); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(12 * 24 * time.Hour)
	h.due() // for nothing: nobody waits for the hours
	if err := h.PutRight(h.ctx(), h.coordinator, e); err != nil {
		t.Fatal(err)
	}
	before := len(h.sheetTold())
	h.due()
	if w, err := h.Work(h.ctx(), h.client, e); err != nil || w.Sheet.State != jobs.SheetEmpty {
		t.Fatalf("at once the hours are %q, %v", w.Sheet.State, err)
	}
	for range 30 {
		h.now = h.now.Add(24 * time.Hour)
		h.due()
	}
	if w, err := h.Work(h.ctx(), h.client, e); err != nil || w.Sheet.State != jobs.SheetAgreed || !w.Sheet.Auto {
		t.Errorf("weeks later the hours are %q, %v", w.Sheet.State, err)
	}
	if told := len(h.sheetTold()) - before; told < 3 {
		t.Errorf("%d were told", told)
	}
}

// due does the timers of hours that are due.
func (h *house) due() {
	h.t.Helper()
	for {
		rows, err := h.db.Query(h.ctx(), `
			DELETE FROM tasks.task WHERE kind = 'jobs.sheet_silent' AND state = 'waiting' AND due_at <= $1 RETURNING payload`, h.now)
		if err != nil {
			h.t.Fatal(err)
		}
		list, err := pgx.CollectRows(rows, pgx.RowTo[jobs.SheetSilent])
		if err != nil {
			h.t.Fatal(err)
		}
		if len(list) == 0 {
			return
		}
		for _, one := range list {
			h.tx(func(tx pgx.Tx) error { return h.SheetSilentTx(h.ctx(), tx, one) })
		}
	}
}
