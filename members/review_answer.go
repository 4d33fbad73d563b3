package members

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
)

// TakeReview makes the acting coordinator the named person who looks again. It
// returns ErrOwnDecision to who decided while another coordinator is there,
// ErrOneself to who asked, ErrDecided for one that is taken and not late, and
// ErrNotFound to everybody else.
func (s *Service) TakeReview(ctx context.Context, by Actor, review ReviewID) error {
	return s.lookTx(ctx, by, review, func(tx pgx.Tx, r Review) error {
		others, err := countOtherCoordinators(ctx, tx, r)
		if err != nil {
			return err
		}
		if err := r.take(by.Person, others > 0); err != nil {
			return err
		}
		if err := updateReviewTaken(ctx, tx, r, s.now()); err != nil {
			return err
		}
		told := ReviewTold{Review: r.ID, Cooperative: r.Cooperative, News: NewsTaken}
		if err := s.tellTx(ctx, tx, r.Cooperative, told, Moved{Cooperative: r.Cooperative}); err != nil {
			return err
		}
		return s.auditReviewTx(ctx, tx, by, r, "review_taken", aloneDetail(r))
	})
}

// aloneDetail marks a review by the one who decided.
func aloneDetail(r Review) map[string]string {
	if !r.Alone {
		return nil
	}
	return map[string]string{"alone": "yes"}
}

// AnswerReview closes a review with reasons, by who took it. Where the decision
// is overturned, it ends in the same transaction: the restriction is lifted, the
// client let in, the member no longer refused. What another deed did, a human undoes. It returns check.Problems
// at "outcome" and "answer", ErrDecided to who did not take it, ErrNoKey, and ErrNotFound.
func (s *Service) AnswerReview(ctx context.Context, by Actor, review ReviewID, outcome Outcome, answer string) error {
	answer = strings.TrimSpace(answer)
	problems := whyProblems("answer", answer)
	check.OneOf(&problems, "outcome", outcome, Outcomes()...)
	if err := problems.Err(); err != nil {
		return err
	}
	return s.lookTx(ctx, by, review, func(tx pgx.Tx, r Review) error {
		if err := r.answer(by.Person, outcome, answer, s.now()); err != nil {
			return err
		}
		sealed, err := s.SealTx(ctx, tx, r.AskedBy, r.answerColumn(), answer)
		if err != nil {
			return err
		}
		if err := updateReviewAnswered(ctx, tx, r, sealed); err != nil {
			return err
		}
		told := ReviewTold{Review: r.ID, Cooperative: r.Cooperative, News: NewsAnswered}
		if err := s.tellTx(ctx, tx, r.Cooperative, told, Moved{Cooperative: r.Cooperative}); err != nil {
			return err
		}
		if err := s.overturnTx(ctx, tx, by, r); err != nil {
			return err
		}
		return s.auditReviewTx(ctx, tx, by, r, "review_answered", map[string]string{"outcome": string(outcome)})
	})
}

// overturnTx ends what was decided, unless it has ended already.
func (s *Service) overturnTx(ctx context.Context, tx pgx.Tx, by Actor, r Review) error {
	switch {
	case r.Outcome != Overturned:
		return nil
	case !r.Decision.Restriction.IsZero():
		held, err := findHolding(ctx, tx, r.Cooperative, r.AskedBy)
		if err != nil || held.ID != r.Decision.Restriction {
			return ignoreNotFound(err)
		}
		return s.liftTx(ctx, tx, by, held, r.Answer)
	case !r.Decision.Refusal.IsZero():
		refusal, person, err := lockClientRefusal(ctx, tx, r.Cooperative, r.Decision.Refusal)
		if err != nil || !refusal.Ended.IsZero() {
			return ignoreNotFound(err)
		}
		return s.endRefusalTx(ctx, tx, by, refusal, person, RefusalLifted)
	case !r.Decision.Client.IsZero():
		state, err := lockClient(ctx, tx, r.Cooperative, r.Decision.Client)
		if err != nil || state != ClientRefused {
			return err
		}
		return s.moveClientTx(ctx, tx, by, r.Decision.Client, state, ClientApproved, "")
	}
	return nil
}

// lookTx lets one coordinator at a time work on a review. What the review may
// end is locked before it, in the order in which others lock that.
func (s *Service) lookTx(ctx context.Context, by Actor, review ReviewID, look func(pgx.Tx, Review) error) error {
	if by.Kind != RoleCoordinator || by.Person.IsZero() {
		return ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		r, err := findReviewTx(ctx, tx, by.Cooperative, review)
		if err != nil {
			return err
		}
		if !r.Decision.Client.IsZero() {
			if _, err := lockClient(ctx, tx, r.Cooperative, r.Decision.Client); err != nil {
				return err
			}
		}
		if err := ignoreNotFound(lockRolesOf(ctx, tx, by, r.AskedBy)); err != nil { // the asker may have left
			return err
		}
		if err := MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if r, err = lockReview(ctx, tx, by.Cooperative, review); err != nil {
			return err
		}
		return look(tx, r)
	})
}

func ignoreNotFound(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}
