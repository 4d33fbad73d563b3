package jobs_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// sheetModel is what the hours of one engagement should be, beside the database.
type sheetModel struct {
	h                  *house
	work               jobs.EngagementID
	starts, ends       time.Time
	state              jobs.SheetState
	engagement         jobs.EngagementState
	minutes, round     int
	member, client     int // the last word of each side
	undisputed         int
	since              time.Time
	in, out            time.Time
	actors             map[string]members.Actor
	everBilled, before int
}

const sheetRate = 1601 // that does not divide by sixty

func newSheetModel(h *house, n int) *sheetModel {
	h.now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	m := &sheetModel{h: h, engagement: jobs.Confirmed, starts: h.now.Add(time.Hour), ends: h.now.Add(5 * time.Hour)}
	gig := h.gig()
	gig.Rate = sheetRate
	gig.Shifts = []jobs.NewShift{{Starts: m.starts, Ends: m.ends, Break: 30 * time.Minute, Seats: 1}}
	found, err := h.Gig(h.ctx(), h.client, h.post(h.client, gig))
	if err != nil {
		h.t.Fatal(err)
	}
	name := fmt.Sprint("lid", n)
	h.newMember(name)
	var person members.PersonID
	h.tx(func(tx pgx.Tx) (err error) {
		if _, err := tx.Exec(h.ctx(), `DELETE FROM tasks.task`); err != nil {
			return err
		}
		person, err = h.people.EnsurePersonTx(h.ctx(), tx, newPerson(name))
		return err
	})
	by := h.actor(person)
	h.tx(func(tx pgx.Tx) (err error) {
		m.work, err = h.ConfirmTx(h.ctx(), tx, by.Cooperative, found.Shifts[0].ID, by.Member)
		return err
	})
	m.actors = map[string]members.Actor{"member": by, "client": h.client, "rival": h.rival, "coach": h.coach, "office": h.coordinator, "far": h.otherOffices}
	return m
}

// turn is what a move of hours by this actor should give; nil: it is theirs.
func (m *sheetModel) turn(name string, move jobs.SheetMove) error {
	by := m.actors[name]
	switch {
	case name != "member" && name != "client" && name != "office":
		return members.ErrNotFound
	case m.h.now.Before(m.ends):
		return jobs.ErrNotOver
	case !move.May(m.state, by.Kind), m.state == jobs.SheetEmpty && name != "member" && m.out.IsZero() && m.h.now.Before(m.ends.Add(5*24*time.Hour)):
		return jobs.ErrNotTheirTurn
	}
	return nil
}

func (m *sheetModel) said(state jobs.SheetState, minutes int) {
	m.state, m.minutes, m.round = state, minutes, m.round+1
	if m.engagement != jobs.Billed && m.engagement != jobs.Closed {
		m.engagement = jobs.Finished
	}
	if state == jobs.SheetAgreed {
		m.engagement = jobs.Billed
		if minutes == 0 {
			m.engagement = jobs.Closed
		}
	}
}

func (m *sheetModel) propose(t *rapid.T) {
	name, minutes := m.somebody(t, jobs.Propose), rapid.IntRange(1, 720).Draw(t, "minutes")
	want := m.turn(name, jobs.Propose)
	m.expect(t, want, m.h.ProposeHours(m.h.ctx(), m.actors[name], m.work, jobs.Hours{Worked: time.Duration(minutes) * time.Minute, Reason: "Zo was het."}))
	switch {
	case want != nil:
		return
	case name == "member":
		m.member = minutes
		m.said(jobs.MemberProposed, minutes)
	default:
		m.client = minutes
		m.said(jobs.ClientProposed, minutes)
	}
	m.since = m.h.now
}

func (m *sheetModel) agree(t *rapid.T) {
	name := m.somebody(t, jobs.Agree)
	want := m.turn(name, jobs.Agree)
	m.expect(t, want, m.h.AgreeHours(m.h.ctx(), m.actors[name], m.work))
	if want == nil {
		m.said(jobs.SheetAgreed, m.minutes)
	}
}

func (m *sheetModel) dispute(t *rapid.T) {
	name, part := m.somebody(t, jobs.Dispute), rapid.IntRange(0, m.minutes).Draw(t, "part")
	want := m.turn(name, jobs.Dispute)
	err := m.h.DisputeHours(m.h.ctx(), m.actors[name], m.work, jobs.Disputing{Undisputed: time.Duration(part) * time.Minute, Reason: "Een deel niet."})
	if want == nil && part >= max(m.member, m.client) {
		m.refused(t, err)
		return
	}
	m.expect(t, want, err)
	if want == nil {
		m.undisputed = part
		m.said(jobs.Disputed, part)
	}
}

func (m *sheetModel) decide(t *rapid.T) {
	name, minutes := m.somebody(t, jobs.Decide), rapid.IntRange(max(0, m.undisputed-1), max(m.member, m.client)+1).Draw(t, "minutes")
	var want error
	switch {
	case name != "office", m.undisputed < 0 || !m.disputed():
		want = members.ErrNotFound
	case m.state != jobs.Disputed:
		want = members.ErrDecided
	}
	err := m.h.DecideHours(m.h.ctx(), m.actors[name], m.work, jobs.Deciding{Worked: time.Duration(minutes) * time.Minute, Reason: "Zo is het."})
	if want == nil && (minutes < m.undisputed || minutes > max(m.member, m.client)) {
		m.refused(t, err)
		return
	}
	m.expect(t, want, err)
	if want == nil {
		m.said(jobs.SheetAgreed, minutes)
	}
}

// disputed reports whether a dispute was ever begun.
func (m *sheetModel) disputed() bool { return m.before > 0 }

func (m *sheetModel) wait(t *rapid.T) {
	m.h.now = m.h.now.Add(time.Duration(rapid.SampledFrom([]int{60, 300, 7200, 10080, 20000}).Draw(t, "wait")) * time.Minute)
	for m.h.runTimers() > 0 { // each sets the next
	}
	waits := m.since
	if m.state == jobs.SheetEmpty {
		waits = m.ends
	}
	if !jobs.Silence.May(m.state, "") || m.h.now.Before(waits.Add(jobs.SilentAfter)) {
		return
	}
	if m.state == jobs.SheetEmpty {
		m.minutes = 210
	}
	m.said(jobs.SheetAgreed, max(m.minutes, m.member))
}

func (m *sheetModel) press(t *rapid.T) {
	name, done := m.somebody(t, jobs.Propose), rapid.Bool().Draw(t, "done")
	err := m.h.Press(m.h.ctx(), m.actors[name], m.work, press(done, 0))
	early := m.h.now.Before(m.starts.Add(-30 * time.Minute))
	switch {
	case name != "member":
		m.expect(t, members.ErrNotFound, err)
	case early:
		m.expect(t, jobs.ErrClockEarly, err)
	case done && m.engagement == jobs.Confirmed:
		m.expect(t, jobs.ErrNotPresent, err)
	case !done && m.engagement == jobs.Confirmed && m.h.now.Before(m.ends):
		m.expect(t, nil, err)
		m.engagement, m.in = jobs.Started, m.h.now
	case done && m.engagement == jobs.Started && m.h.now.After(m.in) && m.h.now.Before(time.Date(2026, 11, 24, 23, 0, 0, 1, time.UTC)):
		m.expect(t, nil, err)
		m.engagement, m.out = jobs.Finished, m.h.now
	default:
		m.expect(t, jobs.ErrClockClosed, err)
	}
}

// somebody is mostly who may do it.
func (m *sheetModel) somebody(t *rapid.T, move jobs.SheetMove) string {
	if rapid.IntRange(0, 3).Draw(t, "anybody") > 0 {
		for _, name := range []string{"member", "client", "office"} {
			if move.May(m.state, m.actors[name].Kind) {
				return name
			}
		}
	}
	return rapid.SampledFrom([]string{"member", "client", "office", "rival", "coach", "far"}).Draw(t, "by")
}

func (m *sheetModel) expect(t *rapid.T, want, got error) {
	if !errors.Is(got, want) {
		t.Fatalf("got %v, want %v", got, want)
	}
}

func (m *sheetModel) refused(t *rapid.T, err error) {
	if err == nil || !strings.HasPrefix(err.Error(), "check:") {
		t.Fatalf("got %v, want a problem", err)
	}
}

// check compares the database with the model: where the hours are, and that the
// bills come to exactly what is agreed, however many they are.
func (m *sheetModel) check(t *rapid.T) {
	w, err := m.h.Work(m.h.ctx(), m.h.client, m.work)
	if err != nil {
		t.Fatal(err)
	}
	if w.Sheet.State != m.state || w.State != m.engagement || w.Sheet.Worked != time.Duration(m.minutes)*time.Minute || w.Sheet.Round != m.round {
		t.Fatalf("the work is %q with %q hours, %s after %d words; want %q, %q, %d minutes, %d", w.State, w.Sheet.State, w.Sheet.Worked, w.Sheet.Round, m.engagement, m.state, m.minutes, m.round)
	}
	if !w.Clock.In.Equal(m.in) || !w.Clock.Out.Equal(m.out) {
		t.Fatalf("the clock is %+v, want %s to %s", w.Clock, m.in, m.out)
	}
	owed := 0
	if m.state == jobs.SheetAgreed || m.state == jobs.Disputed {
		owed = m.minutes
	}
	var minutes, bills int
	var wage, contribution, total payments.Cents
	err = m.h.db.QueryRow(m.h.ctx(), `
		SELECT count(*), coalesce(sum(b.minutes), 0), coalesce(sum(b.total_cents), 0),
			coalesce(sum((SELECT sum(cents) FROM payments.bill_line l WHERE l.bill_id = b.id AND l.kind = 'wage')), 0),
			coalesce(sum((SELECT sum(cents) FROM payments.bill_line l WHERE l.bill_id = b.id AND l.kind = 'contribution')), 0)
		FROM payments.bill b WHERE starts_with(b.ref, $1)`, m.work.String()).Scan(&bills, &minutes, &total, &wage, &contribution)
	all := payments.Cents(sheetRate).ForTime(time.Duration(owed) * time.Minute)
	if err != nil || minutes != owed || wage != all || contribution != (all+9)/10 || total != wage+contribution || bills > 2 {
		t.Fatalf("%d bills for %d minutes: %s and %s, %v; want %d minutes: %s and a tenth", bills, minutes, wage, contribution, err, owed, all)
	}
	if minutes < m.everBilled || m.disputed() && m.minutes < m.undisputed {
		t.Fatalf("%d minutes are billed after %d, %d beyond doubt", minutes, m.everBilled, m.undisputed)
	}
	m.everBilled = minutes
	if m.state == jobs.Disputed {
		m.before = 1
	}
}

// TestHoursByChance plays random moves by both sides, the office and strangers,
// with a clock that goes on.
func TestHoursByChance(t *testing.T) {
	h := newHouse(t)
	n, ends := 0, map[jobs.SheetState]int{}
	checks(t, "60")
	rapid.Check(t, func(t *rapid.T) {
		n++
		m := newSheetModel(h, n)
		if rapid.IntRange(0, 3).Draw(t, "over") > 0 {
			h.now = m.ends
		}
		moves := []func(*rapid.T){m.propose, m.propose, m.propose, m.agree, m.dispute, m.dispute, m.decide, m.decide, m.wait, m.wait, m.press}
		for range rapid.IntRange(3, 10).Draw(t, "moves") {
			rapid.SampledFrom(moves).Draw(t, "move")(t)
			m.check(t)
		}
		ends[m.state]++
	})
	for _, state := range jobs.SheetStates() {
		if ends[state] == 0 {
			t.Errorf("no chance ended with %q: %v", state, ends)
		}
	}
}
