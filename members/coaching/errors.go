package coaching

import "errors"

var (
	// ErrManyQuestions means that many questions of the member wait for an answer.
	ErrManyQuestions = errors.New("coaching: many questions of the member wait for an answer")

	// ErrAnswered means that somebody has answered the question already.
	ErrAnswered = errors.New("coaching: the question is answered")

	// ErrFollows means that a coach still follows members, who need another first.
	ErrFollows = errors.New("coaching: the coach still follows members")

	// ErrManyReports means that many reports of the member are open.
	ErrManyReports = errors.New("coaching: many reports of the member are open")

	// ErrReportMoved means that a report cannot go where it was sent: somebody
	// took it, it is not taken, or it is closed.
	ErrReportMoved = errors.New("coaching: the report is in another state")

	// ErrNotYours means that somebody else took the report.
	ErrNotYours = errors.New("coaching: somebody else took the report")
)

// Of guard rails.
var (
	// ErrRailWaits means that a guard rail of the kind waits for an answer.
	ErrRailWaits = errors.New("coaching: a guard rail of that kind waits for an answer")
	// ErrRailMoved means that a guard rail cannot go where it was sent: it was
	// answered, taken back or ended, or it waits for the other side.
	ErrRailMoved = errors.New("coaching: the guard rail is in another state")
	// ErrNoCoach means that nobody follows the member, who could answer.
	ErrNoCoach = errors.New("coaching: nobody follows the member")
)
