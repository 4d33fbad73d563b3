package web

import (
	"bytes"
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/members"
	"meent/payments"
	"meent/web/words"
)

// BillReady mails each contact of a client that there is something to pay, if
// there still is.
func (m *Mails) BillReady(ctx context.Context, key string, t payments.BillReady) (func(context.Context, pgx.Tx) error, error) {
	b, people, err := m.payments.Addressed(ctx, t.Cooperative, t.Bill)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err == nil && !b.State.Open() {
		return nil, nil
	}
	for _, who := range people {
		if err == nil {
			say := m.words.In(who.Locale)
			err = m.mailPay(ctx, key+":"+who.ID.String(), who, payText{
				say: say, subject: say.T("mail.bill_subject"), title: b.Title, day: b.Day, amount: b.Due(),
				lead: say.With("bill.lead_client.due", nil), link: m.url.JoinPath("bills", b.ID.String()).String(),
			})
		}
	}
	return nil, err
}

// PayTold tells a member that the bank has the money, or sent it back.
func (m *Mails) PayTold(ctx context.Context, key string, t payments.PayTold) (func(context.Context, pgx.Tx) error, error) {
	e, who, err := m.payments.Paid(ctx, t.Cooperative, t.Payout)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	stage := e.Stage()
	if err != nil || stage != payments.StagePaid && stage != payments.StageFailed {
		return nil, err
	}
	say, args := m.words.In(who.Locale), map[string]any{}
	if stage == payments.StagePaid {
		args["Date"] = say.LongDate(e.PaidAt)
	}
	return nil, m.payMember(ctx, t.Cooperative, key, who, payText{
		say: say, subject: say.T("mail.pay_subject"), title: e.Title, day: e.Day, amount: e.Amount,
		lead: say.With("pay.lead."+string(stage), args), link: m.url.JoinPath("pay").String(),
	})
}

func (m *Mails) mailPay(ctx context.Context, key string, who members.Person, text payText) error {
	message, err := payMail(ctx, key, who, text)
	return m.send(ctx, message, err)
}

// payMember is mailPay in the way that the member chose.
func (m *Mails) payMember(ctx context.Context, c id.Cooperative, key string, who members.Person, text payText) error {
	message, err := payMail(ctx, key, who, text)
	return m.tellMember(ctx, c, who, message, text.link, err)
}

func payMail(ctx context.Context, key string, who members.Person, text payText) (mail.Message, error) {
	text.name = who.Name
	var page bytes.Buffer
	err := payMailPage(text).Render(ctx, &page)
	return mail.Message{To: string(who.Email), Subject: text.subject, Text: text.plain(), HTML: page.String(), Key: key}, err
}

// payText is what a mail about money says, for both its forms. Its subject tells
// nothing to somebody who reads over a shoulder.
type payText struct {
	say                        *words.Speaker
	name, subject, lead, title string
	day                        payments.Day
	amount                     payments.Cents
	link                       string
}

func (t payText) lines() []string {
	return []string{t.lead, t.title, t.say.DayOf(t.day), t.say.Money(t.amount)}
}

func (t payText) plain() string {
	return t.say.T("mail.hello", "Name", t.name) + "\n\n" + strings.Join(t.lines(), "\n") + "\n\n" + t.say.T("mail.offer_go") + "\n" + t.link + "\n\nMeent\n"
}
