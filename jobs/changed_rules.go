package jobs

import (
	"slices"

	"meent/internal/check"
)

// Part is a part of what a gig says.
type Part string

// The parts. Its shifts have rules of their own.
const (
	Texts    Part = "texts"    // title and description
	Pictures Part = "pictures" // its photos
	Pay      Part = "pay"      // its rate
	Asking   Part = "asking"   // skills, load, support, with others: whom it suits
	OnTheDay Part = "day"      // where people meet, who is there, travel, briefing, company
	Where    Part = "place"    // at home, or there
)

// Parts lists them.
func Parts() []Part { return []Part{Texts, Pictures, Pay, Asking, OnTheDay, Where} }

// Freedom is how a part may change.
type Freedom string

// The freedoms.
const (
	Free  Freedom = "free"  // nobody was asked yet
	Told  Freedom = "told"  // who was asked, or works on it, is told
	Up    Freedom = "up"    // the same, and never down: somebody may have said yes for it
	Never Freedom = "never" // it decided who was asked
)

// Change says how a part of a gig in this state may change. From the moment at
// which it is open, members are asked for it and can ask for it themselves.
func (s State) Change(p Part) Freedom {
	switch s {
	case Draft:
		return Free
	case Open, Paused:
		return map[Part]Freedom{Texts: Told, Pictures: Told, Pay: Up, Asking: Never, OnTheDay: Told, Where: Never}[p]
	default:
		return Never
	}
}

// frozenProblems notes what of the step may not be another than it was.
func (w What) frozenProblems(was What, s State, p *check.Problems) {
	if s.Change(Asking) != Never {
		return
	}
	for field, same := range map[string]bool{
		"load": w.Load == was.Load, "skills": sameSkills(w.Skills, was.Skills),
		"support": w.Support != nil && was.Support != nil && *w.Support == *was.Support,
		"others":  w.Others != nil && was.Others != nil && *w.Others == *was.Others,
	} {
		if !same && !p.At(field) {
			p.Add(field, "asked_already", nil)
		}
	}
}

// frozenProblems notes that work at home is not asked of who said yes to a place,
// nor the other way.
func (m Meeting) frozenProblems(was Meeting, s State, p *check.Problems) {
	if s.Change(Where) == Never && m.Remote != was.Remote {
		p.Add("remote", "asked_already", nil)
	}
}

// sameSkills leaves order and repetition out.
func sameSkills(a, b []string) bool {
	order := func(codes []string) []string { return slices.Compact(slices.Sorted(slices.Values(codes))) }
	return slices.Equal(order(a), order(b))
}

// frozenProblems notes a rate below the one for which members were asked, and
// another work form.
func (r Rates) frozenProblems(was Rates, s State, p *check.Problems) {
	if s.Change(Pay) != Up {
		return
	}
	if r.Rate < was.Rate && !p.At("rate") {
		p.Add("rate", "not_lower", map[string]any{"Cents": int64(was.Rate)})
	}
	if r.Form != was.Form && !p.At("form") {
		p.Add("form", "asked_already", nil)
	}
}
