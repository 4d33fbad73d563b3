package web

import (
	"context"

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
