package coaching

import (
	"context"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/members"
)

// Questions lists what waits for the actor's answer, what waits longest first:
// to a coach of whom they follow or stand in for, to a coordinator what has no
// coach or was passed on; nothing to others. It returns members.ErrNoKey.
func (s *Service) Questions(ctx context.Context, by members.Actor) ([]Question, error) {
	kept, err := listQuestions(ctx, s.db, by, members.DayOf(s.now()))
	if err != nil {
		return nil, err
	}
	return s.openQuestions(ctx, kept)
}

// Waiting is how many questions wait for the actor, and since when the oldest.
type Waiting struct {
	Count  int
	Oldest time.Time // zero: none
}

// Waiting counts what Questions lists.
func (s *Service) Waiting(ctx context.Context, by members.Actor) (Waiting, error) {
	return countQuestions(ctx, s.db, by, members.DayOf(s.now()))
}

// Answer answers a question that waits for the actor. No grant is needed: the
// member wrote to them. It returns check.Problems at "answer", ErrAnswered for a
// second answer, members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) Answer(ctx context.Context, by members.Actor, question QuestionID, text string) error {
	text = strings.TrimSpace(text)
	if err := answerProblems(text).Err(); err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		q, err := lockAnswerable(ctx, tx, by, question, members.DayOf(s.now()))
		if err != nil {
			return err
		}
		if q.State != QuestionOpen {
			return ErrAnswered
		}
		sealed, err := s.people.SealTx(ctx, tx, q.Person, answerColumn(question), text)
		if err != nil {
			return err
		}
		if err := markAnswered(ctx, tx, by, question, sealed, s.now()); err != nil {
			return err
		}
		told := members.Notice{Member: q.Member, Task: QuestionAnswered{question, by.Cooperative}}
		if err := members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, told); err != nil {
			return err
		}
		if err := s.tellTx(ctx, tx, by.Cooperative, movedOf(by.Cooperative, q.Member)); err != nil {
			return err
		}
		return s.people.AuditTx(ctx, tx, members.Deed{By: by, For: q.Person, What: "question_answered", Ref: "question:" + question.String()})
	})
}

// Answerers are who is told of a question that waits: the coach and who stands in
// today, or the coordinators where nobody is; and of one that was passed on the coordinators
// and a coach who was not asked. Nobody when it is answered. It returns
// members.ErrNotFound.
func (s *Service) Answerers(ctx context.Context, c id.Cooperative, question QuestionID) ([]members.Person, error) {
	return listAnswerers(ctx, s.db, c, question, members.DayOf(s.now()))
}

// Asker is the member who asked a question that is answered. It returns
// members.ErrNotFound, also while it is not.
func (s *Service) Asker(ctx context.Context, c id.Cooperative, question QuestionID) (members.Person, error) {
	return findAsker(ctx, s.db, c, question)
}
