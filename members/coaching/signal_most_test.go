package coaching_test

import (
	"testing"
	"time"

	"meent/members"
	"meent/members/coaching"
)

// near is the most hours that the signal says, or zero when it says nothing.
func (o *office) near() time.Duration {
	o.t.Helper()
	list, err := o.Caseload(o.t.Context(), o.els)
	o.must(err)
	for _, signal := range list[0].Signals {
		if signal.Kind == coaching.HoursNear {
			return signal.Most
		}
	}
	return 0
}

// TestHoursAreNearTheLowerOfTwo: what the member wants, and what both agreed, of
// which the coach knows where the progress is shared.
func TestHoursAreNearTheLowerOfTwo(t *testing.T) {
	o := newRails(t)
	o.must(o.grant(members.AgendaScope, members.HoursScope, members.ProfileScope))
	for range 6 {
		o.note(coaching.Shift, o.now.Add(24*time.Hour), newRef()) // nine hours in all
	}
	if got := o.near(); got != 0 {
		t.Errorf("without any most it is %v", got)
	}
	o.exec(`INSERT INTO members.member_profile (cooperative_id, member_id, hours_wanted, hours_most) VALUES ($1, $2, 8, 10)`, o.c, o.anna.Member)
	if got := o.near(); got != 10*time.Hour {
		t.Errorf("with the member's own it is %v", got)
	}
	rail := o.proposeRail(o.els, coaching.NewRail{Kind: coaching.HoursWeekRail, Minutes: 480, Review: "2027-05-24"})
	if got := o.near(); got != 10*time.Hour {
		t.Errorf("what is not agreed counts: %v", got)
	}
	o.must(o.AnswerRail(t.Context(), o.anna, rail, true))
	if got := o.near(); got != 8*time.Hour {
		t.Errorf("with a lower rail it is %v", got)
	}
	o.exec(`UPDATE members.member_profile SET hours_most = 8, hours_wanted = 6`)
	o.exec(`UPDATE coaching.guard_rail SET minutes = 540 WHERE state = 'agreed'`)
	if got := o.near(); got != 8*time.Hour {
		t.Errorf("with a higher rail it is %v", got)
	}
	o.exec(`DELETE FROM members.member_profile`)
	if got := o.near(); got != 9*time.Hour {
		t.Errorf("with the rail alone it is %v", got)
	}
	o.exec(`UPDATE members.access_grant SET revoked_at = granted_at WHERE scope = 'progress'`)
	if got := o.near(); got != 0 {
		t.Errorf("without the key for progress it is %v", got)
	}
}
