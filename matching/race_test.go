package matching_test

import (
	"errors"
	"fmt"
	"os"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// TestManyGigsManyTakers: many gigs of one seat, and as many members who all want
// each of them at once; a hundred of both with MEENT_RACE=full. Some are asked for by members and granted by the
// client, all at the same moment; each seat has exactly one winner, everybody else
// hears by a rule or an outcome that is written down, and nobody waits on.
func TestManyGigsManyTakers(t *testing.T) {
	gigs, takers := 30, 30
	if os.Getenv("MEENT_RACE") == "full" { // about twenty seconds
		gigs, takers = 100, 100
	}
	h := newHouse(t)
	shifts := make([]jobs.ShiftID, gigs)
	for i := range shifts { // each at its own time, so that a member who has one can have another
		_, shifts[i] = h.quiet(72*time.Hour+time.Duration(i)*6*time.Hour, 1)
	}
	who := make([]members.Actor, takers)
	for i := range who {
		who[i] = h.member(fmt.Sprint("taker", i), "window-cleaning", "weeding")
	}
	var lock sync.Mutex
	lost := map[string]int{}
	won := make([]int, gigs)
	h.atOnce(gigs*takers, func(n int) {
		gig, taker := n%gigs, n/gigs
		err := h.takes(who[(taker+gig)%takers], shifts[gig])
		lock.Lock()
		defer lock.Unlock()
		switch kind := kindly(err); {
		case err == nil:
			won[gig]++
		case kind == "":
			t.Errorf("gig %d: %v", gig, err)
		default:
			lost[kind]++
		}
	})
	for gig, n := range won {
		if n != 1 {
			t.Errorf("gig %d has %d winners, want one", gig, n)
		}
	}
	h.oneEach(gigs)
	t.Logf("%d gigs, %d takers: lost %v", gigs, takers, lost)
}

// takes asks for the seat, and has the client grant it.
func (h *house) takes(who members.Actor, shift jobs.ShiftID) error {
	offer, _, err := h.Ask(h.t.Context(), who, shift)
	if err != nil {
		return err
	}
	return h.Grant(h.t.Context(), h.client, offer)
}

// kindly is what a loser hears; empty for what nobody should.
func kindly(err error) string {
	var broken *matching.Broken
	switch {
	case errors.As(err, &broken):
		return fmt.Sprint(broken.Rules)
	case errors.Is(err, matching.ErrDecided):
		return "decided"
	case errors.Is(err, jobs.ErrNoSeat):
		return "no seat"
	case errors.Is(err, matching.ErrManyAsked):
		return "many asked"
	}
	return ""
}

// atOnce does all of it, by as many as there are connections and more.
func (h *house) atOnce(many int, one func(n int)) {
	const hands = 24
	var group sync.WaitGroup
	for hand := range hands {
		group.Go(func() {
			for n := hand; n < many; n += hands {
				one(n)
			}
		})
	}
	group.Wait()
}

// oneEach: every shift has one engagement and one offer that is confirmed, and
// nobody waits for a decision.
func (h *house) oneEach(gigs int) {
	h.t.Helper()
	const query = `
		SELECT count(*), count(DISTINCT e.shift_id), (SELECT count(*) FROM matching.offer WHERE state = 'confirmed'),
			(SELECT count(*) FROM matching.offer WHERE state = 'asked') FROM jobs.engagement e`
	var engaged, shifts, confirmed, waiting int
	h.must(h.db.QueryRow(h.t.Context(), query).Scan(&engaged, &shifts, &confirmed, &waiting))
	if engaged != gigs || shifts != gigs || confirmed != gigs || waiting != 0 {
		h.t.Errorf("%d engagements on %d shifts, %d confirmed, %d wait; want %d of each and none", engaged, shifts, confirmed, waiting, gigs)
	}
}

// TestEverybodySaidYes: twenty gigs of one seat for which everybody who was asked
// said yes, and whose windows close at the same moment by many hands: one each.
func TestEverybodySaidYes(t *testing.T) {
	h := newHouse(t)
	const gigs = 20
	for i := range 12 {
		h.member(fmt.Sprint("m", i), "window-cleaning", "weeding")
	}
	for i := range gigs {
		h.post(72*time.Hour+time.Duration(i)*24*time.Hour, 1) // nobody needs rest between two
	}
	h.sayYesToAll()
	var fills []matching.Fill
	rows, err := h.db.Query(t.Context(), `SELECT DISTINCT shift_id, cooperative_id FROM matching.offer WHERE state = 'yes'`)
	h.must(err)
	fills, err = pgx.CollectRows(rows, pgx.RowToStructByPos[matching.Fill])
	h.must(err)
	if len(fills) == 0 {
		t.Fatal("nobody said yes")
	}
	h.now = h.now.Add(25 * time.Hour)
	h.atOnce(4*len(fills), func(n int) {
		err := pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error { return h.FillTx(t.Context(), tx, fills[n%len(fills)]) })
		if err != nil {
			t.Error(err)
		}
	})
	h.oneEach(len(fills))
}

// sayYesToAll answers every offer that is out.
func (h *house) sayYesToAll() {
	h.t.Helper()
	_, err := h.db.Exec(h.t.Context(), `UPDATE matching.offer SET state = 'yes', answered_at = $1 WHERE state = 'sent'`, h.now)
	h.must(err)
}

// TestWhoIsAskedNextComesInATurnOfTheirOwn: the turn that gives a seat to who said yes
// holds nobody else, so that two shifts never wait for each other; the next turn, which
// stands in the same transaction, asks the others.
func TestWhoIsAskedNextComesInATurnOfTheirOwn(t *testing.T) {
	h := newHouse(t)
	anna := h.member("anna", "weeding")
	shift := h.unasked(1)[0]
	h.exec(`UPDATE jobs.shift SET seats = 2 WHERE id = $1`, shift)
	turn := func(tx pgx.Tx) error { return h.fill(tx, shift) }
	h.must(pgx.BeginFunc(t.Context(), h.db, turn))
	h.must(h.Accept(t.Context(), anna, h.offers(anna)[0].ID))
	bea := h.member("bea", "weeding")
	h.now = h.offers(anna)[0].Until
	h.must(pgx.BeginFunc(t.Context(), h.db, func(tx pgx.Tx) error {
		h.must(turn(tx))
		_, err := h.db.Exec(t.Context(), `SELECT FROM members.member WHERE id = $1 FOR UPDATE NOWAIT`, bea.Member)
		if err != nil {
			t.Errorf("the turn of who said yes holds another: %v", err)
		}
		return nil
	}))
	if len(h.offers(bea)) != 0 || h.state(anna) != matching.Confirmed {
		t.Fatalf("bea has %d offers, anna is %s", len(h.offers(bea)), h.state(anna))
	}
	h.run() // whoever comes after a stop of the program
	if len(h.offers(bea)) != 1 {
		t.Errorf("bea has %d offers, and nobody comes for the other seat", len(h.offers(bea)))
	}
}
