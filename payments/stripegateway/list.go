package stripegateway

import (
	"context"
	"errors"
	"time"

	"github.com/stripe/stripe-go/v76"
)

const (
	pageSize   = 100  // Stripe's largest
	mostLooked = 5000 // in search of one
)

// errMany must not look like "it is not there": who hears that moves the money
// again.
var errMany = errors.New("stripegateway: not among those that were seen, and there are more")

func page(ctx context.Context) stripe.ListParams {
	return stripe.ListParams{Context: ctx, Limit: stripe.Int64(pageSize)}
}

// onePage is the page behind after, of an account or our own.
func onePage(ctx context.Context, account, after string) stripe.ListParams {
	p := page(ctx)
	p.Single = true
	if account != "" {
		p.SetStripeAccount(account)
	}
	if after != "" {
		p.StartingAfter = &after
	}
	return p
}

// from is everything since then, in whole seconds; all when then is zero.
func from(since time.Time) *stripe.RangeQueryParams {
	if since.IsZero() {
		return nil
	}
	return &stripe.RangeQueryParams{GreaterThanOrEqual: since.Unix()}
}

func moment(seconds int64) time.Time { return time.Unix(seconds, 0).UTC() }

// pages goes through a list, the newest first.
type pages interface {
	Next() bool
	Err() error
	Meta() *stripe.ListMeta
}

// find looks for one that is ours: Stripe cannot be asked by reference. It is
// not there when the whole list was seen.
func find[T any](what string, list pages, current func() T, is func(T) bool) (one T, found bool, err error) {
	for range mostLooked {
		if !list.Next() {
			if list.Err() == nil && list.Meta().HasMore {
				return one, false, errMany
			}
			return one, false, failed(what, list.Err())
		}
		if is(current()) {
			return current(), true, nil
		}
	}
	return one, false, errMany
}
