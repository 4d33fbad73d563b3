package matching_test

import (
	"context"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/tasks"
	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/members/coaching"
	"meent/payments"
)

// death ends a program at a step: just before it is written down, or just after, when
// nobody heard of it yet. A step is a transaction, or a statement outside of one.
type death struct {
	at    int // 0: never
	after bool
	steps int
	dying bool
	dead  bool
}

func (d *death) TraceQueryStart(ctx context.Context, conn *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	step := strings.EqualFold(data.SQL, "commit") || conn.PgConn().TxStatus() == 'I' && !strings.HasPrefix(strings.ToLower(data.SQL), "begin")
	if step {
		d.steps++
		d.dying = d.dying || d.steps == d.at && d.after
		d.dead = d.dead || d.steps == d.at && !d.after
	}
	if !d.dead {
		return ctx
	}
	gone, cancel := context.WithCancel(ctx)
	cancel()
	return gone
}

func (d *death) TraceQueryEnd(context.Context, *pgx.Conn, pgx.TraceQueryEndData) {
	d.dead = d.dead || d.dying
}

// mortal is a house whose program may end at any step; another then starts beside an
// empty Redis, and goes on with what is written down.
type mortal struct {
	*house
	*death
	pool *pgxpool.Pool // of the program
}

// start starts a program that dies so. What the last one held is let go of, as after a
// quarter of a minute.
func (m *mortal) start(d *death) {
	m.t.Helper()
	config := m.db.Config()
	config.ConnConfig.Tracer, config.MaxConns = d, 4
	db, err := pgxpool.NewWithConfig(m.t.Context(), config)
	m.must(err)
	if m.pool != nil {
		m.pool.Close()
	}
	m.pool = db
	m.t.Cleanup(db.Close)
	clock := func() time.Time { return m.now }
	queue := tasks.New(db, tasks.Config{Now: clock})
	people := members.New(db, queue, clock, nil, members.Keyring(m.key))
	m.jobs = jobs.New(db, queue, people, payments.New(db, queue, people, nil, clock, nil), clock, nil)
	m.coaching = coaching.New(db, queue, people, clock, nil)
	m.Service, m.death = matching.New(db, queue, m.jobs, clock, nil), d
	m.work(queue)
	m.exec(`UPDATE tasks.task SET held_until = clock_timestamp() - interval '1 second' WHERE state IN ('sent', 'running')`)
}

// does lets something be done: by who tries again when they see no answer, if it was not
// done.
func (m *mortal) does(do func() error, done func() bool) {
	m.t.Helper()
	err := do()
	if m.dead {
		m.start(&death{})
		if done() {
			return
		}
		err = do()
	}
	if err != nil {
		m.t.Fatalf("dead at step %d: %v", m.death.at, err)
	}
}

// works lets everything be done that is due, after so long.
func (m *mortal) works(after time.Duration) {
	m.t.Helper()
	m.now = m.now.Add(after)
	never := func() bool { return false }
	m.does(func() error { _, err := m.worker.RunDue(m.t.Context()); return err }, never)
}

func (m *mortal) counts(query string, args ...any) (n int) {
	m.t.Helper()
	m.must(m.db.QueryRow(m.t.Context(), query, args...).Scan(&n))
	return n
}

// opens posts a gig of one seat, of which the first wave is sent now, or none.
func (m *mortal) opens(title string, asks time.Time) (gig jobs.GigID, shift jobs.ShiftID) {
	m.t.Helper()
	starts := m.now.Add(72 * time.Hour)
	m.does(func() error {
		_, err := m.jobs.Post(m.t.Context(), m.client, jobs.NewGig{Client: m.client.Client, Title: title, Description: "Je wiedt.", Language: members.Dutch,
			PlaceCode: "arnhem", Rate: 1600, Load: jobs.Light, Skills: []string{"weeding"}, Asks: asks,
			Shifts: []jobs.NewShift{{Starts: starts, Ends: starts.Add(3 * time.Hour), Seats: 1}}})
		return err
	}, func() bool { return m.counts(`SELECT count(*) FROM jobs.gig WHERE title = $1`, title) == 1 })
	m.must(m.db.QueryRow(m.t.Context(), `SELECT g.id, s.id FROM jobs.gig g JOIN jobs.shift s ON s.gig_id = g.id WHERE g.title = $1`, title).Scan(&gig, &shift))
	m.works(0)
	return gig, shift
}

// stands is how an offer stands, as it is written down.
func (m *mortal) stands(who members.Actor, shift jobs.ShiftID) (offer matching.OfferID, state matching.State) {
	m.t.Helper()
	m.must(m.db.QueryRow(m.t.Context(), `SELECT id, state FROM matching.offer WHERE shift_id = $1 AND member_id = $2`, shift, who.Member).Scan(&offer, &state))
	return offer, state
}

// is lets an offer come so far by what somebody does.
func (m *mortal) is(offer matching.OfferID, want matching.State, do func() error) {
	m.t.Helper()
	m.does(do, func() bool {
		return m.counts(`SELECT count(*) FROM matching.offer WHERE id = $1 AND state = $2`, offer, string(want)) == 1
	})
}

// life is that of two gigs: a wave, two yeses and a no, the seat and the reserve, who
// calls off and who comes instead; and two who ask, of whom one is granted the seat.
// It gives all that is to be the same however often the program died.
func (m *mortal) life(round string, crew []members.Actor) (all string) {
	m.t.Helper()
	ctx := m.t.Context()
	gig, shift := m.opens("Wieden "+round, time.Time{})
	for i, who := range crew {
		offer, _ := m.stands(who, shift)
		switch i {
		case 2:
			m.is(offer, matching.No, func() error { return m.Decline(ctx, who, offer, "") })
		default:
			m.is(offer, matching.Yes, func() error { return m.Accept(ctx, who, offer) })
		}
	}
	m.works(24 * time.Hour)
	first := crew[0]
	if _, state := m.stands(first, shift); state != matching.Confirmed {
		first = crew[1]
	}
	var e jobs.EngagementID
	m.must(m.db.QueryRow(ctx, `SELECT id FROM jobs.engagement WHERE shift_id = $1 AND member_id = $2`, shift, first.Member).Scan(&e))
	m.does(func() error { return m.jobs.CallOff(ctx, first, e, jobs.OffReason{Why: jobs.OffIll}) },
		func() bool {
			return m.counts(`SELECT count(*) FROM jobs.engagement WHERE id = $1 AND state = 'cancelled'`, e) == 1
		})
	m.works(time.Minute)
	quiet, seat := m.opens("Harken "+round, m.now.Add(72*time.Hour))
	var asked []matching.OfferID
	for _, who := range crew[1:] {
		var offer matching.OfferID
		m.does(func() (err error) { offer, _, err = m.Ask(ctx, who, seat); return err }, func() bool { return false }) // asking again gives the same
		asked = append(asked, offer)
	}
	m.is(asked[0], matching.Confirmed, func() error { return m.Grant(ctx, m.client, asked[0]) })
	for range 4 {
		m.works(25 * time.Hour)
	}
	const query = `
		SELECT string_agg(o.line, E'\n' ORDER BY o.line) FROM (
			SELECT g.title || ': ' || o.state || ', told ' || (SELECT count(*) FROM tasks.task t WHERE t.kind = 'matching.offer_decided' AND t.payload ->> 'Offer' = o.id::text)
				|| ', facts ' || (SELECT string_agg(f.kind, ' ' ORDER BY f.kind) FROM coaching.fact f WHERE f.ref = o.id::text)
				|| ', work ' || coalesce((SELECT string_agg(e.state, ' ' ORDER BY e.state) FROM jobs.engagement e WHERE e.shift_id = o.shift_id AND e.member_id = o.member_id), 'none') AS line
			FROM matching.offer o JOIN jobs.shift s ON s.id = o.shift_id JOIN jobs.gig g ON g.id = s.gig_id WHERE g.id IN ($1, $2)) o`
	m.must(m.db.QueryRow(ctx, query, gig, quiet).Scan(&all))
	if late := m.counts(`SELECT count(*) FROM tasks.task WHERE state = 'waiting' AND due_at <= $1 AND kind LIKE 'matching.%'`, m.now); late > 0 || m.waiting() > 0 {
		m.t.Errorf("%d tasks are left, %d wait", late, m.waiting())
	}
	return strings.ReplaceAll(all, " "+round, "")
}

// TestKilledBetweenAnyTwoSteps: the program dies before and after each step of the life of
// offers, and what becomes of everybody is what would have been; nothing is lost, and
// nobody is told twice. With MEENT_KILLS=full at every step, else at some.
func TestKilledBetweenAnyTwoSteps(t *testing.T) {
	stride := 15
	if os.Getenv("MEENT_KILLS") == "full" {
		stride = 1
	}
	var m *mortal
	var base time.Time
	lives := 0
	live := func(d *death) string {
		if lives%30 == 0 { // after many answers waves have another size
			m = &mortal{house: newHouse(t)}
			base = m.now
		}
		lives++
		m.exec(`UPDATE members.member SET state = 'alumni', alumni_at = $1 WHERE state <> 'alumni'`, base)
		m.now = base
		var crew []members.Actor
		for i := range 3 {
			crew = append(crew, m.member(fmt.Sprint("crew", lives, "-", i), "weeding"))
		}
		m.start(d)
		return m.life(fmt.Sprint("in life ", lives), crew)
	}
	const want = `Harken: confirmed, told 1, facts confirmed seat_asked, work confirmed
Harken: expired, told 1, facts offer_expired seat_asked, work none
Wieden: confirmed, told 1, facts confirmed offer_sent offer_yes, work cancelled
Wieden: confirmed, told 2, facts confirmed offer_reserve offer_sent offer_yes, work confirmed
Wieden: no, told 0, facts offer_no offer_sent, work none`
	calm := &death{}
	if got := live(calm); got != want {
		t.Fatalf("undisturbed:\n%s\nwant\n%s", got, want)
	}
	steps := calm.steps
	died := 0
	for at := 1; at <= steps; at += stride {
		for _, after := range []bool{false, true} {
			d := &death{at: at, after: after}
			if got := live(d); got != want {
				t.Fatalf("dead at step %d, after it %v:\n%s\nwant\n%s", at, after, got, want)
			}
			if d.dead {
				died++
			}
		}
	}
	if steps < 80 || died < steps/stride {
		t.Errorf("%d steps, and it died %d times: that proves little", steps, died)
	}
	t.Logf("%d steps; it died %d times", steps, died)
}
