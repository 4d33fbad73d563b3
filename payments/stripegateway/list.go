package stripegateway

import (
	"context"
	"errors"

	"github.com/stripe/stripe-go/v76"
)

const (
	pageSize   = 100  // Stripe's largest
	mostLooked = 5000 // in search of one
)

// errMany must not look like "it is not there": who hears that moves the money
// again.
var errMany = errors.New("stripegateway: not among the newest 5000, and there are more")

func page(ctx context.Context) stripe.ListParams {
	return stripe.ListParams{Context: ctx, Limit: stripe.Int64(pageSize)}
}
