package members

import "context"

// keptReview is a review as its row has it: the words and the answer are sealed
// for who asked.
type keptReview struct {
	Review
	words, answer []byte
}

// What they are bound to, beside the person.
func (r Review) wordsColumn() string  { return "review.words@" + r.ID.String() }
func (r Review) answerColumn() string { return "review.answer@" + r.ID.String() }

// openReviews opens what was said in all.
func (s *Service) openReviews(ctx context.Context, kept []keptReview) ([]Review, error) {
	list := make([]Review, len(kept))
	var texts []SealedText
	for i, k := range kept {
		list[i] = k.Review
		r := &list[i]
		texts = append(texts,
			SealedText{Person: r.AskedBy, Column: r.wordsColumn(), Sealed: k.words, Into: &r.Words, Gone: &r.Gone},
			SealedText{Person: r.AskedBy, Column: r.answerColumn(), Sealed: k.answer, Into: &r.Answer, Gone: &r.Gone})
	}
	return list, s.OpenAll(ctx, s.db, texts)
}
