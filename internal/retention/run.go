package retention

import (
	"context"
	"time"

	"github.com/jackc/pgx/v5"
)

// Cut is where a rule cuts off.
type Cut struct {
	Now    time.Time
	Before time.Time     // what is older has run out; the zero time where nothing does
	Age    time.Duration // the same for the database's own clock, of days and hours
}

// Step carries out a rule: it takes away some of what has run out, and says
// whether there may be more.
type Step struct {
	Rule Name
	Do   func(ctx context.Context, tx pgx.Tx, at Cut) (more bool, err error)
}

// RunTx does the steps in their order, each once, so that no transaction is huge.
// It says whether there may be more, for another transaction.
func RunTx(ctx context.Context, tx pgx.Tx, now time.Time, steps ...Step) (more bool, err error) {
	for _, s := range steps {
		left, err := s.Do(ctx, tx, Cut{Now: now, Before: Before(s.Rule, now), Age: Of(s.Rule).Keep.Duration()})
		if err != nil {
			return false, err
		}
		more = more || left
	}
	return more, nil
}
