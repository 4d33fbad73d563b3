package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/mail"
	"meent/members"
)

// PersonErased sends the last mail to who was erased, and then forgets the
// address. It has no name: nobody knows it any more.
func (m *Mails) PersonErased(ctx context.Context, key string, t members.PersonErased) (func(context.Context, pgx.Tx) error, error) {
	last, err := m.members.Farewell(ctx, t.Farewell)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	say := m.words.In(last.Locale)
	message := mail.Message{
		To: string(last.Email), Subject: say.T("mail.account_subject"), Key: key,
		Text: say.T("mail.hello_you") + "\n\n" + say.T("mail.erased") + "\n" + say.T("mail.erased_stays") + "\n" + say.T("mail.erased_not_you") + "\n\nMeent\n",
	}
	forget := func(ctx context.Context, tx pgx.Tx) error { return m.members.FarewellSentTx(ctx, tx, t.Farewell) }
	return forget, m.send(ctx, message, err)
}
