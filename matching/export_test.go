package matching

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
)

// Looked is what Prospects finds of each shift that it looks at, before it chooses.
func (s *Service) Looked(ctx context.Context, by members.Actor) (map[jobs.ShiftID][]Rule, error) {
	member, open, err := s.lookAround(ctx, by)
	found := map[jobs.ShiftID][]Rule{}
	for _, w := range open {
		found[w.Shift] = failed(member.at(w), w)
	}
	return found, err
}

// Received is what the member gets of work in the weeks around the shift.
func (s *Service) Received(ctx context.Context, by members.Actor, shift jobs.ShiftID) (received time.Duration, err error) {
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		w, err := selectWork(ctx, tx, by.Cooperative, shift, s.now())
		if err != nil {
			return err
		}
		found, err := selectCandidates(ctx, tx, w, []members.MemberID{by.Member}, s.now())
		for _, c := range found {
			received += c.Received
		}
		return err
	})
	return received, err
}

// Drift looks for it in every cooperative.
func (k *Keeper) Drift(ctx context.Context) (wrong int, err error) {
	for _, one := range k.kept {
		n, err := k.driftOf(ctx, one)
		if wrong += n; err != nil {
			return wrong, err
		}
	}
	return wrong, nil
}

// Unsaved reports whether something changed that is not in its file.
func (k *Keeper) Unsaved() bool { return k.file.saved.Load() != k.stats.changes.Load() }

// SuitsBoth is what the member can do, by the engine and by the tables: each shift with
// its gig, and whether it was put to them. fell says that the engine was not there.
func (s *Service) SuitsBoth(ctx context.Context, by members.Actor) (byEngine, byTables []string, fell bool, err error) {
	list, is, err := s.suitsByEngine(ctx, by)
	if err != nil {
		return nil, nil, !is, err
	}
	found, err := s.suitsByTables(ctx, by, nil)
	for _, one := range list {
		byEngine = append(byEngine, fmt.Sprint(one.gig, one.shift, one.put))
	}
	for _, one := range found {
		byTables = append(byTables, fmt.Sprint(one.gig, one.shift, one.put))
	}
	return byEngine, byTables, !is, err
}

// WithoutEngine lets the tables alone choose.
func (s *Service) WithoutEngine() {
	s.engines.mu.Lock()
	defer s.engines.mu.Unlock()
	s.engines.by = nil
}

// Stopped is what stops members at a shift, and whom changes of it let in.
type Stopped = stopped

// StoppedBoth looks at each open shift by the engine and by the tables; fell says that
// the engine was not there.
func (s *Service) StoppedBoth(ctx context.Context, by members.Actor) (byEngine, byTables map[jobs.ShiftID]Stopped, fell bool, err error) {
	byEngine, byTables = map[jobs.ShiftID]Stopped{}, map[jobs.ShiftID]Stopped{}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		now := s.now()
		open, err := listOpenWork(ctx, tx, by.Cooperative, now)
		if err != nil || len(open) == 0 {
			return err
		}
		loaded, is := s.engines.of(by.Cooperative, now)
		if fell = !is; fell {
			return nil
		}
		plain, err := s.plainStopper(ctx, tx, open, now)
		for _, w := range open {
			if err == nil {
				byTables[w.Shift], err = plain.stopped(w, triesOf(w, now))
			}
			if err == nil {
				byEngine[w.Shift], err = s.stoppedByEngine(ctx, tx, loaded, w, triesOf(w, now), now)
			}
		}
		return err
	})
	return byEngine, byTables, fell, err
}

// EnoughBoth asks of each open shift whether enough can do it, as far as such a reader
// reads of it, by the engine and by the tables, and by a look at everybody.
func (s *Service) EnoughBoth(ctx context.Context, by members.Actor, reader members.RoleKind) (byEngine, byTables, byAll map[jobs.ShiftID]bool, err error) {
	byEngine, byTables, byAll = map[jobs.ShiftID]bool{}, map[jobs.ShiftID]bool{}, map[jobs.ShiftID]bool{}
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		now := s.now()
		open, err := listOpenWork(ctx, tx, by.Cooperative, now)
		if err != nil || len(open) == 0 {
			return err
		}
		engine, err := s.stopperTx(ctx, tx, open, now)
		if err != nil {
			return err
		}
		plain, err := s.plainStopper(ctx, tx, open, now)
		rules := countedFor(reader)
		for _, w := range open {
			if err == nil {
				byEngine[w.Shift], err = engine.enough(w, rules)
			}
			if err == nil {
				byTables[w.Shift], err = plain.enough(w, rules)
			}
			if err == nil {
				byAll[w.Shift], err = s.enoughOfAll(ctx, tx, w, rules, now)
			}
		}
		return err
	})
	return byEngine, byTables, byAll, err
}

func (s *Service) enoughOfAll(ctx context.Context, tx pgx.Tx, w Work, rules []Rule, now time.Time) (bool, error) {
	everybody, err := readSeekers(ctx, tx, scopeOf([]Work{w}, nil), now)
	can := 0
	for _, m := range everybody {
		broken := failedForOffer(m.at(w), w)
		here := m.Works && !slices.ContainsFunc(m.booked, func(b booking) bool { return b.shift == w.Shift })
		if here && !slices.ContainsFunc(rules, func(r Rule) bool { return r != CalmRule && slices.Contains(broken, r) }) {
			can++
		}
	}
	return can >= w.Free, err
}

// LooksNoFurther reports that one who can do the work of one free seat is enough: a
// second, who is nobody, is not looked at.
func LooksNoFurther() bool {
	one := &seeker{Candidate: Candidate{Works: true}}
	return enoughOf([]*seeker{one, nil}, Work{Open: true, Free: 1, Seats: Seats{Remote: true}}, Rules())
}

// ByEngine reports that the engine is in step, and chooses.
func (s *Service) ByEngine(c id.Cooperative) bool {
	_, is := s.engines.of(c, s.now())
	return is
}

// Ends are the rules of which a change may be the end.
func (k ChangeKind) Ends() []Rule { return k.ends() }

// ToOffice is from how many people a coordinator reads the rule; 0: never.
func (r Rule) ToOffice() int {
	if named, from := r.toOffice(); named {
		return from
	}
	return 0
}
