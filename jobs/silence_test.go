package jobs_test

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// timers runs the timers of hours that are due by the house's clock, each once,
// and gives what they told, as "kind news".
func (h *house) timers() (told []string) {
	h.t.Helper()
	before := h.sheetTold()
	h.runTimers()
	told = h.sheetTold()[len(before):]
	slices.Sort(told)
	return told
}

// runTimers gives how many were due.
func (h *house) runTimers() int {
	h.t.Helper()
	rows, _ := h.db.Query(h.ctx(), `SELECT payload FROM tasks.task WHERE kind = 'jobs.sheet_silent' AND due_at <= $1 ORDER BY due_at`, h.now)
	due, err := pgx.CollectRows(rows, pgx.RowTo[jobs.SheetSilent])
	if err != nil {
		h.t.Fatal(err)
	}
	h.tx(func(tx pgx.Tx) error {
		_, err := tx.Exec(h.ctx(), `DELETE FROM tasks.task WHERE kind = 'jobs.sheet_silent' AND due_at <= $1`, h.now)
		return err
	})
	for _, t := range due {
		h.tx(func(tx pgx.Tx) error { return h.SheetSilentTx(h.ctx(), tx, t) })
	}
	return len(due)
}

// sheetTold is what was told of hours.
func (h *house) sheetTold() []string {
	h.t.Helper()
	rows, _ := h.db.Query(h.ctx(), `SELECT payload FROM tasks.task WHERE kind = 'jobs.sheet_told' AND due_at <= $1 ORDER BY due_at, id`, h.now.Add(24*time.Hour))
	list, err := pgx.CollectRows(rows, pgx.RowTo[jobs.SheetTold])
	if err != nil {
		h.t.Fatal(err)
	}
	var told []string
	for _, t := range list {
		told = append(told, fmt.Sprint(t.To, " ", t.News))
	}
	return told
}

// TestSilence: what happens to hours that nobody answers, day by day.
func TestSilence(t *testing.T) {
	const day = 24 * time.Hour
	both := []string{"client silent", "member silent"}
	reason := "Je ging om een uur weg."
	for _, tt := range []struct {
		name  string
		begin func(h *house, e jobs.EngagementID) error
		tells map[int][]string // by the day since
		bill  string
	}{
		{"nobody proposes", func(*house, jobs.EngagementID) error { return nil },
			map[int][]string{1: {"member propose"}, 4: {"member propose"}, 5: {"client planned"}, 7: both}, "240 6400+640"},
		{"the client is silent", func(h *house, e jobs.EngagementID) error {
			return h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 5 * time.Hour})
		}, map[int][]string{5: {"client answer"}, 7: both}, "300 8000+800"},
		{"the member is silent about less", func(h *house, e jobs.EngagementID) error {
			return errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
				h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: reason}))
		}, map[int][]string{5: {"member answer"}, 7: both}, "240 6400+640"},
		{"the member is silent about more", func(h *house, e jobs.EngagementID) error {
			return errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 2 * time.Hour}),
				h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: reason}))
		}, map[int][]string{5: {"member answer"}, 7: both}, "180 4800+480"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			h.now = time.Date(2026, 10, 20, 9, 0, 0, 0, time.UTC) // clocks change within the week
			e := h.overWork()
			since := h.work(h.member, e).Shift.Ends
			if err := tt.begin(h, e); err != nil {
				t.Fatal(err)
			}
			if w := h.work(h.member, e); !w.Sheet.Since.IsZero() {
				since = w.Sheet.Since
			}
			if w := h.work(h.member, e); !w.SilentAt().Equal(since.Add(7 * day)) {
				t.Errorf("silent at %s, want a week after %s", w.SilentAt(), since)
			}
			for i := range 8 {
				h.now = since.Add(time.Duration(i)*day - time.Second)
				if got := h.timers(); len(got) != 0 {
					t.Errorf("just before day %d: %q", i, got)
				}
				h.now = h.now.Add(time.Second)
				if got := h.timers(); !slices.Equal(got, tt.tells[i]) {
					t.Errorf("on day %d: %q, want %q", i, got, tt.tells[i])
				}
			}
			h.wantBills(tt.bill)
			w := h.work(h.client, e)
			if w.State != jobs.Billed || !w.Sheet.Auto || w.Sheet.State != jobs.SheetAgreed {
				t.Errorf("the work is %q, the hours %+v", w.State, w.Sheet)
			}
			list, err := h.Steps(h.ctx(), h.client, e)
			if last := list[len(list)-1]; err != nil || last.What != jobs.StepSilent || last.By != "" || last.Name != "" {
				t.Errorf("the last word is %+v, %v", last, err)
			}
		})
	}
}

// TestSilenceIsBroken: a timer does nothing once somebody answered, in dispute, or
// when the work is off; and waits for a shift that was moved.
func TestSilenceIsBroken(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	run := func(round, stage int) {
		t.Helper()
		h.tx(func(tx pgx.Tx) error {
			return h.SheetSilentTx(h.ctx(), tx, jobs.SheetSilent{Engagement: e, Cooperative: h.client.Cooperative, Round: round, Stage: stage})
		})
	}
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(6 * 24 * time.Hour)
	if err := h.ProposeHours(h.ctx(), h.client, e, jobs.Hours{Worked: 3 * time.Hour, Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	h.now = h.now.Add(24 * time.Hour)
	run(0, 3)
	run(1, 1)
	run(2, 1) // too soon
	run(2, 99)
	h.wantBills()
	h.now = h.now.Add(7 * 24 * time.Hour)
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.engagement SET `+setOff); err != nil {
		t.Fatal(err)
	}
	run(2, 1)
	h.wantBills()
	if _, err := h.db.Exec(h.ctx(), `UPDATE jobs.engagement SET state = 'finished', called_off_at = NULL, called_off_by = NULL, called_off_role_id = NULL`); err != nil {
		t.Fatal(err)
	}
	if err := h.DisputeHours(h.ctx(), h.member, e, jobs.Disputing{Undisputed: 3 * time.Hour, Reason: "x"}); err != nil {
		t.Fatal(err)
	}
	run(2, 1)
	run(3, 1)
	h.wantBills("180 4800+480")
	h.tx(func(tx pgx.Tx) error {
		return h.SheetSilentTx(h.ctx(), tx, jobs.SheetSilent{Engagement: id.New[jobs.Engagement](nil), Cooperative: h.client.Cooperative})
	})
}

// TestSilenceWaitsForAMovedShift: the week begins at the end that the shift has now.
func TestSilenceWaitsForAMovedShift(t *testing.T) {
	h := newHouse(t)
	h.overWork()
	h.tx(func(tx pgx.Tx) error {
		_, err := tx.Exec(h.ctx(), `UPDATE jobs.shift SET starts_at = starts_at + interval '3 days', ends_at = ends_at + interval '3 days'`)
		return err
	})
	h.now = h.now.Add(25 * time.Hour)
	if got := h.timers(); len(got) != 0 {
		t.Errorf("told %q before the work", got)
	}
	h.now = h.now.Add(3 * 24 * time.Hour)
	if got := h.timers(); !slices.Equal(got, []string{"member propose"}) {
		t.Errorf("told %q", got)
	}
}

// TestToldSheet: who hears it, and nobody what is over.
func TestToldSheet(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	if err := h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}); err != nil {
		t.Fatal(err)
	}
	of := func(news jobs.SheetNews, to members.RoleKind, round int) jobs.SheetTold {
		return jobs.SheetTold{Engagement: e, Cooperative: h.client.Cooperative, News: news, To: to, Round: round}
	}
	for _, tt := range []struct {
		t    jobs.SheetTold
		want string // empty: nobody
	}{
		{of(jobs.NewsAnswer, members.RoleClient, 1), "piet"}, {of(jobs.NewsAnswer, members.RoleClient, 0), ""}, {of(jobs.NewsPropose, members.RoleMember, 0), ""},
		{of(jobs.NewsSilent, members.RoleMember, 1), "anna"}, {of(jobs.NewsDecided, members.RoleCoordinator, 1), "noor"},
		{of(jobs.NewsWaits, members.RoleCoordinator, 1), ""},
	} {
		_, people, err := h.ToldSheet(h.ctx(), tt.t)
		if tt.want == "" && errors.Is(err, members.ErrNotFound) {
			continue
		}
		if err != nil || len(people) != 1 || people[0].Name != tt.want {
			t.Errorf("%s to the %s: %v, %v; want %q", tt.t.News, tt.t.To, people, err, tt.want)
		}
	}
}

// TestDisputeRemindsTheOffice, once, after five days.
func TestDisputeRemindsTheOffice(t *testing.T) {
	h := newHouse(t)
	e := h.overWork()
	err := errors.Join(h.ProposeHours(h.ctx(), h.member, e, jobs.Hours{Worked: 4 * time.Hour}),
		h.DisputeHours(h.ctx(), h.client, e, jobs.Disputing{Undisputed: time.Hour, Reason: "x"}))
	if err != nil {
		t.Fatal(err)
	}
	var due []time.Time
	rows, _ := h.db.Query(h.ctx(), `SELECT due_at FROM tasks.task WHERE kind = 'jobs.sheet_told' AND payload ->> 'News' = 'waits'`)
	if due, err = pgx.CollectRows(rows, pgx.RowTo[time.Time]); err != nil || len(due) != 1 || !due[0].Equal(h.now.Add(5*24*time.Hour)) {
		t.Errorf("the office is reminded at %v, %v", due, err)
	}
	d, err := h.DisputeOf(h.ctx(), h.coordinator, e)
	if err != nil || d.Disagreement.Late(h.now.Add(7*24*time.Hour-time.Second)) || !d.Disagreement.Late(h.now.Add(7*24*time.Hour)) {
		t.Errorf("late: %+v, %v", d.Disagreement, err)
	}
}
