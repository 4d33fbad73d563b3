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

	// ErrContactStays means that a contact was logged too long ago to be taken back.
	ErrContactStays = errors.New("coaching: the contact was logged long ago")

	// ErrReleaseOver means that a release was decided or ended already.
	ErrReleaseOver = errors.New("coaching: the release is decided or over")

	// ErrAlumni means that a former member is shown to nobody.
	ErrAlumni = errors.New("coaching: a former member is shown to nobody")

	// ErrHandOverOpen means that a hand-over of the member is under way.
	ErrHandOverOpen = errors.New("coaching: a hand-over of the member is under way")

	// ErrHandOverMoved means that a hand-over is not where it was: somebody
	// answered it, took it back, or it is done.
	ErrHandOverMoved = errors.New("coaching: the hand-over is in another state")

	// ErrHasCoach means that somebody follows the member already: who follows them
	// changes by a hand-over, or with a written reason.
	ErrHasCoach = errors.New("coaching: somebody follows the member already")

	// ErrBuddyThere means that the member has a buddy, or somebody is asked.
	ErrBuddyThere = errors.New("coaching: the member has a buddy, or somebody is asked")

	// ErrBuddyMoved means that the two do not stand where they stood: one of them
	// answered, or ended it.
	ErrBuddyMoved = errors.New("coaching: the buddy is in another state")

	// ErrManyMessages means that enough was written for one day.
	ErrManyMessages = errors.New("coaching: enough messages for one day")

	// ErrNotYours means that somebody else took the report.
	ErrNotYours = errors.New("coaching: somebody else took the report")
)

var (
	// ErrStatementMoved means that a statement cannot go where it was sent: it is
	// signed already, or withdrawn.
	ErrStatementMoved = errors.New("coaching: the statement is in another state")

	// ErrStatementChanged means that a statement says something else than what was
	// shown to who signs.
	ErrStatementChanged = errors.New("coaching: the statement says something else by now")

	// ErrOtherCoach means that another coach began the statement.
	ErrOtherCoach = errors.New("coaching: another coach began the statement")

	// ErrFormClosed means that a form was filled in, or came too late.
	ErrFormClosed = errors.New("coaching: the form is closed")
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
