package coaching

import (
	"time"

	"meent/members"
)

// The answers of a self-score go from 1 (bad) to 5 (well).
const (
	LowestScore  = 1
	HighestScore = 5
)

// SelfScore is how a member says that it goes, once a week at the most. It is the
// member's own: they may take each away, and a coach reads them with a grant.
type SelfScore struct {
	Week  members.Day // the Monday
	Given time.Time
	Feel  int // how I feel
	Work  int // how my work goes
	Next  int // how I look forward to the coming week
}

// Low reports whether an answer is one of the two lowest.
func (s SelfScore) Low() bool { return min(s.Feel, s.Work, s.Next) <= 2 }
