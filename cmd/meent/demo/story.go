package demo

import (
	"slices"
	"time"
)

// story is how the hours of one piece of work go.
type story struct {
	said   time.Duration // by the member
	other  time.Duration // by the client, who says why; zero: the client agrees at once
	reason string
	poor   bool // the client's first card is refused
	stops  stop
	silent bool // the client does not answer, until the hours are agreed by that
}

// stop is where a piece of work is left as it is, so that the demo shows every
// state.
type stop string

// The stops; most work has none.
const (
	nowhere    stop = ""
	withBank   stop = "bank"   // the payout is under way
	withMember stop = "member" // the hours wait for the member
	withPayer  stop = "payer"  // the bill waits
	withClient stop = "client" // the hours wait for the client
	inDispute  stop = "office" // a part of the hours waits for a coordinator
)

// fresh is how old work is at the most that is left on the way.
const fresh = 11 * 24 * time.Hour

// closing is how long before the end the last money moves.
const closing = 100 * time.Minute

func (p *past) drawStory(d done) story {
	s := story{said: d.worked(), poor: p.random.IntN(12) == 0}
	if p.random.IntN(6) == 0 {
		s.said += 15 * time.Minute
	}
	if p.isFresh(d) {
		s.stops = p.nextStop(d)
	}
	switch {
	case s.stops == withClient: // as planned, to agree in one tap
		s.said = d.worked()
	case s.stops == inDispute:
		s.said = d.worked() + 30*time.Minute
	case p.staysSilent(d):
		p.silent++
		s.silent = true
		return s
	}
	if s.stops == withMember || s.stops == nowhere && p.random.IntN(9) == 0 {
		s.other, s.reason = d.worked()-15*time.Minute, pick(p.random, reasons())
	}
	return s
}

// nextStop goes through the stops: first a dispute in each cooperative, then each
// in its own order. What waits for an answer is not older than six days: silence
// would have agreed it.
func (p *past) nextStop(d done) stop {
	c := p.clients[d.Client].Cooperative
	if !p.disputes[c] {
		p.disputes[c] = true
		return inDispute
	}
	stops, count := []stop{withBank, withPayer, withClient, withMember, nowhere}, p.fresh
	if d.Ends.Before(p.end.Add(-6 * 24 * time.Hour)) {
		stops, count = []stop{withPayer, nowhere, withBank}, p.stale
	}
	if c != p.cooperatives()[0] {
		slices.Reverse(stops)
	}
	count[c]++
	return stops[(count[c]-1)%len(stops)]
}

// isFresh is only true where there is still time for all of its steps.
func (p *past) isFresh(d done) bool {
	return d.Ends.After(p.end.Add(-fresh)) && d.Ends.Before(p.end.Add(-closing-4*time.Hour))
}

// silence is after how long a client who did not answer pays what was agreed by
// that: the hours are agreed on the first workday from the seventh day on.
const silence = 10 * 24 * time.Hour

// staysSilent is true of four pieces of work, which are paid before the end.
func (p *past) staysSilent(d done) bool {
	ago := p.end.Sub(d.Ends)
	return p.silent < 4 && ago > 17*24*time.Hour && ago < 25*24*time.Hour
}

// reasons are what clients write when they count other hours.
func reasons() []string {
	return []string{
		"We zijn een kwartier later begonnen.",
		"De pauze was een kwartier langer dan gepland.",
		"Het werk was eerder klaar. Goed gedaan!",
	}
}
