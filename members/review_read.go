package members

import (
	"context"
	"slices"

	"meent/internal/id"
)

// ReviewNews is what those hear who have to do with a review.
type ReviewNews string

// The news.
const (
	NewsAsked     ReviewNews = "asked"
	NewsTaken     ReviewNews = "taken"
	NewsReminded  ReviewNews = "reminded"
	NewsEscalated ReviewNews = "escalated"
	NewsAnswered  ReviewNews = "answered"
)

// ReviewTold is the task that mails the news.
type ReviewTold struct {
	Review      ReviewID
	Cooperative id.Cooperative
	News        ReviewNews
}

// Kind names the task.
func (ReviewTold) Kind() string { return "members.review_told" }

// ReviewsPage is how many answered reviews are listed.
const ReviewsPage = 50

// Reviews lists those of the acting coordinator's cooperative: the open ones,
// what is due first on top, then the answered, the newest first. It returns
// ErrNotFound to everybody else, and ErrNoKey.
func (s *Service) Reviews(ctx context.Context, by Actor) (open, answered []Review, err error) {
	if by.Kind != RoleCoordinator {
		return nil, nil, ErrNotFound
	}
	waiting, err := listOpenReviews(ctx, s.db, by.Cooperative)
	if err != nil {
		return nil, nil, err
	}
	done, err := listAnsweredReviews(ctx, s.db, by.Cooperative, ReviewsPage)
	if err != nil {
		return nil, nil, err
	}
	all, err := s.openReviews(ctx, slices.Concat(waiting, done))
	return all[:len(waiting)], all[len(waiting):], err
}

// ReviewPage is a review with what it is about.
type ReviewPage struct {
	Review
	About  Decided
	Others bool // a coordinator is there who neither decided nor asked
}

// Review gives one review to who asked it, whatever they act as, and to the
// coordinators of its cooperative. It returns ErrNotFound to everybody else, and
// ErrNoKey.
func (s *Service) Review(ctx context.Context, by Actor, review ReviewID) (p ReviewPage, err error) {
	kept, err := findReview(ctx, s.db, review)
	if err != nil {
		return p, err
	}
	office := by.Kind == RoleCoordinator && by.Cooperative == kept.Cooperative
	if by.Person.IsZero() || !office && by.Person != kept.AskedBy {
		return p, ErrNotFound
	}
	opened, err := s.openReviews(ctx, []keptReview{kept})
	if err != nil {
		return p, err
	}
	p.Review = opened[0]
	if p.About, err = s.decided(ctx, p.AskedBy, p.Decision); ignoreNotFound(err) != nil {
		return p, err
	}
	others, err := countOtherCoordinators(ctx, s.db, p.Review)
	p.Others = others > 0
	return p, err
}

// ToldReview gives a review without what was said in it, and those who hear this
// news of it. It returns ErrNotFound.
func (s *Service) ToldReview(ctx context.Context, t ReviewTold) (Review, []Person, error) {
	kept, err := findReview(ctx, s.db, t.Review)
	r := kept.Review
	if err == nil && r.Cooperative != t.Cooperative {
		err = ErrNotFound
	}
	if err != nil {
		return r, nil, err
	}
	people, err := s.hearers(ctx, r, t.News)
	return r, people, err
}

// hearers are the asker, who looks, or the coordinators: without the one who
// decided, where there are others to take it.
func (s *Service) hearers(ctx context.Context, r Review, news ReviewNews) ([]Person, error) {
	switch {
	case news == NewsTaken || news == NewsAnswered:
		return listPersons(ctx, s.db, r.AskedBy)
	case news == NewsReminded && !r.TakenBy.IsZero():
		return listPersons(ctx, s.db, r.TakenBy)
	case news == NewsEscalated:
		return listCoordinators(ctx, s.db, r.Cooperative, PersonID{})
	}
	people, err := listCoordinators(ctx, s.db, r.Cooperative, r.DecidedBy)
	if err == nil && len(people) == 0 {
		return listCoordinators(ctx, s.db, r.Cooperative, PersonID{})
	}
	return people, err
}
