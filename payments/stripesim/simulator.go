package stripesim

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// APIVersion is the version of Stripe's API that is spoken here.
const APIVersion = "2023-10-16"

// Endpoint is where events are delivered. Without a URL nobody is told.
type Endpoint struct {
	URL    string
	Secret string // whsec_…
}

// Config is how a simulator behaves. Only Key must be set.
type Config struct {
	Key string // sk_test_…; without one every request is refused

	// URL is this server's own address, for the checkout page. Without it the
	// address is the one that the session's creator asked.
	URL string

	Platform Endpoint // for what happens on the platform's own account
	Connect  Endpoint // for what happens on connected accounts

	FundsDelay  time.Duration // until a charge is available
	PayoutDelay time.Duration // until a payout arrives or fails

	// Unruly delivers every event twice and in no order.
	Unruly bool

	Now    func() time.Time // the machine's clock unless set
	Random io.Reader        // for ids, safe for concurrent use; the system's secure source unless set
	Log    *slog.Logger
	Client *http.Client  // for webhooks; 10 seconds a call unless set
	AtOnce int           // webhooks; eight unless set, and one keeps their order
	Poll   time.Duration // how often Run looks without being woken; a second unless set
}

// Simulator is a Stripe of one's own. Several may share one database.
type Simulator struct {
	db     *pgxpool.Pool
	config Config
	wake   chan struct{}
}

// New makes a simulator on a database that has this package's Schema.
func New(db *pgxpool.Pool, c Config) *Simulator {
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Random == nil {
		c.Random = rand.Reader
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Client == nil {
		c.Client = newClient()
	}
	if c.AtOnce <= 0 {
		c.AtOnce = atOnce
	}
	if c.Poll <= 0 {
		c.Poll = time.Second
	}
	return &Simulator{db: db, config: c, wake: make(chan struct{}, 1)}
}

// Run settles payouts, lets sessions expire and delivers events until ctx ends,
// and returns nil then. A database that is away is waited for.
func (s *Simulator) Run(ctx context.Context) error {
	for ctx.Err() == nil {
		more, err := s.turn(ctx)
		if err != nil && ctx.Err() == nil {
			s.config.Log.Error("stripesim: cannot work", "err", err)
		}
		if !more || err != nil {
			s.rest(ctx)
		}
	}
	return nil
}

// turn delivers also when something else went wrong.
func (s *Simulator) turn(ctx context.Context) (more bool, err error) {
	advanced := s.Advance(ctx)
	sent, err := s.Deliver(ctx)
	return sent > 0, errors.Join(advanced, err)
}

func (s *Simulator) rest(ctx context.Context) {
	timer := time.NewTimer(s.config.Poll)
	defer timer.Stop()
	select {
	case <-ctx.Done():
	case <-timer.C:
	case <-s.wake:
	}
}

// ring wakes Run; one ring is enough for any number of events.
func (s *Simulator) ring() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}
