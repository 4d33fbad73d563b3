package jobs

import (
	"context"

	"meent/members"
)

// ChosenFeedback is a sentence of a client that the member chose to show.
type ChosenFeedback struct {
	Sentence   string
	ClientKind members.ClientKind
	At         members.Day
}

// chosenFeedback lists what the member chose, of the days of the record. There is
// no feedback yet: this is the one place that changes when there is.
func (s *Service) chosenFeedback(context.Context, members.Actor, RecordWish) ([]ChosenFeedback, error) {
	return nil, nil
}
