package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/matching/engine"
	"meent/members"
)

// Preview is what other weights would change in who comes first on the shifts that
// have a free seat now. Nobody is named.
type Preview struct {
	Shifts int // looked at
	People int // who fit one of them
	Rise   int // of them, would stand higher, all shifts together
	Fall   int
}

// mostPreviewed is of how many shifts, the soonest: more would tell nothing else.
const mostPreviewed = 40

// PreviewWeights counts it, and writes nothing. Errors are those of ChangeWeights.
func (s *Service) PreviewWeights(ctx context.Context, by members.Actor, w engine.Weights) (p Preview, err error) {
	if by.Kind != members.RoleCoordinator {
		return p, members.ErrNotFound
	}
	if err := weightsProblems(w).Err(); err != nil {
		return p, err
	}
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		now := s.now()
		was, err := findWeights(ctx, tx, by.Cooperative)
		if err != nil {
			return err
		}
		open, err := listOpenWork(ctx, tx, by.Cooperative, now)
		if err != nil || len(open) == 0 {
			return err
		}
		p, err = preview(ctx, tx, open[:min(mostPreviewed, len(open))], was, w, now)
		return err
	})
	return p, err
}

func preview(ctx context.Context, tx pgx.Tx, open []Work, was, is engine.Weights, now time.Time) (p Preview, err error) {
	seekers, err := readSeekers(ctx, tx, scopeOf(open, nil), now)
	if err != nil {
		return p, err
	}
	gained := map[members.MemberID]int{}
	for _, w := range open {
		found := make([]Candidate, len(seekers))
		for i, s := range seekers {
			found[i] = s.at(w)
		}
		if err := readShare(ctx, tx, w, nil, found); err != nil {
			return p, err
		}
		for m, places := range moved(fitFor(found, w), w, was, is) {
			gained[m] += places
		}
	}
	return counted(len(open), gained), nil
}

// fitFor are those for whom the rules hold; that offers wait for their answer passes.
func fitFor(found []Candidate, w Work) []Candidate {
	return slices.DeleteFunc(found, func(c Candidate) bool { return c.Asked || len(failedForLook(c, w)) > 0 })
}

// moved is how many places each stands higher by the one than by the other.
func moved(fit []Candidate, w Work, was, is engine.Weights) map[members.MemberID]int {
	places := map[members.MemberID]int{}
	for i, one := range ranked(fit, w, was) {
		places[one.Member] = i
	}
	for i, one := range ranked(fit, w, is) {
		places[one.Member] -= i
	}
	return places
}

func counted(shifts int, gained map[members.MemberID]int) Preview {
	p := Preview{Shifts: shifts, People: len(gained)}
	for _, places := range gained {
		switch {
		case places > 0:
			p.Rise++
		case places < 0:
			p.Fall++
		}
	}
	return p
}
