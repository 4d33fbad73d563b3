package coaching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
)

// Caseload lists the members that the acting coach follows, by signal: why to
// look at them now. What a signal is made of is read only with the member's live
// keys, and the reading is noted in their access logs. It is empty for everybody
// else.
func (s *Service) Caseload(ctx context.Context, by members.Actor) (list []Case, err error) {
	at := momentOf(s.now())
	err = pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		follows, err := listCaseload(ctx, tx, by, members.DayOf(s.now()))
		if err != nil || len(follows) == 0 {
			return err
		}
		all, err := s.seeTx(ctx, tx, by, follows, at)
		if err != nil {
			return err
		}
		for _, follow := range follows {
			list = append(list, all[follow.Member].caseAt(at))
		}
		return nil
	})
	slices.SortFunc(list, bySignal)
	return list, err
}

// sight is what is known of each member.
type sight map[members.MemberID]*seen

// of lists who lets the coach read all of these.
func (s sight) of(scopes ...members.Scope) (list []members.MemberID) {
	for m, one := range s {
		if one.keys.Open(m, scopes...) {
			list = append(list, m)
		}
	}
	return list
}

// seeTx reads what the rules need, and nothing for which a key is missing.
func (s *Service) seeTx(ctx context.Context, tx pgx.Tx, by members.Actor, follows []Follow, at moment) (sight, error) {
	all := sight{}
	var of []members.MemberID
	for _, follow := range follows {
		all[follow.Member] = &seen{Follow: follow}
		of = append(of, follow.Member)
	}
	keys, err := s.signalKeysTx(ctx, tx, by, of)
	if err != nil {
		return nil, err
	}
	for _, one := range all {
		one.keys = keys
	}
	ends, err := s.people.KeysEndTx(ctx, tx, by, of, at.today.AddDays(endsDays))
	for m, day := range ends {
		all[m].keyUntil = day
	}
	if err != nil {
		return nil, err
	}
	for _, read := range []func() error{
		func() error { return readOwn(ctx, tx, by, of, all) },
		func() error { return readFacts(ctx, tx, by.Cooperative, keys, asks(at), all) },
		func() error {
			return readScores(ctx, tx, by.Cooperative, all.of(members.SelfScoresScope), at.monday.AddDays(-7), all)
		},
		func() error {
			needs := signalNeeds()[HoursNear]
			return readMost(ctx, tx, by.Cooperative, all.of(needs...), all.of(append(needs, members.ProgressScope)...), all)
		},
	} {
		if err := read(); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// alwaysRead are the scopes that a signal needs by itself: with such a key it is
// read.
func alwaysRead() (scopes []members.Scope) {
	table := signalNeeds()
	for _, kind := range Signals() {
		if needs := table[kind]; len(needs) == 1 && !slices.Contains(scopes, needs[0]) {
			scopes = append(scopes, needs[0])
		}
	}
	return scopes
}

// signalKeysTx asks for all keys that signals need, and notes what is read with
// them. What only HoursNear needs counts where its other keys are there too: of
// whose are not, the hours are not read, nor is it noted.
func (s *Service) signalKeysTx(ctx context.Context, tx pgx.Tx, by members.Actor, of []members.MemberID) (members.Keys, error) {
	needs, always := signalNeeds()[HoursNear], alwaysRead()
	keys, err := s.people.KeysTx(ctx, tx, by, of, append(slices.Clone(always), append(needs, members.ProgressScope)...)...)
	if err != nil {
		return nil, err
	}
	for m := range keys {
		if keys.Open(m, needs...) {
			continue
		}
		for _, scope := range append(needs, members.ProgressScope) {
			if !slices.Contains(always, scope) {
				keys.Without(m, scope)
			}
		}
	}
	return keys, s.people.NoteReadsTx(ctx, tx, by, keys)
}

// ask is which facts are read of each member who shares their scope: the newest
// of a kind in a time.
type ask struct {
	kind        Kind
	from, until time.Time
	most        int
	last        bool // only when it was
}

// asks cover what the rules look at. The edges are wide, for days are the rules'.
func asks(at moment) []ask {
	day := func(days int) time.Time { return at.now.AddDate(0, 0, days) }
	ever := at.now.AddDate(-100, 0, 0)
	return []ask{
		{kind: Shift, from: day(-8), until: day(9), most: 60},
		{kind: Shift, from: ever, until: at.now.AddDate(100, 0, 0), most: 1, last: true},
		{kind: FirstShift, from: at.now, until: day(newPlace + 2), most: 10},
		{kind: NoShow, from: day(-shownDays - 1), until: day(1), most: 10},
		{kind: OfferNo, from: day(-noesDays - 1), until: day(1), most: 20},
		{kind: PayWaits, from: day(-waitsDays - 1), until: day(1), most: 1},
		{kind: PayReady, from: day(-waitsDays - 1), until: day(1), most: 1},
		{kind: SkillConfirmed, from: day(-shownDays - 1), until: day(1), most: 1},
	}
}
