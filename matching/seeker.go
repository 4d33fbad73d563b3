package matching

import (
	"context"
	"slices"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/members"
	"meent/members/coaching"
)

// seeker is what is known of a member before a certain shift is looked at: the
// same for one shift and many members, and for one member and many shifts.
type seeker struct {
	Candidate // as far as it is the same for all work

	week     *members.Availability // nil: they told nothing
	booked   []booking             // in order
	worktime []jobs.WorktimeRule   // of the cooperative

	blocked map[members.ClientID]bool // by them
	refused map[members.ClientID]bool // by these clients
	been    map[members.ClientID]bool // where they worked, if that matters
	tried   map[members.ClientID]jobs.GigID
	earlier map[members.ClientID][]earlier // if trials matter
	passed  map[jobs.ShiftID]bool          // on, by the coach, if that matters
}

// earlier is a gig in which the member had work, and when that first was.
type earlier struct {
	gig   jobs.GigID
	first time.Time
}

// workedBefore reports other work at the client, before this: then a trial is none.
func (s *seeker) workedBefore(w Work) bool {
	return slices.ContainsFunc(s.earlier[w.Client], func(e earlier) bool { return e.gig != w.Gig && e.first.Before(w.Starts) })
}

// at is how the member stands to this work. What is only for points is not in it.
func (s *seeker) at(w Work) Candidate {
	c := s.Candidate
	c.Learns = w.Seats.Buddies && c.learns(w)
	if s.week != nil {
		c.Told, c.Away = s.week.Week != nil, !s.week.Covers(w.Starts, w.Ends)
	}
	c.Blocked, c.Refused = s.blocked[w.Client], s.refused[w.Client]
	gig, tried := s.tried[w.Client]
	c.Tried = tried && gig != w.Gig || w.Form == members.TrialPlacement && s.workedBefore(w)
	c.Rails.Been, c.Rails.PassedOn = s.been[w.Client], s.passed[w.Shift]
	c.book(w, around(s.booked, w), s.worktime)
	c.weigh(w, s.booked)
	return c
}

// scope is what is looked at: which members, and for which shifts.
type scope struct {
	cooperative id.Cooperative
	only        []members.MemberID // nil: every member
	client      *members.ClientID  // nil: of several
	skills      []string           // that are asked
	trials      bool               // there is a trial placement
	first       time.Time          // when the first shift begins
	last        time.Time          // and the last
	until       time.Time          // when all have ended
}

// scopeOf is of shifts of one cooperative, at least one.
func scopeOf(list []Work, only []members.MemberID) scope {
	s := scope{cooperative: list[0].Cooperative, only: only, client: &list[0].Client, first: list[0].Starts}
	skills := map[string]bool{}
	for i := range list {
		w := &list[i]
		if s.client != nil && *s.client != w.Client {
			s.client = nil
		}
		s.trials = s.trials || w.Form == members.TrialPlacement
		if w.Starts.Before(s.first) {
			s.first = w.Starts
		}
		if w.Starts.After(s.last) {
			s.last = w.Starts
		}
		if w.Ends.After(s.until) {
			s.until = w.Ends
		}
		for _, code := range w.Skills {
			if !skills[code] {
				skills[code], s.skills = true, append(s.skills, code)
			}
		}
	}
	return s
}

// readSeekers reads members in so many questions, however many members or shifts.
func readSeekers(ctx context.Context, tx pgx.Tx, s scope, now time.Time) ([]*seeker, error) {
	found, err := listSeekers(ctx, tx, s, now)
	if err != nil {
		return nil, err
	}
	by := make(map[members.MemberID]*seeker, len(found))
	for _, one := range found {
		by[one.Member] = one
	}
	for _, read := range []func(context.Context, pgx.Tx, scope, map[members.MemberID]*seeker, time.Time) error{
		readAvailability, readWorktime, readBooked, readLevels, readTies, readRails,
	} {
		if err := read(ctx, tx, s, by, now); err != nil {
			return nil, err
		}
	}
	return found, nil
}

// readAvailability fills in what they told of when they can work.
func readAvailability(ctx context.Context, tx pgx.Tx, s scope, by map[members.MemberID]*seeker, _ time.Time) error {
	told, err := members.AvailabilityTx(ctx, tx, s.cooperative, s.only, s.first, s.until)
	for m, a := range told {
		if one := by[m]; one != nil {
			one.week = &a
		}
	}
	return err
}

// readRails fills in which guard rails hold; for whom somebody helps the first time,
// or at the start, also where they worked before.
func readRails(ctx context.Context, tx pgx.Tx, s scope, by map[members.MemberID]*seeker, now time.Time) error {
	agreed, err := coaching.RailsTx(ctx, tx, s.cooperative, s.only, now)
	if err != nil {
		return err
	}
	var first []members.MemberID
	for m, one := range by {
		one.Rails.AgreedRails = agreed[m]
		if one.Rails.First || one.Support == members.StartSupport {
			first = append(first, m)
		}
	}
	if len(first) == 0 {
		return nil
	}
	slices.SortFunc(first, func(a, b members.MemberID) int { return slices.Compare(a[:], b[:]) })
	return readBeen(ctx, tx, s, first, by)
}
