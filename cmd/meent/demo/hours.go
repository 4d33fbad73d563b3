package demo

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/members"
)

// done is a piece of work that somebody will have done.
type done struct {
	Engagement jobs.EngagementID
	Member     members.MemberID
	Client     members.ClientID
	Ends       time.Time
	Minutes    int // paid, as it was posted
}

func (d done) worked() time.Duration { return time.Duration(d.Minutes) * time.Minute }

// noteWorks plans the hours of the engagements since the last round.
func (p *past) noteWorks(ctx context.Context) error {
	const query = `
		SELECT e.id, e.member_id, g.client_id, e.ends_at, (extract(epoch FROM e.ends_at - e.starts_at) / 60)::int - s.break_minutes
		FROM jobs.engagement e JOIN jobs.shift s ON s.id = e.shift_id JOIN jobs.gig g ON g.id = s.gig_id
		WHERE e.confirmed_at > $1 ORDER BY e.starts_at, e.id`
	rows, err := p.db.Query(ctx, query, p.seen)
	if err != nil {
		return err
	}
	list, err := pgx.CollectRows(rows, pgx.RowToStructByPos[done])
	for _, one := range list {
		p.worked[one.Member]++
		if !p.own[one.Engagement] {
			p.noteHours(one)
		}
	}
	p.seen = p.clock.now()
	return err
}

// noteHours plans who says what about the hours, until both agree or the story
// stops.
func (p *past) noteHours(d done) {
	s, at := p.drawStory(d), d.Ends.Add(30*time.Minute)
	p.propose(at, p.people[d.Member], d, jobs.Hours{Worked: s.said})
	if s.stops == withClient {
		return
	}
	by := p.clients[d.Client]
	if s.silent { // the hours agree themselves, and the client pays
		p.agenda.note(byDay(d.Ends.Add(silence)), func(ctx context.Context) error { return p.notePay(ctx, d, s) })
		return
	}
	at = p.later(d, at, 1500)
	if s.stops == inDispute {
		if slow := byDay(d.Ends.Add(5 * 24 * time.Hour)); slow.Before(p.end) { // so that the dispute is young, and was before silence agreed
			at = slow
		}
		p.agenda.note(at, func(ctx context.Context) error {
			return p.jobs.DisputeHours(ctx, by, d.Engagement, jobs.Disputing{Undisputed: d.worked(), Reason: "Het werk was klaar op de tijd die gepland was. Een half uur extra herkennen we niet."})
		})
		return
	}
	if s.other > 0 {
		p.propose(at, by, d, jobs.Hours{Worked: s.other, Reason: s.reason})
		by, at = p.people[d.Member], p.later(d, at, 600)
	}
	if s.stops == withMember {
		return
	}
	p.agenda.note(at, func(ctx context.Context) error {
		if err := p.jobs.AgreeHours(ctx, by, d.Engagement); err != nil || s.stops == withPayer {
			return err
		}
		return p.notePay(ctx, d, s)
	})
}

func (p *past) propose(at time.Time, by members.Actor, d done, h jobs.Hours) {
	p.agenda.note(at, func(ctx context.Context) error { return p.jobs.ProposeHours(ctx, by, d.Engagement, h) })
}

// later is when the other one answers: by day, and soon where not much time is left.
func (p *past) later(d done, at time.Time, most int) time.Time {
	wait := minutes(p.random, 60, most)
	if p.isFresh(d) {
		return at.Add(time.Hour)
	}
	return byDay(at.Add(wait))
}

// byDay moves a time of the night to the next morning.
func byDay(at time.Time) time.Time {
	for at.UTC().Hour() < 7 || at.UTC().Hour() > 18 {
		at = at.Add(time.Hour)
	}
	return at
}
