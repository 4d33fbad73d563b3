package stripegateway

import (
	"cmp"
	"context"
	"errors"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/stripe/stripe-go/v76"
	"github.com/stripe/stripe-go/v76/client"

	"meent/payments"
)

const (
	callTime = 10 * time.Second // one try
	retries  = 2                // after a broken connection, 409, 429 or 503
)

// Config is how Stripe is reached.
type Config struct {
	Key string // sk_… or rk_…
	URL string // empty: Stripe itself

	// Secrets are what events are signed with: the current one first, then those
	// that were current before.
	Secrets map[payments.Endpoint][]string

	Timeout time.Duration    // of one try; 10 s unless set
	Log     *slog.Logger     // none unless set
	Now     func() time.Time // the machine's clock unless set
}

// Gateway is Stripe as payments sees it.
type Gateway struct {
	stripe  *client.API
	secrets map[payments.Endpoint][]string
	live    bool
	now     func() time.Time
}

var _ payments.Gateway = (*Gateway)(nil)

// New makes a gateway. It calls nobody.
func New(c Config) *Gateway {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	return &Gateway{stripe: newClient(c), secrets: realSecrets(c.Secrets), live: isLive(c.Key), now: c.Now}
}

func newClient(c Config) *client.API {
	config := &stripe.BackendConfig{
		HTTPClient:        &http.Client{Timeout: cmp.Or(c.Timeout, callTime), CheckRedirect: stay},
		MaxNetworkRetries: stripe.Int64(retries),
		EnableTelemetry:   stripe.Bool(false),
		LeveledLogger:     callLog{c.Log},
	}
	if c.URL != "" {
		config.URL = &c.URL
	}
	all := stripe.NewBackendsWithConfig(config)
	return client.New(c.Key, &stripe.Backends{API: keyed{all.API}, Connect: keyed{all.Connect}, Uploads: keyed{all.Uploads}})
}

// stay follows no redirect: it would carry the key elsewhere.
func stay(*http.Request, []*http.Request) error {
	return errors.New("stripegateway: Stripe never redirects")
}

// isLive says whether real money moves with this key.
func isLive(key string) bool {
	return strings.HasPrefix(key, "sk_live_") || strings.HasPrefix(key, "rk_live_")
}

// realSecrets leaves out empty ones: everybody can sign with nothing.
func realSecrets(given map[payments.Endpoint][]string) map[payments.Endpoint][]string {
	all := map[payments.Endpoint][]string{}
	for from, secrets := range given {
		all[from] = slices.DeleteFunc(slices.Clone(secrets), func(s string) bool { return strings.TrimSpace(s) == "" })
	}
	return all
}

// once makes a POST that has its effect once, however often it is made.
func once(ctx context.Context, key string) stripe.Params {
	return stripe.Params{Context: ctx, IdempotencyKey: &key}
}

// asking makes a GET.
func asking(ctx context.Context) stripe.Params { return stripe.Params{Context: ctx} }

// inside makes a call about a member's account. An empty account would be the
// cooperative's own, so that it is unknown here.
func inside(account string, set func(string)) error {
	if err := known(account); err != nil {
		return err
	}
	set(account)
	return nil
}

// known refuses empty ids: in a path one would ask for the whole list.
func known(ids ...string) error {
	for _, id := range ids {
		if strings.TrimSpace(id) == "" {
			return payments.ErrUnknownThere
		}
	}
	return nil
}

// callLog notes that a call is made again, and nothing of its content.
type callLog struct{ log *slog.Logger }

func (callLog) Debugf(string, ...any)  {}
func (callLog) Infof(string, ...any)   {}
func (callLog) Errorf(string, ...any)  {} // the error itself is returned
func (l callLog) Warnf(string, ...any) { l.log.Warn("stripe: a call is made again") }
