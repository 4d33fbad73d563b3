package matching

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Ranked is a member who may be asked, and why.
type Ranked struct {
	Member      members.MemberID
	Explanation Explanation
	CoachFirst  bool // their coach sees the offer first; whoever writes it looks anew
}

// Matcher proposes who may be asked for the work, the highest points first, at
// most so many. It may be out of date: whoever writes an offer checks again.
type Matcher interface {
	Rank(ctx context.Context, tx pgx.Tx, w Work, most int) ([]Ranked, error)
}

// plainMatcher looks at every member of the cooperative.
type plainMatcher struct{ now func() time.Time }

// Rank reads the candidates as the transaction sees them.
func (m plainMatcher) Rank(ctx context.Context, tx pgx.Tx, w Work, most int) ([]Ranked, error) {
	candidates, err := selectCandidates(ctx, tx, w, nil, m.now())
	if err != nil {
		return nil, err
	}
	weights, err := findWeights(ctx, tx, w.Cooperative)
	if err != nil {
		return nil, err
	}
	return rank(candidates, w, weights, most), nil
}

// rank drops who breaks a rule or was asked before, and sorts the others.
func rank(candidates []Candidate, w Work, weights engine.Weights, most int) []Ranked {
	var fit []Candidate
	for _, c := range candidates {
		if !c.Asked && len(failedForOffer(c, w)) == 0 {
			fit = append(fit, c)
		}
	}
	list := ranked(fit, w, weights)
	return list[:min(most, len(list))]
}

// ranked sorts those who fit.
func ranked(fit []Candidate, w Work, weights engine.Weights) (list []Ranked) {
	for _, c := range fit {
		list = append(list, Ranked{Member: c.Member, Explanation: explain(c, w, weights)})
	}
	slices.SortFunc(list, func(a, b Ranked) int {
		return cmp.Or(cmp.Compare(b.Explanation.Total, a.Explanation.Total), compareLots(w.Shift, a.Member, b.Member))
	})
	return list
}

// compareLots breaks ties by a lot that is drawn anew for each shift. An order
// by id would favour the same people for ever.
func compareLots(shift jobs.ShiftID, a, b members.MemberID) int {
	lotA, lotB := lot(shift, a), lot(shift, b)
	return slices.Compare(lotA[:], lotB[:])
}

func lot(shift jobs.ShiftID, m members.MemberID) [32]byte {
	return sha256.Sum256(append(shift[:], m[:]...))
}
