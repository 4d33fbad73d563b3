package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
	"meent/web/words"
)

// MoveUnfit tells a member that the new time of work does not suit them, or that
// nobody is asked for it, and that it is arranged, and the coach that there is something to look at; never which rule
// it was.
func (m *Mails) MoveUnfit(ctx context.Context, key string, t matching.MoveUnfit) (func(context.Context, pgx.Tx) error, error) {
	w, who, err := m.jobs.ToldOff(ctx, jobs.WorkOff{Engagement: t.Engagement, Cooperative: t.Cooperative})
	if errors.Is(err, members.ErrNotFound) || err == nil && w.Off.Moved == nil {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	o, err := m.jobs.ToldOver(ctx, jobs.EngagementOver{Engagement: t.Engagement, Cooperative: t.Cooperative})
	if err != nil {
		return nil, err
	}
	if err := m.tell(ctx, key, o.Coaches, "caseload/"+w.Member.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.off_subject"), []string{unfitCoach(say, t)}
	}); err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.off_subject"), link: m.url.JoinPath("engagements", w.ID.String()).String(),
		lines: []string{unfitLead(say, t), w.Title, say.LongDate(w.Off.Moved.Starts) + ", " + say.Span(w.Off.Moved.Starts, w.Off.Moved.Ends), say.T("mail.unfit_last")},
	})
}

func unfitLead(say *words.Speaker, t matching.MoveUnfit) string {
	if t.Nobody {
		return say.T("mail.unmoved_lead")
	}
	return say.T("mail.unfit_lead")
}

func unfitCoach(say *words.Speaker, t matching.MoveUnfit) string {
	if t.Nobody {
		return say.T("mail.unmoved_coach")
	}
	return say.T("mail.unfit_coach")
}
