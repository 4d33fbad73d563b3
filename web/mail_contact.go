package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// ContactLogged tells a member that there is something new to read, and not what.
func (m *Mails) ContactLogged(ctx context.Context, key string, t coaching.ContactLogged) (func(context.Context, pgx.Tx) error, error) {
	return nil, m.tellNoted(ctx, key, t.Cooperative, t.Member, "mail.contact_logged")
}

// ContactTakenBack tells a member that something is gone.
func (m *Mails) ContactTakenBack(ctx context.Context, key string, t coaching.ContactTakenBack) (func(context.Context, pgx.Tx) error, error) {
	return nil, m.tellNoted(ctx, key, t.Cooperative, t.Member, "mail.contact_taken_back")
}

// tellNoted does nothing for who left meanwhile.
func (m *Mails) tellNoted(ctx context.Context, key string, c id.Cooperative, member members.MemberID, line string) error {
	who, err := m.coaching.Noted(ctx, c, member)
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	say := m.words.In(who.Locale)
	return m.noteMember(ctx, c, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T(line)}, link: m.url.JoinPath("notes").String(),
	})
}
