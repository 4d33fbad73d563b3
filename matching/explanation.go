package matching

import "time"

// PointKind says what points are for.
type PointKind string

// What gives points. None of it can be lost by saying no.
const (
	FitPoints   PointKind = "fit"   // of what is asked, how much the member can do
	NearPoints  PointKind = "near"  // how near it is, of the member's own reach
	KnownPoints PointKind = "known" // the member worked for this client before
	FairPoints  PointKind = "fair"  // the member had less work than others
)

// WeightsVersion names the table of weights below. It changes with them, so
// that an old explanation stays true.
const WeightsVersion = 1

// The most that each kind gives.
const (
	mostFit   = 300
	mostNear  = 150
	mostKnown = 30
	mostFair  = 200
)

// fairShare is the work in eight weeks at which fairness gives nothing more.
// Members will say how much they want; until then this is everybody's.
const fairShare = 8 * 8 * time.Hour

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

// Explanation is why a member was asked. Its total is the sum of its points:
// the score is the explanation.
type Explanation struct {
	Version int     `json:"version"`
	Total   int     `json:"total"`
	Points  []Point `json:"points"`
	Week    bool    `json:"week,omitempty"` // the member told that they can work then; gives no points

	Favourite bool `json:"favourite,omitempty"` // the client asked for them, and they wanted that; gives no points
}

// explain scores the candidate. More skills, a longer reach or more days worked
// at the client never lower any part.
func explain(c Candidate, w Work) Explanation {
	e := Explanation{Version: WeightsVersion, Week: c.Told && !c.Away, Points: []Point{fit(c, w), near(c, w), known(c), fair(c)}}
	for _, point := range e.Points {
		e.Total += point.Points
	}
	return e
}

func fit(c Candidate, w Work) Point {
	shared := c.shared(w)
	p := Point{Kind: FitPoints, Of: mostFit, Points: mostFit, Skills: shared}
	if len(w.Skills) > 0 {
		p.Points = mostFit * len(shared) / len(w.Skills)
	}
	return p
}

func near(c Candidate, w Work) Point {
	metres := c.metres(w)
	return Point{Kind: NearPoints, Of: mostNear, Points: mostNear * max(0, c.Reach-metres) / max(1, c.Reach), Metres: metres, Remote: w.Seats.Remote}
}

// known grows with each time, ever less: 60·(n+2)/(n+4) − 30.
func known(c Candidate) Point {
	return Point{Kind: KnownPoints, Of: mostKnown, Points: 60*(c.Known+2)/(c.Known+4) - 30, Times: c.Known}
}

func fair(c Candidate) Point {
	received := min(c.Received, fairShare)
	return Point{Kind: FairPoints, Of: mostFair, Points: int(mostFair * (fairShare - received) / fairShare), Minutes: int(c.Received / time.Minute)}
}
