package jobs_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
)

// seatsOf is "seats/buddy seats", and how many have each kind.
func (h *house) seatsOf(shift jobs.ShiftID) string {
	h.t.Helper()
	n := func(query string) int { return h.count(query, shift) }
	const held = `SELECT count(*) FROM jobs.engagement WHERE shift_id = $1 AND state NOT IN ('cancelled', 'absent') AND called_off_at IS NULL AND seat = `
	if n(`SELECT count(*) FROM jobs.shift WHERE id = $1 AND called_off_at IS NOT NULL`) > 0 {
		return "off"
	}
	return fmt.Sprintf("%d/%d %d+%d", n(`SELECT seats FROM jobs.shift WHERE id = $1`), n(`SELECT buddy_seats FROM jobs.shift WHERE id = $1`),
		n(held+`'work'`), n(held+`'buddy'`))
}

// buddyShift is one with so many seats, and who sits on them by kind: the first is
// the one that is looked at.
func (h *house) buddyShift(seats, buddies int, kinds ...jobs.SeatKind) (shift jobs.ShiftID, first jobs.EngagementID) {
	h.t.Helper()
	n := h.gig()
	n.Shifts[0].Seats, n.Shifts[0].BuddySeats = seats, buddies
	gig, err := h.Gig(h.ctx(), h.client, h.post(h.client, n))
	if err != nil {
		h.t.Fatal(err)
	}
	shift = gig.Shifts[0].ID
	for i, kind := range kinds {
		m := h.newMember(fmt.Sprint("sitter", i))
		var e jobs.EngagementID
		h.tx(func(tx pgx.Tx) (err error) {
			e, err = h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, shift, m, kind)
			return err
		})
		if i == 0 {
			first = e
		}
	}
	return shift, first
}

// TestCallOffBesideBuddies: calling off one person never fails, and takes the seat
// that they had.
func TestCallOffBesideBuddies(t *testing.T) {
	const work, buddy = jobs.WorkSeat, jobs.BuddySeat
	for _, tt := range []struct {
		name           string
		seats, buddies int
		kinds          []jobs.SeatKind
		want           string
	}{
		{"a worker of several", 3, 1, []jobs.SeatKind{work, work, buddy}, "2/1 1+1"},
		{"the buddy of a full shift", 3, 1, []jobs.SeatKind{buddy, work, work}, "2/0 2+0"},
		{"the buddy of one", 2, 1, []jobs.SeatKind{buddy, work}, "1/0 1+0"},
		{"the buddy alone", 2, 1, []jobs.SeatKind{buddy}, "1/0 0+0"},
		{"one of two buddies", 4, 2, []jobs.SeatKind{buddy, buddy, work, work}, "3/1 2+1"},
		{"the worker whom a buddy learns from", 2, 1, []jobs.SeatKind{work, buddy}, "1/0 1+0"},
		{"the worker of two buddies", 3, 2, []jobs.SeatKind{work, buddy, buddy}, "2/1 1+1"},
		{"the worker of one buddy and an empty seat", 3, 2, []jobs.SeatKind{work, buddy}, "2/1 1+0"},
		{"the worker beside an empty seat to learn", 2, 1, []jobs.SeatKind{work}, "off"},
		{"the only one", 1, 0, []jobs.SeatKind{work}, "off"},
		{"without buddies", 2, 0, []jobs.SeatKind{work, work}, "1/0 1+0"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			shift, e := h.buddyShift(tt.seats, tt.buddies, tt.kinds...)
			if err := h.CallOffWork(h.ctx(), h.client, e, 1_000_000); err != nil {
				t.Fatal(err)
			}
			if got := h.seatsOf(shift); got != tt.want {
				t.Errorf("the seats are %s, want %s", got, tt.want)
			}
		})
	}
}

// TestPutRightBesideBuddies: who was there all the same has the kind of seat that
// they had, also where somebody else came on it.
func TestPutRightBesideBuddies(t *testing.T) {
	const work, buddy = jobs.WorkSeat, jobs.BuddySeat
	for _, tt := range []struct {
		name           string
		seats, buddies int
		kinds          []jobs.SeatKind
		came           jobs.SeatKind // in their place; none: nobody
		want           string
	}{
		{"a worker, seat free", 2, 1, []jobs.SeatKind{work, buddy}, "", "2/1 1+1"},
		{"a worker, seat taken", 2, 1, []jobs.SeatKind{work, buddy}, work, "3/1 2+1"},
		{"a worker, seat taken, one to learn free", 2, 1, []jobs.SeatKind{work}, work, "3/1 2+0"},
		{"a buddy, seat free", 2, 1, []jobs.SeatKind{buddy, work}, "", "2/1 1+1"},
		{"a buddy, seat taken", 2, 1, []jobs.SeatKind{buddy, work}, buddy, "3/2 1+2"},
		{"a buddy, seat taken, one to work free", 2, 1, []jobs.SeatKind{buddy}, buddy, "3/2 0+2"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			h := newHouse(t)
			shift, e := h.buddyShift(tt.seats, tt.buddies, tt.kinds...)
			h.now = h.now.Add(24*time.Hour + 20*time.Minute)
			if err := h.Miss(h.ctx(), h.client, e); err != nil {
				t.Fatal(err)
			}
			if tt.came != "" {
				m := h.newMember("stand-in")
				h.tx(func(tx pgx.Tx) error {
					_, err := h.ConfirmTx(h.ctx(), tx, h.client.Cooperative, shift, m, tt.came)
					return err
				})
			}
			if err := h.PutRight(h.ctx(), h.coordinator, e); err != nil {
				t.Fatal(err)
			}
			if got := h.seatsOf(shift); got != tt.want {
				t.Errorf("the seats are %s, want %s", got, tt.want)
			}
		})
	}
}
