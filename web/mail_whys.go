package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
	"meent/web/words"
)

// WhyTold mails news of a question why to those who have to do with it, unless it is
// answered by then and the news is older.
func (m *Mails) WhyTold(ctx context.Context, key string, t matching.ReviewTold) (func(context.Context, pgx.Tx) error, error) {
	v, people, err := m.matching.ToldReview(ctx, t)
	if errors.Is(err, members.ErrNotFound) || err == nil && !v.Open() && t.News != matching.ReviewAnswered {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "reviews/why/"+v.ID.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.note_subject"), []string{say.With("mail.why_lead."+string(t.News), map[string]any{"Date": say.LongDate(v.Due), "Name": v.Looks})}
	})
}
