package matching

import (
	"context"
	"errors"
	"strings"

	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
)

// NewReview is what a member asks a person.
type NewReview struct {
	Shift jobs.ShiftID
	Words string // may be empty
	Shows bool   // who looks may read what the member told of themselves
}

// AskReview asks a person why the acting member was asked for the shift, or not.
// Their coach looks, who may read their offers, or else the coordinator who has the
// fewest to look at; never who decided, while there is another. Everybody may ask,
// restricted or not, and it changes nothing in what they are offered. Asking again
// gives the review that is open. It returns check.Problems at "words", ErrNobodyLooks,
// members.ErrNoKey, and members.ErrNotFound to who is no member, or acts for one.
func (s *Service) AskReview(ctx context.Context, by members.Actor, n NewReview) (review ReviewID, err error) {
	n.Words = strings.TrimSpace(n.Words)
	var p check.Problems
	if n.Words != "" {
		p.Paragraphs("words", n.Words, 1, MostReviewWords)
	}
	if err := p.Err(); err != nil {
		return review, err
	}
	if by.Kind != members.RoleMember || by.Helped() {
		return review, members.ErrNotFound
	}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := lockMember(ctx, tx, by.Cooperative, by.Member); err != nil { // one at a time asks
			return err
		}
		if review, err = findOpenReview(ctx, tx, by, n.Shift); err != nil || !review.IsZero() {
			return err
		}
		review, err = s.askReviewTx(ctx, tx, by, n)
		return err
	})
	return review, err
}

func (s *Service) askReviewTx(ctx context.Context, tx pgx.Tx, by members.Actor, n NewReview) (ReviewID, error) {
	w, c, err := s.lookTx(ctx, tx, by, n.Shift)
	if err != nil {
		return ReviewID{}, err
	}
	now := s.now()
	r := Review{ID: id.New[Review](s.random), Cooperative: by.Cooperative, Member: by.Member, Person: by.Person, Rules: failedForLook(c, w),
		Shows: n.Shows, ReviewTime: members.NewReviewTime(now)}
	r.Shift.ID = n.Shift
	if r.Offer, err = findOfferAbout(ctx, tx, by, n.Shift); err != nil {
		return r.ID, err
	}
	if r.Looker, r.Alone, err = pickLooker(ctx, tx, by, r, now); err != nil {
		return r.ID, err
	}
	if n.Words != "" {
		if r.words, err = s.jobs.People().SealTx(ctx, tx, by.Person, r.wordsColumn(), n.Words); err != nil {
			return r.ID, err
		}
	}
	if err := insertReview(ctx, tx, r); err != nil {
		return r.ID, err
	}
	if err := s.tickAtTx(ctx, tx, r); err != nil {
		return r.ID, err
	}
	if err := s.reviewNewsTx(ctx, tx, r, ReviewAsked); err != nil {
		return r.ID, err
	}
	return r.ID, s.auditReviewTx(ctx, tx, by, r, "review_asked")
}

func (r Review) wordsColumn() string  { return "matching.review.words@" + r.ID.String() }
func (r Review) answerColumn() string { return "matching.review.answer@" + r.ID.String() }

func (s *Service) auditReviewTx(ctx context.Context, tx pgx.Tx, by members.Actor, r Review, what string) error {
	return s.jobs.People().AuditTx(ctx, tx, members.Deed{By: by, In: r.Cooperative, For: r.Person, What: what, Ref: "why:" + r.ID.String()})
}

// ReviewNews is what those hear who have to do with a review.
type ReviewNews string

// The news: who looks hears that it is asked and that the time is nearly over; all
// coordinators that it is late; the member who looks now, and that there is an answer.
const (
	ReviewAsked    ReviewNews = "asked"
	ReviewReminded ReviewNews = "reminded"
	ReviewLate     ReviewNews = "late"
	ReviewTaken    ReviewNews = "taken"
	ReviewAnswered ReviewNews = "answered"
)

// ReviewTold is the task that mails the news.
type ReviewTold struct {
	Review      ReviewID
	Cooperative id.Cooperative
	News        ReviewNews
}

// ReviewClock is the task that reminds who looks, and tells all coordinators when
// a review is late. It decides nothing.
type ReviewClock struct {
	Review      ReviewID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (ReviewTold) Kind() string  { return "matching.review_told" }
func (ReviewClock) Kind() string { return "matching.review_clock" }

func (s *Service) reviewNewsTx(ctx context.Context, tx pgx.Tx, r Review, news ReviewNews) error {
	if err := s.tellTx(ctx, tx, r.Cooperative, ReviewTold{Review: r.ID, Cooperative: r.Cooperative, News: news}); err != nil {
		return err
	}
	return s.movedTx(ctx, tx, members.Moved{Cooperative: r.Cooperative, Members: []members.MemberID{r.Member}})
}

func (s *Service) tickAtTx(ctx context.Context, tx pgx.Tx, r Review) error {
	due := r.Next()
	if due.IsZero() {
		return nil
	}
	_, err := s.tasks.EnqueueTx(ctx, tx, ReviewClock{Review: r.ID, Cooperative: r.Cooperative}, tasks.Opts{Cooperative: r.Cooperative, Due: due})
	return err
}

// ReviewClockTx does the task. One that comes too early, by somebody's clock, comes
// again; a review that was erased needs no clock.
func (s *Service) ReviewClockTx(ctx context.Context, tx pgx.Tx, t ReviewClock) error {
	r, err := lockReview(ctx, tx, t.Cooperative, t.Review, s.now())
	if errors.Is(err, members.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	remind, late := r.Tick(s.now())
	if err := updateReviewClock(ctx, tx, r); err != nil {
		return err
	}
	if err := s.tickAtTx(ctx, tx, r); err != nil {
		return err
	}
	switch {
	case remind:
		return s.reviewNewsTx(ctx, tx, r, ReviewReminded)
	case late:
		if err := s.reviewNewsTx(ctx, tx, r, ReviewLate); err != nil {
			return err
		}
		return s.auditReviewTx(ctx, tx, members.Actor{Cooperative: r.Cooperative}, r, "review_escalated")
	}
	return nil
}
