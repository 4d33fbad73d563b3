package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
	"meent/web/words"
)

// StatementWaits tells the side that has to do something with a statement that
// there is one, and never of whom or about what.
func (m *Mails) StatementWaits(ctx context.Context, key string, t coaching.StatementWaits) (func(context.Context, pgx.Tx) error, error) {
	w, err := m.coaching.StatementWaitsFor(ctx, t.Cooperative, t.Statement)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(w.Locale)
	note := noteText{say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("mail.statement_sign")}}
	if w.State == coaching.StatementDraft {
		note.lines = []string{say.T("mail.statement_begun")}
	}
	key += ":" + w.ID.String()
	if w.IsMember {
		note.link = m.url.JoinPath("statements", t.Statement.String()).String()
		return nil, m.noteMember(ctx, t.Cooperative, key, w.Person, note)
	}
	note.link = m.url.JoinPath("caseload", w.Member.String(), "statements", t.Statement.String()).String()
	return nil, m.mailNote(ctx, key, w.Person, note)
}

// SatisfactionAsked tells the people of a client that there are questions.
func (m *Mails) SatisfactionAsked(ctx context.Context, key string, t coaching.SatisfactionAsked) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.AskedForSatisfaction(ctx, t.Cooperative, t.Satisfaction)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "satisfaction/"+t.Satisfaction.String(), func(say *words.Speaker) (string, []string) {
		return say.T("mail.satisfaction_subject"), []string{say.T("mail.satisfaction_lead")}
	})
}
