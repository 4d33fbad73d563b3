package main

import (
	"context"
	"crypto/rand"

	"meent/payments"
	"meent/payments/stripegateway"
)

// openPayments takes the Stripe of STRIPE_KEY. Without one the house runs the
// simulator and moves its money there.
func (p *program) openPayments(_ context.Context, b *backends) error {
	c := stripegateway.Config{Key: p.config.StripeKey, URL: p.config.StripeURL, Secrets: p.config.stripeSecrets(), Log: p.log, Now: p.now}
	switch {
	case c.Key == "":
		p.useSimulator(b, &c)
	case c.URL != "":
		p.log.Info("payments", "part", "another Stripe", "from", "STRIPE_URL", "address", c.URL)
	default:
		p.log.Info("payments", "part", "real", "from", "STRIPE_KEY", "live", p.config.stripeLive())
	}
	b.gateway = drilled(stripegateway.New(c))
	return nil
}

// useSimulator makes up a key and secrets for this start. A command beside the
// house has no simulator: its gateway knows a key that opens nothing.
func (p *program) useSimulator(b *backends, c *stripegateway.Config) {
	c.Key, c.URL = "sk_test_"+rand.Text(), "http://"+p.config.StripesimAddr
	if b.simulator == nil {
		p.log.Info("payments", "part", "simulator of the house, which this command leaves alone")
		return
	}
	platform, connect := "whsec_"+rand.Text(), "whsec_"+rand.Text()
	c.URL = "http://" + b.simulator.listener.Addr().String()
	c.Secrets = map[payments.Endpoint][]string{payments.PlatformEndpoint: {platform}, payments.ConnectEndpoint: {connect}}
	b.simulator.Simulator = p.embeddedStripe(b, c.Key, platform, connect)
	p.log.Info("payments", "part", "simulator in this process", "address", b.simulator.url)
}

// checkoutOrigin is where a client's browser pays, and a member's tells where they
// are paid: scheme and host of each.
func (p *program) checkoutOrigin(b *backends) string {
	switch {
	case b.simulator != nil:
		return b.simulator.url
	case p.config.StripeURL != "":
		return p.config.StripeURL
	default:
		return "https://checkout.stripe.com https://connect.stripe.com"
	}
}
