//go:build drill

package main

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"meent/cmd/drill/errand"
	"meent/internal/tasks"
	"meent/payments"
)

// Built with -tags drill, the program also does the errands of cmd/drill, its
// clock may be wrong, its simulator unruly, its queue impatient, its connections few,
// its engine off, and its gateway slow to answer. No other build holds any of this.

func addDrill(m *tasks.Mux, b *backends) { errand.Add(m, b.db, os.Getenv("MEENT_DRILL_PLANT")) }

func clock() func() time.Time {
	wrong, err := time.ParseDuration(os.Getenv("MEENT_DRILL_CLOCK"))
	if err != nil {
		return time.Now
	}
	return func() time.Time { return time.Now().Add(wrong) }
}

// unruly lets the simulator deliver every event twice and shuffled.
func unruly() bool { return os.Getenv("MEENT_DRILL_UNRULY") == "yes" }

// onboards lets the house's own simulator ask members who they are: nobody in a
// drill fills that in.
func onboards() bool { return false }

// keeps lets the process have an engine: drills about money choose nobody, and each new
// life of a killed copy would read everybody for it.
func keeps() bool { return os.Getenv("MEENT_DRILL_ENGINE") != "no" }

// impatient waits less long for workers that were killed, and queues nothing that
// the drill does not look at.
func impatient(c tasks.Config) tasks.Config {
	if mute := os.Getenv("MEENT_DRILL_MUTE"); mute != "" {
		c.Mute = append(c.Mute, strings.Split(mute, ",")...)
	}
	if hold, err := time.ParseDuration(os.Getenv("MEENT_DRILL_HOLD")); err == nil {
		c.Hold, c.Upkeep = hold, hold/4
	}
	return c
}

// fewer keeps to so many connections to the database: each one learns all statements
// anew, and that is most of what the short life of a killed copy takes of a machine.
func fewer(ctx context.Context, db *pgxpool.Pool) (*pgxpool.Pool, error) {
	most, err := strconv.ParseInt(os.Getenv("MEENT_DRILL_CONNECTIONS"), 10, 32)
	if err != nil {
		return db, nil
	}
	config := db.Config()
	db.Close()
	config.MaxConns = int32(most)
	return pgxpool.NewWithConfig(ctx, config)
}

// drilled lets answers of the gateway come late, so that a kill may fall between
// what happened outside and its record here; and it passes points at which the
// program may end.
func drilled(g payments.Gateway) payments.Gateway {
	late, err := time.ParseDuration(os.Getenv("MEENT_DRILL_LATE"))
	if double := os.Getenv("MEENT_DRILL_PLANT") == errand.Double; double || err == nil {
		g = lateGateway{g, late, double}
	}
	if os.Getenv("MEENT_DRILL_PLANT") == errand.Believe {
		g = believing{g}
	}
	if os.Getenv("MEENT_DRILL_PLANT") == errand.Twice {
		g = twiceGateway{g}
	}
	if os.Getenv("MEENT_DRILL_PLANT") == errand.Short {
		g = shortGateway{g}
	}
	if p := newPoints(); p.on() {
		g = pointGateway{g, p}
	}
	return g
}

// believing is a planted bug: it takes events that nobody signed.
type believing struct{ payments.Gateway }

func (g believing) ReadEvent(body []byte, _ string, _ payments.Endpoint) (payments.Event, error) {
	var e struct {
		ID, Type, Account string
		Created           int64
		Data              struct{ Object struct{ ID string } }
	}
	err := json.Unmarshal(body, &e)
	return payments.Event{ID: e.ID, Account: e.Account, Kind: e.Type, Object: e.Data.Object.ID, At: time.Unix(e.Created, 0)}, err
}

// twiceGateway is a planted bug: what moves money is done again, with a key of its
// own; the second transfer takes what is available, since a charge bounds its own.
type twiceGateway struct{ payments.Gateway }

func (g twiceGateway) Transfer(ctx context.Context, key string, t payments.Transfer) (string, error) {
	made, err := g.Gateway.Transfer(ctx, key, t)
	if err == nil {
		t.Charge = ""
		_, _ = g.Gateway.Transfer(ctx, key+":twice", t)
	}
	return made, err
}

func (g twiceGateway) PayOut(ctx context.Context, key string, p payments.PayoutOrder) (string, error) {
	made, err := g.Gateway.PayOut(ctx, key, p)
	if err == nil {
		_, _ = g.Gateway.PayOut(ctx, key+":twice", p)
	}
	return made, err
}

// shortGateway is a planted bug: a cent less than was asked for goes to members, and
// back to clients.
type shortGateway struct{ payments.Gateway }

func (g shortGateway) Transfer(ctx context.Context, key string, t payments.Transfer) (string, error) {
	t.Amount--
	return g.Gateway.Transfer(ctx, key, t)
}

func (g shortGateway) Refund(ctx context.Context, key string, r payments.RefundOrder) (payments.RefundThere, error) {
	r.Amount--
	return g.Gateway.Refund(ctx, key, r)
}

// lateGateway may hold a planted bug, forgetful: each try has a new key, and
// nobody looks whether an earlier one had its effect.
type lateGateway struct {
	payments.Gateway
	late      time.Duration
	forgetful bool
}

func (g lateGateway) OpenCheckout(ctx context.Context, key string, c payments.Checkout) (payments.CheckoutPage, error) {
	return answerLate(g, func() (payments.CheckoutPage, error) { return g.Gateway.OpenCheckout(ctx, g.key(key), c) })
}

func (g lateGateway) OpenAccount(ctx context.Context, key string, payee payments.Reference) (string, error) {
	return answerLate(g, func() (string, error) { return g.Gateway.OpenAccount(ctx, g.key(key), payee) })
}

func (g lateGateway) Transfer(ctx context.Context, key string, t payments.Transfer) (string, error) {
	return answerLate(g, func() (string, error) { return g.Gateway.Transfer(ctx, g.key(key), t) })
}

func (g lateGateway) PayOut(ctx context.Context, key string, p payments.PayoutOrder) (string, error) {
	return answerLate(g, func() (string, error) { return g.Gateway.PayOut(ctx, g.key(key), p) })
}

func (g lateGateway) Refund(ctx context.Context, key string, r payments.RefundOrder) (payments.RefundThere, error) {
	return answerLate(g, func() (payments.RefundThere, error) { return g.Gateway.Refund(ctx, g.key(key), r) })
}

func (g lateGateway) Reverse(ctx context.Context, key string, r payments.ReversalOrder) (string, error) {
	return answerLate(g, func() (string, error) { return g.Gateway.Reverse(ctx, g.key(key), r) })
}

func (g lateGateway) FindRefund(ctx context.Context, charge string, ref payments.Reference) (payments.RefundThere, bool, error) {
	if g.forgetful {
		return payments.RefundThere{}, false, nil
	}
	return g.Gateway.FindRefund(ctx, charge, ref)
}

func (g lateGateway) FindReversal(ctx context.Context, transfer string, ref payments.Reference) (string, bool, error) {
	if g.forgetful {
		return "", false, nil
	}
	return g.Gateway.FindReversal(ctx, transfer, ref)
}

func (g lateGateway) FindTransfer(ctx context.Context, account string, ref payments.Reference) (string, bool, error) {
	if g.forgetful {
		return "", false, nil
	}
	return g.Gateway.FindTransfer(ctx, account, ref)
}

func (g lateGateway) FindPayout(ctx context.Context, account string, ref payments.Reference) (payments.PayoutThere, bool, error) {
	if g.forgetful {
		return payments.PayoutThere{}, false, nil
	}
	return g.Gateway.FindPayout(ctx, account, ref)
}

func (g lateGateway) key(key string) string {
	if g.forgetful {
		return rand.Text()
	}
	return key
}

func answerLate[T any](g lateGateway, call func() (T, error)) (T, error) {
	answer, err := call()
	time.Sleep(g.late)
	return answer, err
}
