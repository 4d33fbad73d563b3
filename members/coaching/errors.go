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

	// ErrReleaseOver means that a release was decided or ended already.
	ErrReleaseOver = errors.New("coaching: the release is decided or over")

	// ErrAlumni means that a former member is shown to nobody.
	ErrAlumni = errors.New("coaching: a former member is shown to nobody")

	// ErrNotYours means that somebody else took the report.
	ErrNotYours = errors.New("coaching: somebody else took the report")
)
