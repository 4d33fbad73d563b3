package web_test

import (
	"errors"
	"net/url"
	"strings"
	"testing"
	"time"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/jobs"
	"meent/members"
	"meent/payments"
	"meent/web"
)

// TestMailsAboutAnAdvance: that it is there, or that there is an answer, and never why;
// of what ended by then there is none.
func TestMailsAboutAnAdvance(t *testing.T) {
	h := newHouse(t)
	ctx, member, e := t.Context(), h.actors[members.RoleMember], h.engaged()
	h.now = h.now.Add(48 * time.Hour)
	h.must(errors.Join(h.jobs.ProposeHours(ctx, member, e, jobs.Hours{Worked: 3 * time.Hour}), h.jobs.AgreeHours(ctx, h.actors[members.RoleClient], e)))
	var line string
	h.must(h.db.QueryRow(ctx, `SELECT id::text FROM payments.bill_line WHERE kind = 'wage'`).Scan(&line))
	text := newUUID()
	h.advance(text, line, member)
	advance, err := id.Parse[payments.Advanced](text)
	h.must(err)
	mails, err := web.NewMails(&url.URL{Scheme: "https", Host: "meent.example"}, h.members, h.coaching, h.money(), h.jobs, h.matching, h.mailbox, h.mailbox)
	h.must(err)
	seen := 0
	for _, tt := range []struct {
		state payments.AdvanceState
		says  string // "": no mail
	}{
		{payments.AdvanceAsked, ""}, {payments.AdvanceSent, ""}, {payments.AdvanceOut, "Je bank heeft €\u00a05,00 van je loon."}, {payments.AdvanceNetted, ""},
		{payments.AdvanceRefused, "Er is een antwoord."}, {payments.AdvanceDropped, ""},
	} {
		h.do(`UPDATE payments.advance SET state = $1, netted_cents = CASE WHEN $1 = 'netted' THEN cents ELSE 0 END,
			decided_at = CASE WHEN $1 <> 'asked' THEN asked_at END, ended_at = CASE WHEN $1 IN ('netted', 'refused', 'dropped') THEN asked_at END,
			decided_by = CASE WHEN $1 = 'refused' THEN $2::uuid END`, string(tt.state), h.actors[members.RoleCoordinator].Role)
		_, err := mails.AdvanceTold(ctx, "key-"+string(tt.state), payments.AdvanceTold{Advance: advance, Cooperative: member.Cooperative})
		h.must(err)
		list, err := h.mailbox.List(ctx, mail.MailboxSize)
		h.must(err)
		if tt.says == "" {
			if len(list) != seen {
				t.Errorf("%s sent a mail", tt.state)
			}
			continue
		}
		seen++
		if len(list) != seen || !strings.Contains(list[0].Text, tt.says) || !strings.Contains(list[0].Text, "https://meent.example/pay/"+e.String()) || list[0].Subject != "Nieuws over je geld" {
			t.Errorf("%s: %d mails, the newest:\n%+v", tt.state, len(list), list[0])
		}
	}
	h.do(`UPDATE payments.advance SET state = 'sent', decided_at = asked_at, ended_at = NULL, decided_by = NULL`)
	h.do(`INSERT INTO payments.payout (id, cooperative_id, advance_id, member_id, cents, state, due_at, transfer_id)
		SELECT id, cooperative_id, id, member_id, cents, 'failed', asked_at, 'tr_1' FROM payments.advance`)
	_, err = mails.AdvanceTold(ctx, "key-back", payments.AdvanceTold{Advance: advance, Cooperative: member.Cooperative})
	h.must(err)
	seen++
	if list, err := h.mailbox.List(ctx, mail.MailboxSize); err != nil || len(list) != seen || !strings.Contains(list[0].Text, "Je bank stuurde €\u00a05,00 van je loon terug.") || !strings.Contains(list[0].Text, "Kijk of je rekening klopt.") {
		t.Errorf("of what came back: %v, %d mails, the newest:\n%+v", err, len(list), list[0])
	}
	_, err = mails.AdvanceTold(ctx, "far", payments.AdvanceTold{Advance: advance, Cooperative: h.far[members.RoleMember].Cooperative})
	if list, _ := h.mailbox.List(ctx, mail.MailboxSize); err != nil || len(list) != seen {
		t.Errorf("of another cooperative: %v, %d mails", err, len(list))
	}
}
