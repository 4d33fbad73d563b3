package coaching_test

import (
	"errors"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"

	"meent/internal/check"
	"meent/internal/id"
	"meent/members"
	"meent/members/coaching"
)

// TestRailMoves compares the moves one by one.
func TestRailMoves(t *testing.T) {
	allowed := map[coaching.RailState]map[coaching.RailState]bool{
		coaching.RailProposed: {coaching.RailAgreed: true, coaching.RailRefused: true, coaching.RailWithdrawn: true},
		coaching.RailAgreed:   {coaching.RailEnded: true, coaching.RailReplaced: true},
	}
	for _, from := range coaching.RailStates() {
		for _, to := range coaching.RailStates() {
			got, err := from.To(to)
			if want := allowed[from][to]; (err == nil) != want || want && got != to || !want && (got != from || !errors.Is(err, coaching.ErrRailMoved)) {
				t.Errorf("%s to %s gave %s, %v", from, to, got, err)
			}
		}
	}
}

// newRails is a pair whose member lets the coach read their progress.
func newRails(t *testing.T) *office {
	t.Helper()
	o := newOffice(t)
	o.must(o.grant(members.ProgressScope))
	return o
}

func (o *office) proposeRail(by members.Actor, n coaching.NewRail) coaching.RailID {
	o.t.Helper()
	rail, err := o.ProposeRail(o.t.Context(), by, o.anna.Member, n)
	o.must(err)
	return rail
}

func (o *office) rails(by members.Actor) []coaching.Rail {
	o.t.Helper()
	list, err := o.Rails(o.t.Context(), by, o.anna.Member)
	o.must(err)
	return list
}

// holds is what matching reads of Anna.
func (o *office) holds() (a coaching.AgreedRails) {
	o.t.Helper()
	o.must(pgx.BeginFunc(o.t.Context(), o.db, func(tx pgx.Tx) error {
		all, err := coaching.RailsTx(o.t.Context(), tx, o.c, nil, o.now)
		if err != nil {
			return err
		}
		some, err := coaching.RailsTx(o.t.Context(), tx, o.c, []members.MemberID{o.anna.Member}, o.now)
		a = some[o.anna.Member]
		if diff := cmp.Diff(all[o.anna.Member], a); diff != "" {
			o.t.Errorf("of all, and of one: %s", diff)
		}
		return err
	}))
	return a
}

func TestRailIsProposedAgreedReplacedAndEnded(t *testing.T) {
	o := newRails(t)
	four := o.proposeRail(o.els, coaching.NewRail{Kind: coaching.HoursDayRail, Minutes: 240, Metres: 9, Reason: " Rustig beginnen. "})
	if got := o.holds(); got.DayMinutes != 0 {
		t.Errorf("a proposal holds: %+v", got)
	}
	if err := o.AnswerRail(t.Context(), o.els, four, true); !errors.Is(err, coaching.ErrRailMoved) {
		t.Errorf("the coach answered their own: %v", err)
	}
	if err := o.EndRail(t.Context(), o.anna, four); !errors.Is(err, coaching.ErrRailMoved) {
		t.Errorf("the member took back the coach's: %v", err)
	}
	o.must(o.AnswerRail(t.Context(), o.anna, four, true))
	if got := o.holds(); got.DayMinutes != 240 {
		t.Errorf("agreed is %+v", got)
	}
	if err := o.AnswerRail(t.Context(), o.anna, four, false); !errors.Is(err, coaching.ErrRailMoved) {
		t.Errorf("a second answer: %v", err)
	}
	six := o.proposeRail(o.anna, coaching.NewRail{Kind: coaching.HoursDayRail, Minutes: 360, Review: "2027-01-15"})
	o.must(o.AnswerRail(t.Context(), o.els, six, true))
	if got := o.holds(); got.DayMinutes != 360 {
		t.Errorf("replaced by %+v", got)
	}
	for name, by := range map[string]members.Actor{"the member": o.anna, "the coach": o.els} {
		list := o.rails(by)
		if len(list) != 2 || list[0].ID != six || list[0].Review != "2027-01-15" || !list[0].ByMember || list[0].By != "anna" || list[1].State != coaching.RailReplaced ||
			list[1].Reason != "Rustig beginnen." || list[1].Review != "2027-05-24" || list[1].ClosedBy != "els" || list[1].Metres != 0 {
			t.Errorf("%s reads %+v", name, list)
		}
	}
	o.must(o.EndRail(t.Context(), o.anna, six))
	if got := o.holds(); got.DayMinutes != 0 {
		t.Errorf("ended by the member: %+v", got)
	}
	if err := o.EndRail(t.Context(), o.els, six); !errors.Is(err, coaching.ErrRailMoved) {
		t.Errorf("ended twice: %v", err)
	}
	if n := o.number(`SELECT count(*) FROM members.audit WHERE what LIKE 'rail_%' AND for_id = $1`, o.anna.Person); n != 5 {
		t.Errorf("%d deeds", n)
	}
	if n := o.number(`SELECT count(*) FROM members.access_read WHERE scope = 'progress' AND reader_id = $1`, o.els.Role); n != 1 {
		t.Errorf("%d lines in the log", n)
	}
}

// TestEverySortOfRailIsRead as it was agreed.
func TestEverySortOfRailIsRead(t *testing.T) {
	o := newRails(t)
	want := coaching.AgreedRails{DayMinutes: 60, WeekMinutes: 2880, Metres: 500, NoNights: true, NotAlone: true, First: true, CoachFirst: true,
		Only: []string{"green", "kitchen"}, Not: []string{"cleaning"}}
	for _, kind := range coaching.RailKinds() {
		n := coaching.NewRail{Kind: kind, Metres: 500, Minutes: want.DayMinutes, Groups: []string{"kitchen", "green", "green"}}
		if kind == coaching.HoursWeekRail {
			n.Minutes = want.WeekMinutes
		}
		if kind == coaching.NotRail {
			n.Groups = want.Not
		}
		o.must(o.AnswerRail(t.Context(), o.anna, o.proposeRail(o.els, n), true))
	}
	if diff := cmp.Diff(want, o.holds()); diff != "" {
		t.Error(diff)
	}
	o.must(o.grant(members.OffersScope))
	if want.Coach = true; cmp.Diff(want, o.holds()) != "" {
		t.Error("the coach may read offers, and matching does not know")
	}
	o.now = time.Date(2027, 5, 24, 23, 0, 0, 0, time.UTC) // 25 May
	if want.Coach = false; cmp.Diff(want, o.holds()) != "" {
		t.Error("the grant is over, or the rails are: they hold until somebody ends them")
	}
}

func TestOnlyTheTwoHaveRails(t *testing.T) {
	o := newRails(t)
	rail := o.proposeRail(o.els, coaching.NewRail{Kind: coaching.NightRail})
	for name, by := range map[string]members.Actor{"another coach": o.bob, "the coordinator": o.noor, "a far coach": o.farCoach,
		"a far member": o.farMember, "a far coordinator": o.farOffices} {
		if _, err := o.ProposeRail(t.Context(), by, o.anna.Member, coaching.NewRail{Kind: coaching.AloneRail}); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s proposed: %v", name, err)
		}
		if err := o.AnswerRail(t.Context(), by, rail, true); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s answered: %v", name, err)
		}
		if err := o.EndRail(t.Context(), by, rail); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s ended: %v", name, err)
		}
		if _, err := o.Rails(t.Context(), by, o.anna.Member); !errors.Is(err, members.ErrNotFound) {
			t.Errorf("%s read: %v", name, err)
		}
	}
	grants, err := o.people.Grants(t.Context(), o.anna)
	o.must(err)
	o.must(o.people.Revoke(t.Context(), o.anna, grants[0].ID))
	if _, err := o.Rails(t.Context(), o.els, o.anna.Member); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant the coach reads: %v", err)
	}
	if err := o.EndRail(t.Context(), o.els, rail); !errors.Is(err, members.ErrNotGranted) {
		t.Errorf("without a grant the coach acts: %v", err)
	}
	o.must(o.AnswerRail(t.Context(), o.anna, rail, false))
	if list := o.rails(o.anna); list[0].State != coaching.RailRefused {
		t.Errorf("refused is %+v", list)
	}
	if err := o.AnswerRail(t.Context(), o.anna, id.New[coaching.Rail](nil), true); !errors.Is(err, members.ErrNotFound) {
		t.Errorf("a rail that is none: %v", err)
	}
}

func TestBadRails(t *testing.T) {
	o := newRails(t)
	for field, list := range map[string][]coaching.NewRail{
		"kind":    {{}, {Kind: "curfew"}},
		"minutes": {{Kind: coaching.HoursDayRail}, {Kind: coaching.HoursDayRail, Minutes: 59}, {Kind: coaching.HoursDayRail, Minutes: 721}, {Kind: coaching.HoursWeekRail, Minutes: 2881}},
		"metres":  {{Kind: coaching.ReachRail, Metres: 499}, {Kind: coaching.ReachRail, Metres: 60_001}},
		"groups":  {{Kind: coaching.OnlyRail}, {Kind: coaching.NotRail, Groups: []string{"astronomy"}}},
		"review": {{Kind: coaching.NightRail, Review: "2026-11-24"}, {Kind: coaching.NightRail, Review: "2027-11-25"}, {Kind: coaching.NightRail, Review: "2027-02-30"},
			{Kind: coaching.NightRail, Review: "soon"}},
		"reason": {{Kind: coaching.NightRail, Reason: string(make([]byte, 5))}},
	} {
		for _, n := range list {
			var p check.Problems
			if _, err := o.ProposeRail(t.Context(), o.els, o.anna.Member, n); !errors.As(err, &p) || !p.At(field) {
				t.Errorf("%+v gave %v", n, err)
			}
		}
	}
	o.proposeRail(o.els, coaching.NewRail{Kind: coaching.NightRail, Review: "2027-11-24"})
	if _, err := o.ProposeRail(t.Context(), o.anna, o.anna.Member, coaching.NewRail{Kind: coaching.NightRail}); !errors.Is(err, coaching.ErrRailWaits) {
		t.Errorf("two of a kind wait: %v", err)
	}
	jan := o.actor(o.c, "jan", members.RoleMember)
	if _, err := o.ProposeRail(t.Context(), jan, jan.Member, coaching.NewRail{Kind: coaching.NightRail}); !errors.Is(err, coaching.ErrNoCoach) {
		t.Errorf("nobody could answer: %v", err)
	}
}

// TestBothAreRemindedOnTheDay at eight, and the rail stays.
func TestBothAreRemindedOnTheDay(t *testing.T) {
	o := newRails(t)
	rail := o.proposeRail(o.els, coaching.NewRail{Kind: coaching.AloneRail, Review: "2027-04-01"})
	o.must(o.AnswerRail(t.Context(), o.anna, rail, true))
	var due time.Time
	o.must(o.db.QueryRow(t.Context(), `SELECT due_at FROM tasks.task WHERE kind = 'coaching.rail_review'`).Scan(&due))
	if want := time.Date(2027, 4, 1, 6, 0, 0, 0, time.UTC); !due.Equal(want) {
		t.Errorf("both hear at %v, want %v", due, want)
	}
	remind := func() int {
		before := o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.rail_told'`)
		o.must(pgx.BeginFunc(t.Context(), o.db, func(tx pgx.Tx) error {
			return o.RailReviewTx(t.Context(), tx, coaching.RailReview{Rail: rail, Cooperative: o.c})
		}))
		return o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.rail_told'`) - before
	}
	if n := remind(); n != 0 || o.number(`SELECT count(*) FROM tasks.task WHERE kind = 'coaching.rail_review'`) != 2 {
		t.Errorf("too early: %d told", n)
	}
	o.now = due
	if n := remind(); n != 2 {
		t.Errorf("on the day %d told", n)
	}
	if list := o.rails(o.anna); !list[0].LookAgain("2027-04-01") || list[0].LookAgain("2027-03-31") || !o.holds().NotAlone {
		t.Errorf("on the day it is %+v", list[0])
	}
	for toMember, want := range map[bool]string{true: "anna", false: "els"} {
		who, m, err := o.RailReader(t.Context(), coaching.RailTold{Rail: rail, Cooperative: o.c, ToMember: toMember})
		if err != nil || who.Name != want || m != o.anna.Member {
			t.Errorf("told is %+v, %v", who, err)
		}
	}
	o.must(o.assign(o.c, o.anna, o.bob))
	if who, _, err := o.RailReader(t.Context(), coaching.RailTold{Rail: rail, Cooperative: o.c}); err != nil || who.Name != "bob" {
		t.Errorf("after a hand-over %+v, %v is told", who, err)
	}
	o.must(o.EndRail(t.Context(), o.anna, rail))
	if n := remind(); n != 0 {
		t.Errorf("of what ended %d are told", n)
	}
}
