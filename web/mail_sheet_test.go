package web_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/jobs"
	"meent/members"
)

// heard counts the mails to the address that say this.
func (h *house) heard(to members.Email, says string) (n int) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if one.To == string(to) && strings.Contains(one.Text, says) && strings.Contains(one.HTML, says) {
			n++
		}
	}
	return n
}

// TestSilenceIsTold: day by day after the work, with all that waits in between.
func TestSilenceIsTold(t *testing.T) {
	h := newHouse(t)
	w, err := h.jobs.Work(t.Context(), h.actors[members.RoleMember], h.engaged())
	h.must(err)
	member, client := members.Email(person(members.RoleMember, "waal").Email), members.Email(person(members.RoleClient, "waal").Email)
	for _, day := range []int{0, 1, 2, 3, 4, 5, 6, 7, 8} {
		h.now = w.Shift.Ends.Add(time.Duration(day) * 24 * time.Hour)
		got := []int{h.heard(member, "Schrijf je op hoe lang?"), h.heard(client, "Straks staan de geplande uren"), h.heard(member, "Geen mens besliste dit."), h.heard(client, "Geen mens besliste dit.")}
		want := []int{min(1, day), 0, 0, 0}
		if day >= 4 {
			want[0] = 2
		}
		if day >= 5 {
			want[1] = 1
		}
		if day >= 7 {
			want[2], want[3] = 1, 1
		}
		if !slices.Equal(got, want) {
			t.Errorf("after %d days %v are heard, want %v", day, got, want)
		}
	}
	if w, err = h.jobs.Work(t.Context(), h.actors[members.RoleMember], w.ID); err != nil || w.State != jobs.Billed || !w.Sheet.Auto {
		t.Errorf("the work is %q, %v", w.State, err)
	}
}
