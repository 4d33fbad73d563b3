package coaching

import (
	"strings"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// SatisfactionID identifies a form about the help.
type SatisfactionID = id.Of[Satisfaction]

// FormKind is whose form it is.
type FormKind string

// Whose it can be.
const (
	MemberForm FormKind = "member"
	ClientForm FormKind = "client"
)

// FormState is where a form stands: asked → given, or closed once the statement
// is signed.
type FormState string

// The states of a form.
const (
	FormAsked  FormState = "asked"
	FormGiven  FormState = "given"
	FormClosed FormState = "closed"
)

// What UWV wants of the mean of both sides, in tenths. Source: uwv.nl, for
// recognised job coaching organisations.
const WantedMean = 65

// MostOpinion is how long the words of a form may be, in characters.
const MostOpinion = 500

const scoreCount = 5

// Scores are answers from 1 to 10.
type Scores struct {
	Reach   int `json:"reach"`   // the coach can be reached
	Clear   int `json:"clear"`   // what was agreed is clear
	Help    int `json:"help"`    // the help does good
	Result  int `json:"result"`  // it brings the member further
	Overall int `json:"overall"` // all in all
}

// ScoreNames are the questions, in the order of forms.
func ScoreNames() []string { return []string{"reach", "clear", "help", "result", "overall"} }

// Of gives the answer to a question.
func (s Scores) Of(name string) int {
	switch name {
	case "reach":
		return s.Reach
	case "clear":
		return s.Clear
	case "help":
		return s.Help
	case "result":
		return s.Result
	default:
		return s.Overall
	}
}

func (s Scores) sum() int { return s.Reach + s.Clear + s.Help + s.Result + s.Overall }

// Mean is the mean in tenths.
func (s Scores) Mean() int { return tenths(s.sum(), scoreCount) }

// tenths rounds a mean to tenths.
func tenths(sum, n int) int {
	if n == 0 {
		return 0
	}
	return (sum*20 + n) / (2 * n)
}

// Opinion is what somebody fills in.
type Opinion struct {
	Scores Scores
	Words  string // may be empty
}

func (o *Opinion) problems() (p check.Problems) {
	o.Words = strings.TrimSpace(o.Words)
	for _, name := range ScoreNames() {
		p.Between(name, o.Scores.Of(name), 1, 10)
	}
	p.Paragraphs("words", o.Words, 0, MostOpinion)
	return p
}

// Satisfaction is a form as whoever fills it in sees it: of the member the first
// name, and nothing else.
type Satisfaction struct {
	ID        SatisfactionID
	FirstName string
	From      members.Day
	Until     members.Day
	State     FormState
	Given     time.Time
}

func opinionColumn(s SatisfactionID) string { return "satisfaction.words@" + s.String() }

// firstName is how a client knows the member.
func firstName(name string) string {
	first, _, _ := strings.Cut(strings.TrimSpace(name), " ")
	return first
}
