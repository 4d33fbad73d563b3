package demo

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/jobs"
	"meent/matching"
	"meent/members"
)

// planned is for how long ahead some seats have their people already, and how many
// of them one member has.
const (
	planned    = 9 * 24 * time.Hour
	mostSeated = 2
)

// seat lets members ask for work of the coming days, and clients say yes, so that
// the planning has people in it. Nobody is told: it was agreed before the demo.
func (p *past) seat(ctx context.Context) error {
	quiet := newServices(p.given.DB, p.given.Keys, nil, p.clock.now, p.ids,
		matching.SeatAsked{}.Kind(), matching.OfferDecided{}.Kind(), members.Moved{}.Kind())
	for _, w := range p.workers {
		left := mostSeated
		for _, one := range p.workFor(w) {
			if left == 0 {
				break
			}
			seated, err := p.seatFor(ctx, quiet, w, one)
			if err != nil {
				return err
			}
			left -= seated
		}
	}
	return nil
}

// seatFor gives the member the first shift of this work that can be theirs.
func (p *past) seatFor(ctx context.Context, quiet services, w worker, one work) (seated int, err error) {
	const query = `
		SELECT s.id FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id
		WHERE g.client_id = $1 AND starts_with(g.title, $2) AND g.state = 'open' AND s.starts_at > $3 AND s.starts_at < $4 ORDER BY s.starts_at, s.id LIMIT 2`
	rows, err := p.given.DB.Query(ctx, query, one.poster.actor.Client, one.template["title_nl"], p.end.Add(12*time.Hour), p.end.Add(planned))
	if err != nil {
		return 0, err
	}
	shifts, err := pgx.CollectRows(rows, pgx.RowTo[jobs.ShiftID])
	for _, shift := range shifts {
		offer, asked, err := quiet.matching.Ask(ctx, p.people[w.member], shift)
		if errors.Is(err, matching.ErrBroken) || err == nil && !asked {
			continue
		}
		if err != nil {
			return 0, err
		}
		return 1, quiet.matching.Grant(ctx, one.poster.actor, offer)
	}
	return 0, err
}
