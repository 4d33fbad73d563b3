package web

import (
	"context"
	"encoding/hex"
	"errors"

	"github.com/jackc/pgx/v5"

	"crypto/sha256"

	"meent/members"
)

// Invited makes the secret of an invitation and mails it. One that has ended
// needs no mail. A task that is repeated after a crash makes a new secret, and
// the newest mail is the one that works; so its key names the secret and not the
// task.
func (m *Mails) Invited(ctx context.Context, _ string, t members.Invited) (func(context.Context, pgx.Tx) error, error) {
	i, secret, err := m.members.IssueInvitation(ctx, t.ID)
	if errors.Is(err, members.ErrNotFound) || errors.Is(err, members.ErrInvitationSpent) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say, key := m.words.In(i.Locale), sha256.Sum256([]byte(secret))
	return nil, m.mailNote(ctx, hex.EncodeToString(key[:16]), members.Person{Email: i.Email}, noteText{
		say: say, subject: say.T("mail.invited_subject"), link: m.url.JoinPath("join", secret).String(), open: say.T("mail.invited_go"),
		lines: []string{
			say.T("mail.invited", "Name", i.InviterName, "Cooperative", i.CooperativeName),
			say.T("mail.invited_until", "Moment", say.LongDate(i.Expires)+", "+say.Time(i.Expires)),
			say.T("mail.invited_not_you"),
		},
	})
}
