package demo

import (
	"context"
	"io"
	"math/rand/v2"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/jobs"
	"meent/members"
)

// Weeks is how long the past of the demo is.
const Weeks = 12

// past makes the finished work of the weeks before the demo's first day: each
// does with the real verbs what people do, by the moved clock.
type past struct {
	*house
	given    House
	db       *pgxpool.Pool
	ids      io.Reader
	stripe   *stripe
	tasks    *tasks.Worker
	agenda   agenda
	random   *rand.Rand
	end      time.Time
	seen     time.Time // offers and engagements until then are planned
	people   map[members.MemberID]members.Actor
	clients  map[members.ClientID]members.Actor
	coaches  map[members.RoleID]members.Actor
	office   map[id.Cooperative]members.Actor // a coordinator of each
	own      map[jobs.EngagementID]bool       // whose hours go by a scene
	regular  []worker
	worked   map[members.MemberID]int // pieces of work that each has, or had
	fresh    map[id.Cooperative]int   // pieces of fresh work
	stale    map[id.Cooperative]int   // and of what is somewhat older
	disputes map[id.Cooperative]bool  // which has one
	silent   int                      // and of work about which a client stays silent
}

// openPast sets the clock back and opens what the past needs.
func openPast(ctx context.Context, given House) (_ *past, err error) {
	end := given.Now()
	begin := end.AddDate(0, 0, -7*Weeks)
	p := &past{given: given, end: end, seen: begin, worked: map[members.MemberID]int{}, fresh: map[id.Cooperative]int{}, stale: map[id.Cooperative]int{}, disputes: map[id.Cooperative]bool{}, ids: newIDs(given.Seed, "ids")}
	p.random = rand.New(rand.NewChaCha8(seedBytes(given.Seed, "past")))
	if p.house, err = newHouse(end, given.Seed); err != nil {
		return nil, err
	}
	p.now, p.clock = begin, &clock{at: begin}
	if p.db, err = hasty(ctx, given.DB); err != nil {
		return nil, err
	}
	if p.stripe, err = openStripe(p.db, p.clock.now, newIDs(given.Seed, "stripe")); err != nil {
		p.db.Close()
		return nil, err
	}
	p.services = newServices(p.db, given.Keys, p.stripe.gateway, p.clock.now, p.ids, untold()...)
	p.stripe.payments = p.payments
	return p, nil
}

// hasty is a pool for which no commit waits for the disk: after a power cut the
// past begins anew anyway.
func hasty(ctx context.Context, db *pgxpool.Pool) (*pgxpool.Pool, error) {
	config := db.Config()
	config.ConnConfig.RuntimeParams["synchronous_commit"] = "off"
	return pgxpool.NewWithConfig(ctx, config)
}

func (p *past) close() {
	p.stripe.close()
	p.db.Close()
}

// begin makes the people, and notes that their past is under way. It reports
// false for a house that is not empty.
func (p *past) begin(ctx context.Context) (filled bool, err error) {
	err = pgx.BeginFunc(ctx, p.given.DB, func(tx pgx.Tx) error {
		if filled, err = p.members.EmptyTx(ctx, tx); err != nil || !filled {
			return err
		}
		if err := p.peopleTx(ctx, tx); err != nil {
			return err
		}
		_, err := tx.Exec(ctx, `INSERT INTO demo.past (begun_at) VALUES ($1)`, p.clock.now())
		return err
	})
	return filled && err == nil, err
}

// finish posts the work to come, lets members ask for some of it and have some, and forgets
// that a past was under way. The last commit waits for the disk, and with it all
// before.
func (p *past) finish(ctx context.Context) error {
	p.now, p.services = p.end, newServices(p.given.DB, p.given.Keys, nil, p.clock.now, p.ids)
	err := pgx.BeginFunc(ctx, p.given.DB, func(tx pgx.Tx) error {
		if err := p.browsedTx(ctx, tx); err != nil {
			return err
		}
		return p.gigsTx(ctx, tx)
	})
	if err != nil {
		return err
	}
	if err := p.ask(ctx); err != nil {
		return err
	}
	if err := p.seat(ctx); err != nil {
		return err
	}
	if err := p.tell(ctx); err != nil {
		return err
	}
	_, err = p.given.DB.Exec(ctx, `DELETE FROM demo.past`)
	return err
}

// browsedTx lets the browse index hear of the past's gigs that are still to come.
func (p *past) browsedTx(ctx context.Context, tx pgx.Tx) error {
	const query = `
		SELECT DISTINCT g.id, g.cooperative_id FROM jobs.gig g JOIN jobs.shift s ON s.gig_id = g.id
		WHERE s.starts_at > $1 ORDER BY g.id`
	rows, err := tx.Query(ctx, query, p.end)
	if err != nil {
		return err
	}
	coming, err := pgx.CollectRows(rows, pgx.RowToStructByPos[jobs.GigChanged])
	for _, gig := range coming {
		if _, err := p.queue.EnqueueTx(ctx, tx, gig, tasks.Opts{Cooperative: gig.Cooperative}); err != nil {
			return err
		}
	}
	return err
}

// meet finds who acts for each member, client and office, the coaches, and who has
// a past.
func (p *past) meet(ctx context.Context) error {
	p.people, p.clients, p.coaches = map[members.MemberID]members.Actor{}, map[members.ClientID]members.Actor{}, map[members.RoleID]members.Actor{}
	p.office, p.own = map[id.Cooperative]members.Actor{}, map[jobs.EngagementID]bool{}
	for _, poster := range p.posters {
		p.clients[poster.actor.Client] = poster.actor
	}
	for _, c := range p.cooperatives() {
		p.regular = append(p.regular, p.regulars(c, regulars/len(plans()))...)
	}
	everyone, err := p.members.Everyone(ctx)
	for _, one := range everyone {
		if one.Role.Kind == members.RoleClient {
			continue
		}
		actor, err := p.members.Actor(ctx, one.Person, one.Role.ID)
		if err != nil {
			return err
		}
		switch actor.Kind {
		case members.RoleCoach:
			p.coaches[actor.Role] = actor
		case members.RoleCoordinator:
			p.office[actor.Cooperative] = actor
		default:
			p.people[actor.Member] = actor
		}
	}
	return err
}

// live lets everything happen up to the end.
func (p *past) live(ctx context.Context) error {
	zone, err := amsterdam()
	if err != nil {
		return err
	}
	if p.tasks, err = newWorker(p.services, p.given.Redis); err != nil {
		return err
	}
	if err := p.meet(ctx); err != nil {
		return err
	}
	for day := p.now.In(zone); day.Before(p.end); day = day.AddDate(0, 0, 1) {
		p.noteDay(day)
	}
	p.noteEnd()
	if err := p.noteCoaching(ctx); err != nil {
		return err
	}
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
	p.agenda.note(p.end.Add(-time.Second), p.round) // nothing comes later than the end
}

// wait lets time pass, but not beyond the end.
func (p *past) wait(d time.Duration) {
	if at := p.clock.now().Add(d); at.Before(p.end) {
		p.clock.move(at)
	}
}

// isOver reports whether what is asked now is left unanswered.
func (p *past) isOver() bool { return p.clock.now().After(p.end.Add(-closing)) }
