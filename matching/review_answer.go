package matching

import (
	"context"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/members"
)

// TakeReview makes the acting coordinator the one who looks: when the review is late,
// or who looked cannot any more (Able). It returns ErrDecided otherwise, members.ErrOwnDecision to
// who decided while another coordinator can look, members.ErrOneself to the member,
// members.ErrRestricted, and members.ErrNotFound to everybody else.
func (s *Service) TakeReview(ctx context.Context, by members.Actor, review ReviewID) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		r, err := lockReview(ctx, tx, by.Cooperative, review, s.now())
		if err != nil {
			return err
		}
		decided, others, err := decidedBy(ctx, tx, by, r)
		if err == nil {
			err = r.mayTake(by, decided, others, s.now())
		}
		if err != nil {
			return err
		}
		r.Looker, r.Alone = by.Role, decided
		if err := updateReviewLooker(ctx, tx, r); err != nil {
			return err
		}
		if err := s.reviewNewsTx(ctx, tx, r, ReviewTaken); err != nil {
			return err
		}
		return s.auditReviewTx(ctx, tx, by, r, "review_taken")
	})
}

// AnswerReview closes a review with reasons, by who looks. Offered asks the member for
// the shift in the same transaction, by a coordinator, with the answer as the reason;
// Mended is only said of what has changed: a rule that kept the member away and does
// not any more. It returns check.Problems at "outcome" and "answer", ErrDecided,
// members.ErrOwnDecision to who decided since while another coordinator can look, the
// errors of OfferTo, those of a coach who may not read any more, and members.ErrNotFound.
func (s *Service) AnswerReview(ctx context.Context, by members.Actor, review ReviewID, outcome Outcome, answer string) error {
	answer = strings.TrimSpace(answer)
	var p check.Problems
	most := members.LongestWhy
	if outcome == Offered {
		most = MostChosenWhy
	}
	p.Paragraphs("answer", answer, members.ShortestWhy, most)
	check.OneOf(&p, "outcome", outcome, Outcomes()...)
	if err := p.Err(); err != nil {
		return err
	}
	if by.Kind != members.RoleCoordinator && (by.Kind != members.RoleCoach || outcome == Offered) {
		return members.ErrNotFound
	}
	return s.jobs.People().NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		found, err := findReview(ctx, tx, by.Cooperative, review, s.now())
		if err != nil {
			return err
		}
		if err := lockShift(ctx, tx, by.Cooperative, found.Shift.ID); err != nil {
			return err
		}
		if err := lockMember(ctx, tx, by.Cooperative, found.Member); err != nil {
			return err
		}
		r, err := lockReview(ctx, tx, by.Cooperative, review, s.now())
		switch {
		case err != nil:
			return err
		case by.Kind == members.RoleCoach:
			if err := s.mayCoachTx(ctx, tx, by, r.Member); err != nil {
				return err
			}
		}
		decided, others, err := decidedBy(ctx, tx, by, r)
		if err == nil {
			err = r.mayAnswer(by, decided, others)
		}
		if err != nil {
			return err
		}
		r.Alone = r.Alone || decided
		r.Outcome, r.Answer, r.Answered = outcome, answer, s.now()
		return s.answerReviewTx(ctx, tx, by, r)
	}))
}

func (s *Service) answerReviewTx(ctx context.Context, tx pgx.Tx, by members.Actor, r Review) (err error) {
	if err := s.correctTx(ctx, tx, by, &r); err != nil {
		return err
	}
	if r.answer, err = s.jobs.People().SealTx(ctx, tx, r.Person, r.answerColumn(), r.Answer); err != nil {
		return err
	}
	if err := updateReviewAnswered(ctx, tx, r); err != nil {
		return err
	}
	if err := s.reviewNewsTx(ctx, tx, r, ReviewAnswered); err != nil {
		return err
	}
	return s.auditReviewTx(ctx, tx, by, r, "review_answered")
}

// correctTx makes a correction real.
func (s *Service) correctTx(ctx context.Context, tx pgx.Tx, by members.Actor, r *Review) error {
	switch r.Outcome {
	case Offered:
		offer, err := s.chooseTx(ctx, tx, by, r.Shift.ID, r.Member, r.Answer)
		r.Offer = offer
		return err
	case Mended:
		w, c, err := s.lookTx(ctx, tx, members.Actor{Cooperative: r.Cooperative, Member: r.Member}, r.Shift.ID)
		if err != nil {
			return err
		}
		if !mended(r.Rules, failedForLook(c, w)) {
			return check.Problems{{Field: "outcome", Rule: "not_mended"}}
		}
	}
	return nil
}
