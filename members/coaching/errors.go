package coaching

import "errors"

var (
	// ErrManyQuestions means that many questions of the member wait for an answer.
	ErrManyQuestions = errors.New("coaching: many questions of the member wait for an answer")

	// ErrAnswered means that somebody has answered the question already.
	ErrAnswered = errors.New("coaching: the question is answered")
)
