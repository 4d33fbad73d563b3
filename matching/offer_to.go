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
	for _, one := range rank(found, w, weights, most) {
		at := slices.IndexFunc(found, func(c Candidate) bool { return c.Member == one.Member })
		list = append(list, Fitting{Member: one.Member, Explanation: one.Explanation, Warned: found[at].Warned})
	}
	return list
}

// OfferTo asks one member for the shift, by a coordinator, whatever wave goes
// on: with the same rules, window and explanation as any other offer. It returns
// ErrAskedBefore, jobs.ErrNoSeat, ErrCannotCome when another rule does not hold,
// without saying which: that is the member's; members.ErrRestricted, and
// members.ErrNotFound to everybody else.
func (s *Service) OfferTo(ctx context.Context, by members.Actor, shift jobs.ShiftID, m members.MemberID) error {
	if by.Kind != members.RoleCoordinator {
		return members.ErrNotFound
	}
	return pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		if err := members.MayTakeTx(ctx, tx, by); err != nil {
			return err
		}
		if err := lockShift(ctx, tx, by.Cooperative, shift); err != nil {
			return err
		}
		if err := lockMember(ctx, tx, by.Cooperative, m); err != nil {
			return err
		}
		return s.offerToTx(ctx, tx, by, shift, m)
	})
}

func (s *Service) offerToTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID, m members.MemberID) error {
	if err := s.askOneTx(ctx, tx, Fill{Shift: shift, Cooperative: by.Cooperative}, m, failedForOffer); err != nil {
		return err
	}
	return s.offeredTx(ctx, tx, by, shift, m)
}

// askOneTx asks one member, whom nobody else engages meanwhile, for a locked shift
// when none of these rules fails. It returns the errors of OfferTo.
func (s *Service) askOneTx(ctx context.Context, tx pgx.Tx, t Fill, m members.MemberID, fails func(Candidate, Work) []Rule) error {
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
	return s.againTx(ctx, tx, t, until)
}

// offerNowTx also lets the member be told.
func (s *Service) offerNowTx(ctx context.Context, tx pgx.Tx, w Work, one Ranked, until time.Time) error {
	told, err := s.offerTx(ctx, tx, w, one, until)
	if err != nil {
		return err
	}
	return s.notifyTx(ctx, tx, w.Cooperative, told)
}

// offeredTx writes down whom the coordinator asked.
func (s *Service) offeredTx(ctx context.Context, tx pgx.Tx, by members.Actor, shift jobs.ShiftID, m members.MemberID) error {
	person, err := findPersonOf(ctx, tx, by.Cooperative, m)
	if err != nil {
		return err
	}
	return s.jobs.People().AuditTx(ctx, tx, members.Deed{By: by, For: person, What: "member_asked", Ref: "shift:" + shift.String()})
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
