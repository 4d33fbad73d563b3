package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// ActedFor tells a member that somebody did something in their name, and not what:
// that stands among the deeds.
func (m *Mails) ActedFor(ctx context.Context, key string, t members.ActedFor) (func(context.Context, pgx.Tx) error, error) {
	who, helper, err := m.members.ActedFor(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("mail.acted_for", "Name", members.FirstName(helper))},
		link: m.url.JoinPath("account", "deeds").String(),
	})
}
