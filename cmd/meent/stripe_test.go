package main

import (
	"bytes"
	"context"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"meent/internal/pg/pgtest"
	"meent/payments"
	"meent/payments/stripesim"
)

func isUp(address string) bool {
	answer, err := http.Get(address + "/checkout/style.css")
	if err != nil {
		return false
	}
	answer.Body.Close()
	return answer.StatusCode == http.StatusOK
}

// frontProgram is a program that is about to run the house on this listener.
func frontProgram(t *testing.T, listener net.Listener, environ ...string) *program {
	t.Helper()
	config, err := readConfig(append(environ, "MEENT_ADDR="+listener.Addr().String(), "MEENT_URL=https://meent.example", "MEENT_DATA="+t.TempDir()))
	if err != nil {
		t.Fatal(err)
	}
	now, _ := aMonday()
	return &program{config: config, out: io.Discard, log: slog.New(slog.NewTextHandler(t.Output(), nil)), now: now, front: listener.Addr(),
		watch: shapes(t)}
}

func listenLocal(t *testing.T) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	return listener
}

// TestHouseRunsItsSimulator: a checkout by the gateway, and its events at the
// house's own door, signed so that the gateway believes them.
func TestHouseRunsItsSimulator(t *testing.T) {
	door := listenLocal(t)
	p := frontProgram(t, door, "MEENT_STRIPESIM_ADDR=127.0.0.1:0", "DATABASE_URL="+pgtest.New(t, stripesim.Schema()).Config().ConnString())
	b, err := p.openBackends(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer b.close()
	events := make(chan string, 10)
	house := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		e, err := b.gateway.ReadEvent(body, r.Header.Get("Stripe-Signature"), payments.ConnectEndpoint)
		events <- strings.Join([]string{r.Host, r.URL.Path, e.Kind, errorWord(err)}, " ")
	})}
	go house.Serve(door)
	defer house.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- b.simulator.run(ctx) }()

	if _, err := b.gateway.OpenAccount(ctx, "account:1", "m1"); err != nil {
		t.Fatal(err)
	}
	if got, want := within(t, events), "meent.example /hooks/stripe/connect account.updated none"; got != want {
		t.Errorf("the house heard %q, want %q", got, want)
	}
	page, err := b.gateway.OpenCheckout(ctx, "checkout:1", payments.Checkout{Bill: "b1", Return: "https://meent.example/x", Locale: "en",
		Lines: []payments.CheckoutLine{{Text: "Work", Amount: 100}}})
	if err != nil || !strings.HasPrefix(page.URL, p.checkoutOrigin(b)+"/checkout/") || !isUp(p.checkoutOrigin(b)) {
		t.Errorf("the checkout is at %q, its origin %q: %v", page.URL, p.checkoutOrigin(b), err)
	}
	stop()
	if err := <-ended; err != nil || isUp(b.simulator.url) {
		t.Errorf("it ended with %v", err)
	}
}

func errorWord(err error) string {
	if err != nil {
		return err.Error()
	}
	return "none"
}

func within(t *testing.T, texts <-chan string) string {
	t.Helper()
	select {
	case text := <-texts:
		return text
	case <-time.After(20 * time.Second):
		t.Fatal("nothing came within 20 s")
		return ""
	}
}

func TestTakenStripesimPortIsOneSentence(t *testing.T) {
	taken := listenLocal(t)
	environ := []string{"MEENT_ADDR=" + freeAddr(t), "MEENT_STRIPESIM_ADDR=" + taken.Addr().String(), "MEENT_DATA=" + t.TempDir()}
	err := run(t.Context(), nil, environ, io.Discard, io.Discard)
	if err == nil || !strings.Contains(err.Error(), "MEENT_STRIPESIM_ADDR") || strings.Contains(err.Error(), "\n") {
		t.Errorf("run gave %v, want one sentence that names MEENT_STRIPESIM_ADDR", err)
	}
}

// TestCommandsLeaveTheSimulatorAlone: its port may be in use, and is not taken.
func TestCommandsLeaveTheSimulatorAlone(t *testing.T) {
	taken := listenLocal(t)
	environ := []string{"DATABASE_URL=" + pgtest.New(t, schemas()...).Config().ConnString(), "MEENT_DEMO=people", "MEENT_DATA=" + t.TempDir(), "MEENT_STRIPESIM_ADDR=" + taken.Addr().String()}
	for _, args := range [][]string{{"migrate"}, {"seed"}, {"doctor"}, {"tasks", "ls"}} {
		var out bytes.Buffer
		if err := run(t.Context(), args, environ, &out, io.Discard); err != nil {
			t.Errorf("meent %s gave %v: %s", args[0], err, out.String())
		}
	}
}

// TestStripesimAlone runs the command, lets the doctor ask it, and compares what
// both say with the secrets.
func TestStripesimAlone(t *testing.T) {
	addr := freeAddr(t)
	var out, logs bytes.Buffer
	environ := []string{"DATABASE_URL=" + pgtest.New(t, schemas()...).Config().ConnString(), "MEENT_STRIPESIM_ADDR=" + addr,
		testStripe, testHook, testConnect, "STRIPE_URL=http://" + addr, "MEENT_DEMO=yes"}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- run(ctx, []string{"stripesim"}, environ, io.Discard, &logs) }()
	for late := time.Now().Add(20 * time.Second); !isUp("http://" + addr); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(late) {
			t.Fatal("it does not answer within 20 s")
		}
	}
	if err := run(ctx, []string{"migrate"}, environ, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	if err := run(ctx, []string{"doctor"}, environ, &out, io.Discard); err != nil || !strings.Contains(out.String(), "payments:  it answers; no real money moves.") {
		t.Errorf("doctor gave %v and said:\n%s", err, out.String())
	}
	wrong := append(environ, "STRIPE_KEY=sk_test_hunter4")
	if err := run(ctx, []string{"doctor"}, wrong, &out, io.Discard); err == nil || !strings.Contains(out.String(), "payments:  ill: STRIPE_KEY: ") {
		t.Errorf("doctor with another key gave %v and said:\n%s", err, out.String())
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("it ended with %v", err)
	}
	if strings.Contains(out.String()+logs.String(), "hunter") {
		t.Errorf("a secret was printed:\n%s\n%s", out.String(), logs.String())
	}
}

func TestCheckoutOrigin(t *testing.T) {
	p := frontProgram(t, listenLocal(t), testStripe, testHook, testConnect)
	if got := p.checkoutOrigin(&backends{}); got != "https://checkout.stripe.com https://connect.stripe.com" {
		t.Errorf("with Stripe it is %q", got)
	}
	p.config.StripeURL = "http://localhost:7"
	if got := p.checkoutOrigin(&backends{}); got != "http://localhost:7" {
		t.Errorf("with STRIPE_URL it is %q", got)
	}
	for addr, want := range map[string]string{"localhost:8081": "http://localhost:", "0.0.0.0:8081": "http://meent.example:", ":8081": "http://meent.example:"} {
		p.config.StripesimAddr = addr
		if got := p.simulatorURL(listenLocal(t)); !strings.HasPrefix(got, want) {
			t.Errorf("a simulator on %s is at %q", addr, got)
		}
	}
}
