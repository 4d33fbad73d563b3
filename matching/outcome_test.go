package matching_test

import (
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// crowd is a shift of one seat on which somebody is in each state in which people
// wait.
type crowd struct {
	*house
	gig   jobs.GigID
	shift jobs.ShiftID
	works members.Actor // has the seat
}

func newCrowd(t *testing.T) crowd {
	t.Helper()
	c := crowd{house: newHouse(t)}
	c.gig, c.shift = c.quiet(72*time.Hour, 2)
	for _, name := range []string{"sent", "yes", "reserve", "works"} {
		who := c.member(name, "weeding")
		if name == "works" {
			c.works = who
		}
	}
	c.must(pgx.BeginFunc(t.Context(), c.db, func(tx pgx.Tx) error {
		return c.FindTx(t.Context(), tx, jobs.GigOpened{ID: c.gig, Cooperative: c.client.Cooperative})
	}))
	c.must(c.Accept(t.Context(), c.works, c.offers(c.works)[0].ID))
	c.must(pgx.BeginFunc(t.Context(), c.db, func(tx pgx.Tx) error {
		_, err := c.jobs.ConfirmTx(t.Context(), tx, c.client.Cooperative, c.shift, c.works.Member)
		return err
	}))
	asks := c.member("asks", "weeding")
	c.ask(asks, c.shift)
	c.put("works", matching.Confirmed)
	c.put("reserve", matching.Reserve)
	c.put("yes", matching.Yes)
	c.member("coach", "weeding")
	_, err := c.db.Exec(t.Context(), `
		INSERT INTO matching.offer (id, cooperative_id, shift_id, member_id, state, points, weights_version, explanation, sent_at, until, coach_until)
		SELECT gen_random_uuid(), o.cooperative_id, o.shift_id, $1, 'waiting_coach', o.points, o.weights_version, o.explanation, o.sent_at, o.until, o.sent_at + interval '1 hour'
		FROM matching.offer o WHERE o.shift_id = $2 AND o.state = 'sent' LIMIT 1`, c.as("coach").Member, c.shift)
	c.must(err)
	for state, want := range map[string]int{"waiting_coach": 1, "sent": 1, "yes": 1, "reserve": 1, "asked": 1, "confirmed": 1} {
		var n int
		c.must(c.db.QueryRow(t.Context(), `SELECT count(*) FROM matching.offer WHERE state = $1`, state).Scan(&n))
		if n != want {
			t.Fatalf("%d are %s, want %d", n, state, want)
		}
	}
	return c
}

// put moves somebody's offer there, as if it had come that far.
func (c crowd) put(name string, to matching.State) {
	c.t.Helper()
	decided := to == matching.Confirmed || to == matching.Reserve
	_, err := c.db.Exec(c.t.Context(), `
		UPDATE matching.offer SET state = $2, answered_at = sent_at, decided_at = CASE WHEN $3 THEN sent_at END WHERE member_id = $1`, c.as(name).Member, string(to), decided)
	c.must(err)
}

// untold are those whose wait ended without news: not who said no or nothing at
// all in the time that they had.
func (c crowd) untold() (names []string) {
	c.t.Helper()
	const query = `
		SELECT coalesce(array_agg(p.name || ' ' || o.state ORDER BY p.name), '{}') FROM matching.offer o
		JOIN members.member m ON m.id = o.member_id JOIN members.role r ON r.id = m.role_id JOIN members.person p ON p.id = r.person_id
		WHERE o.state NOT IN ('confirmed', 'no') AND NOT (o.state = 'expired' AND NOT o.asked)
			AND NOT EXISTS (SELECT FROM tasks.task t WHERE t.kind = 'matching.offer_decided' AND t.payload ->> 'Offer' = o.id::text)`
	c.must(c.db.QueryRow(c.t.Context(), query).Scan(&names))
	return names
}

// TestEveryWaitEnds: whatever becomes of a gig or a shift, nobody is left waiting,
// and everybody is told.
func TestEveryWaitEnds(t *testing.T) {
	endings := map[string]func(c crowd){
		"the shift is called off": func(c crowd) { c.must(c.jobs.CallOffShift(c.t.Context(), c.client, c.shift, 0)) },
		"the gig is cancelled":    func(c crowd) { c.must(c.jobs.CancelGig(c.t.Context(), c.coordinator(), c.gig, 0)) },
		"one person less":         func(c crowd) { c.must(c.jobs.CallOffWork(c.t.Context(), c.client, c.worksOn(c.works), 0)) },
		"the gig is paused":       func(c crowd) { c.must(c.jobs.Pause(c.t.Context(), c.client, c.gig)) },
		"paused and cancelled": func(c crowd) {
			c.must(c.jobs.Pause(c.t.Context(), c.client, c.gig))
			c.must(c.jobs.CancelGig(c.t.Context(), c.client, c.gig, 0))
		},
		"paused and open again": func(c crowd) {
			c.must(c.jobs.Pause(c.t.Context(), c.client, c.gig))
			c.later(time.Hour)
			c.must(c.jobs.Resume(c.t.Context(), c.client, c.gig))
		},
		"the member leaves": func(c crowd) { c.callOff(c.works, "") },
		"nothing":           func(crowd) {},
		"the member does not come": func(c crowd) {
			c.later(72*time.Hour + 20*time.Minute)
			c.must(c.jobs.Miss(c.t.Context(), c.client, c.worksOn(c.works)))
		},
	}
	for name, end := range endings {
		t.Run(name, func(t *testing.T) {
			c := newCrowd(t)
			e := c.worksOn(c.works)
			end(c)
			c.run()
			for range 5 {
				c.later(25 * time.Hour)
			}
			if n := c.waiting(); n != 0 {
				t.Errorf("%d wait still", n)
			}
			if names := c.untold(); len(names) != 0 {
				t.Errorf("not told: %q", names)
			}
			w, err := c.jobs.RunWork(t.Context(), c.client, e)
			c.must(err)
			var told int
			c.must(c.db.QueryRow(t.Context(), `SELECT count(*) FROM tasks.task WHERE kind = 'jobs.work_off' AND payload ->> 'Engagement' = $1`, e.String()).Scan(&told))
			if off := w.State == jobs.Absent || w.Off.Called() && w.Off.By != jobs.ByMember; off != (told == 1) {
				t.Errorf("the work is %s, told %d times", w.State, told)
			}
		})
	}
}

// TestCalledOffAtOnce: nobody waits for a window to close.
func TestCalledOffAtOnce(t *testing.T) {
	c := newCrowd(t)
	c.must(c.jobs.CallOffShift(t.Context(), c.client, c.shift, 0))
	c.run()
	got := map[string]matching.State{}
	for _, name := range []string{"sent", "yes", "reserve", "asks", "coach"} {
		got[name] = c.state(c.as(name))
	}
	want := map[string]matching.State{"sent": matching.Withdrawn, "yes": matching.Withdrawn, "reserve": matching.Thanked, "asks": matching.Refused, "coach": matching.Withdrawn}
	for name, state := range want {
		if got[name] != state {
			t.Errorf("%s is %s, want %s", name, got[name], state)
		}
	}
	if o := c.offers(c.as("asks"))[0]; o.Why != matching.GigChanged {
		t.Errorf("what was asked ended with %q", o.Why)
	}
}
