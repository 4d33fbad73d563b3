package stripesim

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"time"

	"golang.org/x/sync/errgroup"
)

const (
	callTime   = 10 * time.Second // one webhook
	holdTime   = 3 * time.Minute  // longer than a batch can take, also a doubled one
	batch      = 32
	atOnce     = 8
	firstWait  = time.Second
	longestGap = time.Hour
)

// newClient follows no redirects, as Stripe does not.
func newClient() *http.Client {
	return &http.Client{
		Timeout:       callTime,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

// Deliver sends the events that are due, at most a batch, and says how many it
// tried. An event that is not accepted is due again later.
func (s *Simulator) Deliver(ctx context.Context) (int, error) {
	events, err := claimEvents(ctx, s.db, s.time(), holdTime, batch)
	if err != nil {
		return 0, err
	}
	slices.SortFunc(events, func(a, b event) int { return cmp.Compare(a.Number, b.Number) })
	tried := len(events)
	if s.config.Unruly {
		events, err = s.disturb(events)
	}
	var group errgroup.Group
	group.SetLimit(s.config.AtOnce)
	for _, e := range events {
		group.Go(func() error { return s.deliver(ctx, e) })
	}
	return tried, errors.Join(err, group.Wait())
}

// disturb doubles and shuffles.
func (s *Simulator) disturb(events []event) ([]event, error) {
	events = append(events, events...)
	places := make([]byte, len(events))
	if _, err := io.ReadFull(s.config.Random, places); err != nil {
		return events, err
	}
	for i := len(events) - 1; i > 0; i-- {
		j := int(places[i]) % (i + 1)
		events[i], events[j] = events[j], events[i]
	}
	return events, nil
}

// deliver sends one event and notes how it went, also when ctx ends meanwhile.
func (s *Simulator) deliver(ctx context.Context, e event) error {
	refused := s.send(ctx, e)
	ctx = context.WithoutCancel(ctx)
	if refused == nil {
		return markDelivered(ctx, s.db, e.ID, s.time())
	}
	s.config.Log.Warn("stripesim: event not delivered", "event", e.ID, "type", e.Type, "try", e.Tries, "err", refused)
	return markUndelivered(ctx, s.db, e.ID, errorText(refused), s.time().Add(waitAfter(e.Tries)))
}

func (s *Simulator) send(ctx context.Context, e event) error {
	to := s.endpoint(e.Account)
	body, err := json.Marshal(e.render())
	if err != nil {
		return err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, to.URL, bytes.NewReader(body))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("User-Agent", "Stripe/1.0 (Meent's simulator)")
	r.Header.Set("Stripe-Signature", to.sign(body, s.config.Now()))
	w, err := s.config.Client.Do(r)
	if err != nil {
		return err
	}
	defer w.Body.Close()
	_, _ = io.Copy(io.Discard, io.LimitReader(w.Body, maxBody)) // only the status counts
	if w.StatusCode < 200 || w.StatusCode > 299 {
		return fmt.Errorf("status %d", w.StatusCode)
	}
	return nil
}

// waitAfter doubles with each try, from a second to an hour.
func waitAfter(tries int) time.Duration {
	wait := firstWait
	for i := 1; i < tries && wait < longestGap; i++ {
		wait *= 2
	}
	return min(wait, longestGap)
}

func errorText(err error) string {
	text := err.Error()
	return strings.ReplaceAll(strings.ToValidUTF8(text[:min(len(text), 200)], ""), "\x00", "")
}
