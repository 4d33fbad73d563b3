package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Fitting is a member whom a coordinator can ask for a shift: every rule holds,
// and nobody asked them before.
type Fitting struct {
	Member      members.MemberID
	Name        string
	Place       int // by points, from 1
	Explanation Explanation
	Warned      []jobs.WorktimeCode // rules of working time that only warn
}

// Fitting lists who could be asked for the shift, the highest points first, at
// most so many. It reads nothing that the matcher does not. It returns
// members.ErrNotFound to everybody but a coordinator of the cooperative.
func (s *Service) Fitting(ctx context.Context, by members.Actor, shift jobs.ShiftID, most int) (list []Fitting, err error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		w, err := selectWork(ctx, tx, by.Cooperative, shift, s.now())
		if err != nil {
			return err
		}
		found, err := selectCandidates(ctx, tx, w, nil, s.now())
		if err != nil {
			return err
		}
		weights, err := findWeights(ctx, tx, by.Cooperative)
		if err != nil {
			return err
		}
		list = fitting(found, w, weights, most)
		return nameFitting(ctx, tx, by.Cooperative, list)
	})
	return list, err
}

func fitting(found []Candidate, w Work, weights engine.Weights, most int) (list []Fitting) {
	for i, one := range rank(found, w, weights, most) {
		at := slices.IndexFunc(found, func(c Candidate) bool { return c.Member == one.Member })
		list = append(list, Fitting{Member: one.Member, Place: i + 1, Explanation: one.Explanation, Warned: found[at].Warned})
	}
	return list
}

// asking is for which shift one member is asked, and whether a person chose them.
type asking struct {
	Fill
	chosen bool
}

// askOneTx asks one member, whom nobody else engages meanwhile, for a locked shift
// when none of these rules fails. It returns the errors of OfferTo.
func (s *Service) askOneTx(ctx context.Context, tx pgx.Tx, t asking, m members.MemberID, fails func(Candidate, Work) []Rule) error {
	w, c, err := s.lookTx(ctx, tx, members.Actor{Cooperative: t.Cooperative, Member: m}, t.Shift)
	if err != nil {
		return err
	}
	if c.Asked {
		return ErrAskedBefore
	}
	switch rules := fails(c, w); {
	case slices.Contains(rules, SeatRule):
		return jobs.ErrNoSeat
	case len(rules) > 0:
		return ErrCannotCome
	}
	weights, err := findWeights(ctx, tx, t.Cooperative)
	if err != nil {
		return err
	}
	one, until := Ranked{Member: m, Explanation: explain(c, w, weights)}, w.window(s.now())
	one.Explanation.Chosen = t.chosen
	if c.asksCoach() {
		err = s.withCoachTx(ctx, tx, w, one, until)
	} else {
		err = s.offerNowTx(ctx, tx, w, one, until)
	}
	if err != nil {
		return err
	}
	if err := s.movedTx(ctx, tx, members.Moved{Cooperative: t.Cooperative, Members: []members.MemberID{m}}); err != nil {
		return err
	}
	return s.againTx(ctx, tx, t.Fill, until)
}

// offerNowTx also lets the member be told.
func (s *Service) offerNowTx(ctx context.Context, tx pgx.Tx, w Work, one Ranked, until time.Time) error {
	told, err := s.offerTx(ctx, tx, w, one, until)
	if err != nil {
		return err
	}
	return s.notifyTx(ctx, tx, w.Cooperative, told)
}

// OfferCounts is how many offers of a shift are in which state.
type OfferCounts map[State]int

// OffersOf counts the offers of shifts of the actor's cooperative. It returns
// members.ErrNotFound to everybody but a coordinator.
func (s *Service) OffersOf(ctx context.Context, by members.Actor, shifts []jobs.ShiftID) (map[jobs.ShiftID]OfferCounts, error) {
	if by.Kind != members.RoleCoordinator {
		return nil, members.ErrNotFound
	}
	return countOffers(ctx, s.db, by.Cooperative, shifts)
}
