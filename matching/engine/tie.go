package engine

import (
	"slices"

	"meent/jobs"
	"meent/members"
)

// tie is a Tie in fewer bytes.
type tie struct {
	client  members.ClientID
	agreed  int32
	blocked bool
	been    bool
	earlier *earlier // nil: nothing
}

// earlier is what few ties have.
type earlier struct {
	gigs []worked
	rare *rare // nil: nothing
}

// rare is what very few ties have.
type rare struct {
	trials  []jobs.GigID
	refused members.Day
}

// worked is an Earlier in fewer bytes.
type worked struct {
	gig   jobs.GigID
	first int64 // microseconds
}

func tiesOf(list []Tie) []tie {
	all := make([]tie, len(list))
	for i, t := range list {
		all[i] = tie{client: t.Client, agreed: number(t.Agreed), blocked: t.Blocked, been: t.Been, earlier: earlierOf(&list[i])}
	}
	return all
}

func earlierOf(t *Tie) *earlier {
	some := len(t.Tried) > 0 || t.Refused != ""
	if len(t.Gigs) == 0 && !some {
		return nil
	}
	e := &earlier{}
	if len(t.Gigs) > 0 {
		e.gigs = make([]worked, len(t.Gigs))
	}
	for i, g := range t.Gigs {
		e.gigs[i] = worked{g.Gig, g.First.UnixMicro()}
	}
	if some {
		e.rare = &rare{slices.Clone(t.Tried), t.Refused}
	}
	return e
}

// tieTo may be nil.
func tieTo(ties []tie, client members.ClientID) *tie {
	for i := range ties {
		if ties[i].client == client {
			return &ties[i]
		}
	}
	return nil
}

// tied are the rules about what was with the client before.
func (s *sought) tied(t *tie, now moment) (broken Rules) {
	if t == nil {
		return 0
	}
	if t.blocked {
		broken = broken.With(BlockRule)
	}
	if t.earlier.refused(now) {
		broken = broken.With(RefusedRule)
	}
	if s.Trial && t.earlier.tried(s) {
		broken = broken.With(TrialRule)
	}
	return broken
}

// refused reports that the client would rather not have them.
func (e *earlier) refused(now moment) bool {
	return e != nil && e.rare != nil && e.rare.refused != "" && e.rare.refused >= now.day
}

// tried reports another trial there, or other work before this.
func (e *earlier) tried(s *sought) bool {
	if e == nil {
		return false
	}
	if e.rare != nil {
		for _, gig := range e.rare.trials {
			if gig != s.Gig {
				return true
			}
		}
	}
	for i := range e.gigs {
		if e.gigs[i].gig != s.Gig && e.gigs[i].first < s.from {
			return true
		}
	}
	return false
}

// been reports that they know the place, or that their coach passed this work on.
func (s *sought) been(t *tie, d *side) bool {
	return t != nil && t.been || d != nil && within(d.few().passed, s.Shift)
}
