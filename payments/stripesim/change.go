package stripesim

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"io"
	"time"

	"github.com/jackc/pgx/v5"
)

// platform is the account that owns the key.
const platform = "platform"

// cause is when a change happens, and the request that it comes from; none for
// what payers and time bring.
type cause struct {
	request string
	key     string
	at      time.Time
}

// change is one transaction on the book.
type change struct {
	tx     pgx.Tx
	config *Config
	now    time.Time
	cause  cause
	told   bool  // an event was appended
	err    error // of the random source; it undoes the change
}

// change runs f in one transaction, and wakes Run when there is news.
func (s *Simulator) change(ctx context.Context, why cause, f func(*change) error) error {
	c := &change{config: &s.config, now: why.at, cause: why}
	err := pgx.BeginFunc(ctx, s.db, func(tx pgx.Tx) error {
		c.tx = tx
		if err := f(c); err != nil {
			return err
		}
		return c.err
	})
	if err == nil && c.told {
		s.ring()
	}
	return err
}

// now is the cause of a change that no request asked for.
func (s *Simulator) now() cause { return cause{at: s.time()} }

// id draws an identifier in Stripe's form.
func (c *change) id(prefix string) string {
	text, err := newID(c.config.Random, prefix)
	if err != nil {
		c.err = err
	}
	return text
}

// tell appends an event about an object, as the object is now.
func (c *change) tell(ctx context.Context, account, kind string, o object) error {
	body, err := json.Marshal(o)
	if err != nil {
		return err
	}
	e := event{ID: c.id("evt_"), Account: account, Type: kind, Object: body, Request: c.cause.request, Key: c.cause.key, Created: c.now}
	if c.config.hears(account) {
		due := c.now.Add(c.lateness())
		e.Due = &due
	}
	c.told = true
	return insertEvent(ctx, c.tx, e)
}

// lateness draws how long an event waits.
func (c *change) lateness() time.Duration {
	if c.config.Late <= 0 {
		return 0
	}
	var drawn [8]byte
	if _, err := io.ReadFull(c.config.Random, drawn[:]); err != nil {
		c.err = err
	}
	return time.Duration(binary.BigEndian.Uint64(drawn[:]) % uint64(c.config.Late))
}

// move writes a balance transaction and changes the balance by its net.
func (c *change) move(ctx context.Context, t txn) (string, error) {
	t.ID, t.Net, t.Created = c.id("txn_"), t.Amount-t.Fee, c.now
	if t.Available.Before(c.now) {
		t.Available = c.now
	}
	return t.ID, insertTxn(ctx, c.tx, t)
}

// hears reports that somebody is told of this account. It looks at nothing that
// changes.
func (c *Config) hears(account string) bool {
	if account == platform {
		return c.Platform.URL != ""
	}
	return c.Connect.URL != ""
}
