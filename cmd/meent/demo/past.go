package demo

import (
	"context"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/redis/go-redis/v9"

	"meent/internal/tasks"
	"meent/members"
)

// weeks is how long the past of the demo is.
const weeks = 12

// past makes the finished work of the weeks before the demo's first day: each
// does with the real verbs what people do, by the moved clock.
type past struct {
	*house
	db      *pgxpool.Pool
	stripe  *stripe
	tasks   *tasks.Worker
	agenda  agenda
	random  *rand.Rand
	end     time.Time
	seen    time.Time // engagements confirmed until then are planned
	people  map[members.MemberID]members.Actor
	clients map[members.ClientID]members.Actor
	regular []worker
	worked  map[members.MemberID]int // pieces of work that each has, or had
	last    int                      // pieces of work of the last week
}

// newPast needs the people to be there.
func newPast(ctx context.Context, h *house, db *pgxpool.Pool, client redis.UniversalClient, s *stripe, end time.Time, seed uint64) (*past, error) {
	p := &past{house: h, db: db, stripe: s, end: end, seen: h.now, worked: map[members.MemberID]int{}}
	p.random = rand.New(rand.NewChaCha8(seedBytes(seed, "past")))
	var err error
	if p.tasks, err = newWorker(h.services, client); err != nil {
		return nil, err
	}
	for _, c := range p.cooperatives() {
		p.regular = append(p.regular, h.regulars(c, regulars/len(plans()))...)
	}
	return p, p.meet(ctx)
}

// meet finds who acts for each member and client.
func (p *past) meet(ctx context.Context) error {
	p.people, p.clients = map[members.MemberID]members.Actor{}, map[members.ClientID]members.Actor{}
	for _, poster := range p.posters {
		p.clients[poster.actor.Client] = poster.actor
	}
	everyone, err := p.members.Everyone(ctx)
	for _, one := range everyone {
		if one.Role.Kind != members.RoleMember {
			continue
		}
		actor, err := p.members.Actor(ctx, one.Person, one.Role.ID)
		if err != nil {
			return err
		}
		p.people[actor.Member] = actor
	}
	return err
}

// live lets everything happen up to the end.
func (p *past) live(ctx context.Context) error {
	zone, err := amsterdam()
	if err != nil {
		return err
	}
	for day := p.now.In(zone); day.Before(p.end); day = day.AddDate(0, 0, 1) {
		p.noteDay(day)
	}
	p.noteEnd()
	if err := p.agenda.keep(ctx, p.clock, p.end); err != nil {
		return err
	}
	return p.settled(ctx)
}

// noteDay plans what happens on each working day: on two of them clients post,
// and every morning what is due is done.
func (p *past) noteDay(day time.Time) {
	if day.Weekday() == time.Sunday {
		return
	}
	at := func(hour, minute int) time.Time {
		return time.Date(day.Year(), day.Month(), day.Day(), hour, minute, 0, 0, day.Location())
	}
	if day.Weekday() == time.Monday || day.Weekday() == time.Thursday {
		p.agenda.note(at(8, 10), p.post)
	}
	p.agenda.note(at(9, 7*int(day.Weekday())), p.round) // later each day, when yesterday's windows have closed
}

// noteEnd plans the last of it: a new gig in each cooperative, and offers that
// nobody has answered yet.
func (p *past) noteEnd() {
	p.agenda.note(p.end.Add(-closing-20*time.Minute), p.post)
	p.agenda.note(p.end.Add(-closing+10*time.Minute), p.round)
	p.agenda.note(p.end, p.round)
}

// isOver reports whether what is asked now is left unanswered.
func (p *past) isOver() bool { return p.clock.now().After(p.end.Add(-closing)) }
