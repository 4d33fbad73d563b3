package matching

import (
	"slices"
	"time"

	"meent/matching/engine"
)

// PointKind says what points are for.
type PointKind string

// What gives points. None of it can be lost by saying no.
const (
	FitPoints    PointKind = "fit"    // of what is asked, how much the member can do
	GrowthPoints PointKind = "growth" // they want to learn some of it
	NearPoints   PointKind = "near"   // how near it is, of the member's own reach
	CalmPoints   PointKind = "calm"   // how far the work stays below what they can bear
	RoomPoints   PointKind = "room"   // how far the pay stays below what they want to earn
	KnownPoints  PointKind = "known"  // the member worked for this client before
	FairPoints   PointKind = "fair"   // the member had less of the work that they want than others
)

// PointKinds lists them in the order of the engine's parts.
func PointKinds() []PointKind {
	return []PointKind{FitPoints, GrowthPoints, NearPoints, CalmPoints, RoomPoints, KnownPoints, FairPoints}
}

// Point is one part of the score.
type Point struct {
	Kind    PointKind `json:"kind"`
	Points  int       `json:"points"`
	Of      int       `json:"of"`
	Skills  []string  `json:"skills,omitempty"`  // fit: the codes that the member has
	Metres  int       `json:"metres,omitempty"`  // near
	Remote  bool      `json:"remote,omitempty"`  // near: the work is done at home
	Minutes int       `json:"minutes,omitempty"` // fair: what the member received
	Times   int       `json:"times,omitempty"`   // known
}

// Explanation is why a member was asked. Its total is the sum of its points: the
// score is the explanation. The facts of which the points are made are stored with it,
// and its version names the weights, so that it can be computed again (Replay).
type Explanation struct {
	Version int     `json:"version"`
	Total   int     `json:"total"`
	Points  []Point `json:"points"`
	Facts   *Facts  `json:"facts,omitempty"` // none in the first version, and of who was erased
	Week    bool    `json:"week,omitempty"`  // the member told that they can work then; gives no points

	Favourite bool `json:"favourite,omitempty"` // the client asked for them, and they wanted that; gives no points
	Chosen    bool `json:"chosen,omitempty"`    // a person chose them, for a reason that stands with the offer; gives no points
}

// Facts are engine.Facts as they are stored: these names stay.
type Facts struct {
	Asked    []engine.AskedSkill `json:"asked,omitempty"`
	Grows    bool                `json:"grows,omitempty"`
	Helps    bool                `json:"helps,omitempty"`
	Metres   int                 `json:"metres,omitempty"`
	Reach    int                 `json:"reach,omitempty"`
	Remote   bool                `json:"remote,omitempty"`
	Bears    [3]int              `json:"bears"`
	Loads    [3]int              `json:"loads"`
	Pay      int                 `json:"pay,omitempty"`
	Left     int                 `json:"left,omitempty"`
	Limited  bool                `json:"limited,omitempty"`
	Times    int                 `json:"times,omitempty"`
	Received time.Duration       `json:"received,omitempty"`
	Wanted   time.Duration       `json:"wanted,omitempty"`
}

// explain scores the candidate. More skills, a longer reach or more days worked
// at the client never lower any part.
func explain(c Candidate, w Work, weights engine.Weights) Explanation {
	facts := Facts(factsOf(c, w))
	e := Explanation{Week: c.Told && !c.Away, Facts: &facts}
	e.score(weights, c.shared(w))
	return e
}

// score makes the points of the facts.
func (e *Explanation) score(weights engine.Weights, shared []string) {
	f := engine.Facts(*e.Facts)
	points := engine.Score(&f, &weights)
	e.Version, e.Total, e.Points = weights.Version, points.Total(), nil
	for i, kind := range PointKinds() {
		p := Point{Kind: kind, Points: points[i], Of: weights.Of[i]}
		switch kind {
		case FitPoints:
			p.Skills = shared
		case NearPoints:
			p.Metres, p.Remote = f.Metres, f.Remote
		case KnownPoints:
			p.Times = f.Times
		case FairPoints:
			p.Minutes = int(f.Received / time.Minute)
		}
		e.Points = append(e.Points, p)
	}
}

// Replay computes the explanation again of what is stored of it, by the weights of its
// version: the same, or it was changed. It reports false where no facts are stored.
func (e Explanation) Replay(weights engine.Weights) (again Explanation, can bool) {
	if e.Facts == nil || e.Version != weights.Version {
		return e, false
	}
	facts := *e.Facts
	again = Explanation{Facts: &facts, Week: e.Week, Favourite: e.Favourite, Chosen: e.Chosen}
	var shared []string
	for _, p := range e.Points {
		shared = append(shared, p.Skills...)
	}
	again.score(weights, shared)
	return again, true
}

// factsOf is all that the points are made of. No answer to an earlier offer is in it.
func factsOf(c Candidate, w Work) engine.Facts {
	f := engine.Facts{
		Asked: asked(c, w), Helps: w.Support, Metres: c.metres(w), Reach: c.Reach, Remote: w.Seats.Remote,
		Grows: slices.ContainsFunc(w.Skills, func(code string) bool { return slices.Contains(c.Goals, code) }),
		Bears: [3]int{c.Bears.Physical, c.Bears.Sensory, c.Bears.Mental}, Loads: [3]int{w.Loads.Physical, w.Loads.Sensory, w.Loads.Mental},
		Pay: w.Pay, Limited: c.HasRoom, Times: c.Known, Received: c.Received, Wanted: engine.ShareWeeks * c.Wanted,
	}
	if c.HasRoom {
		f.Left = c.Room - c.MonthPay
	}
	if f.Wanted == 0 {
		f.Wanted = engine.UsualWant
	}
	return f
}

// asked is how well the member does each skill that the work asks; 0 where they do
// not, or not well enough to count.
func asked(c Candidate, w Work) (list []engine.AskedSkill) {
	shared := c.shared(w)
	for _, code := range w.Skills {
		one := engine.AskedSkill{Want: uint8(w.asked(code).Level.Rank())}
		if slices.Contains(shared, code) {
			one.Have = uint8(c.level(code).Rank())
		}
		list = append(list, one)
	}
	return list
}
