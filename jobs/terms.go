package jobs

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"

	"meent/members"
	"meent/payments"
)

// Terms are on what, beside the wage an hour, a seat was given. They stay with the
// engagement until it is paid, whatever the cooperative decides meanwhile.
type Terms struct {
	Contribution members.BasisPoints
	Notice       time.Duration       // how long before the beginning calling off costs nothing
	LateShare    members.BasisPoints // of the planned wage, for what is called off later
}

// price is what this wage costs the client on these terms.
func (t Terms) price(wage payments.Cents) Price { return priceOf(wage, t.Contribution) }

// raisedTx lets a raise of an open gig hold for everybody who still has to work
// there: whoever comes to work is paid what the gig says that day. What is over
// stays as it was.
func (s *Service) raisedTx(ctx context.Context, tx pgx.Tx, by members.Actor, g running, to payments.Cents) error {
	if g.state == Draft {
		return nil
	}
	return raiseWork(ctx, tx, by.Cooperative, g.id, to, s.now())
}
