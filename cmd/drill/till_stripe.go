package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"meent/internal/pg"
	"meent/payments/stripesim"
)

// startBook gives the simulator a server of its own: nothing that happens to
// Meent's happens to it.
func (t *till) startBook(ctx context.Context) (err error) {
	if t.book, err = t.rig.newServer(ctx, "book"); err != nil {
		return err
	}
	t.rig.onClose(t.book.Stop)
	if t.there, err = pg.Open(ctx, t.book.URL()); err != nil {
		return err
	}
	t.rig.onClose(func() error { t.there.Close(); return nil })
	return t.rig.spare(ctx, t.there, false)
}

func (t *till) startStripe(ctx context.Context, address string, size tillSize) error {
	payout := size.payout
	if payout == 0 {
		payout = 100 * time.Millisecond
	}
	args := append([]string{"stripesim", "-control", filepath.Join(t.rig.folder, "token"), "-payout", payout.String(),
		"-refund", "200ms", "-dispute", "200ms", "-hang", "1s"}, size.sim...)
	t.stripe = &programCopy{rig: t.rig, name: "stripe", args: args, environ: []string{
		"DATABASE_URL=" + t.book.URL(), "MEENT_URL=" + t.hooks, "MEENT_STRIPESIM_ADDR=" + address, "STRIPE_URL=" + t.sim,
		"STRIPE_KEY=" + tillKey, "STRIPE_WEBHOOK_SECRET=" + tillSecret, "STRIPE_CONNECT_WEBHOOK_SECRET=" + joinSecret,
		seldomTidy, "GOMAXPROCS=1", // what it does lies in its database: it only waits for that
	}}
	t.rig.copies = append(t.rig.copies, t.stripe)
	return t.wakeStripe(ctx)
}

// wakeStripe starts the simulator and waits until it answers.
func (t *till) wakeStripe(ctx context.Context) error {
	if err := t.stripe.start(); err != nil {
		return err
	}
	for late := time.Now().Add(20 * time.Second); time.Now().Before(late); {
		if _, err := t.control(ctx, http.MethodGet, "/control/book", nil); err == nil {
			return nil
		}
		if err := t.rig.rest(ctx, 20*time.Millisecond); err != nil {
			return err
		}
	}
	return fmt.Errorf("the simulator did not answer within 20 s:\n%s", t.stripe.lastWords())
}

// control asks the simulator what only those who judge may ask.
func (t *till) control(ctx context.Context, method, path string, form url.Values) ([]byte, error) {
	token, err := os.ReadFile(filepath.Join(t.rig.folder, "token"))
	if err != nil {
		return nil, err
	}
	r, err := http.NewRequestWithContext(ctx, method, t.sim+path, strings.NewReader(form.Encode()))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Authorization", "Bearer "+strings.TrimSpace(string(token)))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w, err := http.DefaultClient.Do(r)
	if err != nil {
		return nil, err
	}
	defer w.Body.Close()
	body, err := io.ReadAll(w.Body)
	if err == nil && w.StatusCode != http.StatusOK {
		err = fmt.Errorf("the simulator answers %s with %d: %s", path, w.StatusCode, body)
	}
	return body, err
}

// faults lets so much go wrong at the simulator from now on; none is none.
func (t *till) faults(ctx context.Context, rates map[stripesim.Fault]string, more url.Values) error {
	form := url.Values{"seed": {fmt.Sprint(t.rig.seed)}, "hang": {"1s"}, "slow": {"300ms"}}
	for name, rate := range rates {
		form.Set("rate["+string(name)+"]", rate)
	}
	for name, values := range more {
		form[name] = values
	}
	_, err := t.control(ctx, http.MethodPost, "/control/faults", form)
	return err
}

// fell counts the faults that fell since the simulator began.
func (t *till) fell(ctx context.Context) (sum int64, err error) {
	body, err := t.control(ctx, http.MethodGet, "/control/faults", nil)
	if err != nil {
		return 0, err
	}
	counts := map[stripesim.Fault]int64{}
	err = json.Unmarshal(body, &counts)
	for _, n := range counts {
		sum += n
	}
	return sum, err
}
