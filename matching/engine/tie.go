package engine

import (
	"slices"

	"meent/jobs"
	"meent/members"
)

// tie is a Tie in fewer bytes.
type tie struct {
	client  members.ClientID
	refused members.Day
	agreed  int32
	blocked bool
	been    bool
	earlier *earlier // nil: no work
}

// earlier is the work of a tie.
type earlier struct {
	trials []jobs.GigID
	gigs   []Earlier
}

func tiesOf(list []Tie) []tie {
	all := make([]tie, len(list))
	for i, t := range list {
		all[i] = tie{client: t.Client, refused: t.Refused, agreed: number(t.Agreed), blocked: t.Blocked, been: t.Been}
		if len(t.Tried)+len(t.Gigs) > 0 {
			all[i].earlier = &earlier{slices.Clone(t.Tried), slices.Clone(t.Gigs)}
		}
	}
	return all
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
	if t.refused != "" && t.refused >= now.day {
		broken = broken.With(RefusedRule)
	}
	if s.Trial && t.earlier.tried(s.Work) {
		broken = broken.With(TrialRule)
	}
	return broken
}

// tried reports another trial there, or other work before this.
func (e *earlier) tried(w *Work) bool {
	if e == nil {
		return false
	}
	for _, gig := range e.trials {
		if gig != w.Gig {
			return true
		}
	}
	for i := range e.gigs {
		if e.gigs[i].Gig != w.Gig && e.gigs[i].First.Before(w.Starts) {
			return true
		}
	}
	return false
}

// been reports that they know the place, or that their coach passed this work on.
func (s *sought) been(t *tie, d *side) bool {
	return t != nil && t.been || d != nil && within(d.passed, s.Shift)
}
