package web

import (
	"context"
	"errors"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/members/coaching"
	"meent/web/words"
)

// QuestionAsked mails who answers that there is a question, and never what or
// of whom. One that is answered by then needs no mail.
func (m *Mails) QuestionAsked(ctx context.Context, key string, t coaching.QuestionAsked) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.Answerers(ctx, t.Cooperative, t.Question)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "questions", func(say *words.Speaker) (string, []string) {
		return say.T("mail.question_subject"), []string{say.T("mail.question_lead")}
	})
}

// QuestionPassedOn mails the others that nobody has answered.
func (m *Mails) QuestionPassedOn(ctx context.Context, key string, t coaching.QuestionPassedOn) (func(context.Context, pgx.Tx) error, error) {
	people, err := m.coaching.Answerers(ctx, t.Cooperative, t.Question)
	if err != nil {
		return nil, err
	}
	return nil, m.tell(ctx, key, people, "questions", func(say *words.Speaker) (string, []string) {
		return say.T("mail.question_subject"), []string{say.T("mail.question_silent")}
	})
}

// QuestionAnswered tells a member that there is an answer, and never which.
func (m *Mails) QuestionAnswered(ctx context.Context, key string, t coaching.QuestionAnswered) (func(context.Context, pgx.Tx) error, error) {
	who, err := m.coaching.Asker(ctx, t.Cooperative, t.Question)
	if errors.Is(err, members.ErrNotFound) {
		return nil, nil
	}
	if err != nil {
		return nil, err
	}
	say := m.words.In(who.Locale)
	return nil, m.noteMember(ctx, t.Cooperative, key+":"+who.ID.String(), who, noteText{
		say: say, subject: say.T("mail.answer_subject"), lines: []string{say.T("mail.answer_lead")}, link: m.url.JoinPath("coach", "ask").String(),
	})
}
