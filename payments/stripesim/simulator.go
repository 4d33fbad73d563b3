package stripesim

import (
	"context"
	"crypto/rand"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
)

// APIVersion is the version of Stripe's API that is spoken here.
const APIVersion = "2023-10-16"

// Endpoint is where events are delivered. Without a URL nobody is told.
type Endpoint struct {
	URL    string
	Secret string // whsec_…

	// Previous signs as well, in the same header, until then, or always when no
	// time is given: so secrets are changed without losing events.
	Previous string
	Until    time.Time
}

// Config is how a simulator behaves. Only Key must be set.
type Config struct {
	Key string // sk_test_…; without one every request is refused

	// URL is this server's own address, for the checkout page. Without it the
	// address is the one that the session's creator asked.
	URL string

	Platform Endpoint // for what happens on the platform's own account
	Connect  Endpoint // for what happens on connected accounts

	FundsDelay   time.Duration // until a charge is available
	PayoutDelay  time.Duration // until a payout arrives or fails; an instant one at most half an hour
	LateDelay    time.Duration // until a payout that was called paid fails; PayoutDelay unless it is longer
	DebitDelay   time.Duration // until a SEPA debit succeeds or fails
	RefundDelay  time.Duration // until a pending refund succeeds or fails
	DisputeDelay time.Duration // until a test card's dispute comes, and until evidence is judged

	// Onboard lets new accounts wait until their owner told their bank. Without it
	// they are ready at once, unless metadata[simulate] is "onboard".
	Onboard bool

	Faults Faults // what goes wrong on purpose

	// Control is the token that opens /control/ to callers on this machine; ""
	// keeps it closed.
	Control string

	// Late is how long an event waits before it is first sent, at most: each waits
	// for a time of its own.
	Late time.Duration

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

	trouble *trouble
	ahead   atomic.Int64 // of the machine's clock, in nanoseconds
	mu      sync.Mutex   // guards the secrets of the endpoints
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
	return &Simulator{db: db, config: c, wake: make(chan struct{}, 1), trouble: newTrouble(c.Faults)}
}

// time is the simulated time.
func (s *Simulator) time() time.Time { return s.config.Now().Add(time.Duration(s.ahead.Load())) }

// Later lets so much time pass at once; Advance does what it brings. Events are
// signed by the machine's clock all the same, or nobody would believe them.
func (s *Simulator) Later(d time.Duration) { s.ahead.Add(int64(d)) }

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
