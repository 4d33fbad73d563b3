package stripesim

import (
	"context"
	"encoding/json"
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
func (s *Simulator) now() cause { return cause{at: s.config.Now()} }

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
	if c.config.endpoint(account).URL != "" {
		e.Due = &c.now
	}
	c.told = true
	return insertEvent(ctx, c.tx, e)
}

// move writes a balance transaction and changes the balance by its net.
func (c *change) move(ctx context.Context, t txn) (string, error) {
	t.ID, t.Net, t.Created = c.id("txn_"), t.Amount-t.Fee, c.now
	if t.Available.Before(c.now) {
		t.Available = c.now
	}
	return t.ID, insertTxn(ctx, c.tx, t)
}

func (c *Config) endpoint(account string) Endpoint {
	if account == platform {
		return c.Platform
	}
	return c.Connect
}
