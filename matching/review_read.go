package matching

import (
	"context"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// Review gives one review to the member who asked it, to the coordinators of their
// cooperative, and to the coach who looks, while the member lets them read their
// offers; that one's reading is noted. Others than the member read of the rules only what
// they may, and the member's words only while they look.
// It returns members.ErrNotFound to everybody else, members.ErrNotGranted and
// members.ErrNoKey.
func (s *Service) Review(ctx context.Context, by members.Actor, review ReviewID) (r Review, err error) {
	err = s.jobs.People().NoteRefusal(ctx, by, pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if r, err = findReview(ctx, tx, by.Cooperative, review, s.now()); err != nil {
			return err
		}
		switch {
		case by.Kind == members.RoleMember && by.Member == r.Member && !by.Helped():
			return nil
		case by.Kind == members.RoleCoordinator && r.Person != by.Person:
		case by.Kind == members.RoleCoach && by.Role == r.Looker:
			if err := s.mayCoachTx(ctx, tx, by, r.Member); err != nil {
				return err
			}
		default:
			return members.ErrNotFound
		}
		decided, others, err := decidedBy(ctx, tx, by, r)
		if err != nil {
			return err
		}
		r.Takes = by.Kind == members.RoleCoordinator && r.mayTake(by, decided, others, s.now()) == nil
		r.Answers = r.mayAnswer(by, decided, others) == nil
		r.hide(by.Role)
		return nil
	}))
	if err != nil {
		return Review{}, err
	}
	list := []Review{r}
	err = s.openReviews(ctx, list)
	return list[0], err
}

func (s *Service) openReviews(ctx context.Context, list []Review) error {
	var texts []members.SealedText
	for i := range list {
		r := &list[i]
		texts = append(texts, members.SealedText{Person: r.Person, Column: r.wordsColumn(), Sealed: r.words, Into: &r.Words, Gone: &r.Gone},
			members.SealedText{Person: r.Person, Column: r.answerColumn(), Sealed: r.answer, Into: &r.Answer, Gone: &r.Gone})
	}
	return s.jobs.People().OpenAll(ctx, s.db, texts)
}

// Reviews lists those of the acting coordinator's cooperative, and to a coach those
// that they look at and may read: the open ones, what is due first on top, then the
// answered, the newest first, of the rules only what they may read. The texts are not
// read for a list. To a member it gives their own.
func (s *Service) Reviews(ctx context.Context, by members.Actor) (open, answered []Review, err error) {
	if open, err = s.openReviewsOf(ctx, by); err != nil {
		return nil, nil, err
	}
	answered, err = s.listReviews(ctx, by, ` AND v.answered_at IS NOT NULL ORDER BY v.answered_at DESC, v.id LIMIT $4`, members.ReviewsPage)
	return open, answered, err
}

func (s *Service) openReviewsOf(ctx context.Context, by members.Actor) ([]Review, error) {
	return s.listReviews(ctx, by, ` AND v.answered_at IS NULL ORDER BY v.due_at, v.id LIMIT $4`, mostReviews)
}

func (s *Service) listReviews(ctx context.Context, by members.Actor, which string, most int) ([]Review, error) {
	where, who := reviewsOf(by)
	if where == "" {
		return nil, members.ErrNotFound
	}
	list, err := listReviews(ctx, s.db, where+which, by.Cooperative, string(members.DayOf(s.now())), who, most)
	if err != nil || by.Kind == members.RoleMember {
		return list, err
	}
	for i := range list {
		list[i].hide(by.Role)
	}
	return list, nil
}

// ToldReview gives a review, without what was said in it, and those who hear this
// news of it. It returns members.ErrNotFound.
func (s *Service) ToldReview(ctx context.Context, t ReviewTold) (Review, []members.Person, error) {
	r, err := findReview(ctx, s.db, t.Cooperative, t.Review, s.now())
	if err != nil {
		return r, nil, err
	}
	if t.News == ReviewTaken || t.News == ReviewAnswered {
		who, err := findAsker(ctx, s.db, r)
		return r, []members.Person{who}, err
	}
	people, err := listHearers(ctx, s.db, r, t.News)
	return r, people, err
}
