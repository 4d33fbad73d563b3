package web

import (
	"context"
	"errors"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
	"meent/web/words"
)

// SheetTold brings news of hours to one side, or to the coordinators. What was
// answered by then needs no mail.
func (m *Mails) SheetTold(ctx context.Context, key string, t jobs.SheetTold) (func(context.Context, pgx.Tx) error, error) {
	w, people, err := m.jobs.ToldSheet(ctx, t)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	for _, who := range people {
		if err == nil {
			err = m.tellSheet(ctx, key+":"+who.ID.String(), t, w, who)
		}
	}
	return nil, err
}

func (m *Mails) tellSheet(ctx context.Context, key string, t jobs.SheetTold, w jobs.Work, who members.Person) error {
	say, page := m.words.In(who.Locale), m.url.JoinPath("engagements", w.ID.String())
	switch {
	case t.News == jobs.NewsUnbilled:
		page = m.url.JoinPath("hours")
	case t.To == members.RoleCoordinator && slices.Contains([]jobs.SheetNews{jobs.NewsAnswer, jobs.NewsPlanned, jobs.NewsSilent}, t.News):
	case t.To == members.RoleCoordinator:
		page = m.url.JoinPath("disputes", w.ID.String())
	}
	note := noteText{say: say, subject: say.T("mail.sheet_subject"), lines: sheetLines(say, t, w), link: page.String()}
	if t.To == members.RoleMember {
		return m.noteMember(ctx, t.Cooperative, key, who, note)
	}
	return m.mailNote(ctx, key, who, note)
}

func sheetLines(say *words.Speaker, t jobs.SheetTold, w jobs.Work) []string {
	lines := []string{say.With("mail.sheet_lead."+string(t.To)+"_"+string(t.News), nil), w.Title, say.LongDate(w.Shift.Starts) + ", " + say.Span(w.Shift.Starts, w.Shift.Ends)}
	switch t.News {
	case jobs.NewsSilent, jobs.NewsDecided, jobs.NewsAnswer:
		lines = append(lines, say.T("mail.sheet_hours", "Worked", say.Duration(w.Sheet.Worked)))
	}
	held := t.To == members.RoleCoordinator && t.News == jobs.NewsAnswer && w.Sheet.Worked > w.Planned() // nothing happens by itself
	if at := w.SilentAt(); !at.IsZero() && !held && t.News != jobs.NewsPropose {
		lines = append(lines, say.T("mail.sheet_until", "Date", say.LongDate(at)))
	}
	return lines
}
