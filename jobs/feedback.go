package jobs

import (
	"maps"
	"slices"
	"strings"
	"time"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
)

// FeedbackID identifies feedback.
type FeedbackID = id.Of[Feedback]

// SkillWord is how a skill went, in the client's eyes. It is a word and never a
// number: nothing is ever added up.
type SkillWord string

// The words of a skill.
const (
	WentWell SkillWord = "well"
	WentFine SkillWord = "fine"
	Practise SkillWord = "practise"
)

// SkillWords lists them.
func SkillWords() []SkillWord { return []SkillWord{WentWell, WentFine, Practise} }

// PlaceWord is how a side of the work was, in the member's eyes.
type PlaceWord string

// The words of a place.
const (
	WasGood  PlaceWord = "good"
	WasMixed PlaceWord = "mixed"
	WasNot   PlaceWord = "not"
)

// PlaceWords lists them.
func PlaceWords() []PlaceWord { return []PlaceWord{WasGood, WasMixed, WasNot} }

// Aspect is a side of the work that a member has a word for.
type Aspect string

// The aspects.
const (
	Welcome Aspect = "welcome"
	Clear   Aspect = "clear"
	Safe    Aspect = "safe"
	Pace    Aspect = "pace"
)

// Aspects lists them.
func Aspects() []Aspect { return []Aspect{Welcome, Clear, Safe, Pace} }

// SkillFeedback is what a client says of one skill.
type SkillFeedback struct {
	members.Skill
	Word SkillWord
}

// Feedback is what one side says about work whose hours are agreed. The client's
// is for the member alone; the member's for the client and the coordinators. It is
// never public, never added up, and no input of matching.
type Feedback struct {
	ID         FeedbackID
	Engagement EngagementID
	Side       members.RoleKind // who gave it: the client, or the member
	By         string           // who wrote for the client, or the member
	Skills     []SkillFeedback  // of a client
	Place      map[Aspect]PlaceWord
	Sentence   string
	Given      time.Time
	Answer     string // of the other side; may be empty
	Answered   time.Time
	Gone       bool // of the words, what is empty cannot be read any more
	Chosen     bool // the member shows the sentence with what they did
	Occasion
}

// FeedbackDays is how long after the hours are agreed feedback can be given, and
// after that answered; FeedbackChange, how long it can be changed.
const (
	FeedbackDays   = 30
	FeedbackChange = 24 * time.Hour
)

// MostFeedback is how long a sentence and an answer may be.
const MostFeedback = 300

// Fixed reports whether it can no longer be changed: a day has passed, or the
// other side answered.
func (f Feedback) Fixed(now time.Time) bool {
	return !f.Answered.IsZero() || !now.Before(f.Given.Add(FeedbackChange))
}

// MayAnswer reports whether this side can answer now, once.
func (f Feedback) MayAnswer(side members.RoleKind, now time.Time) bool {
	return f.answerable(side, now) == nil
}

func (f Feedback) answerable(side members.RoleKind, now time.Time) error {
	switch {
	case side == f.Side:
		return members.ErrNotFound
	case !f.Answered.IsZero():
		return ErrFeedbackFixed
	case now.After(f.Given.AddDate(0, 0, FeedbackDays)):
		return ErrFeedbackClosed
	}
	return nil
}

// settled is what of work decides whether feedback can be given.
type settled struct {
	state   EngagementState
	partPay bool // it was called off late: nobody worked
	agreed  time.Time
}

// worked reports whether the member worked, and both agreed how long.
func (w settled) worked() bool {
	return slices.Contains([]EngagementState{Agreed, Billed, Paid, Closed}, w.state) && !w.partPay && !w.agreed.IsZero()
}

// feedback reports whether one side can say something now; before is what it said
// already, if anything. It returns ErrNoFeedback, ErrFeedbackFixed and
// ErrFeedbackClosed.
func (w settled) feedback(before *Feedback, now time.Time) error {
	switch {
	case !w.worked():
		return ErrNoFeedback
	case before != nil && before.Fixed(now):
		return ErrFeedbackFixed
	case before == nil && now.After(w.agreed.AddDate(0, 0, FeedbackDays)):
		return ErrFeedbackClosed
	}
	return nil
}

// NewFeedback is what one side says. A client gives words of skills, a member of
// aspects; each may be left out, but not all of it.
type NewFeedback struct {
	Skills   map[string]SkillWord // by code
	Place    map[Aspect]PlaceWord
	Sentence string // at most MostFeedback characters
}

func (n NewFeedback) problems(side members.RoleKind, asked []members.Skill) (p check.Problems) {
	for _, code := range slices.Sorted(maps.Keys(n.Skills)) {
		if side != members.RoleClient || !slices.ContainsFunc(asked, func(s members.Skill) bool { return s.Code == code }) {
			p.Add("skills", "not_a_choice", nil)
			break
		}
		check.OneOf(&p, "skill-"+code, n.Skills[code], SkillWords()...)
	}
	for _, aspect := range slices.Sorted(maps.Keys(n.Place)) {
		if side != members.RoleMember || !slices.Contains(Aspects(), aspect) {
			p.Add("place", "not_a_choice", nil)
			break
		}
		check.OneOf(&p, "place-"+string(aspect), n.Place[aspect], PlaceWords()...)
	}
	p.Text("sentence", n.Sentence, 0, MostFeedback)
	if len(p) == 0 && len(n.Skills)+len(n.Place) == 0 && strings.TrimSpace(n.Sentence) == "" {
		p.Add("sentence", "nothing_said", nil)
	}
	return p
}
