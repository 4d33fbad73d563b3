package jobs_test

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/payments"
)

// modelWork is an engagement as the model knows it.
type modelWork struct {
	id            jobs.EngagementID
	member, shift int
	state         jobs.EngagementState
	sheet         jobs.SheetState
	minutes       int // proposed, agreed or paid in part
	off           bool
	byMember      bool
	stopped       bool
	home          bool // the member went home before the end
	offAt         time.Time
	there         bool // a coordinator found it
	denied        bool // and nobody answered yet
	upheld        bool
	disputed      bool
	in, out       time.Time // on the clock
	stoppedAt     time.Time
	byMemberSaid  int // minutes, the last word of each side
	byClientSaid  int
	paid          bool // the bank said so of all that is billed
}

func (w modelWork) holds() bool {
	return !w.off && w.state != jobs.CalledOff && w.state != jobs.Absent
}

// modelShift is a shift as the model knows it.
type modelShift struct {
	id           jobs.ShiftID
	starts, ends time.Time
	seats        int
	off          bool
	offAt        time.Time
	ofGig        bool // the gig that moves; the other stays open
}

// model says what DESIGN.md 7 and the promises want, without a database.
type model struct {
	now    time.Time
	gig    jobs.State
	shifts []modelShift
	works  []*modelWork
}

func (m *model) taken(shift int) (n int) {
	for _, w := range m.works {
		if w.shift == shift && w.holds() {
			n++
		}
	}
	return n
}

func (m *model) busy(member, shift int, but *modelWork) bool {
	for _, w := range m.works {
		s, o := m.shifts[shift], m.shifts[w.shift]
		if w != but && w.member == member && w.holds() && s.starts.Before(m.ended(w)) && o.starts.Before(s.ends) {
			return true
		}
	}
	return false
}

func (m *model) freed(shift int) bool {
	for _, w := range m.works {
		late := w.byMember && w.offAt.After(m.shifts[shift].starts.Add(-2*time.Hour))
		if w.shift == shift && (w.state == jobs.Absent || late) {
			return true
		}
	}
	return false
}

func (m *model) confirm(member, shift int) error {
	s := m.shifts[shift]
	switch {
	case s.ofGig && m.gig != jobs.Open && m.gig != jobs.Paused || s.off:
		return members.ErrNotFound
	case !s.starts.After(m.now) && !(m.freed(shift) && s.ends.Sub(m.now) > time.Hour):
		return jobs.ErrStarted
	case m.taken(shift) >= s.seats:
		return jobs.ErrNoSeat
	case m.busy(member, shift, nil):
		return jobs.ErrBusy
	}
	return nil
}

func (m *model) over(w *modelWork) bool {
	return w.stopped || !m.now.Before(m.shifts[w.shift].ends)
}

// ended is when the work was over.
func (m *model) ended(w *modelWork) time.Time {
	if w.stopped {
		return w.stoppedAt
	}
	return m.shifts[w.shift].ends
}

func (m *model) callOff(w *modelWork) error {
	switch {
	case w.off && w.byMember, w.home && !m.over(w):
		return nil
	case m.over(w):
		return jobs.ErrShiftOver
	case w.state != jobs.Confirmed && w.state != jobs.Started:
		return jobs.ErrWorkMoved
	case w.state == jobs.Started && m.now.After(m.shifts[w.shift].starts): // goes home, and what was worked counts
		w.state, w.home = jobs.Finished, true
		return nil
	}
	w.state, w.off, w.byMember, w.offAt = jobs.CalledOff, true, true, m.now
	return nil
}

// end is what calling off by the client does to one.
func (m *model) end(w *modelWork) {
	s := m.shifts[w.shift]
	if !m.now.Before(s.starts) { // who has begun is done, and says for how long
		w.state, w.stopped, w.stoppedAt = jobs.Finished, true, m.now
		return
	}
	w.off, w.offAt, w.state = true, m.now, jobs.CalledOff
	if s.starts.Sub(m.now) >= 24*time.Hour {
		return
	}
	w.minutes, w.state, w.sheet = (int(s.ends.Sub(s.starts)/time.Minute)+1)/2, jobs.Billed, jobs.SheetAgreed
}

func (m *model) callOffWork(w *modelWork) error {
	switch {
	case w.state != jobs.Confirmed && w.state != jobs.Started:
		return jobs.ErrWorkMoved
	case m.over(w):
		return jobs.ErrShiftOver
	}
	if m.end(w); w.stopped {
		return nil
	}
	if s := &m.shifts[w.shift]; s.seats > 1 {
		s.seats--
	} else {
		s.off = true
	}
	return nil
}

func (m *model) callOffShift(shift int) error {
	s := &m.shifts[shift]
	if s.off || !s.ends.After(m.now) {
		return jobs.ErrShiftOver
	}
	for _, w := range m.works {
		if w.shift == shift && (w.state == jobs.Confirmed || w.state == jobs.Started) {
			m.end(w)
		}
	}
	s.off, s.offAt = true, m.now
	return nil
}

func (m *model) cancel() error {
	if m.gig != jobs.Open && m.gig != jobs.Paused {
		return jobs.ErrGigMoved
	}
	m.gig = jobs.Cancelled
	for i, s := range m.shifts {
		if s.ofGig {
			_ = m.callOffShift(i)
		}
	}
	return nil
}

func (m *model) miss(w *modelWork, by members.RoleKind) error {
	switch {
	case w.state == jobs.Absent:
		return nil
	case w.state != jobs.Confirmed:
		return jobs.ErrWorkMoved
	case m.now.Before(m.shifts[w.shift].starts.Add(15 * time.Minute)):
		return jobs.ErrTooEarly
	case w.there && by == members.RoleClient:
		return jobs.ErrFoundThere
	}
	w.state, w.there = jobs.Absent, false
	return nil
}

func (m *model) putRight(w *modelWork) error {
	switch {
	case w.state != jobs.Absent:
		return jobs.ErrWorkMoved
	case m.busy(w.member, w.shift, w):
		return jobs.ErrBusy
	}
	s := &m.shifts[w.shift]
	w.there, w.denied, w.upheld = true, false, false
	if m.taken(w.shift) >= s.seats {
		s.seats++
	}
	if s.off && !s.offAt.Before(s.starts) { // with the others who were there
		w.state, w.stopped, w.stoppedAt = jobs.Finished, true, s.offAt
		return nil
	}
	w.state = jobs.Confirmed
	return nil
}

func (m *model) deny(w *modelWork) error {
	if w.state != jobs.Absent {
		return jobs.ErrWorkMoved
	}
	w.denied = true
	return nil
}

func (m *model) uphold(w *modelWork) error {
	switch {
	case w.state != jobs.Absent:
		return jobs.ErrWorkMoved
	case !w.denied || w.upheld:
		return members.ErrDecided
	}
	w.upheld = true
	return nil
}

// press says that the member is there, or done.
func (m *model) press(w *modelWork, done bool) error {
	s := m.shifts[w.shift]
	empty := w.sheet == jobs.SheetEmpty
	switch {
	case m.now.Before(s.starts.Add(-30 * time.Minute)):
		return jobs.ErrClockEarly
	case w.state == jobs.Confirmed && done && empty:
		return jobs.ErrNotPresent
	case !done && (w.state != jobs.Confirmed || !empty || m.over(w)):
		return jobs.ErrClockClosed
	case done && (w.state != jobs.Started || !empty || !m.now.After(w.in) || m.now.After(m.closes(w))):
		return jobs.ErrClockClosed
	case done:
		w.state, w.out = jobs.Finished, m.now
	default:
		w.state, w.in = jobs.Started, m.now
	}
	return nil
}

// closes is until when somebody can be done: the end of the day, or two hours after.
func (m *model) closes(w *modelWork) time.Time {
	ends := m.shifts[w.shift].ends.In(members.Amsterdam())
	midnight := time.Date(ends.Year(), ends.Month(), ends.Day()+1, 0, 0, 0, 0, ends.Location())
	if late := ends.Add(2 * time.Hour); late.After(midnight) {
		return late
	}
	return midnight
}

// turn reports why the hours are not this side's to write. The client begins where
// the clock says it all, or days later.
func (m *model) turn(w *modelWork, of members.RoleKind) error {
	waits := map[jobs.SheetState]members.RoleKind{jobs.SheetEmpty: members.RoleMember, jobs.ClientProposed: members.RoleMember, jobs.MemberProposed: members.RoleClient}
	switch {
	case !m.over(w):
		return jobs.ErrNotOver
	case !w.holds():
		return jobs.ErrNotTheirTurn
	case w.sheet == jobs.SheetEmpty && of == members.RoleClient && (!w.out.IsZero() || !m.now.Before(m.ended(w).Add(5*24*time.Hour))):
		return nil
	case waits[w.sheet] != of:
		return jobs.ErrNotTheirTurn
	}
	return nil
}

func (m *model) propose(w *modelWork, of members.RoleKind, minutes int) error {
	if err := m.turn(w, of); err != nil {
		return err
	}
	w.minutes, w.state = minutes, jobs.Finished
	if of == members.RoleMember {
		w.sheet, w.byMemberSaid = jobs.MemberProposed, minutes
	} else {
		w.sheet, w.byClientSaid = jobs.ClientProposed, minutes
	}
	return nil
}

// answers reports why a side cannot answer what was proposed.
func (m *model) answers(w *modelWork, of members.RoleKind) error {
	if err := m.turn(w, of); err != nil || w.sheet != jobs.SheetEmpty {
		return err
	}
	return jobs.ErrNotTheirTurn
}

func (m *model) agree(w *modelWork, of members.RoleKind) error {
	err := m.answers(w, of)
	if err == nil {
		m.agreed(w, w.minutes)
	}
	return err
}

// agreed settles so many minutes; what was beyond doubt was billed before.
func (m *model) agreed(w *modelWork, minutes int) {
	more := w.sheet != jobs.Disputed || minutes > w.minutes
	w.sheet, w.minutes = jobs.SheetAgreed, minutes
	switch {
	case minutes == 0:
		w.state = jobs.Closed
	case w.paid && !more:
		w.state = jobs.Paid
	default:
		w.state, w.paid = jobs.Billed, false
	}
}

func (m *model) dispute(w *modelWork, of members.RoleKind, undisputed int) error {
	err := m.answers(w, of)
	if err == nil {
		w.sheet, w.minutes, w.disputed = jobs.Disputed, undisputed, true
	}
	return err
}

func (m *model) decide(w *modelWork, minutes int) error {
	switch {
	case !w.disputed:
		return members.ErrNotFound
	case w.sheet != jobs.Disputed:
		return members.ErrDecided
	}
	m.agreed(w, minutes)
	return nil
}

// silence lets so many days go by in which nobody says anything.
func (m *model) silence() {
	m.now = m.now.Add(10 * 24 * time.Hour)
	for _, w := range m.works {
		s := m.shifts[w.shift]
		switch {
		case !w.holds() || w.sheet == jobs.Disputed || w.sheet == jobs.SheetAgreed:
		case w.sheet == jobs.SheetEmpty:
			m.agreed(w, s.planned(w))
		default:
			m.agreed(w, max(w.minutes, w.byMemberSaid))
		}
	}
}

// planned are the minutes that nobody had to propose: of stopped work until then by
// whole quarters, and half of the shift at least.
func (s modelShift) planned(w *modelWork) int {
	all := int(s.ends.Sub(s.starts) / time.Minute)
	if !w.stopped {
		return all
	}
	quarters := (int(w.stoppedAt.Sub(s.starts)/time.Minute) + 14) / 15 * 15
	return max((all+1)/2, min(quarters, all))
}

// owed are the minutes of which there are bills.
func (w modelWork) owed() int {
	if w.sheet == jobs.SheetAgreed || w.sheet == jobs.Disputed {
		return w.minutes
	}
	return 0
}

// paidOrNot is what the bank's word does.
func (m *model) paidOrNot(w *modelWork, paid bool) error {
	if w.owed() == 0 {
		return members.ErrNotFound
	}
	w.paid = paid
	if w.state == jobs.Billed || w.state == jobs.Paid {
		w.state = map[bool]jobs.EngagementState{true: jobs.Paid, false: jobs.Billed}[paid]
	}
	return nil
}

// play is one run: the verbs against Postgres, and the model beside them.
type play struct {
	*house
	*model
	t      *rapid.T
	gigs   []jobs.GigID // the first moves
	people []members.Actor
}

// TestAllMovesOfEngagements plays every verb by anybody in any order: each answers
// as the model does, states follow it, there are never more people than seats, and
// money is billed where it should be and nowhere else.
func TestAllMovesOfEngagements(t *testing.T) {
	h := newHouse(t)
	base, run := h.now, 0
	checks(t, "30")
	rapid.Check(t, func(rt *rapid.T) {
		run++
		h.now = base
		h.sql(`DELETE FROM tasks.task`) // of other runs
		p := newPlay(h, rt, run)
		p.open(rapid.IntRange(0, 2).Draw(rt, "opening"))
		for range rapid.IntRange(3, 15).Draw(rt, "steps") {
			p.step(during)
		}
		p.compare()
		if rapid.Bool().Draw(rt, "over") {
			p.silent()
		} else {
			p.ends()
		}
		for range rapid.IntRange(3, 10).Draw(rt, "steps after") {
			p.step(after)
		}
		p.compare()
	})
}

func newPlay(h *house, t *rapid.T, run int) *play {
	p := &play{house: h, t: t, model: &model{now: h.now, gig: jobs.Open}}
	for i := range 3 {
		m := h.newMember(fmt.Sprint("play", run, "m", i))
		var person members.PersonID
		if err := h.db.QueryRow(h.ctx(), `SELECT person_id FROM members.role WHERE id = $1`, h.roleOf(m)).Scan(&person); err != nil {
			t.Fatal(err)
		}
		p.people = append(p.people, h.actor(person))
	}
	for i, starts := range [][]time.Duration{{time.Hour, 30 * time.Hour}, {2 * time.Hour}} { // the third is at the time of the first
		n := h.gig()
		n.Shifts = nil
		for _, at := range starts {
			n.Shifts = append(n.Shifts, jobs.NewShift{Starts: h.now.Add(at), Ends: h.now.Add(at + 3*time.Hour + 31*time.Minute), Seats: rapid.IntRange(1, 2).Draw(t, "seats")})
		}
		posted := h.post(h.client, n)
		gig, err := h.Gig(h.ctx(), h.client, posted)
		if err != nil {
			t.Fatal(err)
		}
		for _, s := range gig.Shifts {
			p.shifts = append(p.shifts, modelShift{id: s.ID, starts: s.Starts, ends: s.Ends, seats: s.Seats, ofGig: i == 0})
		}
		p.gigs = append(p.gigs, posted)
	}
	return p
}

// open begins where chance seldom comes: with a full shift on which somebody is
// missing, and perhaps somebody in their place.
func (p *play) open(opening int) {
	if opening == 0 {
		return
	}
	shift := p.shifts[0]
	for range shift.seats {
		if got, want := p.take(p.taken(0), 0); got != nil || want != nil {
			p.t.Fatalf("an empty shift gave %v, the model says %v", got, want)
		}
	}
	p.model.now = shift.starts.Add(20 * time.Minute)
	p.house.now = p.model.now
	if got, want := p.Miss(p.ctx(), p.client, p.works[0].id), p.miss(p.works[0], members.RoleClient); got != nil || want != nil {
		p.t.Fatalf("who is missing gave %v, the model says %v", got, want)
	}
	if opening == 1 {
		return
	}
	if got, want := p.take(2, 0); got != nil || want != nil {
		p.t.Fatalf("who comes in their place gave %v, the model says %v", got, want)
	}
}

// What is done during the work and after it; the rest of it is refused then.
var (
	during = []string{"confirm", "confirm", "confirm", "clock", "clock", "clock", "member off", "client off", "shift off", "cancel", "pause", "resume", "miss", "miss", "deny", "uphold", "put right", "put right", "press", "press", "propose", "counter", "agree", "stranger"}
	after  = append([]string{"propose", "propose", "counter", "agree", "dispute", "dispute", "decide", "decide", "pay", "pay", "pay back"}, during...)
)

// step does one thing, and holds its answer against the model's.
func (p *play) step(verbs []string) {
	verb := rapid.SampledFrom(verbs).Draw(p.t, "verb")
	if len(p.works) == 0 && verb != "clock" && verb != "pause" && verb != "resume" {
		verb = "confirm"
	}
	got, want := p.do(verb)
	if !errors.Is(got, want) || want == nil && got != nil {
		p.t.Fatalf("%s at %s gave %v, the model says %v", verb, p.clock().Sub(p.shifts[0].starts), got, want)
	}
}

const enough = payments.Cents(1_000_000)

func (p *play) do(verb string) (got, want error) {
	ctx, runner := p.ctx(), rapid.SampledFrom([]members.Actor{p.client, p.coordinator}).Draw(p.t, "runner")
	var w *modelWork
	var by members.Actor
	if len(p.works) > 0 {
		w = rapid.SampledFrom(p.works).Draw(p.t, "work")
		by = p.people[w.member]
	}
	switch verb {
	case "confirm":
		return p.take(rapid.IntRange(0, 2).Draw(p.t, "member"), rapid.IntRange(0, 2).Draw(p.t, "shift"))
	case "clock":
		s := rapid.SampledFrom(p.shifts).Draw(p.t, "near")
		for _, at := range []time.Time{s.starts.Add(-24 * time.Hour), s.starts.Add(-time.Hour), s.starts.Add(5 * time.Minute), s.starts.Add(20 * time.Minute),
			s.starts.Add(3 * time.Hour), s.ends.Add(-10 * time.Minute), s.ends} { // the next at which something changes
			if at.After(p.model.now) {
				p.model.now = at
				break
			}
		}
		p.house.now = p.model.now
		return nil, nil
	case "member off":
		return p.CallOff(ctx, by, w.id, jobs.OffReason{Why: rapid.SampledFrom([]jobs.OffWhy{"", jobs.OffIll}).Draw(p.t, "why")}), p.model.callOff(w)
	case "client off":
		return p.CallOffWork(ctx, runner, w.id, enough), p.callOffWork(w)
	case "shift off":
		shift := rapid.IntRange(0, 2).Draw(p.t, "shift")
		return p.CallOffShift(ctx, runner, p.shifts[shift].id, enough), p.callOffShift(shift)
	case "cancel":
		if !rapid.Bool().Draw(p.t, "really") {
			return nil, nil
		}
		return p.CancelGig(ctx, runner, p.gigs[0], enough), p.cancel()
	case "pause":
		return p.Pause(ctx, runner, p.gigs[0]), p.move(jobs.Open, jobs.Paused)
	case "resume":
		return p.Resume(ctx, runner, p.gigs[0]), p.move(jobs.Paused, jobs.Open)
	case "miss":
		return p.Miss(ctx, runner, w.id), p.miss(w, runner.Kind)
	case "deny":
		return p.WasThere(ctx, by, w.id), p.deny(w)
	case "uphold":
		return p.Uphold(ctx, p.coordinator, w.id, "De lijst klopt."), p.uphold(w)
	case "put right":
		return p.PutRight(ctx, p.coordinator, w.id), p.putRight(w)
	case "press":
		done := rapid.Bool().Draw(p.t, "done")
		return p.Press(ctx, by, w.id, jobs.Press{ID: id.New[jobs.Press](nil), Done: done}), p.press(w, done)
	case "propose":
		return p.ProposeHours(ctx, by, w.id, jobs.Hours{Worked: 200 * time.Minute}), p.propose(w, members.RoleMember, 200)
	case "counter":
		return p.ProposeHours(ctx, p.client, w.id, jobs.Hours{Worked: 180 * time.Minute, Reason: "Korter."}), p.propose(w, members.RoleClient, 180)
	case "agree":
		if rapid.Bool().Draw(p.t, "by the member") {
			return p.AgreeHours(ctx, by, w.id), p.agree(w, members.RoleMember)
		}
		return p.AgreeHours(ctx, p.client, w.id), p.agree(w, members.RoleClient)
	case "dispute":
		undisputed := rapid.SampledFrom([]int{0, 120}).Draw(p.t, "undisputed")
		if w.stopped {
			undisputed = 120 // less than half of the shift is refused by another rule
		}
		d, who, of := jobs.Disputing{Undisputed: time.Duration(undisputed) * time.Minute, Reason: "Een deel niet."}, p.client, members.RoleClient
		if w.sheet == jobs.ClientProposed || rapid.Bool().Draw(p.t, "by the member") {
			who, of = by, members.RoleMember
		}
		return p.DisputeHours(ctx, who, w.id, d), p.dispute(w, of, undisputed)
	case "decide":
		minutes := rapid.SampledFrom([]int{w.minutes, max(w.byMemberSaid, w.byClientSaid)}).Draw(p.t, "minutes")
		return p.DecideHours(ctx, p.coordinator, w.id, jobs.Deciding{Worked: time.Duration(minutes) * time.Minute, Reason: "Zo is het."}), p.decide(w, minutes)
	case "pay":
		return p.bank(w, true), p.paidOrNot(w, true)
	case "pay back":
		return p.bank(w, false), p.paidOrNot(w, false)
	default:
		return p.asStranger(w), members.ErrNotFound
	}
}

// silent lets days go by, with the timers of hours that wait.
func (p *play) silent() {
	p.silence()
	p.house.now = p.model.now
	for p.runTimers() > 0 { // each sets the next
	}
}

// ends lets an hour go by after the last shift.
func (p *play) ends() {
	for _, s := range p.shifts {
		if at := s.ends.Add(time.Hour); at.After(p.model.now) {
			p.model.now = at
		}
	}
	p.house.now = p.model.now
}

// bank says that all that is billed of the work is with the member, or came back.
func (p *play) bank(w *modelWork, paid bool) error {
	return pgx.BeginFunc(p.ctx(), p.db, func(tx pgx.Tx) error {
		query := `UPDATE payments.payout SET state = 'failed', paid_at = NULL WHERE line_id IN (SELECT l.id FROM payments.bill_line l JOIN payments.bill b ON b.id = l.bill_id WHERE starts_with(b.ref, $1))`
		if paid {
			query = `
				WITH bill AS (UPDATE payments.bill SET state = 'paid', charge_id = ref, paid_at = now() WHERE starts_with(ref, $1) RETURNING id, ref)
				INSERT INTO payments.payout (id, cooperative_id, line_id, member_id, cents, state, due_at, transfer_id, payout_id, sent_at, paid_at)
				SELECT l.id, l.cooperative_id, l.id, l.member_id, l.cents, 'paid', now(), 'tr_' || b.ref, 'po_' || b.ref, now(), now()
				FROM payments.bill_line l JOIN bill b ON b.id = l.bill_id WHERE l.kind = 'wage'
				ON CONFLICT (cooperative_id, line_id) DO UPDATE SET state = 'paid', paid_at = now()`
		}
		if _, err := tx.Exec(p.ctx(), query, w.id.String()); err != nil {
			return err
		}
		return p.FollowPayTx(p.ctx(), tx, payments.PayMoved{Ref: payments.Reference(w.id.String()), Cooperative: p.client.Cooperative})
	})
}

func (p *play) clock() time.Time { return p.model.now }

func (p *play) move(from, to jobs.State) error {
	if p.model.gig != from {
		return jobs.ErrGigMoved
	}
	p.model.gig = to
	return nil
}

func (p *play) take(member, shift int) (got, want error) {
	var e jobs.EngagementID
	got = pgx.BeginFunc(p.ctx(), p.db, func(tx pgx.Tx) (err error) {
		e, err = p.ConfirmTx(p.ctx(), tx, p.client.Cooperative, p.shifts[shift].id, p.people[member].Member)
		return err
	})
	if want = p.model.confirm(member, shift); want == nil {
		p.works = append(p.works, &modelWork{id: e, member: member, shift: shift, state: jobs.Confirmed})
	}
	return got, want
}

// asStranger does something in a role that may not.
func (p *play) asStranger(w *modelWork) error {
	ctx := p.ctx()
	by := rapid.SampledFrom([]members.Actor{p.rival, p.coach, p.otherOffices, p.people[(w.member+1)%3], {}}).Draw(p.t, "stranger")
	switch rapid.IntRange(0, 6).Draw(p.t, "what") {
	case 0:
		return p.CallOff(ctx, by, w.id, jobs.OffReason{})
	case 1:
		return p.CallOffWork(ctx, by, w.id, enough)
	case 2:
		return p.CallOffShift(ctx, by, p.shifts[w.shift].id, enough)
	case 3:
		return p.CancelGig(ctx, by, p.gigs[0], enough)
	case 4:
		return p.Miss(ctx, by, w.id)
	case 5:
		return p.PutRight(ctx, p.client, w.id)
	default:
		return p.WasThere(ctx, by, w.id)
	}
}

// compare holds all that is written against the model.
func (p *play) compare() {
	const query = `
		SELECT e.id, e.state, coalesce(t.state, ''), coalesce(t.minutes, 0), (SELECT coalesce(sum(b.minutes), 0) FROM payments.bill b WHERE starts_with(b.ref, e.id::text))
		FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id LEFT JOIN jobs.timesheet t ON t.engagement_id = e.id
		WHERE s.gig_id = ANY ($1)`
	rows, err := p.db.Query(p.ctx(), query, p.gigs)
	if err != nil {
		p.t.Fatal(err)
	}
	found := map[jobs.EngagementID]string{}
	var e jobs.EngagementID
	var state jobs.EngagementState
	var sheet jobs.SheetState
	var minutes, billed int
	if _, err := pgx.ForEachRow(rows, []any{&e, &state, &sheet, &minutes, &billed}, func() error {
		found[e] = fmt.Sprintf("%s, hours %q, %d minutes, %d billed", state, sheet, minutes, billed)
		return nil
	}); err != nil {
		p.t.Fatal(err)
	}
	for _, w := range p.works {
		if want := fmt.Sprintf("%s, hours %q, %d minutes, %d billed", w.state, w.sheet, w.minutes, w.owed()); found[w.id] != want {
			p.t.Fatalf("work is %q, the model says %q", found[w.id], want)
		}
	}
	if len(found) != len(p.works) {
		p.t.Fatalf("%d engagements, the model has %d", len(found), len(p.works))
	}
	p.compareSeats()
}

func (p *play) compareSeats() {
	for i, s := range p.shifts {
		if n := p.count(`SELECT seats FROM jobs.shift WHERE id = $1`, s.id); n != s.seats || p.taken(i) > n {
			p.t.Fatalf("%d seats, the model has %d, of which %d are taken", n, s.seats, p.taken(i))
		}
	}
}
