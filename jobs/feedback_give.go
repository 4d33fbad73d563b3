package jobs

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/members/coaching"
)

// GiveFeedback says something about agreed work, by its client or its member
// themselves, once; within a day it can be said anew. What a client praised is
// confirmed when that day is over: see FeedbackFixed. It returns check.Problems at
// "skill-…", "place-…" and "sentence", ErrNoFeedback, ErrFeedbackClosed,
// ErrFeedbackFixed, members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) GiveFeedback(ctx context.Context, by members.Actor, engagement EngagementID, n NewFeedback) error {
	if by.Helped() {
		return members.ErrNotFound
	}
	n.Sentence = strings.TrimSpace(n.Sentence)
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findWork(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		asked, err := listSkillsOf(ctx, tx, by.Cooperative, w.Gig)
		if err != nil {
			return err
		}
		if err := n.problems(by.Kind, asked).Err(); err != nil {
			return err
		}
		return s.giveTx(ctx, tx, by, w, n)
	})
}

func (s *Service) giveTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, n NewFeedback) error {
	over, err := findSettled(ctx, tx, by.Cooperative, w.ID)
	if err != nil {
		return err
	}
	before, err := findGiven(ctx, tx, by.Cooperative, w.ID, by.Kind)
	if err != nil {
		return err
	}
	if err := over.feedback(before, s.now()); err != nil {
		return err
	}
	f := Feedback{ID: id.New[Feedback](s.random), Engagement: w.ID, Side: by.Kind, Given: s.now()}
	if before != nil {
		f.ID, f.Given = before.ID, before.Given
	}
	sealed, err := s.people.SealGivenTx(ctx, tx, w.person, f.sentenceColumn(), n.Sentence)
	if err != nil {
		return err
	}
	if err := upsertFeedback(ctx, tx, by, f, n, sealed); err != nil || before != nil {
		return err
	}
	return s.givenTx(ctx, tx, by, w, f)
}

// givenTx tells the other side, and lets the words stand after a day.
func (s *Service) givenTx(ctx context.Context, tx pgx.Tx, by members.Actor, w Work, f Feedback) error {
	c := by.Cooperative
	fixed := FeedbackFixed{Feedback: f.ID, Cooperative: c}
	if _, err := s.tasks.EnqueueTx(ctx, tx, fixed, tasks.Opts{Cooperative: c, Due: f.Given.Add(FeedbackChange)}); err != nil {
		return err
	}
	if f.Side == members.RoleClient {
		fact := coaching.Fact{Cooperative: c, Member: w.Member, Kind: coaching.Feedback, At: f.Given, Ref: f.ID.String()}
		if err := coaching.NoteTx(ctx, tx, fact); err != nil {
			return err
		}
	}
	if err := s.movedTx(ctx, tx, c, w.Member, w.Client); err != nil {
		return err
	}
	return s.tellOtherTx(ctx, tx, by, w.Member, FeedbackTold{Feedback: f.ID, Cooperative: c})
}

// tellOtherTx tells the side that did not act: a member when they want to hear
// things, a client at once.
func (s *Service) tellOtherTx(ctx context.Context, tx pgx.Tx, by members.Actor, m members.MemberID, t tasks.Task) error {
	if by.Kind == members.RoleMember {
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: by.Cooperative})
		return err
	}
	return members.NotifyTx(ctx, tx, s.tasks, s.now(), by.Cooperative, members.Notice{Member: m, Task: t})
}

// AnswerFeedback answers what the other side said, once. It returns
// check.Problems at "answer", ErrFeedbackFixed for a second answer,
// ErrFeedbackClosed, members.ErrNoKey, and members.ErrNotFound to everybody else.
func (s *Service) AnswerFeedback(ctx context.Context, by members.Actor, engagement EngagementID, answer string) error {
	answer = strings.TrimSpace(answer)
	var p check.Problems
	p.Text("answer", answer, 1, MostFeedback)
	if err := p.Err(); err != nil {
		return err
	}
	if by.Helped() {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockEngagement(ctx, tx, by.Cooperative, engagement); err != nil {
			return err
		}
		w, err := findWork(ctx, tx, by, engagement)
		if err != nil {
			return err
		}
		f, err := findGiven(ctx, tx, by.Cooperative, engagement, otherSide(by.Kind))
		switch {
		case err != nil:
			return err
		case f == nil:
			return members.ErrNotFound
		}
		if err := f.answerable(by.Kind, s.now()); err != nil {
			return err
		}
		sealed, err := s.people.SealTx(ctx, tx, w.person, f.answerColumn(), answer)
		if err != nil {
			return err
		}
		if err := updateFeedbackAnswered(ctx, tx, by, f.ID, sealed, s.now()); err != nil {
			return err
		}
		if err := s.movedTx(ctx, tx, by.Cooperative, w.Member, w.Client); err != nil {
			return err
		}
		return s.tellOtherTx(ctx, tx, by, w.Member, FeedbackTold{Feedback: f.ID, Cooperative: by.Cooperative, Answer: true})
	})
}

// otherSide is the client for a member, and the member for a client.
func otherSide(side members.RoleKind) members.RoleKind {
	if side == members.RoleClient {
		return members.RoleMember
	}
	return members.RoleClient
}

// ChooseFeedback lets the acting member show the sentence of a client with what
// they did, or no longer. It returns members.ErrNotFound for somebody else's, and
// for feedback without a sentence.
func (s *Service) ChooseFeedback(ctx context.Context, by members.Actor, engagement EngagementID, chosen bool) error {
	if by.Kind != members.RoleMember || by.Member.IsZero() || by.Helped() {
		return members.ErrNotFound
	}
	return updateFeedbackChosen(ctx, s.db, by, engagement, chosen)
}

// FeedbackFixed is the task with which feedback stands: it can no longer be
// changed, and the skills that went well are confirmed.
type FeedbackFixed struct {
	Feedback    FeedbackID
	Cooperative id.Cooperative
}

// FeedbackTold tells the other side that there is feedback, or an answer to it.
type FeedbackTold struct {
	Feedback    FeedbackID
	Cooperative id.Cooperative
	Answer      bool
}

// The kinds of the tasks.
func (FeedbackFixed) Kind() string { return "jobs.feedback_fixed" }
func (FeedbackTold) Kind() string  { return "jobs.feedback_told" }

// FeedbackFixedTx handles FeedbackFixed. A task that came too early, by somebody's
// clock, comes again.
func (s *Service) FeedbackFixedTx(ctx context.Context, tx pgx.Tx, t FeedbackFixed) error {
	f, by, m, err := lockFeedback(ctx, tx, t.Cooperative, t.Feedback)
	switch {
	case errors.Is(err, members.ErrNotFound), err == nil && f.Side != members.RoleClient:
		return nil
	case err != nil:
		return err
	case s.now().Before(f.Given.Add(FeedbackChange)):
		_, err := s.tasks.EnqueueTx(ctx, tx, t, tasks.Opts{Cooperative: t.Cooperative, Due: f.Given.Add(FeedbackChange)})
		return err
	}
	seen, err := listPraised(ctx, tx, t.Cooperative, t.Feedback)
	if err != nil || len(seen) == 0 {
		return err
	}
	fresh, err := s.people.ConfirmSkillsTx(ctx, tx, by, m, seen)
	if err != nil {
		return err
	}
	for range fresh {
		fact := coaching.Fact{Cooperative: t.Cooperative, Member: m, Kind: coaching.SkillConfirmed, At: s.now(), Ref: id.New[coaching.Fact](s.random).String()}
		if err := coaching.NoteTx(ctx, tx, fact); err != nil {
			return err
		}
	}
	return nil
}
