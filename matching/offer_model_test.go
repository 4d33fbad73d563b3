package matching_test

import (
	"errors"
	"flag"
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"pgregory.net/rapid"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// checks is how many runs rapid makes where nobody said how many.
func checks(t *testing.T, n string) {
	t.Helper()
	was := flag.Lookup("rapid.checks")
	if was == nil || was.Value.String() != was.DefValue {
		return
	}
	if err := flag.Set("rapid.checks", n); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = flag.Set("rapid.checks", was.DefValue) })
}

// pair is a member of the play and a shift of it.
type pair struct{ member, shift int }

// seen is an offer as it stands.
type seen struct {
	ID     matching.OfferID
	State  matching.State
	Until  time.Time
	Points int
	Asked  bool
}

// playShift is a shift of the play.
type playShift struct {
	id           jobs.ShiftID
	starts, ends time.Time
	seats        int
}

// offersPlay is one run: people who answer, ask and leave, clients who grant and refuse, a
// clock, and a program that may die and begin again.
type offersPlay struct {
	*mortal
	rt     *rapid.T
	shifts []playShift
	people []members.Actor
	offers map[pair]seen
	seats  map[pair]jobs.EngagementID // who has one
	moves  map[string]int
}

// TestAllMovesOfOffers plays what anybody does in any order, on a clock of its own: each
// verb answers as its state and the time say; nothing moves that nobody moved, and the
// tasks move only what is due; no shift has more people than seats, nobody works at two
// places at once, the seats of a wave go to the most points; and in the end nobody waits,
// and everybody was told.
func TestAllMovesOfOffers(t *testing.T) {
	h := newHouse(t)
	base, run, moves := h.now, 0, map[string]int{}
	checks(t, "15")
	rapid.Check(t, func(rt *rapid.T) {
		run++
		h.now = base
		h.exec(`DELETE FROM tasks.task`) // of other runs
		h.exec(`UPDATE jobs.gig SET state = 'done'`)
		h.exec(`UPDATE members.member SET state = 'alumni', alumni_at = $1 WHERE state <> 'alumni'`, base)
		p := &offersPlay{mortal: &mortal{house: h}, rt: rt, moves: moves}
		p.start(&death{})
		p.begin(run)
		for range rapid.IntRange(10, 30).Draw(rt, "steps") {
			p.step()
		}
		p.end()
	})
	decided := moves["grant"] + moves["refuse"] + moves["withdraw"]
	if seldom := min(moves["yes"], moves["no"], moves["ask"], moves["sent"], moves["confirmed"], moves["reserve"], moves["expired"], moves["dies"], decided); run >= 15 && seldom == 0 {
		t.Errorf("something never happened: that proves little (%v)", moves)
	}
	t.Logf("%d runs: %v", run, moves)
}

// begin posts three shifts: two at the same time, of which one is asked for only, and one
// a day later.
func (p *offersPlay) begin(run int) {
	for i := range 4 {
		p.people = append(p.people, p.member(fmt.Sprint("play", run, "-", i), []string{"weeding", "window-cleaning"}[:1+i%2]...))
	}
	for i, after := range []time.Duration{72 * time.Hour, 73 * time.Hour, 97 * time.Hour} {
		s := playShift{starts: p.now.Add(after), ends: p.now.Add(after + 3*time.Hour), seats: rapid.IntRange(1, 2).Draw(p.rt, "seats")}
		n := jobs.NewGig{Client: p.client.Client, Title: "Wieden", Description: "Je wiedt.", Language: members.Dutch, PlaceCode: "arnhem", Rate: 1600, Load: jobs.Light,
			Skills: []string{"weeding", "window-cleaning"}, Shifts: []jobs.NewShift{{Starts: s.starts, Ends: s.ends, Seats: s.seats}}}
		if i == 1 {
			n.Asks = s.starts
		}
		gig, err := p.jobs.Post(p.t.Context(), p.client, n)
		p.ok(err)
		found, err := p.jobs.Gig(p.t.Context(), p.client, gig)
		p.ok(err)
		s.id = found.Shifts[0].ID
		p.shifts = append(p.shifts, s)
	}
	p.look()
	p.tasks(0)
}

func (p *offersPlay) ok(err error) {
	if err != nil {
		p.rt.Fatal(err)
	}
}

// look reads how everything stands.
func (p *offersPlay) look() {
	ids := make([]jobs.ShiftID, len(p.shifts))
	for i, s := range p.shifts {
		ids[i] = s.id
	}
	p.offers, p.seats = map[pair]seen{}, map[pair]jobs.EngagementID{}
	rows, err := p.db.Query(p.t.Context(), `SELECT o.id, o.member_id, o.shift_id, o.state, o.until, o.points, o.asked FROM matching.offer o WHERE o.shift_id = ANY ($1)`, ids)
	p.ok(err)
	var one seen
	var member members.MemberID
	var shift jobs.ShiftID
	at := func() pair {
		return pair{slices.IndexFunc(p.people, func(a members.Actor) bool { return a.Member == member }), slices.Index(ids, shift)}
	}
	_, err = pgx.ForEachRow(rows, []any{&one.ID, &member, &shift, &one.State, &one.Until, &one.Points, &one.Asked}, func() error {
		p.offers[at()] = one
		return nil
	})
	p.ok(err)
	rows, err = p.db.Query(p.t.Context(), `SELECT e.id, e.member_id, e.shift_id FROM jobs.engagement e WHERE e.shift_id = ANY ($1) AND `+jobs.HoldsSeat, ids)
	p.ok(err)
	var e jobs.EngagementID
	_, err = pgx.ForEachRow(rows, []any{&e, &member, &shift}, func() error {
		p.seats[at()] = e
		return nil
	})
	p.ok(err)
}

func (p *offersPlay) free(shift int) int {
	n := p.shifts[shift].seats
	for at := range p.seats {
		if at.shift == shift {
			n--
		}
	}
	return n
}

// busy reports that the member works then, there or elsewhere.
func (p *offersPlay) busy(at pair) bool { return p.busyBy(p.seats, at) }

func (p *offersPlay) busyBy(seats map[pair]jobs.EngagementID, at pair) bool {
	s := p.shifts[at.shift]
	for other := range seats {
		o := p.shifts[other.shift]
		if other.member == at.member && o.starts.Before(s.ends) && s.starts.Before(o.ends) {
			return true
		}
	}
	return false
}

// open reports that an offer waits for an answer, or an ask for a decision.
func (p *offersPlay) open(o seen, state matching.State) bool {
	return o.State == state && p.now.Before(o.Until)
}

func (p *offersPlay) begun(shift int) bool { return !p.now.Before(p.shifts[shift].starts) }

// step lets somebody do something, or time pass.
func (p *offersPlay) step() {
	verb := rapid.SampledFrom([]string{"yes", "yes", "yes", "no", "ask", "ask", "ask", "withdraw", "grant", "grant", "refuse", "off", "off", "clock", "clock", "tasks", "wait", "dies"}).Draw(p.rt, "verb")
	at := p.whose(verb)
	switch verb {
	case "clock":
		p.tasks(p.next().Sub(p.now))
	case "tasks":
		p.tasks(0)
	case "wait": // the tasks come later
		p.now = p.next()
	case "dies":
		p.start(&death{at: rapid.IntRange(1, 20).Draw(p.rt, "at"), after: rapid.Bool().Draw(p.rt, "after")})
		d := p.death
		p.tasks(p.next().Sub(p.now))
		if d.dead {
			p.moves["dies"]++
		}
		p.start(&death{})
	default:
		p.says(verb, at)
	}
}

// whose picks a member and a shift: mostly one where the verb may do something.
func (p *offersPlay) whose(verb string) pair {
	var some []pair
	for member := range 4 {
		for shift := range 3 {
			at := pair{member, shift}
			o, works := p.offers[at], p.seats[at] != jobs.EngagementID{}
			switch verb {
			case "yes", "no":
				works = o.State == matching.Sent
			case "withdraw", "grant", "refuse":
				works = o.State == matching.Asked
			case "ask":
				works = o.ID.IsZero() && p.free(shift) > 0
			}
			if works {
				some = append(some, at)
			}
		}
	}
	if len(some) > 0 && rapid.IntRange(0, 4).Draw(p.rt, "any") > 0 {
		return rapid.SampledFrom(some).Draw(p.rt, "one")
	}
	return pair{rapid.IntRange(0, 3).Draw(p.rt, "member"), rapid.IntRange(0, 2).Draw(p.rt, "shift")}
}

// next is the next moment at which something is due.
func (p *offersPlay) next() time.Time {
	next := p.now.Add(6 * time.Hour)
	for _, o := range p.offers {
		if o.Until.After(p.now) && o.Until.Before(next) {
			next = o.Until
		}
	}
	for _, s := range p.shifts {
		if s.starts.After(p.now) && s.starts.Before(next) {
			next = s.starts
		}
	}
	return next
}

// says lets a person do it, and holds the answer and what moved against the model.
func (p *offersPlay) says(verb string, at pair) {
	if verb != "ask" && verb != "off" && p.offers[at].ID.IsZero() {
		return
	}
	who, o, was, seats := p.people[at.member], p.offers[at], p.offers, len(p.seats)
	to, got, want := p.person(verb, at, who, o)
	p.look()
	if !errors.Is(got, want) || want == nil && got != nil {
		p.rt.Fatalf("%s by %d on shift %d, which was %s until %s (now %s): %v, the model says %v", verb, at.member, at.shift, o.State, o.Until, p.now, got, want)
	}
	if want == nil && (to != o.State || verb == "off" && len(p.seats) < seats) {
		p.moves[verb]++
	} else if verb == "yes" && o.State == matching.Sent {
		p.moves["refused late"]++
	}
	for key, is := range p.offers {
		allowed := is.State == was[key].State
		if key == at {
			allowed = is.State == to
		}
		if verb == "grant" && key.shift == at.shift && was[key].State == matching.Asked && is.State == matching.Expired && p.free(at.shift) == 0 {
			allowed = true
		}
		if !allowed {
			p.rt.Fatalf("%s by %d on shift %d: offer %v went from %s to %s, the model says %s", verb, at.member, at.shift, key, was[key].State, is.State, to)
		}
	}
	p.holds()
}

// errBroken stands for every *matching.Broken.
var errBroken = errors.New("broken rules")

func (p *offersPlay) person(verb string, at pair, who members.Actor, o seen) (to matching.State, got, want error) {
	ctx, to := p.t.Context(), o.State
	unless := func(is bool, good matching.State, err error) (matching.State, error) {
		if is {
			return good, nil
		}
		return to, err
	}
	switch verb {
	case "yes":
		to, want = unless(p.open(o, matching.Sent), matching.Yes, matching.ErrOver)
		return to, p.Accept(ctx, who, o.ID), want
	case "no":
		to, want = unless(p.open(o, matching.Sent), matching.No, matching.ErrOver)
		return to, p.Decline(ctx, who, o.ID, pickReason(at.member)), want
	case "withdraw":
		to, want = unless(o.State == matching.Asked, matching.Withdrawn, matching.ErrDecided)
		return to, p.Withdraw(ctx, who, o.ID), want
	case "refuse":
		to, want = unless(p.open(o, matching.Asked), matching.Refused, matching.ErrDecided)
		if !o.Asked {
			want = members.ErrNotFound
		}
		return to, p.Refuse(ctx, p.client, o.ID, matching.Refusal{Why: matching.OtherSkills}), want
	case "grant":
		got := p.Grant(ctx, p.client, o.ID)
		switch {
		case !o.Asked:
			return to, got, members.ErrNotFound
		case !p.open(o, matching.Asked):
			return to, got, matching.ErrDecided
		case p.busy(at):
			return matching.Withdrawn, got, matching.ErrCannotCome
		case p.free(at.shift) == 0:
			return matching.Expired, got, jobs.ErrNoSeat
		}
		return matching.Confirmed, got, nil
	case "ask":
		_, _, got := p.Ask(ctx, who, p.shifts[at.shift].id)
		var broken *matching.Broken
		if errors.As(got, &broken) {
			got = errBroken
		}
		switch {
		case !o.ID.IsZero():
			return to, got, nil
		case p.busy(at), p.free(at.shift) == 0, p.begun(at.shift):
			return "", got, errBroken
		}
		return matching.Asked, got, nil
	default: // off
		e, works := p.seats[at]
		if !works || p.begun(at.shift) {
			return to, nil, nil
		}
		return to, p.jobs.CallOff(ctx, who, e, jobs.OffReason{Why: jobs.OffIll}), nil
	}
}

// tasks lets time pass and everything be done that is due, and holds what moved against
// what tasks may move.
func (p *offersPlay) tasks(after time.Duration) {
	was, worked := p.offers, p.seats
	p.mortal.works(after)
	p.look()
	for key, is := range p.offers {
		before, over := was[key], !p.now.Before(was[key].Until)
		if is.State == before.State {
			continue
		}
		p.moves[string(is.State)]++
		allowed := false
		switch before.State {
		case "":
			allowed = is.State == matching.Sent && !p.begun(key.shift) && !p.busyBy(worked, key) && is.Until.After(p.now)
		case matching.Sent:
			allowed = over && is.State == matching.Expired
		case matching.Yes:
			allowed = over && slices.Contains([]matching.State{matching.Confirmed, matching.Reserve, matching.Withdrawn, matching.Thanked}, is.State)
		case matching.Reserve:
			allowed = slices.Contains([]matching.State{matching.Confirmed, matching.Withdrawn, matching.Thanked}, is.State) && (is.State != matching.Thanked || p.begun(key.shift))
		case matching.Asked:
			allowed = is.State == matching.Expired && (over || p.free(key.shift) <= 0 || p.begun(key.shift))
		}
		if !allowed {
			p.rt.Fatalf("tasks at %s moved %v from %s to %s (until %s)", p.now, key, before.State, is.State, before.Until)
		}
	}
	p.fair(was)
	p.settled()
	p.holds()
}

// fair: of one wave no reserve has more points than who got the seat.
func (p *offersPlay) fair(was map[pair]seen) {
	for one, o := range p.offers {
		for other, r := range p.offers {
			if one.shift == other.shift && was[one].State == matching.Yes && was[other].State == matching.Yes && o.State == matching.Confirmed && r.State == matching.Reserve && r.Points > o.Points {
				p.rt.Fatalf("%v has the seat with %d points, and %v is in reserve with %d", one, o.Points, other, r.Points)
			}
		}
	}
}

// settled: when all that is due is done nobody waits for what is over, and no seat is free
// for who is in reserve.
func (p *offersPlay) settled() {
	for key, o := range p.offers {
		waits := o.State == matching.Sent || o.State == matching.Yes || o.State == matching.Asked
		if waits && !p.now.Before(o.Until) {
			p.rt.Fatalf("%v is %s at %s, and was until %s", key, o.State, p.now, o.Until)
		}
		if o.State == matching.Reserve && !p.begun(key.shift) && p.free(key.shift) > 0 && !p.busy(key) {
			p.rt.Fatalf("%v is in reserve, and a seat is free", key)
		}
	}
}

// holds is what is true at every moment.
func (p *offersPlay) holds() {
	for i := range p.shifts {
		if p.free(i) < 0 {
			p.rt.Fatalf("shift %d has more people than seats", i)
		}
	}
	for key := range p.seats {
		if o := p.offers[key]; o.State != matching.Confirmed {
			p.rt.Fatalf("%v works, and the offer is %s", key, o.State)
		}
		for other := range p.seats {
			if a, b := p.shifts[key.shift], p.shifts[other.shift]; key.member == other.member && key.shift < other.shift && a.starts.Before(b.ends) && b.starts.Before(a.ends) {
				p.rt.Fatalf("%d works on %d and %d at once", key.member, key.shift, other.shift)
			}
		}
	}
	const query = `
		SELECT count(*) FROM matching.offer o WHERE o.points <> (o.explanation ->> 'total')::int OR o.weights_version < 1
			OR o.points <> (SELECT sum((x ->> 'p')::int) FROM jsonb_array_elements(o.explanation -> 'points') x)`
	if n := p.counts(query); n > 0 {
		p.rt.Fatalf("%d offers are not the sum of what explains them", n)
	}
}

// end lets everything be over: nobody waits, and who had something to hear was told.
func (p *offersPlay) end() {
	for range 5 {
		p.tasks(25 * time.Hour)
	}
	for key, o := range p.offers {
		if slices.Contains([]matching.State{matching.Sent, matching.Yes, matching.Asked, matching.Reserve, matching.WaitingCoach}, o.State) {
			p.rt.Fatalf("%v is %s when all is over", key, o.State)
		}
		silent := o.State == matching.No || o.State == matching.Expired && !o.Asked
		told := p.counts(`SELECT count(*) FROM tasks.task WHERE kind = 'matching.offer_decided' AND payload ->> 'Offer' = $1`, o.ID.String())
		if withdrew := o.State == matching.Withdrawn && o.Asked; (told == 0) != silent && !withdrew {
			p.rt.Fatalf("%v is %s, and was told %d times", key, o.State, told)
		}
	}
}
