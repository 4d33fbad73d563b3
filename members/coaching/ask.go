package coaching

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
)

// mostOpen is how many questions of one member may wait for an answer.
const mostOpen = 10

// Ask sends the acting member's question to their coach, or to the coordinators
// where nobody is the coach. It returns check.Problems at "text",
// ErrManyQuestions, members.ErrNoKey, and members.ErrNotFound to everybody who is
// not a member.
func (s *Service) Ask(ctx context.Context, by members.Actor, n NewQuestion) (question QuestionID, err error) {
	if by.Kind != members.RoleMember || by.Member.IsZero() {
		return question, members.ErrNotFound
	}
	n.Text = strings.TrimSpace(n.Text)
	if err := n.problems().Err(); err != nil {
		return question, err
	}
	question = id.New[Question](s.random)
	return question, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error { return s.askTx(ctx, tx, by, question, n) })
}

func (s *Service) askTx(ctx context.Context, tx pgx.Tx, by members.Actor, question QuestionID, n NewQuestion) error {
	coach, err := lockCoach(ctx, tx, by.Cooperative, by.Member) // before the member, as GrantTx does
	if err != nil {
		return err
	}
	open, err := lockOpenQuestions(ctx, tx, by)
	if err != nil {
		return err
	}
	if open >= mostOpen {
		return ErrManyQuestions
	}
	sealed, err := s.people.SealTx(ctx, tx, by.Person, textColumn(question), n.Text)
	if err != nil {
		return err
	}
	before := answerBefore(s.now())
	if err := insertQuestion(ctx, tx, by, question, coach, n.Page, sealed, s.now(), before); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, by.Cooperative, QuestionAsked{question, by.Cooperative}, movedOf(by.Cooperative, by.Member)); err != nil {
		return err
	}
	silent := QuestionSilent{question, by.Cooperative}
	if _, err := s.tasks.EnqueueTx(ctx, tx, silent, tasks.Opts{Cooperative: by.Cooperative, Due: before}); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: by.Person, What: "question_asked", Ref: "question:" + question.String()})
}

// Asked lists the acting member's newest questions. It returns members.ErrNoKey.
func (s *Service) Asked(ctx context.Context, by members.Actor, most int) ([]Question, error) {
	kept, err := listAsked(ctx, s.db, by, most)
	if err != nil {
		return nil, err
	}
	return s.openQuestions(ctx, kept)
}

// SilentTx handles QuestionSilent: a question without an answer is told to the
// member's other coaches and the coordinators. It does nothing else, to nobody. A
// task that came too early, by somebody's clock, comes again.
func (s *Service) SilentTx(ctx context.Context, tx pgx.Tx, t QuestionSilent) error {
	q, err := lockQuestion(ctx, tx, t.Cooperative, t.Question)
	switch {
	case errors.Is(err, members.ErrNotFound):
		return nil
	case err != nil || q.State != QuestionOpen || q.PassedOn != nil:
		return err
	case s.now().Before(q.Before):
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: q.Before})
		return err
	}
	if err := markPassedOn(ctx, tx, t.Cooperative, q.ID, s.now()); err != nil {
		return err
	}
	if err := s.tellTx(ctx, tx, t.Cooperative, QuestionPassedOn{q.ID, t.Cooperative}, movedOf(t.Cooperative, q.Member)); err != nil {
		return err
	}
	return s.people.AuditTx(ctx, tx, members.Deed{In: t.Cooperative, For: q.Person, What: "question_passed_on", Ref: "question:" + q.ID.String()})
}

// tellTx lets people be told after the commit.
func (s *Service) tellTx(ctx context.Context, tx pgx.Tx, c id.Cooperative, list ...tasks.Task) error {
	for _, t := range list {
		if _, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: c}); err != nil {
			return err
		}
	}
	return nil
}

func movedOf(c id.Cooperative, m members.MemberID) members.Moved {
	return members.Moved{Cooperative: c, Members: []members.MemberID{m}}
}
