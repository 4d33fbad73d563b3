package web

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members/coaching"
)

// BuddyNews tells one of two buddies that there is something to read or decide,
// and never what.
func (m *Mails) BuddyNews(ctx context.Context, key string, t coaching.BuddyNews) (func(context.Context, pgx.Tx) error, error) {
	who, _, err := m.coaching.BuddyPerson(ctx, t)
	line, path := "mail.buddy_news", "buddy"
	if t.ToBuddy {
		line, path = "mail.buddy_of_news", "buddies"
	}
	return nil, m.memberNews(ctx, key, t.Cooperative, who, err, "mail.buddy_subject", line, path)
}
