package jobs

import (
	"context"

	"meent/members"
)

// ChosenFeedback is a sentence of a client that the member chose to show.
type ChosenFeedback struct {
	Sentence   string
	ClientKind members.ClientKind
	At         members.Day // of the work
}

// chosenFeedback lists what the member chose, of the days of the record, in the
// order of the work. What cannot be read any more is left out. It returns
// members.ErrNoKey.
func (s *Service) chosenFeedback(ctx context.Context, by members.Actor, w RecordWish) (list []ChosenFeedback, err error) {
	if by.Helped() { // what a client said is the member's alone
		return nil, nil
	}
	kept, err := listChosen(ctx, s.db, by, w)
	if err != nil {
		return nil, err
	}
	said := make([]string, len(kept))
	gone := make([]bool, len(kept))
	var texts []members.SealedText
	for i, k := range kept {
		texts = append(texts, members.SealedText{Person: by.Person, Column: k.sentenceColumn(), Sealed: k.sentence, Into: &said[i], Gone: &gone[i]})
	}
	if err := s.people.OpenAll(ctx, s.db, texts); err != nil {
		return nil, err
	}
	for i, k := range kept {
		if !gone[i] && said[i] != "" {
			list = append(list, ChosenFeedback{Sentence: said[i], ClientKind: k.client, At: k.day})
		}
	}
	return list, nil
}
