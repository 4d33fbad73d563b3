package web_test

import (
	"net/url"
	"testing"
	"time"

	"meent/internal/mail"
	"meent/members"
	"meent/payments"
	"meent/web"
)

// TestNoMailAboutAPaidBill: a mail that was held up asks for no money that came.
func TestNoMailAboutAPaidBill(t *testing.T) {
	h := newHouse(t)
	h.cameBack() // so that its bill is paid
	client := h.actors[members.RoleClient]
	money := payments.New(h.db, h.tasks, h.members, nil, func() time.Time { return h.now }, nil)
	mails, err := web.NewMails(&url.URL{Scheme: "https", Host: "meent.example"}, h.members, h.coaching, money, h.jobs, h.matching, h.mailbox, h.mailbox)
	h.must(err)
	list, err := money.Bills(t.Context(), client)
	h.must(err)
	for _, want := range []int{0, 1} {
		_, err = mails.BillReady(t.Context(), "key", payments.BillReady{Bill: list[0].ID, Cooperative: client.Cooperative})
		h.must(err)
		if sent, err := h.mailbox.List(t.Context(), mail.MailboxSize); err != nil || len(sent) != want {
			t.Errorf("%d mails, %v; want %d", len(sent), err, want)
		}
		_, err = h.db.Exec(t.Context(), `UPDATE payments.bill SET state = 'due', charge_id = NULL, paid_at = NULL`)
		h.must(err)
	}
}
