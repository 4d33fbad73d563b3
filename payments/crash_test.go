package payments_test

import (
	"context"
	"errors"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicebob/miniredis/v2"
	"github.com/jackc/pgx/v5"
	"github.com/redis/go-redis/v9"

	"meent/internal/id"
	"meent/internal/tasks"
	"meent/members"
	"meent/payments"
	"meent/payments/stripegateway"
	"meent/payments/stripeshape"
	"meent/payments/stripesim"
)

// luck says whether something goes wrong this time.
type luck struct {
	mu  sync.Mutex
	rnd *rand.Rand
}

func (l *luck) bad(percent int) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.rnd.IntN(100) < percent
}

// losing is a Stripe of which some answers are lost, before or after it acted.
func (l *luck) losing(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.URL.Path, "/checkout/") || !l.bad(25) {
			next.ServeHTTP(w, r)
			return
		}
		if l.bad(60) {
			next.ServeHTTP(httptest.NewRecorder(), r)
		}
		w.Header().Set("Stripe-Should-Retry", "false")
		http.Error(w, `{"error": {"type": "api_error"}}`, http.StatusInternalServerError)
	})
}

var errCrash = errors.New("the program ended here")

type handler[T any] = func(context.Context, string, T) (func(context.Context, pgx.Tx) error, error)

// crashing ends some tries after the call and before its result is recorded,
// and others in the middle of recording it; some are made by two workers at once.
func crashing[T any](l *luck, do handler[T]) handler[T] {
	return func(ctx context.Context, key string, t T) (func(context.Context, pgx.Tx) error, error) {
		var other sync.WaitGroup
		if l.bad(20) {
			other.Go(func() { _, _ = do(ctx, key, t) }) // it lost the task and does not know
		}
		finish, err := do(ctx, key, t)
		other.Wait()
		switch {
		case err != nil || finish == nil:
			return finish, err
		case l.bad(20):
			return nil, errCrash
		}
		return func(ctx context.Context, tx pgx.Tx) error {
			if err := finish(ctx, tx); err != nil || !l.bad(20) {
				return err
			}
			return errCrash
		}, nil
	}
}

// TestCrashesAnywhere: whatever ends in the middle, doubles or gets lost, each
// cent moves once, also when the bank sends it back. More seeds find no more so
// far; take many when something about money changes.
func TestCrashesAnywhere(t *testing.T) {
	for seed := range uint64(3) {
		h := newHouse(t, func(c *stripesim.Config) { c.Unruly, c.FundsDelay = true, 30*time.Hour })
		h.loseLuck(&luck{rnd: rand.New(rand.NewPCG(seed, 7))})
		bill := h.billed()
		for again := 50; ; again-- {
			address, err := h.Checkout(t.Context(), h.client, bill, "https://meent.example")
			if err == nil {
				h.fillIn(address)
				break
			}
			if again == 0 {
				t.Fatal(err)
			}
		}
		h.untilPaid()
		h.bounce()
		h.untilPaid()
		h.balanced(whole())
		if dead, err := h.queue.Dead(t.Context(), id.Cooperative{}); err != nil || len(dead) > 0 {
			t.Errorf("seed %d: Dead = %+v, %v", seed, dead, err)
		}
	}
}

// loseLuck puts the house before a Stripe and under workers that fail.
func (h *house) loseLuck(l *luck) {
	h.Helper()
	api := httptest.NewServer(stripeshape.Watch(h.T, l.losing(h.sim.Handler())))
	h.Cleanup(api.Close)
	g := stripegateway.New(stripegateway.Config{Key: testKey, URL: api.URL, Now: h.now, Secrets: map[payments.Endpoint][]string{
		payments.PlatformEndpoint: {"whsec_platform"}, payments.ConnectEndpoint: {"whsec_connect"},
	}})
	h.Service = payments.New(h.db, h.queue, h.people, g, h.now, nil)
	h.unluckyWork(l)
}

// untilPaid lets hours pass until the wage is at the bank; the office sends it
// again when it comes back.
func (h *house) untilPaid() {
	h.Helper()
	for range 24 * 8 {
		h.lookAgain()
		h.run()
		back, err := h.Back(h.Context(), h.coordinator)
		h.must(err)
		for _, b := range back {
			h.must(h.PayAgain(h.Context(), h.coordinator, b.ID))
		}
		e, err := h.Earning(h.Context(), h.member, "work-1")
		h.must(err)
		if e.Stage() == payments.StagePaid && h.allPaid() {
			break
		}
		h.pass(time.Hour)
	}
	h.stage(payments.StagePaid)
}

// allPaid reports whether the simulator calls the newest payout paid, too.
func (h *house) allPaid() (paid bool) {
	h.Helper()
	h.must(h.db.QueryRow(h.Context(), `SELECT status = 'paid' FROM stripesim.payout ORDER BY created_at DESC, id LIMIT 1`).Scan(&paid))
	return paid
}

// unluckyWork is work with crashes.
func (h *house) unluckyWork(l *luck) {
	m := tasks.NewMux()
	tasks.Handle(m, crashing(l, h.FollowEvent), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.LookAtCheckout), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.MakeTransfer), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.SendPayout), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.LookAtPayout), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.OpenPayee), payments.Patience()...)
	tasks.Handle(m, crashing(l, h.LookAtPayee), payments.Patience()...)
	tasks.HandleTx(m, h.PayRestedTx)
	tasks.HandleTx(m, h.LookAgainTx)
	h.unluckyBack(l, m)
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.BillReady) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayMoved) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayTold) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.AdvanceTold) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayoutsHeld) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.PayWaits) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, payments.BankTold) error { return nil })
	tasks.HandleTx(m, func(context.Context, pgx.Tx, members.Moved) error { return nil })
	client := redis.NewClient(&redis.Options{Addr: miniredis.RunT(h.T).Addr()})
	h.Cleanup(func() { client.Close() })
	worker, err := tasks.NewWorker(h.queue, client, m)
	h.must(err)
	h.worker = worker
}
