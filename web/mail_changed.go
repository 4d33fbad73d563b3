package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
)

// ChangeTold tells a member that work was changed. What does not concern them any
// more needs no mail.
func (m *Mails) ChangeTold(ctx context.Context, key string, t matching.ChangeTold) (func(context.Context, pgx.Tx) error, error) {
	gig, who, err := m.matching.Changed(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say, link := m.words.In(who.Locale), m.url.JoinPath("home")
	if gig.Open {
		link = m.url.JoinPath("gigs", t.Gig.String())
	}
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.changed_subject"), lines: []string{say.T("mail.changed_lead"), gig.Title, say.T("mail.changed_free")}, link: link.String(),
	})
}
