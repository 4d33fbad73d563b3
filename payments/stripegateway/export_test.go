package stripegateway

import "github.com/stripe/stripe-go/v76/client"

// Bare is the client below a gateway, with all that stripe-go can do.
func Bare(c Config) *client.API { return newClient(c) }
