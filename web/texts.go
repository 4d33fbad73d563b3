package web

import (
	"context"

	"meent/internal/id"
	"meent/internal/mail"
	"meent/internal/tasks"
	"meent/members"
)

// Texter sends one text message; mail.Gateway and mail.Mailbox do.
type Texter interface {
	SendText(context.Context, mail.Text) error
}

// text gives up on what no try would change, and where there is no way to send
// text messages any more.
func (m *Mails) text(ctx context.Context, to members.Mobile, key, text string) error {
	if m.texter == nil {
		return nil
	}
	err := m.texter.SendText(ctx, mail.Text{To: string(to), Text: text, Key: key})
	if mail.Final(err) {
		err = tasks.GiveUp(err)
	}
	return err
}

// tellMember brings news to a member in the way that they chose: by mail, or by
// a text message of its subject and where to read the rest. When that can never
// arrive, the mail goes instead: nobody is left in silence.
func (m *Mails) tellMember(ctx context.Context, c id.Cooperative, who members.Person, message mail.Message, link string, err error) error {
	if err != nil || m.texter == nil {
		return m.send(ctx, message, err)
	}
	number, err := m.members.TextsTo(ctx, c, who.ID)
	if err != nil {
		return err
	}
	if number == "" {
		return m.send(ctx, message, nil)
	}
	err = m.texter.SendText(ctx, mail.Text{To: string(number), Text: m.shortText(message.Subject, link), Key: message.Key})
	if mail.Final(err) {
		return m.send(ctx, message, nil)
	}
	return err
}

// shortText says that there is news, and nothing of it. Where the address of the
// page is too long for one text message, the front door stands there.
func (m *Mails) shortText(subject, link string) string {
	text := "Meent: " + subject + "\n"
	if mail.FitsText(text + link) {
		return text + link
	}
	return text + m.url.String()
}
