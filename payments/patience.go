package payments

import (
	"time"

	"meent/internal/tasks"
)

// Patience are the limits of every task that asks the gateway: about two weeks
// of tries. A client's money is at hand only days after it came, until when a
// payout of it is refused, and a gateway may be away for a day.
func Patience() []tasks.Limit {
	return []tasks.Limit{tasks.Attempts(120), tasks.Backoff(2*time.Second, 6*time.Hour)}
}
