package payments

import (
	"context"
	"time"
)

// stint is what one task does of what takes long: a program that ends in its midst loses no
// more, and another task goes on from there.
type stint struct{ ends time.Time } // by the machine's clock, as deadlines are

const mostStint = 5 * time.Second

// stintOf ends in half of the time that there is, or sooner.
func stintOf(ctx context.Context) stint {
	most := mostStint
	if deadline, has := ctx.Deadline(); has {
		most = min(most, time.Until(deadline)/2)
	}
	return stint{time.Now().Add(most)}
}

func (s stint) over() bool { return !time.Now().Before(s.ends) }
