package jobs_test

import (
	"errors"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

func (h *house) reminders() (list []jobs.ShiftComing) {
	h.t.Helper()
	rows, _ := h.db.Query(h.ctx(), `SELECT payload FROM tasks.task WHERE kind = 'jobs.shift_coming' ORDER BY due_at`)
	list, err := pgx.CollectRows(rows, pgx.RowTo[jobs.ShiftComing])
	if err != nil {
		h.t.Fatal(err)
	}
	return list
}

func TestEngagedMemberIsRemindedTwice(t *testing.T) {
	h := newHouse(t)
	shift := h.shift(48*time.Hour, 2)
	if err := errors.Join(h.confirm(shift, h.member.Member)); err != nil {
		t.Fatal(err)
	}
	_ = h.confirm(shift, h.member.Member) // refused, and reminds of nothing
	list := h.reminders()
	if len(list) != 2 || list[0].Ahead != jobs.DayAhead || list[1].Ahead != jobs.HoursAhead {
		t.Fatalf("the reminders are %+v", list)
	}
	r, who, err := h.Remind(h.ctx(), list[0])
	if err != nil || who.Name != "anna" || r.Contact != "piet" || r.Address != "Lindenlaan 14" || r.Shift.ID != shift {
		t.Errorf("reminded is %+v of %+v, %v", who, r, err)
	}
	far := list[0]
	far.Cooperative = h.otherOffices.Cooperative
	if _, _, err := h.Remind(h.ctx(), far); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("in another cooperative: %v", err)
	}
	h.now = h.now.Add(48 * time.Hour)
	if _, _, err := h.Remind(h.ctx(), list[1]); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("of a shift that begins now: %v", err)
	}
	h.now = h.now.Add(-24 * time.Hour)
	for state, set := range map[jobs.EngagementState]string{
		jobs.CalledOff: `state = 'cancelled', called_off_at = now(), called_off_by = 'office', called_off_role_id = $1, absent_at = NULL, absent_role_id = NULL`,
		jobs.Absent:    `state = 'absent', absent_at = now(), absent_role_id = $1, called_off_at = NULL, called_off_by = NULL, called_off_role_id = NULL`,
	} {
		h.tx(func(tx pgx.Tx) error {
			_, err := tx.Exec(h.ctx(), `UPDATE jobs.engagement SET `+set, h.coordinator.Role)
			return err
		})
		if _, _, err := h.Remind(h.ctx(), list[1]); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("of what is %s: %v", state, err)
		}
	}
}

func TestLateEngagementIsRemindedOfWhatIsAhead(t *testing.T) {
	h := newHouse(t)
	for _, shift := range []jobs.ShiftID{h.shift(3*time.Hour, 1), h.shift(90*time.Minute+10*time.Hour, 1)} {
		if err := h.confirm(shift, h.newMember("m"+shift.String()[:8])); err != nil {
			t.Fatal(err)
		}
	}
	list := h.reminders() // both shifts are of today
	if len(list) != 2 || list[0].Ahead != jobs.HoursAhead || list[1].Ahead != jobs.HoursAhead {
		t.Errorf("the reminders are %+v", list)
	}
}

// TestRemindersAndQuietHours: the one of the day before waits until the member
// may be told, the one two hours before does not.
func TestRemindersAndQuietHours(t *testing.T) {
	h := newHouse(t)
	h.now = time.Date(2026, 11, 24, 9, 0, 0, 0, time.UTC)
	ways := members.ContactWays{Channel: members.ByMail, Quiet: &members.Span{From: 68, Until: 28}, MostOffers: 1} // 17.00 to 7.00
	if err := h.people.Answer(h.ctx(), h.member, ways); err != nil {
		t.Fatal(err)
	}
	if err := h.confirm(h.shift(45*time.Hour, 1), h.member.Member); err != nil { // 26 November, 7.00
		t.Fatal(err)
	}
	rows, _ := h.db.Query(h.ctx(), `SELECT payload ->> 'Ahead', due_at FROM tasks.task WHERE kind = 'jobs.shift_coming'`)
	dues := map[string]time.Time{}
	var ahead string
	var due time.Time
	if _, err := pgx.ForEachRow(rows, []any{&ahead, &due}, func() error { dues[ahead] = due.UTC(); return nil }); err != nil {
		t.Fatal(err)
	}
	want := map[string]time.Time{"day": time.Date(2026, 11, 26, 6, 0, 0, 0, time.UTC), "hours": time.Date(2026, 11, 26, 4, 0, 0, 0, time.UTC)}
	if len(dues) != 2 || !dues["day"].Equal(want["day"]) || !dues["hours"].Equal(want["hours"]) {
		t.Errorf("the reminders come at %v, want %v", dues, want)
	}
}
