package demo

import (
	"context"
	"errors"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/matching"
	"meent/members"
)

// asked is an offer that waits for its answer.
type asked struct {
	Offer  matching.OfferID
	Member members.MemberID
	Until  time.Time
}

// noteAnswers plans the answers to the offers since the last round.
func (p *past) noteAnswers(ctx context.Context) error {
	if p.isOver() {
		return nil
	}
	const query = `
		SELECT o.id, o.member_id, o.until FROM matching.offer o JOIN jobs.shift s ON s.id = o.shift_id
		WHERE o.state = 'sent' AND o.sent_at > $1 ORDER BY s.starts_at, o.shift_id, o.member_id`
	rows, err := p.db.Query(ctx, query, p.seen)
	if err != nil {
		return err
	}
	offers, err := pgx.CollectRows(rows, pgx.RowToStructByPos[asked])
	for _, one := range offers {
		at := p.clock.now().Add(minutes(p.random, 30, 600))
		if last := one.Until.Add(-time.Minute); at.After(last) {
			at = last
		}
		p.agenda.note(at, func(ctx context.Context) error { return p.answer(ctx, one) })
	}
	return err
}

// answer is mostly a yes of those who work here, and of the others mostly silence.
func (p *past) answer(ctx context.Context, a asked) error {
	who, often := p.people[a.Member], 8
	if p.isRegular(a.Member) {
		often = 90
		if p.worked[a.Member] >= enough {
			often = 10
		}
	}
	var err error
	switch drawn := p.random.IntN(100); {
	case drawn < often:
		err = p.matching.Accept(ctx, who, a.Offer)
	case drawn < often+(100-often)/2:
		err = p.matching.Decline(ctx, who, a.Offer, pick(p.random, append(matching.Reasons(), "")))
	}
	if errors.Is(err, matching.ErrOver) { // too late, as happens to people
		return nil
	}
	return err
}
