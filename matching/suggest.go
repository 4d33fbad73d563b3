package matching

import (
	"cmp"
	"context"
	"math"
	"slices"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Suggestion is a shift that a member can ask for, and why it suits them: the best
// one of its gig.
type Suggestion struct {
	Gig         jobs.GigID
	Shift       jobs.Shift
	Explanation Explanation
}

// suit is an open shift that a member can do.
type suit struct {
	gig   jobs.GigID
	shift jobs.ShiftID
	put   bool // to them before, or they asked for it
}

// CanDo lists the open gigs that the acting member can do, or for whom somebody acts,
// by the points of the shift that suits them best, in the order in which they would be
// asked. As in Prospects it is no rule that offers wait for an answer, and what they
// answered before changes nothing. Nobody else has any; a member's is never nil. It
// returns members.ErrNotFound.
func (s *Service) CanDo(ctx context.Context, by members.Actor) ([]jobs.GigID, error) {
	if by.Kind != members.RoleMember {
		return nil, nil
	}
	list, err := s.suits(ctx, by)
	gigs, seen := []jobs.GigID{}, map[jobs.GigID]bool{}
	for _, one := range list {
		if !seen[one.gig] {
			seen[one.gig], gigs = true, append(gigs, one.gig)
		}
	}
	return gigs, err
}

// Suggestions are the first of those, without what was put to the member before or
// what they asked for, each gig once and explained; at most so many. The rules are
// judged by the tables now, whatever the engine knew.
func (s *Service) Suggestions(ctx context.Context, by members.Actor, most int) ([]Suggestion, error) {
	if by.Kind != members.RoleMember || most <= 0 {
		return nil, nil
	}
	list, is, err := s.suitsByEngine(ctx, by)
	if err != nil {
		return nil, err
	}
	var only []jobs.ShiftID
	if is {
		list = firstOfEach(slices.DeleteFunc(list, func(one suit) bool { return one.put }))
		only = []jobs.ShiftID{}
		for _, one := range list[:min(len(list), most+spare)] {
			only = append(only, one.shift)
		}
	}
	found, err := s.suitsByTables(ctx, by, only)
	found = firstOfEach(slices.DeleteFunc(found, func(one suited) bool { return one.put }))
	suggested := make([]Suggestion, min(most, len(found)))
	for i := range suggested {
		w := found[i].work
		suggested[i] = Suggestion{Gig: w.Gig, Shift: jobs.Shift{ID: w.Shift, Starts: w.Starts, Ends: w.Ends, Break: w.Break, Seats: w.Free}, Explanation: found[i].Explanation}
	}
	return suggested, err
}

func (s suit) of() jobs.GigID { return s.gig }

// firstOfEach keeps the first of each gig.
func firstOfEach[T interface{ of() jobs.GigID }](list []T) []T {
	seen := map[jobs.GigID]bool{}
	return slices.DeleteFunc(list, func(one T) bool {
		was := seen[one.of()]
		seen[one.of()] = true
		return was
	})
}

// suits are all shifts that the member can do, the highest points first.
func (s *Service) suits(ctx context.Context, by members.Actor) ([]suit, error) {
	list, is, err := s.suitsByEngine(ctx, by)
	if is || err != nil {
		return list, err
	}
	found, err := s.suitsByTables(ctx, by, nil)
	for _, one := range found {
		list = append(list, one.suit)
	}
	return list, err
}

// suitsByEngine looks for them in memory, for the member as the tables say now. It
// reports false where no engine is in step here, or it has a fault.
func (s *Service) suitsByEngine(ctx context.Context, by members.Actor) (list []suit, is bool, err error) {
	now := s.now()
	loaded, is := s.engines.of(by.Cooperative, now)
	if !is || loaded.open == nil {
		return nil, false, nil
	}
	var found []engine.Member
	var weights engine.Weights
	err = loaded.read(ctx, func(tx pgx.Tx) error {
		if found, err = loaded.MembersTx(ctx, tx, []members.MemberID{by.Member}); err == nil {
			weights, err = findWeights(ctx, tx, by.Cooperative)
		}
		return err
	})
	if err == nil && len(found) == 0 {
		err = members.ErrNotFound
	}
	if err != nil {
		return nil, false, err
	}
	err = safely(func() error {
		me := looking(found[0])
		for _, one := range loaded.open.For(&me, now, math.MaxInt, &weights) {
			list = append(list, suit{one.Gig, one.Shift, slices.Contains(found[0].Had, one.Shift)})
		}
		return nil
	})
	if err != nil {
		s.engines.fault(err)
		return nil, false, nil
	}
	return list, true, nil
}

// looking is the member who looks around: no offer that waits, or was there before,
// is in their way, and no coach looks first.
func looking(m engine.Member) engine.Member {
	m.Waiting, m.Had, m.Rails.CoachFirst = nil, nil, false
	return m
}

// suited is one that the tables judged and explained.
type suited struct {
	suit
	work Work
	Explanation
}

// suitsByTables looks at all open work, or only at some shifts of it.
func (s *Service) suitsByTables(ctx context.Context, by members.Actor, only []jobs.ShiftID) (list []suited, err error) {
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		open, err := listOpenOnly(ctx, tx, by.Cooperative, s.now(), only)
		if err != nil || len(open) == 0 {
			return err
		}
		member, err := readSeeker(ctx, tx, by, open, s.now())
		if err != nil {
			return err
		}
		for _, w := range open {
			if c := member.at(w); len(failedForLook(c, w)) == 0 {
				list = append(list, suited{suit: suit{gig: w.Gig, shift: w.Shift}, work: w})
			}
		}
		return explainSuits(ctx, tx, by, member, list)
	})
	return list, err
}

// explainSuits gives them their points, and puts them in their order.
func explainSuits(ctx context.Context, tx pgx.Tx, by members.Actor, member *seeker, list []suited) error {
	shares, err := listShares(ctx, tx, by, list)
	if err != nil {
		return err
	}
	weights, err := findWeights(ctx, tx, by.Cooperative)
	if err != nil {
		return err
	}
	for i := range list {
		one := &list[i]
		c, had := member.at(one.work), shares[one.shift]
		c.Asked, c.Received, c.Known = had.asked, had.received, had.known
		one.put, one.Explanation = had.asked, explain(c, one.work, weights)
	}
	slices.SortFunc(list, func(a, b suited) int {
		lotA, lotB := lot(a.shift, by.Member), lot(b.shift, by.Member)
		return cmp.Or(cmp.Compare(b.Total, a.Total), slices.Compare(lotA[:], lotB[:]))
	})
	return nil
}
