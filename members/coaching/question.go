package coaching

import (
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// QuestionID identifies a question.
type QuestionID = id.Of[Question]

// QuestionState is where a question stands: asked → answered.
type QuestionState string

// The states of a question.
const (
	QuestionOpen QuestionState = "asked"
	QuestionDone QuestionState = "answered"
)

// How long a question and its answer may be, in characters.
const (
	MostQuestion = 500
	MostAnswer   = 1000
)

// Question is what a member asked, and the answer.
type Question struct {
	ID         QuestionID
	MemberName string
	Page       string // a path of ours with ids; may be empty
	Text       string
	State      QuestionState
	Asked      time.Time
	Before     time.Time // until then it can wait
	PassedOn   time.Time // zero: it was not
	Answered   time.Time // zero: it is not
	By         string    // who answered
	Answer     string
	Gone       bool // of the text and the answer, what is empty cannot be read any more
}

// Open reports whether it waits for an answer.
func (q Question) Open() bool { return q.State == QuestionOpen }

// NewQuestion is what a member asks.
type NewQuestion struct {
	Text string // 1 to MostQuestion characters
	Page string // which page the member looked at; may be empty
}

func (n NewQuestion) problems() check.Problems {
	var p check.Problems
	p.Paragraphs("text", n.Text, 1, MostQuestion)
	return p
}

func answerProblems(text string) check.Problems {
	var p check.Problems
	p.Paragraphs("answer", text, 1, MostAnswer)
	return p
}

// QuestionAsked tells whoever answers that there is a question, after the commit.
type QuestionAsked struct {
	Question    QuestionID
	Cooperative id.Cooperative
}

// QuestionSilent is the task that passes a question on when nobody answered it
// in time.
type QuestionSilent struct {
	Question    QuestionID
	Cooperative id.Cooperative
}

// QuestionPassedOn tells the others of a question that nobody answered.
type QuestionPassedOn struct {
	Question    QuestionID
	Cooperative id.Cooperative
}

// QuestionAnswered tells a member that there is an answer.
type QuestionAnswered struct {
	Question    QuestionID
	Cooperative id.Cooperative
}

// The kinds of the tasks.
func (QuestionAsked) Kind() string    { return "coaching.question_asked" }
func (QuestionSilent) Kind() string   { return "coaching.question_silent" }
func (QuestionPassedOn) Kind() string { return "coaching.question_passed_on" }
func (QuestionAnswered) Kind() string { return "coaching.question_answered" }

// lockedQuestion is a question that nobody else answers meanwhile.
type lockedQuestion struct {
	ID       QuestionID
	Member   members.MemberID
	Person   members.PersonID // the member's
	State    QuestionState
	Before   time.Time
	PassedOn *time.Time
}
