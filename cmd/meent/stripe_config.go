package main

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"meent/payments"
)

// readStripe checks the settings of Stripe against each other. No error shows a
// key or a secret.
func (c *Config) readStripe() error {
	return errors.Join(c.checkStripeKey(), c.checkStripeSecrets(), c.checkStripeURL(), c.readStripesimAddr())
}

func (c *Config) checkStripeKey() error {
	if c.StripeKey == "" {
		return nil
	}
	begins := func(prefix string) bool { return strings.HasPrefix(c.StripeKey, prefix) }
	if !slices.ContainsFunc([]string{"sk_test_", "sk_live_", "rk_test_", "rk_live_"}, begins) {
		return errors.New("STRIPE_KEY must be a secret key of Stripe: it begins with sk_test_, sk_live_, rk_test_ or rk_live_")
	}
	if c.stripeLive() && c.demoAsked() {
		return errors.New("STRIPE_KEY moves real money, so MEENT_DEMO is refused with it")
	}
	return nil
}

// stripeLive reports whether real money moves.
func (c *Config) stripeLive() bool {
	return strings.HasPrefix(c.StripeKey, "sk_live_") || strings.HasPrefix(c.StripeKey, "rk_live_")
}

func (c *Config) checkStripeSecrets() error {
	return errors.Join(
		checkSecrets("STRIPE_WEBHOOK_SECRET", c.StripeSecrets, c.StripeKey != ""),
		checkSecrets("STRIPE_CONNECT_WEBHOOK_SECRET", c.StripeConnectSecrets, c.StripeKey != ""))
}

// checkSecrets trims them in place: one may stand behind a comma and a space.
func checkSecrets(name string, secrets []string, key bool) error {
	if !key && len(secrets) > 0 {
		return fmt.Errorf("%s is set, and STRIPE_KEY is missing", name)
	}
	if key && len(secrets) == 0 {
		return fmt.Errorf("%s is missing: with STRIPE_KEY set, Stripe's events must be recognised", name)
	}
	for i := range secrets {
		secrets[i] = strings.TrimSpace(secrets[i])
		if !strings.HasPrefix(secrets[i], "whsec_") || secrets[i] == "whsec_" {
			return fmt.Errorf("%s must hold secrets that begin with whsec_, comma between: the current one first", name)
		}
	}
	return nil
}

func (c *Config) checkStripeURL() error {
	if c.StripeURL == "" {
		return nil
	}
	u, err := url.Parse(c.StripeURL)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.User != nil {
		return errors.New("STRIPE_URL must be an address alone, such as http://localhost:8081")
	}
	if c.StripeKey == "" {
		return errors.New("STRIPE_URL is set, and STRIPE_KEY is missing")
	}
	if c.stripeLive() {
		return errors.New("STRIPE_URL is another server than Stripe, and a live STRIPE_KEY goes to Stripe alone")
	}
	c.StripeURL = u.Scheme + "://" + u.Host
	return nil
}

// readStripesimAddr takes the port after MEENT_ADDR's, or any where that has none.
func (c *Config) readStripesimAddr() error {
	if c.StripesimAddr == "" {
		_, text, _ := net.SplitHostPort(c.Addr)
		port, _ := net.LookupPort("tcp", text) // readAddr names what is wrong with it
		if port > 0 {
			port = (port + 1) % 65536
		}
		c.StripesimAddr = net.JoinHostPort("localhost", strconv.Itoa(port))
	}
	_, port, err := net.SplitHostPort(c.StripesimAddr)
	if err == nil {
		_, err = net.LookupPort("tcp", port)
	}
	if err != nil {
		return fmt.Errorf("MEENT_STRIPESIM_ADDR must be host:port, such as localhost:8081, not %q", c.StripesimAddr)
	}
	return nil
}

// stripeSecrets are what events may be signed with.
func (c Config) stripeSecrets() map[payments.Endpoint][]string {
	return map[payments.Endpoint][]string{
		payments.PlatformEndpoint: c.StripeSecrets,
		payments.ConnectEndpoint:  c.StripeConnectSecrets,
	}
}
