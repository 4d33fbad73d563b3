package members

import (
	"context"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
)

// Question is one screen of the profile.
type Question string

// The questions.
const (
	NameQuestion        Question = "name"
	SkillsQuestion      Question = "skills"
	LevelsQuestion      Question = "levels"
	AbilitiesQuestion   Question = "abilities"
	LoadQuestion        Question = "load"
	SupportQuestion     Question = "support"
	TravelQuestion      Question = "travel"
	WeekQuestion        Question = "week"
	HoursQuestion       Question = "hours"
	RoomQuestion        Question = "room"
	LearnQuestion       Question = "learn"
	LanguagesQuestion   Question = "languages"
	CertificateQuestion Question = "certificate"
	ContactQuestion     Question = "contact"
	NoteQuestion        Question = "note"
)

// Questions lists them in their order: the easy ones first.
func Questions() []Question {
	return []Question{NameQuestion, TravelQuestion, SkillsQuestion, LevelsQuestion, LearnQuestion, WeekQuestion, HoursQuestion,
		AbilitiesQuestion, LoadQuestion, SupportQuestion, LanguagesQuestion, CertificateQuestion, RoomQuestion, ContactQuestion, NoteQuestion}
}

// Number is the question's place, from 1; 0 for what is none.
func (q Question) Number() int { return slices.Index(Questions(), q) + 1 }

// ForHelper reports whether who acts for the member may answer it. What a member
// confides, how they are called and how they are reached, they say themselves.
func (q Question) ForHelper() bool {
	return !slices.Contains([]Question{NameQuestion, LearnQuestion, ContactQuestion, NoteQuestion}, q)
}

// AnswerState is what became of a question.
type AnswerState string

// The states; nothing means that the member did not see it yet.
const (
	Answered AnswerState = "answered"
	Skipped  AnswerState = "skipped"
)

// Progress is how far the member came.
type Progress map[Question]AnswerState

// Next is the first question that the member did not see yet; nothing when
// there is none.
func (p Progress) Next() Question {
	for _, q := range Questions() {
		if p[q] == "" {
			return q
		}
	}
	return ""
}

// Answer is what a member says to one question. Each type knows its own rules.
type Answer interface {
	Question() Question
	problems() check.Problems
	storeTx(ctx context.Context, t answering) error
}

// answering is one answer being written: by whom, in which transaction.
type answering struct {
	*Service
	tx pgx.Tx
	by Actor
}

// Answer stores what the acting member says to a question, in place of what they
// said before. It returns check.Problems, and ErrNotFound to everybody who is
// not a member, and to a helper for what only the member says.
func (s *Service) Answer(ctx context.Context, by Actor, a Answer) error {
	if by.Helped() && !a.Question().ForHelper() {
		return ErrNotFound
	}
	problems := a.problems()
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockMember(ctx, tx, by.Cooperative, by.Member); err != nil {
			return err
		}
		if err := problems.Err(); err != nil {
			return err
		}
		if err := a.storeTx(ctx, answering{s, tx, by}); err != nil {
			return err
		}
		if err := upsertAnswer(ctx, tx, by, a.Question(), Answered, s.now()); err != nil {
			return err
		}
		return s.HelpedTx(ctx, tx, by, "helped_profile", "question:"+string(a.Question()))
	})
}

// Skip notes that the acting member does not want to answer. What they answered
// before stays. It returns ErrNotFound for what is no question, and to everybody
// who is not a member.
func (s *Service) Skip(ctx context.Context, by Actor, q Question) error {
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockMember(ctx, tx, by.Cooperative, by.Member); err != nil {
			return err
		}
		if q.Number() == 0 || by.Helped() && !q.ForHelper() {
			return ErrNotFound
		}
		return insertSkip(ctx, tx, by, q, s.now())
	})
}
