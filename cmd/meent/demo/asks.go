package demo

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/internal/id"
	"meent/jobs"
	"meent/matching"
)

// askAhead is how far ahead the work is that members ask for.
const askAhead = 6 * 24 * time.Hour

// ask lets one member of each cooperative ask for a seat, so that somebody has
// to decide.
func (p *past) ask(ctx context.Context) error {
	for _, c := range p.cooperatives() {
		if err := p.askIn(ctx, c); err != nil {
			return err
		}
	}
	return nil
}

// askIn leaves it to one who has no past: the others were asked often enough.
func (p *past) askIn(ctx context.Context, c id.Cooperative) error {
	for _, w := range p.workers {
		if w.cooperative != c || p.isRegular(w.member) {
			continue
		}
		if asked, err := p.askFor(ctx, w); asked || err != nil {
			return err
		}
	}
	return nil
}

// askFor asks for the first of the coming shifts that fit.
func (p *past) askFor(ctx context.Context, w worker) (asked bool, err error) {
	const query = `
		SELECT s.id FROM jobs.shift s JOIN jobs.gig g ON g.id = s.gig_id
		WHERE g.client_id = $1 AND starts_with(g.title, $2) AND s.starts_at > $3 ORDER BY s.starts_at, s.id LIMIT 1`
	for _, one := range p.workFor(w) {
		var shift jobs.ShiftID
		err := p.given.DB.QueryRow(ctx, query, one.poster.actor.Client, one.template["title_nl"], p.end.Add(askAhead)).Scan(&shift)
		if errors.Is(err, pgx.ErrNoRows) {
			continue
		}
		if err != nil {
			return false, err
		}
		_, asked, err := p.matching.Ask(ctx, p.people[w.member], shift)
		if asked || err != nil && !errors.Is(err, matching.ErrBroken) {
			return asked, err
		}
	}
	return false, nil
}
