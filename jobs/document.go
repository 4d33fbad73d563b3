package jobs

import (
	"time"

	"meent/internal/id"
	"meent/members"
	"meent/payments"
)

// Document is what the index knows of an open gig with a free seat on a shift to
// come. It has no field for a person, a client's name or an address.
type Document struct {
	Gig           GigID
	Cooperative   id.Cooperative
	Title         string
	Description   string
	Language      members.Locale // of title and description
	Skills        []members.Skill
	PlaceCode     string
	PlaceName     string
	Place         members.Point
	Remote        bool // the work is done at home: it is near everybody
	ClientKind    members.ClientKind
	Rate          payments.Cents // an hour
	Load          Load
	SupportOnSite bool
	WithOthers    bool
	First         time.Time   // start of the first such shift
	Starts        []time.Time // of all of them, at most mostStarts, the soonest first; First alone when empty
	More          []string    // further words to be found by, worth less than its own: see Vocabulary.More
}

// mostStarts is how many shifts of a gig the index knows.
const mostStarts = 100

// Labels are the words of the gig's skills in both languages.
func (d Document) Labels() []string {
	var all []string
	for _, s := range d.Skills {
		all = append(append(all, s.NL, s.EN), s.Synonyms...)
	}
	return all
}

// SkillCodes are the codes of the gig's skills.
func (d Document) SkillCodes() []string {
	codes := make([]string, len(d.Skills))
	for i, s := range d.Skills {
		codes[i] = s.Code
	}
	return codes
}

// Groups are the kinds of work: codes of the groups of its skills, each once.
func (d Document) Groups() []string {
	return each(d.Skills, func(s members.Skill) string { return s.GroupCode })
}

// Dates are the days in Amsterdam on which a shift begins, as 2006-01-02.
func (d Document) Dates() []string {
	return each(d.starts(), func(t time.Time) string { return string(members.DayOf(t)) })
}

// WeekParts are the days and parts of days on which a shift begins.
func (d Document) WeekParts() []WeekPart { return each(d.starts(), WeekPartOf) }

func (d Document) starts() []time.Time {
	if len(d.Starts) == 0 && !d.First.IsZero() {
		return []time.Time{d.First}
	}
	return d.Starts
}

// PayBands are the amounts of PayChoices that an hour of the gig reaches.
func (d Document) PayBands() (reached []payments.Cents) {
	for _, least := range PayChoices() {
		if d.Rate >= least {
			reached = append(reached, least)
		}
	}
	return reached
}

// each gives what of says of each, every answer once, without empty ones.
func each[T any, A comparable](all []T, of func(T) A) (answers []A) {
	var none A
	had := map[A]bool{none: true}
	for _, one := range all {
		if a := of(one); !had[a] {
			had[a] = true
			answers = append(answers, a)
		}
	}
	return answers
}
