package web_test

import (
	"strings"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
)

// reminded counts the mails to the member that speak of the gig.
func (h *house) reminded() (n int) {
	h.t.Helper()
	_, err := h.worker.RunDue(h.t.Context())
	h.must(err)
	list, err := h.mailbox.List(h.t.Context(), mail.MailboxSize)
	h.must(err)
	for _, one := range list {
		if strings.Contains(one.Text, "Dit is er afgesproken") {
			n++
			if one.To != person(members.RoleMember, "waal").Email || strings.Contains(one.Subject, "werk") {
				h.t.Errorf("to %s: %q", one.To, one.Subject)
			}
			for _, want := range []string{"Ramen lappen waal", "woensdag 25 november", "Lindenlaan 14, Arnhem", "Vraag naar Mens client van De Linde waal."} {
				if !strings.Contains(one.Text, want) || !strings.Contains(one.HTML, want) {
					h.t.Errorf("the mail does not say %q:\n%s", want, one.Text)
				}
			}
		}
	}
	return n
}

func TestMemberIsRemindedOfWorkOnce(t *testing.T) {
	h := newHouse(t)
	h.engaged() // tomorrow at 10.00
	for _, step := range []struct {
		at   string
		want int
	}{
		{"2026-11-24T16:59:00Z", 0}, {"2026-11-24T17:00:00Z", 1}, {"2026-11-25T06:59:00Z", 1}, {"2026-11-25T07:00:00Z", 2}, {"2026-11-25T08:30:00Z", 2},
	} {
		h.now, _ = time.Parse(time.RFC3339, step.at)
		if got := h.reminded(); got != step.want {
			t.Errorf("at %s the member has %d mails, want %d", step.at, got, step.want)
		}
	}
}

func TestCancelledWorkRemindsNobody(t *testing.T) {
	h := newHouse(t)
	h.engaged()
	_, err := h.db.Exec(t.Context(), `UPDATE jobs.engagement SET state = 'cancelled', called_off_at = confirmed_at, called_off_by = 'office', called_off_role_id = (SELECT r.id FROM members.role r WHERE r.cooperative_id = engagement.cooperative_id LIMIT 1)`)
	h.must(err)
	h.now = h.now.Add(23 * time.Hour)
	if got := h.reminded(); got != 0 {
		t.Errorf("%d mails about cancelled work", got)
	}
}
