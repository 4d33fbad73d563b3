package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// StaffAdded mails somebody what they are from now on, if they still are.
func (m *Mails) StaffAdded(ctx context.Context, key string, t members.StaffAdded) (func(context.Context, pgx.Tx) error, error) {
	who, kind, cooperative, err := m.members.StaffNews(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.mailNote(ctx, key, who, noteText{
		say: say, subject: say.T("mail.membership_subject"), link: m.url.JoinPath("signin").String(), open: say.T("signin.title"),
		lines: []string{say.With("mail.staff."+string(kind), map[string]any{"Cooperative": cooperative}), say.T("mail.staff_address")},
	})
}
