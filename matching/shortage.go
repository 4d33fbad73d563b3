package matching

import (
	"cmp"
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching/engine"
	"meent/members"
)

// Shortage is a shift that has more free seats than there are members who can do it,
// and what stops the others. None of it depends on what anybody answered.
type Shortage struct {
	Shift  jobs.Shift
	Free   int    // seats
	Can    int    // members; to a coordinator
	Stops  []Stop // what stops the others, most people first; to a coordinator
	Change Change // the one change that lets in most members, where it is one for five or more
}

// Stop is a rule that does not hold for so many members.
type Stop struct {
	Rule    Rule
	Members int // 0: fewer than five
}

// Short reports that there is one.
func (s Shortage) Short() bool { return !s.Shift.ID.IsZero() }

// The bounds of a look.
const (
	mostShort     = 12   // shifts, the soonest
	mostPlainLook = 5000 // members, where no engine is in step: beyond that a page would wait
)

// Shortage looks for the soonest shift of an open gig for which too few members can
// come. A coordinator reads which rules stop how many, as far as the office may know of
// it; the client of the gig reads only which change would help, and only where too few
// could come if nothing stopped anybody but what a client can change: that there is a
// shortage must not tell what one person bears or agreed. It is zero where nobody is
// short, and returns members.ErrNotFound to everybody else.
func (s *Service) Shortage(ctx context.Context, by members.Actor, gig jobs.GigID) (found Shortage, err error) {
	if by.Kind != members.RoleCoordinator && by.Kind != members.RoleClient {
		return found, members.ErrNotFound
	}
	now := s.now()
	whole := pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}
	err = pgx.BeginTxFunc(ctx, s.db, whole, func(tx pgx.Tx) error {
		list, err := listWork(ctx, tx, by.Cooperative, selectOfGig, by.Cooperative, now, now.Add(jobs.RefillLeft), gig)
		if err != nil || len(list) == 0 {
			return err
		}
		if by.Kind == members.RoleClient && list[0].Client != by.Client {
			return members.ErrNotFound
		}
		list = slices.DeleteFunc(list, func(w Work) bool { return !w.Open || w.Free <= 0 })
		list = list[:min(len(list), mostShort)]
		if len(list) == 0 {
			return nil
		}
		if found, err = s.shortTx(ctx, tx, list, countedFor(by.Kind), now); err != nil {
			return err
		}
		return nameSkill(ctx, tx, &found.Change.Skill)
	})
	if by.Kind == members.RoleClient {
		found.Can, found.Stops = 0, nil
	}
	return found, err
}

// countedFor are the rules by which too few can come to those who read of it.
func countedFor(reader members.RoleKind) []Rule {
	if reader == members.RoleClient {
		return changeable()
	}
	return Rules()
}

// shortTx finds the first of them where these rules hold for too few.
func (s *Service) shortTx(ctx context.Context, tx pgx.Tx, list []Work, counted []Rule, now time.Time) (Shortage, error) {
	look, err := s.stopperTx(ctx, tx, list, now)
	if err != nil || look == nil {
		return Shortage{}, err
	}
	for _, w := range list {
		enough, err := look.enough(w, counted)
		if err != nil {
			return Shortage{}, err
		}
		if enough {
			continue
		}
		tries := triesOf(w, now)
		seen, err := look.stopped(w, tries)
		if err != nil {
			return Shortage{}, err
		}
		if seen.Can < w.Free {
			return Shortage{Shift: jobs.Shift{ID: w.Shift, Starts: w.Starts, Ends: w.Ends, Break: w.Break}, Free: w.Free, Can: seen.Can,
				Stops: stopsOf(seen.By), Change: best(tries, seen.Opens, w.Starts)}, nil
		}
	}
	return Shortage{}, nil
}

// toOffice says how a coordinator reads that a rule stops somebody: by name whatever the
// number, by name from five people up, or never. What a member and their coach agreed,
// and whom a member keeps away, is theirs in any number.
func (r Rule) toOffice() (named bool, from int) {
	switch {
	case r == BlockRule || slices.Contains(railRules(), r) || r == WorksRule || r == CalmRule:
		return false, 0
	case slices.Contains(wishRules(), r):
		return true, fewest
	default:
		return true, 1
	}
}

// stopsOf are those that a coordinator reads.
func stopsOf(by map[Rule]int) (list []Stop) {
	for _, rule := range Rules() {
		named, from := rule.toOffice()
		if n := by[rule]; named && n >= from && n > 0 {
			if n < fewest {
				n = 0
			}
			list = append(list, Stop{rule, n})
		}
	}
	slices.SortStableFunc(list, func(a, b Stop) int { return cmp.Compare(b.Members, a.Members) })
	return list
}

// stopped is what stops members at work.
type stopped struct {
	Can   int
	By    map[Rule]int
	Opens []int // of each try
}

// stopper looks at members for a shift: only until the rules hold for as many as there are
// free seats, so that a page where nobody is short is soon there; or at every one, and for
// the changes of it that are tried.
type stopper struct {
	enough  func(Work, []Rule) (bool, error)
	stopped func(Work, []try) (stopped, error)
}

// stopperTx asks the engine, or the tables; nil: nobody can look in time.
func (s *Service) stopperTx(ctx context.Context, tx pgx.Tx, list []Work, now time.Time) (*stopper, error) {
	loaded, is := s.engines.of(list[0].Cooperative, now)
	if !is {
		return s.plainStopper(ctx, tx, list, now)
	}
	return &stopper{
		func(w Work, rules []Rule) (bool, error) { return s.enoughByEngine(ctx, tx, loaded, w, rules, now) },
		func(w Work, tries []try) (stopped, error) { return s.stoppedByEngine(ctx, tx, loaded, w, tries, now) },
	}, nil
}

func (s *Service) enoughByEngine(ctx context.Context, tx pgx.Tx, loaded loadedEngine, w Work, rules []Rule, now time.Time) (enough bool, err error) {
	works, err := loaded.workTx(ctx, tx, []Work{w})
	if err != nil {
		return false, err
	}
	err = safely(func() error {
		enough = loaded.columns.Now().Enough(&works[0], engineRules(rules), w.Free, now)
		return nil
	})
	if err == nil {
		return enough, nil
	}
	s.engines.fault(err)
	plain, err := s.plainStopper(ctx, tx, []Work{w}, now)
	if err != nil || plain == nil {
		return true, err // nothing can be said
	}
	return plain.enough(w, rules)
}

func (s *Service) stoppedByEngine(ctx context.Context, tx pgx.Tx, loaded loadedEngine, w Work, tries []try, now time.Time) (found stopped, err error) {
	all := []Work{w}
	for _, one := range tries {
		all = append(all, one.work)
	}
	works, err := loaded.workTx(ctx, tx, all)
	if err != nil {
		return found, err
	}
	other := make([]engine.Try, len(tries))
	for i := range tries {
		other[i] = engine.Try{Work: works[i+1], Rules: engineRules(tries[i].Kind.ends())}
	}
	err = safely(func() error {
		seen := loaded.columns.Now().Stopped(&works[0], other, now)
		found = stopped{Can: seen.Can, By: map[Rule]int{}, Opens: seen.Opens}
		for i, rule := range Rules() {
			if n := seen.By[engine.Rule(i)]; n > 0 {
				found.By[rule] = n
			}
		}
		return nil
	})
	if err == nil {
		return found, nil
	}
	s.engines.fault(err)
	plain, err := s.plainStopper(ctx, tx, []Work{w}, now)
	if err != nil || plain == nil {
		return stopped{Can: w.Free}, err // nothing can be said
	}
	return plain.stopped(w, tries)
}

// plainStopper reads every member once.
func (s *Service) plainStopper(ctx context.Context, tx pgx.Tx, list []Work, now time.Time) (*stopper, error) {
	many, err := hasMoreMembers(ctx, tx, list[0].Cooperative, mostPlainLook)
	if err != nil || many {
		return nil, err
	}
	all := slices.Clone(list)
	for _, w := range list {
		for _, one := range triesOf(w, now) {
			all = append(all, one.work)
		}
	}
	everybody, err := readSeekers(ctx, tx, scopeOf(all, nil), now)
	return &stopper{
		func(w Work, rules []Rule) (bool, error) { return enoughOf(everybody, w, rules), nil },
		func(w Work, tries []try) (stopped, error) { return stoppedOf(everybody, w, tries), nil },
	}, err
}

// enoughOf judges until these rules hold for as many as there are free seats.
func enoughOf(everybody []*seeker, w Work, rules []Rule) bool {
	breaks := func(rule Rule) bool { return slices.Contains(rules, rule) }
	can := 0
	for i := 0; i < len(everybody) && can < w.Free; i++ {
		if m := everybody[i]; m.countsFor(w) && !slices.ContainsFunc(stopping(m.at(w), w), breaks) {
			can++
		}
	}
	return can >= w.Free
}

// countsFor reports that the member is one now, and has no seat on the shift.
func (m *seeker) countsFor(w Work) bool {
	return m.Works && !slices.ContainsFunc(m.booked, func(b booking) bool { return b.shift == w.Shift })
}

// stoppedOf judges each.
func stoppedOf(everybody []*seeker, w Work, tries []try) stopped {
	found := stopped{By: map[Rule]int{}, Opens: make([]int, len(tries))}
	for _, m := range everybody {
		if !m.countsFor(w) {
			continue
		}
		broken := stopping(m.at(w), w)
		for _, rule := range broken {
			found.By[rule]++
		}
		switch len(broken) {
		case 0:
			found.Can++
		case 1:
			for i, one := range tries {
				if slices.Contains(one.Kind.ends(), broken[0]) && len(stopping(m.at(one.work), one.work)) == 0 {
					found.Opens[i]++
				}
			}
		}
	}
	return found
}

// stopping are the rules that keep somebody from work, whatever waits for their answer.
func stopping(c Candidate, w Work) []Rule {
	return slices.DeleteFunc(failedForOffer(c, w), func(r Rule) bool { return r == CalmRule })
}
