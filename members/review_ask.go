package members

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/internal/tasks"
)

// AskReview asks for a second look at a decision about the acting person, in
// their own words. Everybody may who can sign in, restricted or not. Asking
// again gives the review that is there. It returns check.Problems at "words",
// ErrDecided for a decision that does not stand any more, ErrNoKey, and
// ErrNotFound for decisions about others.
func (s *Service) AskReview(ctx context.Context, by Actor, d Decision, words string) (review ReviewID, err error) {
	words = strings.TrimSpace(words)
	if err := whyProblems("words", words).Err(); err != nil {
		return review, err
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		found, err := findDecided(ctx, tx, by.Person, d)
		switch {
		case err != nil:
			return err
		case !found.Review.IsZero():
			review = found.Review
			return nil
		case !found.Stands:
			return ErrDecided
		}
		review, err = s.askReviewTx(ctx, tx, by, found.Decided, words)
		return err
	})
	return review, err
}

func (s *Service) askReviewTx(ctx context.Context, tx pgx.Tx, by Actor, about Decided, words string) (ReviewID, error) {
	now := s.now()
	r := Review{ID: id.New[Review](s.random), Cooperative: about.Cooperative, Decision: about.Decision, AskedBy: by.Person,
		DecidedBy: about.By, Words: words, State: ReviewAsked, ReviewTime: NewReviewTime(now)}
	sealed, err := s.SealTx(ctx, tx, r.AskedBy, r.wordsColumn(), words)
	if err != nil {
		return r.ID, err
	}
	if err := insertReview(ctx, tx, r, sealed, about.At); err != nil {
		return r.ID, err
	}
	if err := s.tickAtTx(ctx, tx, r); err != nil {
		return r.ID, err
	}
	told := ReviewTold{Review: r.ID, Cooperative: r.Cooperative, News: NewsAsked}
	if err := s.tellTx(ctx, tx, r.Cooperative, told, Moved{Cooperative: r.Cooperative}); err != nil {
		return r.ID, err
	}
	return r.ID, s.auditReviewTx(ctx, tx, by, r, "review_asked", nil)
}

// auditReviewTx writes down what somebody did in a review; zero is its clock.
func (s *Service) auditReviewTx(ctx context.Context, tx pgx.Tx, by Actor, r Review, what string, detail map[string]string) error {
	if by.Cooperative != r.Cooperative {
		by.Kind = "" // what they are elsewhere says nothing here
	}
	return s.AuditTx(ctx, tx, Deed{By: by, In: r.Cooperative, For: r.AskedBy, What: what, Ref: "review:" + r.ID.String(), Detail: detail})
}

// ReviewClock is the task that reminds who looks, and tells all coordinators
// when a review is late. It decides nothing.
type ReviewClock struct {
	Review      ReviewID
	Cooperative id.Cooperative
}

// Kind names the task.
func (ReviewClock) Kind() string { return "members.review_clock" }

// tickAtTx lets the clock look again when there is something to see.
func (s *Service) tickAtTx(ctx context.Context, tx pgx.Tx, r Review) error {
	due := r.Next()
	if due.IsZero() {
		return nil
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, ReviewClock{Review: r.ID, Cooperative: r.Cooperative}, tasks.Opts{Cooperative: r.Cooperative, Due: due})
	return err
}

// ReviewClockTx does the task. One that comes too early, by somebody's clock,
// comes again; a review that was erased needs no clock.
func (s *Service) ReviewClockTx(ctx context.Context, tx pgx.Tx, t ReviewClock) error {
	r, err := lockReview(ctx, tx, t.Cooperative, t.Review)
	if err != nil {
		return ignoreNotFound(err)
	}
	remind, escalate := r.Tick(s.now())
	if err := updateReviewClock(ctx, tx, r); err != nil {
		return err
	}
	if err := s.tickAtTx(ctx, tx, r); err != nil {
		return err
	}
	switch {
	case remind:
		return s.tellTx(ctx, tx, r.Cooperative, ReviewTold{Review: r.ID, Cooperative: r.Cooperative, News: NewsReminded})
	case escalate:
		return s.escalateTx(ctx, tx, r)
	}
	return nil
}

func (s *Service) escalateTx(ctx context.Context, tx pgx.Tx, r Review) error {
	told := ReviewTold{Review: r.ID, Cooperative: r.Cooperative, News: NewsEscalated}
	if err := s.tellTx(ctx, tx, r.Cooperative, told, Moved{Cooperative: r.Cooperative}); err != nil {
		return err
	}
	return s.auditReviewTx(ctx, tx, Actor{Cooperative: r.Cooperative}, r, "review_escalated", nil)
}
